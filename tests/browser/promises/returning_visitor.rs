//! For a visitor who said yes before, the decision is in force before the parser reaches the next element.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![decided_before_the_next_element];

const ASK: &str = "<script>window.early = consentry.has('analytics');
window.phase = consentry.snapshot().phase; consentry.ready.then(() => { window.readyToo = true; });</script>";

fn decided_before_the_next_element(world: &World) {
    let tracker = world.widget("tracker", Kind::Script).marked("data-category=\"analytics\"");
    let page = Page::new().head(ASK).head(&tracker).body("<p>Text</p>");
    world.visit(&page);
    world.ready();
    assert_eq!(world.eval("[early, phase]"), serde_json::json!([false, "ready"]));
    world.assert_silent();
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    world.servers.clear();
    world.reload();
    assert_eq!(world.eval("[early, phase]"), serde_json::json!([true, "ready"]));
    world.until("readyToo");
    world.assert_reached(&["tracker/Script"]);
    assert!(!world.asks(), "asked again");
    assert_eq!(world.ran(), ["Script"]);
}
