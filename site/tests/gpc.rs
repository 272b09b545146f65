//! The statement on Global Privacy Control: made, and judged where a site has one.

mod memory;

use consentry_site::command::Code;
use memory::Paper;

#[test]
fn gpc_makes_the_statement_with_the_day_of_the_last_change() {
    let dated = r#"{ "policy": { "version": "1", "effective": "2026-01-02", "updated": "2026-11-01" } }"#;
    let mut paper = Paper::with(&[("consentry.json", dated), ("undated.json", r#"{ "policy": { "version": "1" } }"#)]);
    assert_eq!(paper.run("gpc"), Code::Well);
    let said: serde_json::Value = serde_json::from_str(&paper.said).unwrap_or_default();
    assert_eq!(said, serde_json::json!({ "gpc": true, "lastUpdate": "2026-11-01" }));
    assert_eq!(paper.run("gpc --date 2026-12-24"), Code::Well);
    assert!(paper.said.contains("2026-12-24"));
    assert_eq!(paper.run("gpc --config undated.json"), Code::Usage);
    assert_eq!(paper.run("gpc --date 2026-02-30"), Code::Usage);
}

#[test]
fn check_judges_the_statement_on_gpc() {
    let dated =
        r#"{ "policy": { "version": "1", "updated": "2026-11-01" }, "site": { "policies": [{ "url": "/privacy" }] } }"#;
    let mut paper = Paper::with(&[("consentry.json", dated)]);
    paper.run("gpc");
    let made = paper.said.clone();
    for (text, expected) in [
        (made.as_str(), "gpc.json: no mistakes; serve it as application/json\n"),
        (
            r#"{ "gpc": true, "lastUpdate": "2026-11-01T08:00:00Z", "version": 1 }"#,
            "gpc.json: no mistakes; serve it as application/json\n",
        ),
        ("[]", "gpc.json: error: must be an object\ngpc.json: 1 error, 0 warnings\n"),
        ("{", "gpc.json: error: is not JSON"),
        (r#"{ "gpc": "true", "lastUpdate": "2026-11-01" }"#, "gpc.json: error: gpc: must be true or false"),
        (r#"{ "lastUpdate": "2026-11-01" }"#, "gpc.json: error: gpc: must be true or false"),
        (
            r#"{ "gpc": false, "lastUpdate": "2026-11-01" }"#,
            "gpc.json: warning: gpc: says that the site does not honor the signal",
        ),
        (r#"{ "gpc": true }"#, "gpc.json: error: lastUpdate: must be a day or a time of RFC 3339"),
        (
            r#"{ "gpc": true, "lastUpdate": "1.11.2026" }"#,
            "gpc.json: error: lastUpdate: must be a day or a time of RFC 3339",
        ),
        (
            r#"{ "gpc": true, "lastUpdate": "2026-10-31" }"#,
            "gpc.json: warning: lastUpdate: is before the policy's last change, 2026-11-01",
        ),
    ] {
        paper.files.insert("gpc.json".into(), text.as_bytes().to_vec());
        let code = paper.run("check --gpc gpc.json");
        assert_eq!(code, if expected.contains("no mistakes") { Code::Well } else { Code::Issues }, "{text}");
        let said =
            paper.said.strip_prefix("consentry.json: no mistakes; 4 categories, 0 services\n").unwrap_or_default();
        assert!(said.starts_with(expected), "{text}: {}", paper.said);
    }
    assert_eq!(paper.run("check --gpc nowhere.json"), Code::Usage);
}
