//! At level `auto-csp` the script alone also stops what no script can: it writes a policy, which is in force for whatever
//! comes behind it, and the page is loaded again once after a grant.

use consentry_browser_tests::{DENIED_STORAGE, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![
    all, some, refused, withdrawn, storage_denied, what_was_entered, under_the_pages_own_policy, bad_flags_stay_shut,
    shut_while_a_file_loads, says_what_the_snippet_says, level_is_detected
];

fn config() -> Value {
    let mut config = Page::config_of_two();
    config["gate"] = json!({ "level": "auto-csp" });
    config
}

/// An import and a redirect, which only a policy stops, and an embed, all unmarked, and none that a browser looks ahead for.
fn widgets(world: &World, page: Page) -> Page {
    let module = world.fake("tracker", "/module.js", Answer::script("export {};"));
    let film = world.fake("video", "/film", Answer::html("<!doctype html><title>Film</title>"));
    let away = Answer::new("text/plain", "").status(302).header("Location", world.fake("video", "/gone.gif", Answer::pixel()));
    world.servers.page("/away", away.header("Cache-Control", "no-store"));
    let start = format!("import('{module}').catch(() => {{}}); new Image().src = '/away';");
    page.body(&format!("<script nonce=\"own\">{start}</script>"))
        .body(&format!("<iframe src=\"{film}\" title=\"Film\" width=\"420\" height=\"236\"></iframe>"))
}

const ALL: [&str; 3] = ["tracker/module.js", "video/film", "video/gone.gif"];

fn page(world: &World) -> Page {
    widgets(world, Page::new().config(config()))
}

/// Opens a page as a new visitor, to whom nothing third-party comes.
#[track_caller]
fn open(world: &World, page: &Page) -> String {
    let address = world.publish(page);
    world.servers.clear();
    world.open(&address);
    world.notice();
    assert_eq!(world.reached(), [] as [&str; 0]);
    assert_eq!(world.eval("consentry.snapshot().level"), "auto-csp");
    world.servers.clear();
    address
}

fn all(world: &World) {
    world.visit(&widgets(world, Page::without_consentry()));
    world.wait_for("the control", |seen| ALL.iter().all(|path| seen.paths().iter().any(|one| one == path)));
    world.go_away();
    let address = open(world, &page(world)) + "?a=b#end";
    world.open(&address);
    world.notice();
    world.servers.clear();
    world.press_button("Accept all");
    world.assert_reached_alone(&ALL);
    assert_eq!((world.navigations(&address), world.eval("location.search + location.hash")), (1, json!("?a=b#end")));
    // The next page is open from its first byte on, and nothing loads it again.
    world.open("about:blank");
    world.servers.clear();
    world.open(&address);
    world.assert_reached_alone(&ALL);
    assert_eq!((world.navigations(&address), world.eval("consentry.snapshot().level")), (1, json!("auto-csp")));
}

fn some(world: &World) {
    let address = open(world, &page(world));
    world.customize();
    world.press_button("Marketing");
    world.press_button("Save choices");
    world.assert_reached_alone(&ALL[1..]);
    assert_eq!((world.navigations(&address), world.has("tracker")), (1, false));
    assert_eq!(world.eval("localStorage['consentry.open'].split('|')[4]"), "video.localhost:*");
}

fn refused(world: &World) {
    let address = open(world, &page(world));
    world.reject_all();
    world.reload();
    world.ready();
    assert_eq!((world.reached(), world.navigations(&address)), (Vec::new(), 1));
    assert_eq!(world.eval("localStorage.getItem('consentry.open')"), json!(null));
}

fn withdrawn(world: &World) {
    let address = open(world, &page(world));
    world.press_button("Accept all");
    world.assert_reached_alone(&ALL);
    world.run("consentry.withdraw('tracker');", &[]);
    world.servers.clear();
    world.open("about:blank");
    world.open(&address);
    world.assert_reached_alone(&ALL[1..]);
    world.run("consentry.withdraw();", &[]);
    world.open("about:blank");
    world.servers.clear();
    world.open(&address);
    world.ready();
    assert_eq!((world.reached(), world.navigations(&address)), (Vec::new(), 1));
}

fn storage_denied(world: &World) {
    let address = open(world, &page(world).before(DENIED_STORAGE));
    world.press_button("Accept all");
    world.until("document.querySelector('main').textContent.includes('does not let this site keep your choice')");
    world.settle();
    assert_eq!((world.reached(), world.navigations(&address), world.has("video")), (Vec::new(), 0, true));
    world.press_button("Load once");
    world.assert_reached_alone(&["video/film"]);
    assert_eq!(world.navigations(&address), 0);
    assert_eq!(world.eval("document.querySelector('main iframe').contentDocument.querySelector('iframe').title"), "Film");
}

fn what_was_entered(world: &World) {
    let address = open(world, &page(world).body("<input id=\"field\">"));
    world.click("#field");
    world.press("x");
    world.press_button("Accept all");
    world.until("document.querySelector('#consentry-root [role=status] button')");
    world.settle();
    assert_eq!((world.reached(), world.navigations(&address), world.eval("field.value")), (Vec::new(), 0, json!("x")));
    world.press_button("Reload to load");
    world.assert_reached_alone(&ALL);
}

/// Trusted Types included.
fn under_the_pages_own_policy(world: &World) {
    let own = "script-src 'self' 'wasm-unsafe-eval' 'nonce-own' http:; style-src 'self'; connect-src 'self'; \
               require-trusted-types-for 'script'; trusted-types consentry";
    let address = open(world, &page(world).csp(own));
    world.press_button("Accept all");
    world.assert_reached_alone(&ALL);
    assert_eq!(world.navigations(&address), 1);
}

/// What stands there is read before the record is, and what is not exactly as it should be opens nothing.
fn bad_flags_stay_shut(world: &World) {
    let address = open(world, &page(world));
    let reached = |flag: &str| {
        world.open(&world.site("/witness.js"));
        world.run("localStorage.setItem('consentry.open', arguments[0]);", &[json!(flag)]);
        world.servers.clear();
        world.open(&address);
        world.ready();
        assert_eq!(world.eval("localStorage.getItem('consentry.open') || ''"), "", "{flag}: without a record");
        world.reached()
    };
    let good = "1|1|1000000000|3000000000|tracker.localhost:*";
    assert_eq!(reached(good), [ALL[0]], "the way is open");
    for hosts in [
        "", "*", "*:*", "http:", "https://*", "tracker.localhost", "tracker.localhost:*,video.localhost:*", "tracker.localhost:*|",
        "tracker.localhost:*; script-src *", "tracker.localhost:* *", "'self'", "tracker.localhost:* ", "tracker.localhost:*\n",
    ] {
        assert_eq!(reached(&format!("1|1|1000000000|3000000000|{hosts}")), [] as [&str; 0], "{hosts:?}");
    }
    for flag in [
        "", "1", "1g|1|1000000000|3000000000|tracker.localhost:*", "1|2|1000000000|3000000000|tracker.localhost:*",
        "1|1|1000000000|1000000001|tracker.localhost:*", "1|1|2999999999|3000000000|tracker.localhost:*", "1|1|1e3|3000000000|tracker.localhost:*",
        "1|1||3000000000|tracker.localhost:*", " 1|1|1000000000|3000000000|tracker.localhost:*", "2|1|1000000000|3000000000|tracker.localhost:*",
    ] {
        assert_eq!(reached(flag), [] as [&str; 0], "{flag:?}");
    }
}

/// A service of the catalog is known only when its file is there; the page is shut before.
fn shut_while_a_file_loads(world: &World) {
    let mut config = config();
    config["services"][0] = json!("youtube");
    open(world, &widgets(world, Page::new().config(config)));
}

fn says_what_the_snippet_says(world: &World) {
    let mut config = config();
    config["site"]["hosts"] = json!(["cdn.example.net", "*.example.org:8443", "/own", "media.example.net/a;b,c/d&e'f/"]);
    config["categories"] = json!([{ "id": "payment", "purposes": [{ "id": "pay", "basis": "necessary" }] }]);
    config["services"][0]["category"] = json!("payment");
    let lines = World::snippet(&config);
    open(world, &Page::new().config(config));
    let text = "new DOMParser().parseFromString(arguments[0], 'text/html').querySelector('meta').content";
    let snippet = world.run(&format!("return {text};"), &[json!(lines)]);
    assert!(snippet.as_str().is_some_and(|text| text.contains("tracker.localhost:* ws://") || text.ends_with("ws://tracker.localhost:*")), "{snippet}");
    assert_eq!(world.eval("document.querySelector('head > meta[http-equiv]').content"), snippet);
}

/// The level is what the browser refuses, whatever the config says.
fn level_is_detected(world: &World) {
    let level = |page: &Page| {
        world.visit(page);
        world.ready();
        world.eval("consentry.snapshot().level")
    };
    let lines = World::snippet(&Page::config_of_two());
    assert_eq!(level(&page(world).first(&lines)), "sealed", "whose policy it is");
    // As it would be in a browser that passes the policy over.
    let lenient = "<script>{ const { get } = Object.getOwnPropertyDescriptor(Node.prototype, 'baseURI');
Object.defineProperty(Node.prototype, 'baseURI', { get() { return (document.querySelector('base') || {}).href || get.call(this); } }); }</script>";
    assert_eq!(level(&page(world).before(lenient)), "auto", "where nothing is refused");
    assert!(world.said().iter().any(|line| line.starts_with("error: Consentry: gate.level")), "{:?}", world.said());
}
