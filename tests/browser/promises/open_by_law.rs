//! Where the law lets services run until the visitor says no, a policy in front of the page is shut for the first page and open
//! for the next, without a record, and without a cookie or flag that could pass for a grant. A no, the browser's signal and a
//! stricter place end it.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![sealed, auto_csp, header, nothing_stays_open_for_long, under_a_floor_of_opt_in, a_signal, beside_an_opt_out];

/// The tracker serves the site alone, the video shares.
fn config(floor: &str) -> Value {
    let mut config = Page::config_of_two();
    config["floor"] = json!(floor);
    config["services"][0]["serviceProvider"] = json!(true);
    config
}

/// What makes a page of a level out of one.
type Level = fn(Page, Value) -> Page;

fn at_sealed(page: Page, config: Value) -> Page {
    page.sealed(config)
}

fn at_auto_csp(page: Page, mut config: Value) -> Page {
    config["gate"] = json!({ "level": "auto-csp" });
    page.config(config)
}

fn at_header(page: Page, config: Value) -> Page {
    page.headed(config)
}

/// Imports alone, ahead of which no browser looks, and which only a policy stops.
fn page(world: &World, level: Level, floor: &str, place: &str) -> Page {
    let [tracker, video] = ["tracker", "video"].map(|name| world.fake(name, "/module.js", Answer::script("export {};")));
    let tag = format!("<script src=\"/consentry.js\" data-jurisdiction=\"{place}\"></script>");
    let page = Page::new().tag(&tag).script(&format!("for (const from of ['{tracker}', '{video}']) import(from).catch(() => {{}});"));
    level(page, config(floor))
}

/// What is kept of us between two pages.
const KEPT: &str = "[localStorage.getItem('consentry.record'), localStorage.getItem('consentry.open') || document.cookie]";

const BOTH: [&str; 2] = ["tracker/module.js", "video/module.js"];

/// Opens a page of the site, and answers what it reached.
#[track_caller]
fn reached(world: &World, address: &str) -> Vec<String> {
    world.open("about:blank");
    world.servers.clear();
    world.open(address);
    world.ready();
    let found = world.reached();
    assert_eq!(world.navigations(address), 1, "nothing is loaded again by itself");
    found
}

#[track_caller]
fn open_by_law(world: &World, name: &str, level: Level) {
    let texas = world.publish(&page(world, level, "law", "US-TX"));
    assert_eq!(reached(world, &texas), [""; 0], "the first page");
    assert_eq!(world.eval("[consentry.snapshot().level, consentry.snapshot().regime, consentry.choice('video').reason]"), json!([name, "opt-out", "default"]));
    let kept = world.eval(KEPT);
    assert_eq!(kept[0], Value::Null, "nobody has answered");
    let kept = kept[1].as_str().unwrap_or_default().to_owned();
    assert!(kept.starts_with(if name == "header" { "consentry=1.~" } else { "1|1|" }), "{kept}");
    assert_eq!(reached(world, &texas), BOTH, "the next page");
    // A stricter place shuts what comes behind its first page.
    let berlin = world.publish(&page(world, level, "law", "DE"));
    reached(world, &berlin);
    assert_eq!(world.eval(KEPT), json!([null, ""]));
    assert_eq!(reached(world, &berlin), [""; 0], "after a first page in a stricter place");
    // A no ends it, and nothing of it comes back.
    reached(world, &texas);
    assert_eq!(reached(world, &texas), BOTH);
    world.run("consentry.rejectAll();", &[]);
    assert_eq!(reached(world, &texas), [""; 0], "after a no");
    assert_eq!(reached(world, &texas), [""; 0]);
    assert_eq!(world.eval("consentry.choice('tracker').reason"), "refused");
}

fn sealed(world: &World) {
    open_by_law(world, "sealed", at_sealed);
}

fn auto_csp(world: &World) {
    open_by_law(world, "auto-csp", at_auto_csp);
}

fn header(world: &World) {
    open_by_law(world, "header", at_header);
}

/// What the law opens it opens for a day or two: the visitor may be elsewhere then.
fn nothing_stays_open_for_long(world: &World) {
    let sealed = world.publish(&page(world, at_sealed, "law", "US-TX"));
    reached(world, &sealed);
    let days = "(() => { const [, , from, until] = localStorage['consentry.open'].split('|'); return [(until - from) / 86400, from <= Date.now() / 1000, until > Date.now() / 1000]; })()";
    assert_eq!(world.eval(days), json!([2, true, true]));
    // A grant lasts as it always does.
    world.run("consentry.showNotice();", &[]);
    world.press_button("Accept all");
    world.until("consentry.has('video') && consentry.choice('video').reason === 'granted'");
    world.until("localStorage['consentry.open'].split('|')[3] - localStorage['consentry.open'].split('|')[2] === 365 * 86400");
    world.run("localStorage.clear();", &[]);
    let header = world.publish(&page(world, at_header, "law", "US-TX"));
    reached(world, &header);
    assert_eq!(reached(world, &header), BOTH);
    // The cookie of a week ago, as it would be if nobody came meanwhile.
    world.run("document.cookie = document.cookie.replace(/~(\\d+)/, (_, day) => '~' + (day - 7)) + '; path=/';", &[]);
    assert_eq!(reached(world, &header), [""; 0]);
    assert_eq!(reached(world, &header), BOTH, "it was written anew");
}

/// A cookie that says so opens nothing where the site wants a yes from everybody, and is no no either.
fn under_a_floor_of_opt_in(world: &World) {
    let header = world.publish(&page(world, at_header, "opt-in", "US-TX"));
    reached(world, &header);
    world.run("document.cookie = `consentry=1.~${Math.floor(Date.now() / 864e5)}.functional.tracker; path=/`;", &[]);
    world.open(&header);
    world.notice();
    assert_eq!(world.eval("[consentry.choice('tracker').reason, consentry.choice('video').reason, consentry.snapshot().record, document.cookie]"), json!(["unanswered", "unanswered", null, ""]));
}

/// Global Privacy Control shuts what sells or shares before the first request, and the rest stays open.
fn a_signal(world: &World) {
    let signal = "<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => !!localStorage.signal });</script>";
    for level in [at_sealed as Level, at_auto_csp, at_header] {
        world.run("try { localStorage.clear(); document.cookie = 'consentry=; max-age=0; path=/'; } catch {}", &[]);
        let address = world.publish(&page(world, level, "law", "US-TX").first(signal));
        reached(world, &address);
        assert_eq!(reached(world, &address), BOTH);
        world.run("localStorage.signal = '1';", &[]);
        reached(world, &address);
        assert_eq!(world.eval("[consentry.choice('tracker').reason, consentry.choice('video').reason]"), json!(["default", "signal"]));
        assert_eq!(reached(world, &address), BOTH[..1]);
        world.run("localStorage.removeItem('signal');", &[]);
        // At level `auto-csp` the first page without a signal is shut: what was written under one is not read.
        assert!(!reached(world, &address).contains(&BOTH[1].to_owned()), "the opt-out stands");
        assert_eq!(reached(world, &address), BOTH[..1]);
    }
}

/// What was not opted out of runs on by law, and the server can tell it from a grant.
fn beside_an_opt_out(world: &World) {
    let header = world.publish(&page(world, at_header, "law", "US-CA"));
    reached(world, &header);
    world.run("consentry.withdraw('video');", &[]);
    let cookie = world.eval("document.cookie.replace(/\\d{8,}/, 'N').replace(/~\\d+/, '~D')");
    assert_eq!(cookie, "consentry=1.N.~D.functional.analytics.marketing.tracker");
    assert_eq!(reached(world, &header), BOTH[..1]);
    // The browser has lost the record: what the cookie does not list was refused, the rest stays as the law has it.
    world.run("localStorage.clear();", &[]);
    reached(world, &header);
    assert_eq!(world.eval("[consentry.choice('video').reason, consentry.snapshot().record.action]"), json!(["refused", "import"]));
}
