//! The flag of level `sealed` opens exactly what it names, and of every bad shape it opens nothing.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![opens_what_it_names, bad_shapes_stay_shut, under_trusted_types, a_signal_keeps_it_shut];

/// The snippet alone, with two unmarked third parties behind it: nothing of ours can repair the flag.
fn page(world: &World) -> Page {
    let lines = World::snippet(&Page::config_of_two());
    let scripts = ["tracker", "video"].map(|name| world.widget(name, Kind::Script).plain()).concat();
    Page::without_consentry().first(&lines).body(&scripts).body("<p id=\"end\">The end</p>")
}

const GOOD: &str = "1|1|1000000000|3000000000|tracker.localhost:*";

#[track_caller]
fn reached(world: &World, address: &str, flag: &str) -> Vec<String> {
    world.open(&world.site("/witness.js"));
    world.run("localStorage.setItem('consentry.open', arguments[0]);", &[json!(flag)]);
    world.servers.clear();
    world.open(address);
    // A page that was swallowed would have no end.
    assert_eq!(world.eval("document.getElementById('end').textContent"), "The end", "{flag}");
    world.reached()
}

fn opens_what_it_names(world: &World) {
    let address = world.publish(&page(world));
    let (tracker, video) = ("tracker/Script", "video/Script");
    assert_eq!(reached(world, &address, GOOD), [tracker]);
    assert_eq!(reached(world, &address, "1|1|1000000000|3000000000|video.localhost:*"), [video]);
    assert_eq!(reached(world, &address, "1|1|1000000000|3000000000|tracker.localhost:* video.localhost:*"), [tracker, video]);
    // What the site does not declare is passed over; a later version's service is not opened by an earlier consent.
    assert_eq!(reached(world, &address, "1|1|1000000000|3000000000|other.localhost:* tracker.localhost:*"), [tracker]);
}

const BAD: &[&str] = &[
    "", "1", "true", "*", "1|1", "1|1||", "1|1|1000000000|3000000000", "1|1|1000000000|3000000000|",
    "1|1|1000000000|3000000000|*", "1|1|1000000000|3000000000|https:", "1|1|1000000000|3000000000|http://*",
    "1|1|1000000000|3000000000|tracker.localhost", "1|1|1000000000|3000000000|tracker.localhost:*,video.localhost:*",
    "1|1|1000000000|3000000000|TRACKER.LOCALHOST:*", "1|1|1000000000|3000000000|tracker.localhost:*\tvideo.localhost:*",
    "1|1|1000000000|3000000000|\"><script src=http://tracker.localhost></script>", "1|1|1000000000|3000000000|tracker.localhost:*|",
    "1|1|1000000000|3000000000|tracker.localhost:*\n", "1|1|1000000000|3000000000|hasOwnProperty",
    // Expired, from the future, of another version of policy or flag.
    "1|1|1000000000|1000000001|tracker.localhost:*", "1|1|2999999999|3000000000|tracker.localhost:*",
    "1|2|1000000000|3000000000|tracker.localhost:*", "1||1000000000|3000000000|tracker.localhost:*", "2|1|1000000000|3000000000|tracker.localhost:*",
    "01|1|1000000000|3000000000|tracker.localhost:*", " 1|1|1000000000|3000000000|tracker.localhost:*",
    // Not numbers, though JavaScript would make some of them numbers.
    "1|1||3000000000|tracker.localhost:*", "1|1|0x1|3000000000|tracker.localhost:*", "1|1|1e3|3000000000|tracker.localhost:*",
    "1|1|1000000000|Infinity|tracker.localhost:*", "1|1|1000000000|30000000000000|tracker.localhost:*", "1|1|-1|3000000000|tracker.localhost:*",
    "1|1|1000000000| 3000000000|tracker.localhost:*", "1|1|1000000000.5|3000000000|tracker.localhost:*", "1|1|NaN|NaN|tracker.localhost:*",
    "{\"tracker\":true}", "1|1|1000000000|3000000000|<!--", "1|1|1000000000|3000000000|--><meta>", "\u{0}", "1|1|1000000000|3000000000|'self'",
];

fn bad_shapes_stay_shut(world: &World) {
    let address = world.publish(&page(world));
    assert_eq!(reached(world, &address, GOOD), ["tracker/Script"], "the way is open");
    for flag in BAD {
        assert_eq!(reached(world, &address, flag), [] as [&str; 0], "opened by {flag:?}");
    }
}

/// Under `require-trusted-types-for` the snippet needs its name on the list, and stays shut without.
fn under_trusted_types(world: &World) {
    let own = |listed: &str| format!("require-trusted-types-for 'script'; trusted-types {listed}");
    let listed = world.publish(&page(world).csp(&own("consentry consentry-snippet")));
    assert_eq!(reached(world, &listed, GOOD), ["tracker/Script"]);
    let missing = world.publish(&page(world).csp(&own("consentry")));
    let knows_them = world.is("'trustedTypes' in window");
    let expected: &[&str] = if knows_them { &[] } else { &["tracker/Script"] };
    assert_eq!(reached(world, &missing, GOOD), expected);
}

/// Global Privacy Control, simulated before the snippet: it shuts what may sell, share or target.
fn a_signal_keeps_it_shut(world: &World) {
    let signal = "<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });</script>";
    let lines = World::snippet(&Page::config_of_two());
    let (tracker, video) = (world.widget("tracker", Kind::Script).plain(), world.widget("video", Kind::Script).plain());
    let end = "<p id=\"end\">The end</p>";
    let both = "1|1|1000000000|3000000000|tracker.localhost:* video.localhost:*";
    let page = |lines: &str| Page::without_consentry().first(signal).first(lines).body(&tracker).body(&video).body(end);
    let address = world.publish(&page(&lines));
    assert_eq!(reached(world, &address, both), [] as [&str; 0]);
    let sells = lines.replace("data-sale=\"tracker.localhost:* video.localhost:*\"", "data-sale=\"video.localhost:*\"");
    assert_ne!(sells, lines);
    let address = world.publish(&page(&sells));
    assert_eq!(reached(world, &address, both), ["tracker/Script"]);
}
