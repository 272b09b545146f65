//! "Reject all" is kept: nothing loads, nothing is asked again, on this page and after a reload.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![reject_then_reload];

fn reject_then_reload(world: &World) {
    let widgets = [Kind::Script, Kind::Iframe, Kind::Img].map(|kind| world.widget("tracker", kind));
    let plain = widgets.iter().fold(Page::without_consentry(), |page, one| page.body(&one.plain()));
    world.visit(&plain);
    world.assert_reached(&["tracker/Script", "tracker/Iframe", "tracker/Img"]);
    world.servers.clear();
    let marked = widgets.iter().fold(Page::new(), |page, one| page.body(&one.marked("data-service=\"tracker\"")));
    world.visit(&marked);
    world.reject_all();
    world.assert_silent();
    for _ in 0..2 {
        assert_eq!(world.eval("consentry.choice('tracker').reason"), "refused");
        assert_eq!(world.eval("consentry.choice('necessary').allowed"), true);
        assert!(!world.has("tracker") && !world.has("analytics") && !world.has("marketing"));
        assert!(!world.asks(), "asked again");
        world.reload();
        world.ready();
        world.assert_silent();
    }
    // Who refuses everything gets no identifier.
    assert_eq!(world.eval("consentry.snapshot().record.id"), serde_json::Value::Null);
}
