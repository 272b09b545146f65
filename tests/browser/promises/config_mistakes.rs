//! Every mistake in a config is named at once, with its path and a way out; what is a matter of looks only warns.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![five_errors_at_once, warnings_use_the_default];

fn held(world: &World) -> String {
    world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"")
}

fn five_errors_at_once(world: &World) {
    let config = json!({
        "policy": { "versoin": "1" },
        "gate": { "unknownThirdParties": "allow" },
        "categories": [{ "id": "social", "purposes": "all" }],
        "services": [
            { "id": "tracker", "category": "analytcs", "label": "Tracker", "vendor": "T", "hosts": ["tracker.localhost", "http:/x"] },
            { "id": "tracker", "category": "analytics", "label": "Twice", "vendor": "T", "hosts": [] },
        ],
    });
    let listen = "<script>document.addEventListener('consentry:error', (event) => { window.issues = event.detail.error.issues; });
        consentry.ready.catch((error) => { window.named = error.name; window.issues = error.issues; });</script>";
    world.visit(&Page::new().config(config).head(listen).body(&held(world)).body("<p id=\"text\">Own text</p>"));
    world.until("consentry.snapshot().phase === 'failed' && window.named");
    world.assert_silent();
    assert_eq!(world.eval("[text.textContent, named]"), json!(["Own text", "ConsentryConfigError"]));
    let said = world.said();
    let errors: Vec<&String> = said.iter().filter(|line| line.starts_with("error: Consentry")).collect();
    assert_eq!(errors.len(), 1, "{said:#?}");
    let paths = ["policy.versoin", "gate.unknownThirdParties", "categories[0].purposes", "services[0].category", "services[0].hosts[1]", "services[1].id"];
    let issues: Vec<String> = serde_json::from_value(world.eval("issues.map((issue) => issue.path)")).unwrap_or_default();
    for path in paths {
        assert!(errors.iter().all(|line| line.contains(&format!("{path}: "))), "{path} is not in {said:#?}");
        assert!(issues.iter().any(|issue| issue == path), "{path} is not in {issues:?}");
    }
    for word in ["\"version\"", "analytics", "http:/x", "without counsel"] {
        assert!(errors.iter().all(|line| line.contains(word.trim_matches('"'))), "{word} is not in {said:#?}");
    }
}

fn warnings_use_the_default(world: &World) {
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "layout": "banana", "postion": "top" });
    config["texts"] = json!({ "en": { "notice.reject": 5, "notice.acept": "Yes", "center.save": "Keep" }, "tlh": { "notice.accept": "luq" } });
    config["x-note"] = json!({ "anything": true });
    config["$schema"] = json!("https://example.net/consentry.schema.json");
    world.visit(&Page::new().config(config).body(&held(world)));
    world.notice();
    world.button("Reject all");
    world.assert_silent();
    let said = world.said();
    let warnings: Vec<&String> = said.iter().filter(|line| line.starts_with("warn: Consentry")).collect();
    let (of_texts, warnings): (Vec<&String>, Vec<&String>) = warnings.iter().partition(|line| line.starts_with("warn: Consentry: texts."));
    let [lacking] = of_texts[..] else { panic!("{said:#?}") };
    assert!(lacking.contains("texts.tlh: not used") && lacking.contains("notice.reject") && !lacking.contains("notice.accept"), "{lacking}");
    assert_eq!(warnings.len(), 1, "{said:#?}");
    let unknown = "texts.en[\"notice.acept\"]: unknown text; did you mean \"notice.accept\"?\n";
    for word in ["ui.layout: ", "ui.postion: ", "position", "texts.en[\"notice.reject\"]: ", unknown] {
        assert!(warnings.iter().all(|line| line.contains(word)), "{word} is not in {said:#?}");
    }
    assert!(!said.iter().any(|line| line.contains("center.save")), "{said:#?}");
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
}
