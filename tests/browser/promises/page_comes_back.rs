//! A page that comes back alive from the back/forward cache: what was withdrawn meanwhile ends with a fresh page, and
//! where nothing was, the page goes on as it was.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![after_a_withdrawal, after_a_withdrawal_in_another_tab, after_nothing, after_another_yes];

/// Notes how often the page was shown, and whether it came back alive.
const NOTE: &str = "window.alive = Math.random();
  addEventListener('pageshow', ({ persisted }) => { sessionStorage.shown = (sessionStorage.shown || '') + (persisted ? 'back ' : 'new '); });";

/// A page whose tracker was allowed and ran, left for another page of the site; answers what marks the living page. By
/// script, since a driver's own click listens for `unload`, and Firefox keeps no such page.
fn leave(world: &World) -> serde_json::Value {
    let mut config = Page::config_of_two();
    config["record"] = json!({ "scriptGrants": true });
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\"");
    let tracker = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"");
    let next = world.publish(&Page::new().config(config.clone()));
    let link = format!("<a id=next href=\"{next}\">Next</a>");
    world.visit(&Page::new().config(config).script(NOTE).body(&tracker).body(&frame).body(&link));
    world.ready();
    world.run("consentry.save({ analytics: true, marketing: false });", &[]);
    world.assert_reached(&["tracker/Script"]);
    // No engine keeps a page that is still loading.
    world.until("document.readyState === 'complete' && window.ran");
    let alive = world.eval("alive");
    world.run("document.querySelector('#next').click();", &[]);
    world.until("!window.alive && window.consentry && consentry.snapshot().phase === 'ready'");
    world.servers.clear();
    alive
}

fn after_a_withdrawal(world: &World) {
    let alive = leave(world);
    world.run("consentry.withdraw('analytics');", &[]);
    world.until("!consentry.has('tracker')");
    world.back();
    world.until("sessionStorage.shown === 'new back new ' && consentry.snapshot().phase === 'ready'");
    assert_ne!(world.eval("alive"), alive, "what had run is gone");
    assert!(!world.has("tracker"));
    world.assert_silent();
}

fn after_a_withdrawal_in_another_tab(world: &World) {
    let alive = leave(world);
    let (here, next) = (world.window(), world.eval("location.href"));
    let other = world.new_tab();
    world.switch_to(&other);
    world.open(next.as_str().unwrap_or_default());
    world.ready();
    world.run("consentry.withdraw('analytics');", &[]);
    world.until("!consentry.has('tracker')");
    world.switch_to(&here);
    world.until("!consentry.has('tracker')");
    world.back();
    world.until("sessionStorage.shown === 'new back new ' && consentry.snapshot().phase === 'ready'");
    assert_ne!(world.eval("alive"), alive, "what had run is gone");
    assert!(!world.has("tracker"));
    world.assert_silent();
}

fn after_nothing(world: &World) {
    let alive = leave(world);
    world.back();
    world.until("sessionStorage.shown === 'new back '");
    assert_eq!(world.eval("alive"), alive, "the page goes on as it was");
    assert_eq!(world.eval("[consentry.has('tracker'), consentry.has('video'), ran.length]"), json!([true, false, 1]));
    world.assert_silent();
}

fn after_another_yes(world: &World) {
    let alive = leave(world);
    world.run("consentry.acceptAll();", &[]);
    world.until("consentry.has('video')");
    world.back();
    world.until("sessionStorage.shown === 'new back ' && consentry.has('video')");
    assert_eq!(world.eval("alive"), alive, "more is allowed now: nothing has to end");
    world.assert_reached(&["video/Iframe"]);
}
