//! Whoever says yes on a screen that told of the signal makes an exception for what they said yes to, and for nothing else;
//! the record names it and the screen. A button of the site's own tells of nothing, and loading once is no exception.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![at_a_placeholder, in_the_preference_center, in_the_notice, on_no_button_of_the_sites_own];

/// A page in California, where the signal denies both services.
fn page(world: &World) -> Page {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    let tag = "<script src=\"/consentry.js\" data-jurisdiction=\"US-CA\" data-gpc=\"1\"></script>";
    let script = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"");
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\"");
    Page::new().config(config).tag(tag).body(&script).body(&frame)
}

const REASONS: &str = "['tracker', 'video'].map((id) => consentry.choice(id).reason)";

/// The action of the record, and where it was done.
const DONE: &str = "[consentry.snapshot().record.action, consentry.snapshot().record.entries.at(-1).screen]";

fn visit(world: &World) -> String {
    let address = world.publish(&page(world));
    world.open(&address);
    world.ready();
    world.assert_silent();
    assert_eq!(world.eval(REASONS), json!(["signal", "signal"]));
    assert!(!world.asks(), "who has opted out is not asked");
    address
}

/// On the next page, and on one where the signal has gone, the exception stands and everything else is as it was.
fn stands(world: &World, address: &str, reached: &[&str], reasons: &serde_json::Value) {
    world.go_away();
    world.open(address);
    world.ready();
    world.assert_reached(reached);
    assert_eq!(world.eval(REASONS), *reasons);
    assert!(!world.asks());
}

fn at_a_placeholder(world: &World) {
    let address = visit(world);
    // Only the one element, this once.
    world.press_button("Load once");
    world.assert_reached(&["video/Iframe"]);
    assert_eq!((world.eval(DONE), world.eval(REASONS)), (json!(["load_once", "placeholder"]), json!(["signal", "signal"])));
    stands(world, &address, &[], &json!(["signal", "signal"]));
    world.press_button("Always allow Video");
    world.assert_reached(&["video/Iframe"]);
    assert_eq!((world.eval(DONE), world.eval(REASONS)), (json!(["user_after_gpc", "placeholder"]), json!(["signal", "granted"])));
    stands(world, &address, &["video/Iframe"], &json!(["signal", "granted"]));
}

fn in_the_preference_center(world: &World) {
    let address = visit(world);
    world.run("consentry.showPreferences();", &[]);
    world.until("document.querySelector('#consentry-root dialog[open]')");
    assert!(world.is("document.querySelector('#consentry-root dialog').textContent.includes('Your browser asks sites not to sell')"), "told there");
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.assert_reached(&["tracker/Script"]);
    assert_eq!((world.eval(DONE), world.eval(REASONS)), (json!(["user_after_gpc", "preferences"]), json!(["granted", "signal"])));
    stands(world, &address, &["tracker/Script"], &json!(["granted", "signal"]));
}

fn in_the_notice(world: &World) {
    let address = visit(world);
    world.run("consentry.showNotice();", &[]);
    world.notice();
    world.press_button("Accept all");
    world.assert_reached(&["tracker/Script", "video/Iframe"]);
    assert_eq!((world.eval(DONE), world.eval("consentry.snapshot().optOut")), (json!(["user_after_gpc", "notice"]), json!([])));
    stands(world, &address, &["tracker/Script", "video/Iframe"], &json!(["granted", "granted"]));
}

fn on_no_button_of_the_sites_own(world: &World) {
    let button = "<button id=\"all\" data-consentry-grant onclick=\"window.taken = consentry.acceptAll()\">Everything</button>";
    world.visit(&page(world).body(button));
    world.ready();
    world.click("#all");
    world.until("window.taken === true");
    assert_eq!((world.eval(DONE), world.eval(REASONS)), (json!(["accept_all", "api"]), json!(["signal", "signal"])));
    world.settle();
    world.assert_silent();
}
