//! What becomes of hosts that nobody declares, as `gate.unknownThirdParties` has it at each level: what loads, what
//! `consentry.blocked()` lists, and what the console names. And what a worker from the site's own file may ask for.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![at_marked, at_auto, at_auto_csp, at_sealed, at_header, workers_own_and_wrapped];

/// What is listed of the stranger now, and what was told of it when it came.
const LISTED: &str = "['blocked', 'told'].map((list) => (list === 'told' ? told : consentry.blocked()).filter((one) => one.url && one.url.includes('stranger')).map(({ kind, service }) => [kind, service]))";

/// The page at a level; the lines of a policy are those of its whole config.
fn leveled(level: &str, gate: &Value) -> Page {
    let mut config = Page::config_of_two();
    let page = if level == "header" { Page::new().headed(config.clone()) } else { Page::new() };
    config["record"] = json!({ "cookie": {} });
    config["gate"] = gate.clone();
    config["gate"]["level"] = json!(level);
    let page = if level == "sealed" { page.first(&World::snippet(&config)) } else { page };
    page.config(config)
}

/// Opens the page with one setting, and says what it came to.
#[track_caller]
fn ends(world: &World, level: &str, setting: &str) -> (bool, Value, bool) {
    let pixel = world.fake("stranger", "/pixel.gif", Answer::pixel());
    let hear = "<script>window.told = []; document.addEventListener('consentry:blocked', ({ detail }) => told.push(detail.blocked));</script>";
    let ask = format!("const one = new Image(); one.onload = one.onerror = ({{ type }}) => {{ window.end = type; }}; one.src = '{pixel}?once';");
    let gate = json!({ "unknownThirdParties": setting, "counsel": "Dana Law, 2026-11-01: a trial" });
    world.go_away();
    // When the start is over: at levels with a policy a part of it is a file of its own.
    let page = leveled(level, &gate).before(hear).script(&format!("consentry.ready.then(() => {{ {ask} }});"));
    world.visit(&page);
    world.notice();
    world.until("window.end");
    world.settle();
    assert_eq!(world.eval("consentry.snapshot().level"), level);
    let named = world.said().iter().any(|line| line.starts_with("warn") && line.contains("stranger.localhost") && line.contains("site.hosts"));
    let loads = world.is("window.end === 'load'");
    assert_eq!(loads, world.servers.seen().has("stranger", "/pixel.gif"), "{level}, {setting}");
    (loads, world.eval(LISTED), named)
}

#[track_caller]
fn assert_ends(world: &World, level: &str, rows: [(&str, bool, Value, bool); 3]) {
    for (setting, loads, listed, named) in rows {
        assert_eq!(ends(world, level, setting), (loads, listed, named), "{level}, {setting}: loads, listed now and told, named on the console");
    }
}

/// Nothing that is not marked is the gate's business.
fn at_marked(world: &World) {
    let none = json!([[], []]);
    assert_ends(world, "marked", [("block", true, none.clone(), false), ("report", true, none.clone(), false), ("allow", true, none, false)]);
}

fn at_auto(world: &World) {
    let one = json!(["img", null]);
    assert_ends(
        world,
        "auto",
        [("block", false, json!([[one], [one]]), true), ("report", true, json!([[], [one]]), true), ("allow", true, json!([[], []]), false)],
    );
}

/// No policy lets in what nobody names, whatever the gate would let through.
fn at_auto_csp(world: &World) {
    let [one, refused] = ["img", "img-src"].map(|kind| json!([kind, null]));
    assert_ends(
        world,
        "auto-csp",
        [("block", false, json!([[one], [one]]), true), ("report", false, json!([[refused], [one, refused]]), true), ("allow", false, json!([[refused], [refused]]), false)],
    );
}

fn at_sealed(world: &World) {
    behind_a_policy(world, "sealed");
}

fn at_header(world: &World) {
    behind_a_policy(world, "header");
}

#[track_caller]
fn behind_a_policy(world: &World, level: &str) {
    let refused = json!([[["img-src", null]], [["img-src", null]]]);
    assert_ends(world, level, [("block", false, refused.clone(), true), ("report", false, refused.clone(), true), ("allow", false, refused, false)]);
}

/// `own`, the default, leaves a worker from a file of the site's alone; `wrap` gives it the page's policy, where there is one.
fn workers_own_and_wrapped(world: &World) {
    let pixel = world.fake("tracker", "/asked", Answer::json("{}"));
    world.servers.page("/worker.js", Answer::script(format!("fetch('{pixel}').then(() => postMessage('load'), () => postMessage('error'));")));
    let start = "consentry.ready.then(() => { const worker = new Worker('/worker.js'); worker.onmessage = ({ data }) => { window.end = data; }; });";
    for (level, workers, end) in [
        ("auto", None, "load"),
        ("auto", Some("wrap"), "load"),
        ("auto-csp", None, "load"),
        ("auto-csp", Some("wrap"), "error"),
        ("sealed", None, "load"),
        ("sealed", Some("own"), "load"),
        ("sealed", Some("wrap"), "error"),
        ("header", None, "load"),
        ("header", Some("wrap"), "error"),
    ] {
        world.go_away();
        let gate = workers.map_or_else(|| json!({}), |workers| json!({ "workers": workers }));
        world.visit(&leveled(level, &gate).script(start));
        world.ready();
        world.until("window.end");
        assert_eq!((world.eval("end"), world.servers.seen().count("tracker") > 0), (json!(end), end == "load"), "{level}, {workers:?}");
    }
}
