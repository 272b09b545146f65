//! The demo shows what it says: silent third parties until a yes, then all of them, then only the chosen ones, then none.

use consentry_browser_tests::{World, promises};
use loopback::Seen;
use std::collections::BTreeSet;

promises![silent_until_yes];

fn paths(seen: &Seen) -> BTreeSet<String> {
    seen.paths().into_iter().filter(|path| !path.contains("/control-")).collect()
}

fn names(paths: &BTreeSet<String>) -> BTreeSet<String> {
    paths.iter().map(|path| path.split('/').next().unwrap_or_default().to_owned()).collect()
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
    assert_the_same(world, &without, "after Accept all");
    world.open(&home);
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
