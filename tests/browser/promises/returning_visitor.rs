//! For a visitor who said yes before, the decision is in force before the parser reaches the next element.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![decided_before_the_next_element, every_kind_loads_while_parsing];

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

/// Elements that are granted while the parser has only just made them load like those that wait for a click.
fn every_kind_loads_while_parsing(world: &World) {
    let widgets = Kind::ALL.map(|kind| world.widget("tracker", kind));
    let page = widgets.iter().fold(Page::new(), |page, one| page.body(&one.marked("data-category=\"analytics\"")));
    let quiet = Page::new();
    world.visit(&quiet);
    world.accept_all();
    world.visit(&page);
    for widget in &widgets {
        let path = format!("/{:?}", widget.kind);
        world.wait_for(&path, |seen| seen.has("tracker", &path));
    }
    world.settle();
    let once = [Kind::Script, Kind::Module, Kind::Iframe, Kind::Img, Kind::Inline].map(|kind| format!("tracker/{kind:?}"));
    let seen = world.servers.seen().paths();
    for path in once {
        assert_eq!(seen.iter().filter(|one| **one == path).count(), 1, "{path} in {seen:?}");
    }
}
