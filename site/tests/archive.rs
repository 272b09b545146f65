//! What `consentry archive` writes: the texts of each language and the declared set, each under its hash.
#![allow(clippy::indexing_slicing, reason = "a test may panic")]

mod memory;

use consentry_site::command::Code;
use memory::Paper;

#[test]
fn archive_writes_what_hashes_stand_for() {
    let mut paper = Paper::with(&[
        (
            "consentry.json",
            r#"{ "policy": { "version": "7" }, "services": ["video"], "texts": { "xx": { "notice.title": "Own" } } }"#,
        ),
        ("lang/xx.json", r#"{ "notice.title": "Theirs", "center.about": "Second" }"#),
        ("lang/note.txt", "no language"),
    ]);
    assert_eq!(paper.run("archive --lang lang --out proof"), Code::Well, "{}", paper.complained);
    assert_eq!(paper.said, "2 languages and the declared set are in proof\n");
    let read = |paper: &Paper, name: &str| -> serde_json::Value {
        serde_json::from_str(paper.text(&format!("proof/{name}.json"))).unwrap_or_default()
    };
    let index = read(&paper, "index");
    let named = |value: &serde_json::Value| read(&paper, value.as_str().unwrap_or_default());
    assert_eq!(named(&index["texts"]["xx"])["hashed"], "notice.title=Own\nvideo");
    assert_eq!(named(&index["texts"]["xx"])["texts"]["center.about"], "Second");
    assert!(named(&index["texts"]["en"])["hashed"].as_str().is_some_and(|text| text.contains("notice.accept=")));
    let declared = named(&index["declared"]);
    assert_eq!(
        (&declared["version"], &declared["services"][0]["catalog"]["vendor"]),
        (&"7".into(), &"Video Inc.".into())
    );
    assert_eq!(paper.run("archive --lang nowhere"), Code::Usage);
}
