//! What a screen reader is told of every view: roles and names, in the order in which it reads them.

use consentry_browser_tests::{Engine, Kind, Page, World, promises};
use serde_json::{Value, json};

promises![named_for_screen_readers, a_placeholder_is_told, settings_in_a_page_are_told, the_question_of_age_is_told, a_failure_is_told, opting_out_is_told, news_are_told, what_asks_in_its_place_is_told, the_way_back_and_what_stands_before_the_page_are_told];

/// What a screen reader is told, in its order: role and name of each node that is more than text.
fn told(tree: &Value) -> Vec<String> {
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let text = |node: &Value, key: &str| node[key]["value"].as_str().unwrap_or_default().to_owned();
    let plain = ["StaticText", "InlineTextBox", "generic", "none", "paragraph"];
    let mut waiting: Vec<Value> = nodes.first().cloned().into_iter().collect();
    let mut found = Vec::new();
    while let Some(node) = waiting.pop() {
        let role = text(&node, "role");
        if node["ignored"] == false && !plain.contains(&role.as_str()) {
            found.push(format!("{role}: {}", text(&node, "name")));
        }
        let ids = node["childIds"].as_array().cloned().unwrap_or_default();
        waiting.extend(ids.iter().rev().filter_map(|id| nodes.iter().find(|one| one["nodeId"] == *id).cloned()));
    }
    found
}

/// The whole tree of the page; nothing where an engine does not tell it.
fn tree(world: &World) -> Option<Vec<String>> {
    let tree = world.devtools("Accessibility.getFullAXTree", &json!({}));
    if tree.is_none() {
        assert_ne!(world.engine, Engine::Chromium, "this engine tells its tree");
    }
    tree.map(|tree| told(&tree))
}

/// Asserts that the view is told so, from its first line on.
#[track_caller]
fn assert_told(world: &World, view: &str, lines: &[&str]) {
    let Some(found) = tree(world) else { return };
    let start = found.iter().position(|one| Some(&one.as_str()) == lines.first()).unwrap_or_else(|| panic!("{view}: {found:#?}"));
    let end = (start + lines.len()).min(found.len());
    assert_eq!(found.get(start..end).unwrap_or_default(), lines, "{view}: {found:#?}");
}

fn named_for_screen_readers(world: &World) {
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    world.visit(&Page::new().config(config).body("<h1>Title</h1><p>Text with <a href=\"#there\">a link</a></p>"));
    world.notice();
    assert_told(world, "notice", &["region: Cookies on Test site", "heading: Cookies on Test site", "button: Accept all", "button: Reject all", "button: Customize", "link: Privacy policy", "button: Close without accepting"]);
    world.customize();
    world.run("for (const one of document.querySelectorAll('dialog section:not([aria-labelledby=consentry-device]) details')) one.open = true;", &[]);
    let Some(found) = tree(world) else { return };
    for one in ["dialog: Privacy settings", "heading: Privacy settings", "region: Analytics", "checkbox: Analytics", "switch: Tracker", "switch: Video", "region: Your record", "region: On this device now", "button: Accept all", "button: Reject all", "button: Save choices", "button: Close without saving"] {
        assert!(found.contains(&one.to_owned()), "{one} is not told: {found:?}");
    }
    assert!(!found.iter().any(|one| one.ends_with(": ") && !one.starts_with("status") && ["button", "switch", "checkbox", "link", "dialog", "region"].iter().any(|role| one.starts_with(role))), "without a name: {found:?}");
}

fn a_placeholder_is_told(world: &World) {
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\" title=\"Film\"");
    world.visit(&Page::new().body(&format!("<h1>Title</h1>{frame}")));
    world.reject_all();
    world.until("document.querySelector('[data-consentry-placeholder]')");
    assert_told(world, "placeholder", &["group: Video is not loaded", "strong: ", "link: Privacy policy (Video Inc.)", "button: Load once", "button: Always allow Video", "button: Privacy settings"]);
}

fn settings_in_a_page_are_told(world: &World) {
    world.visit(&Page::new().body("<h1>Privacy</h1><h2>Choices</h2><div data-consentry-embed></div>"));
    world.notice();
    world.until("document.querySelector('.consentry-embed footer button')");
    assert_told(world, "settings in a page", &[
        "group: Privacy settings", "group: ", "DisclosureTriangle: Say where you are", "group: Necessary", "heading: Necessary", "group: Functional", "heading: Functional", "checkbox: Functional",
        "group: Analytics", "heading: Analytics", "checkbox: Analytics", "group: ", "DisclosureTriangle: 1 service",
        "group: Marketing", "heading: Marketing", "checkbox: Marketing", "group: ", "DisclosureTriangle: 1 service",
        "group: Your record", "heading: Your record", "button: Bring in a copy", "group: On this device now", "heading: On this device now", "group: ", "DisclosureTriangle: Show what is stored",
        "group: Your privacy rights", "heading: Your privacy rights", "sectionfooter: ", "button: Accept all", "button: Reject all", "button: Save choices",
    ]);
}

fn the_question_of_age_is_told(world: &World) {
    for ask in ["years", "bands"] {
        let mut config = Page::config_of_two();
        config["age"] = json!({ "ask": ask, "parentalConsent": { "endpoint": "/parent" } });
        world.visit(&Page::new().config(config).body("<h1>Title</h1>"));
        world.notice();
        world.press_button("Accept all");
        world.until("document.querySelector('.consentry-age')?.matches(':modal')");
        let question = ["dialog: How old are you?", "banner: ", "heading: How old are you?", "button: Close"];
        let answers: &[&str] = if ask == "years" { &["form: ", "textbox: How old are you?", "button: Continue", "status: "] } else { &["group: How old are you?", "button: 0–11", "button: 12", "button: 13", "button: 14", "button: 15", "button: 16–17", "button: 18+", "status: "] };
        assert_told(world, ask, &[&question, answers].concat());
        if ask == "years" {
            world.click(".consentry-age input");
            world.press("7");
            world.press_button("Continue");
        } else {
            world.press_button("0–11");
        }
        world.until("document.querySelector('.consentry-age input[type=email]')");
        assert_told(world, "parent", &[
            "dialog: A parent or guardian has to agree first.", "banner: ", "heading: A parent or guardian has to agree first.", "button: Close",
            "form: ", "LabelText: ", "textbox: E-mail address of a parent or guardian", "button: Ask them", "status: ",
        ]);
        world.run("localStorage.clear();", &[]);
    }
}

fn a_failure_is_told(world: &World) {
    world.visit(&Page::new().no_config().body("<h1>Title</h1><a href=\"/elsewhere\" data-consentry-open>Privacy settings</a>"));
    world.until("window.consentry && consentry.snapshot().phase === 'failed'");
    world.click("[data-consentry-open]");
    world.until("document.querySelector('dialog.consentry-failed')?.matches(':modal')");
    assert_told(world, "failure", &["dialog: Privacy settings", "heading: Privacy settings", "button: Close"]);
}

fn opting_out_is_told(world: &World) {
    let tag = "<script src=\"/consentry.js\" data-jurisdiction=\"US-CA\"></script>";
    for style in ["links", "choices"] {
        let mut config = Page::config_of_two();
        config["floor"] = "law".into();
        config["ui"] = json!({ "optOut": style });
        world.visit(&Page::new().config(config).tag(tag).body("<h1>Title</h1>"));
        world.until("document.querySelector('.consentry-aside a')");
        let top = ["complementary: Your privacy rights", "status: ", "list: ", "listitem: "];
        let both = [&top[..], &["link: Do Not Sell or Share My Personal Information", "listitem: ", "link: Do Not Profile Me"]].concat();
        let folded = [&top[..], &["link: Your Privacy Choices"]].concat();
        assert_told(world, style, if style == "links" { &both } else { &folded });
        world.click(".consentry-aside a");
        if style == "choices" {
            world.until("document.querySelectorAll('.consentry-aside a').length > 1");
            assert_told(world, "unfolded", &both);
            world.click(".consentry-aside a");
        }
        world.until("document.querySelector('.consentry-aside [role=status]')?.textContent === 'Opt-Out Request Honored.'");
        assert_told(world, "opted out", &[&top[..], &["link: Do Not Profile Me"]].concat());
        world.run("localStorage.clear();", &[]);
    }
}

fn news_are_told(world: &World) {
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    config["policy"]["upcoming"] = json!({ "announced": "2026-01-01", "effective": "2999-01-01", "noticeDays": 30, "kind": "controller", "controller": "Buyer Inc." });
    world.visit(&Page::new().config(config).body("<h1>Title</h1>"));
    world.reject_all();
    world.until("document.querySelector('.consentry-aside p a')");
    assert_told(world, "news", &["complementary: Your privacy rights", "status: ", "link: Privacy policy", "button: Got it"]);
}

fn what_asks_in_its_place_is_told(world: &World) {
    let mut config = Page::config_of_two();
    config["services"][0]["permissions"] = json!(["geolocation"]);
    let body = "<h1>Title</h1><form data-consentry-ask=\"functional\"><input aria-label=\"Name\"></form><button id=\"near\" onclick=\"navigator.geolocation.getCurrentPosition(() => {}, () => {})\">Near</button>";
    world.visit(&Page::new().config(config).body(body));
    world.reject_all();
    world.button("Allow Functional");
    assert_told(world, "beside a form", &["form: ", "group: Functional", "strong: ", "status: ", "button: Allow Functional", "button: Do not allow Functional", "textbox: Name"]);
    world.click("#near");
    world.until("document.querySelector('.consentry-ask')?.matches(':modal')");
    assert_told(world, "before the browser asks", &["dialog: Tracker", "heading: Tracker", "button: Allow Tracker", "button: Do not allow Tracker"]);
}

fn the_way_back_and_what_stands_before_the_page_are_told(world: &World) {
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "layout": "modal" });
    config["age"] = json!({});
    world.visit(&Page::new().config(config).body("<h1>Title</h1>"));
    world.notice();
    assert_told(world, "before the page", &["dialog: Cookies on Test site", "heading: Cookies on Test site", "button: Accept all", "button: Reject all", "button: Customize", "button: Close without accepting"]);
    // A child hears that nothing changes, and what to do about it.
    world.press_button("Accept all");
    world.until("document.querySelector('.consentry-age')?.matches(':modal')");
    world.click(".consentry-age input");
    world.press("7");
    world.press_button("Continue");
    world.until("!document.querySelector('.consentry-age input')");
    assert_told(world, "too young", &["dialog: Privacy settings", "banner: ", "heading: Privacy settings", "button: Close", "button: Got it", "status: "]);
    world.press_button("Got it");
    world.until("document.querySelector('.consentry-reopen button')");
    assert_told(world, "way back", &["region: Privacy settings", "button: Privacy settings"]);
}
