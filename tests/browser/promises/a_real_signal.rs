//! Global Privacy Control as browsers send it, nothing simulated: Firefox by its preference, Chromium by its switches. The
//! property is there before any script, the header is on every request, and sale, sharing and targeted ads are denied
//! before the first one.

use consentry_browser_tests::{Engine, Kind, Page, World, promises};
use serde_json::json;

promises![
    where browsers signal:
    denied_before_the_first_request,
    a_notice_says_that_it_is_honored,
];

/// A page with a script of each service; the tracker only serves the site, the video shares.
fn page(world: &World, floor: &str, place: &str) -> Page {
    let widget = |name: &str| world.widget(name, Kind::Script).marked(&format!("data-service=\"{name}\""));
    let mut config = Page::config_of_two();
    config["floor"] = floor.into();
    config["services"][0]["serviceProvider"] = true.into();
    let tag = format!("<script src=\"/consentry.js\" data-jurisdiction=\"{place}\"></script>");
    Page::new().config(config).tag(&tag).body(&widget("tracker")).body(&widget("video"))
}

/// Whether the engine has the signal, which the page must see as well.
fn has_signal(world: &World) -> bool {
    let signal = world.eval("navigator.globalPrivacyControl ?? null");
    assert_eq!(signal == true, world.engine != Engine::WebKitGtk, "{signal}");
    signal == true
}

/// Each request for the page, and each that the page made, said `Sec-GPC: 1`, or none did.
#[track_caller]
fn assert_sent(world: &World, signal: bool) {
    let [third, own] = [world.servers.seen().requests, world.servers.site_requests()];
    assert!(!third.is_empty(), "nothing was asked for");
    let said = if signal { Some("1") } else { None };
    for request in third.iter().chain(&own) {
        assert_eq!(request.gpc.as_deref(), said, "Sec-GPC of {}{}", request.name, request.path);
    }
}

fn denied_before_the_first_request(world: &World) {
    world.visit(&page(world, "law", "US-CA"));
    world.ready();
    let signal = has_signal(world);
    // WebKitGTK has no signal: the control, in which both load.
    let reached: &[&str] = if signal { &["tracker/Script"] } else { &["tracker/Script", "video/Script"] };
    world.assert_reached(reached);
    assert_sent(world, signal);
    assert!(world.servers.site_requests().iter().any(|request| request.path.starts_with("/page")), "the page's own request is one of them");
    let said = "[consentry.choice('video').reason, consentry.snapshot().signal, consentry.snapshot().optOut.length]";
    assert_eq!(world.eval(said), if signal { json!(["signal", true, 3]) } else { json!(["default", false, 0]) });
    assert!(!world.asks(), "no notice in the way");
    if signal {
        world.until("document.querySelector('.consentry-aside [role=status]')?.textContent === 'Opt-Out Request Honored, as your browser’s signal asks.'");
        let kept = "/ g=1 .* a=signal /.test(localStorage['consentry.record'])";
        assert!(world.is(kept), "the record says so");
    }
}

fn a_notice_says_that_it_is_honored(world: &World) {
    world.visit(&page(world, "opt-in", "DE"));
    world.notice();
    let signal = has_signal(world);
    world.assert_silent();
    assert_eq!(world.is("document.querySelector('.consentry-notice').textContent.includes('Your browser asks sites not to sell')"), signal);
    world.run("document.addEventListener('consentry:change', (event) => { window.change = event.detail; });", &[]);
    world.accept_all();
    world.assert_reached(&["tracker/Script", "video/Script"]);
    assert_sent(world, signal);
    // Told of the signal, the visitor has made an exception.
    assert_eq!(world.eval("change.action"), if signal { "user_after_gpc" } else { "accept_all" });
    world.servers.clear();
    world.reload();
    world.ready();
    world.assert_reached(&["tracker/Script", "video/Script"]);
    assert!(!world.asks(), "asked once");
}
