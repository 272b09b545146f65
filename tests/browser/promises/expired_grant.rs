//! Time ends a yes, never a no: an expired grant is shut and asked again, an old refusal stays a refusal.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![a_yes_expires, a_no_does_not];

/// The page's clock, moved by this many days before our tag.
fn moved(days: i32) -> String {
    format!(
        "<script>{{
           const Real = Date, shift = {days} * 864e5;
           window.Date = class extends Real {{ constructor(...given) {{ given.length ? super(...given) : super(Real.now() + shift); }} static now() {{ return Real.now() + shift; }} }};
         }}</script>"
    )
}

fn page(world: &World) -> Page {
    Page::new().body(&world.widget("tracker", Kind::Script).marked("data-service=\"tracker\""))
}

fn a_yes_expires(world: &World) {
    world.visit(&page(world));
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    world.go_away();
    world.visit(&page(world).before(&moved(300)));
    world.assert_reached(&["tracker/Script"]);
    world.go_away();
    // A record from the future is no more believed than one that is too old.
    for days in [366, 800, -3] {
        world.visit(&page(world).before(&moved(days)));
        world.notice();
        assert_eq!(world.eval("[consentry.has('tracker'), consentry.choice('tracker').reason]"), json!([false, "expired"]), "{days} days");
        world.assert_silent();
    }
    world.visit(&page(world).before(&moved(366)));
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
}

fn a_no_does_not(world: &World) {
    world.visit(&page(world));
    world.reject_all();
    for (days, asks) in [(100, false), (200, true), (2000, true)] {
        world.visit(&page(world).before(&moved(days)));
        world.ready();
        world.assert_silent();
        assert_eq!(world.eval("[consentry.has('tracker'), consentry.choice('tracker').reason]"), json!([false, "refused"]), "{days} days");
        assert_eq!(world.asks(), asks, "asks after {days} days");
    }
}
