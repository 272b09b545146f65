//! `data-category="!x"` runs after an explicit refusal or withdrawal only, and what is unknown never runs, negated or not.

use consentry_browser_tests::{Page, World, promises};

promises![only_after_a_refusal];

fn only_after_a_refusal(world: &World) {
    let held = |mark: &str, word: &str| {
        format!("<script type=\"text/plain\" {mark}>(window.ran ||= []).push('{word}');</script>")
    };
    let page = Page::new()
        .body(&held("data-category=\"!analytics\"", "without analytics"))
        .body(&held("data-category=\"analytics\"", "analytics"))
        .body(&held("data-category=\"!typo\"", "negated typo"))
        .body(&held("data-category=\"!analytics\" data-service=\"typo\"", "typo service"));
    world.visit(&page);
    world.notice();
    world.settle();
    assert!(world.ran().is_empty(), "ran while undecided: {:?}", world.ran());
    assert!(!world.has("!analytics"));
    assert_eq!(world.eval("consentry.has({ not: 'analytics' })"), false);
    world.reject_all();
    world.until("window.ran");
    world.settle();
    assert_eq!(world.ran(), ["without analytics"]);
    assert!(world.has("!analytics") && !world.has("!typo"));
    assert_eq!(world.eval("consentry.has({ not: { any: ['analytics', 'marketing'] } })"), true);
    assert_eq!(world.eval("consentry.has({ any: ['!analytics', 'typo'] })"), false, "what is unknown poisons the whole");
    let warnings = world.said().iter().filter(|line| line.contains("typo")).count();
    assert!(warnings >= 1, "{:?}", world.said());
}
