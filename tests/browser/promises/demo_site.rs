//! The demo shows what it says: silent third parties until a yes, then all of them, then only the chosen ones, then none. The
//! scripts of the page are asked for in the order of the document, as without Consentry; when pictures and frames come, and
//! what scripts bring, each browser arranges as it likes, so of these the set is the same.

use consentry_browser_tests::{World, promises};
use loopback::Seen;
use serde_json::json;
use std::collections::BTreeSet;

promises![silent_until_yes];

fn paths(seen: &Seen) -> BTreeSet<String> {
    seen.paths().into_iter().filter(|path| !path.contains("/control-")).collect()
}

fn names(paths: &BTreeSet<String>) -> BTreeSet<String> {
    paths.iter().map(|path| path.split('/').next().unwrap_or_default().to_owned()).collect()
}

/// Since when the page's own tags were asked for: addresses are those of the page without Consentry, in its order.
const SINCE: &str = "const [addresses] = arguments; const plain = (address) => address.split('#')[0]; const all = performance.getEntriesByType('resource');
  return addresses.map((address) => Math.min(...all.filter(({ name }) => plain(name) === plain(address)).map(({ startTime }) => startTime)));";

/// The third-party scripts of the demo's markup, in its order.
fn tags(world: &World) -> Vec<String> {
    let source = world.run_async("const done = arguments[0]; fetch(location.href).then((answer) => answer.text()).then((text) => done([...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('script[src^=http]')].map((one) => one.src)));", &[]);
    serde_json::from_value(source).expect("addresses")
}

#[track_caller]
fn assert_in_order(world: &World, tags: &[String], when: &str) {
    let since = world.run(SINCE, &[json!(tags)]);
    let times: Vec<f64> = serde_json::from_value(since.clone()).unwrap_or_default();
    assert!(times.len() == tags.len() && times.is_sorted(), "{when}: {tags:?} were asked for at {since}");
}

/// What has reached third parties once nothing new comes any more.
#[track_caller]
fn all_reached(world: &World) -> BTreeSet<String> {
    let mut before = usize::MAX;
    let mut still = 0;
    while still < 8 {
        world.settle();
        let now = world.servers.seen().requests.len();
        still = if now == before { still + 1 } else { 0 };
        before = now;
    }
    paths(&world.servers.seen())
}

#[track_caller]
fn assert_the_same(world: &World, expected: &BTreeSet<String>, when: &str) {
    world.wait_for(when, |seen| paths(seen).is_superset(expected));
    assert_eq!(&all_reached(world), expected, "{when}");
    world.go_away();
}

fn silent_until_yes(world: &World) {
    let home = world.site("/index.html");
    world.open(&home.replace("127.0.0.1", "without.localhost").replace("/index.html", "/without/index.html"));
    let without = all_reached(world);
    assert_eq!(names(&without), World::folder("www/third-party"), "without Consentry every fake is reached");
    let tags = tags(world);
    assert!(tags.len() > 2, "{tags:?}");
    assert_in_order(world, &tags, "without Consentry");
    world.go_away();
    world.open(&home);
    world.notice();
    world.assert_silent();
    world.reject_all();
    world.assert_silent();
    world.reload();
    world.ready();
    world.assert_silent();
    world.run("localStorage.clear();", &[]);
    world.go_away();
    world.open(&home);
    world.accept_all();
    world.wait_for("all after a yes", |seen| paths(seen).is_superset(&without));
    assert_in_order(world, &tags, "after Accept all");
    assert_the_same(world, &without, "after Accept all");
    world.open(&home);
    world.wait_for("all on the next page", |seen| paths(seen).is_superset(&without));
    assert_in_order(world, &tags, "on the next page");
    assert_the_same(world, &without, "on the next page");
    partial_then_none(world, &home, &without);
}

fn partial_then_none(world: &World, home: &str, without: &BTreeSet<String>) {
    world.open(home);
    world.run("localStorage.clear();", &[]);
    world.go_away();
    world.open(home);
    world.customize();
    world.press_button("Statistics");
    world.press_button("Save choices");
    world.until("consentry.has('analytics')");
    let own = |path: &&String| path.starts_with("google-analytics/") || path.starts_with("pixel/");
    let statistics: BTreeSet<String> = without.iter().filter(own).cloned().collect();
    assert_the_same(world, &statistics, "after a partial choice");
    world.open(home);
    assert!(world.is("/_ga=/.test(document.cookie)"), "the fake stores nothing: the sweep is not tried");
    world.run("consentry.withdraw();", &[]);
    world.until("!consentry.has('analytics') && !/_ga/.test(document.cookie)");
    world.go_away();
    world.open(home);
    world.ready();
    world.assert_silent();
    assert!(!world.asks() && !world.is("/_ga/.test(document.cookie)"));
}
