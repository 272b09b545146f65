//! With `consentry-sw.js` nothing third-party is asked for from the second page on, the browser's own look ahead included; a
//! grant lets go at once, a withdrawal shuts at once, and what cannot be read is shut.

use consentry_browser_tests::{Engine, Kind, Page, Widget, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![before_consent, a_grant_lets_go, a_withdrawal_shuts, shut_when_the_page_is_gone, other_hosts, bad_state_is_shut, slow_state_is_shut, own_requests];

/// What browsers ask for before any script runs.
const AHEAD: [Kind; 6] = [Kind::Script, Kind::Img, Kind::ImgSrcset, Kind::Stylesheet, Kind::Preload, Kind::Poster];

fn widgets(world: &World) -> Vec<Widget> {
    AHEAD.map(|kind| world.widget("tracker", kind)).into()
}

fn plain(page: Page, widgets: &[Widget]) -> Page {
    widgets.iter().fold(page, |page, one| page.body(&one.plain()))
}

fn page() -> Page {
    Page::new().worker(Page::config_of_two())
}

#[track_caller]
fn assert_all_reached(world: &World, widgets: &[Widget]) {
    let paths: Vec<String> = widgets.iter().map(|widget| format!("tracker/{:?}", widget.kind)).collect();
    world.wait_for("every widget", |seen| paths.iter().all(|path| seen.paths().contains(path)));
}

fn before_consent(world: &World) {
    let widgets = widgets(world);
    let control = widgets.iter().map(|one| Widget { kind: one.kind, url: format!("{}?control", one.url) });
    let policy = format!("default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' {}", world.third_party("tracker", ""));
    world.visit(&plain(Page::without_consentry(), &control.collect::<Vec<_>>()).csp(&policy));
    assert_all_reached(world, &widgets);
    world.go_away();
    let address = world.publish(&plain(page(), &widgets).csp(&policy));
    assert_eq!(world.first_page(&address), "/consentry-sw.js");
    world.next_page(&address);
    world.notice();
    assert_eq!((world.reached(), world.servers.connections()), (Vec::new(), 0));
    world.reject_all();
    world.next_page(&address);
    world.ready();
    assert_eq!((world.reached(), world.servers.connections()), (Vec::new(), 0));
}

/// Whether an engine asks again, in the same page, for what it was refused when it looked ahead.
fn repeats(engine: Engine, kind: Kind) -> bool {
    match engine {
        Engine::Chromium => kind != Kind::Preload,
        Engine::Firefox => !matches!(kind, Kind::Preload | Kind::Stylesheet),
        Engine::WebKitGtk => matches!(kind, Kind::Script | Kind::Stylesheet),
    }
}

fn a_grant_lets_go(world: &World) {
    let all = widgets(world);
    let widgets: Vec<Widget> = all.iter().filter(|one| repeats(world.engine, one.kind)).cloned().collect();
    let marked = Widget { kind: Kind::Iframe, url: world.widget("video", Kind::Iframe).url };
    let call = world.fake("tracker", "/call", Answer::json("{}"));
    let script = format!("window.born = Math.random(); document.addEventListener('consentry:change', () => fetch('{call}').then(() => {{ window.called = true; }}));");
    let address = world.publish(&plain(page(), &all).body(&marked.marked("data-service=\"video\"")).script(&script));
    world.first_page(&address);
    world.next_page(&address);
    world.notice();
    let born = world.eval("born");
    world.accept_all();
    assert_all_reached(world, &widgets);
    world.wait_for("the embed and the call", |seen| seen.has("video", "/Iframe") && seen.has("tracker", "/call"));
    world.until("window.called");
    assert_eq!(world.eval("born"), born, "the page was loaded again");
    // The rest comes with the next page; of hints WebKitGTK keeps the refusal.
    world.next_page(&address);
    assert_all_reached(world, &all.into_iter().filter(|one| one.kind != Kind::Preload).collect::<Vec<_>>());
}

fn a_withdrawal_shuts(world: &World) {
    let pixel = world.fake("tracker", "/pixel.gif", Answer::pixel());
    let changed = "document.addEventListener('consentry:change', () => { window.changed = (window.changed || 0) + 1; });";
    let address = world.publish(&page().script(changed));
    world.first_page(&address);
    world.next_page(&address);
    assert_eq!(world.ask(&pixel), "error");
    world.accept_all();
    world.until("window.changed === 1");
    assert_eq!(world.ask(&format!("{pixel}?granted")), "load");
    world.run("consentry.withdraw('tracker');", &[]);
    world.until("window.changed === 2");
    world.servers.clear();
    assert_eq!(world.ask(&format!("{pixel}?withdrawn")), "error");
    assert_eq!(world.reached(), [] as [&str; 0]);
}

/// The worker hears of a no although the page goes before the browser's storage has it.
fn shut_when_the_page_is_gone(world: &World) {
    let pixel = world.fake("tracker", "/pixel.gif", Answer::pixel());
    let address = world.publish(&page());
    world.first_page(&address);
    world.next_page(&address);
    world.accept_all();
    world.until("consentry.has('tracker')");
    assert_eq!(world.ask(&format!("{pixel}?granted")), "load");
    // A page without our tag: nobody but the worker stops anything there.
    let bare = world.publish(&Page::without_consentry());
    world.run("const [bare] = arguments; IDBFactory.prototype.open = () => ({}); consentry.withdraw('tracker'); location.assign(bare);", &[bare.as_str().into()]);
    world.until("!window.consentry && document.readyState === 'complete'");
    world.servers.clear();
    assert_eq!(world.ask(&format!("{pixel}?gone")), "error");
    assert_eq!(world.reached(), [] as [&str; 0]);
}

/// The site's own hosts are free; a host that nobody declares waits for good, unless the config lets it through.
fn other_hosts(world: &World) {
    let [own, unknown] = ["assets", "unknown"].map(|name| world.fake(name, "/pixel.gif", Answer::pixel()));
    let mut config = Page::config_of_two();
    config["site"]["hosts"] = json!(["assets.localhost"]);
    let address = world.publish(&Page::new().worker(config.clone()));
    world.first_page(&address);
    world.next_page(&address);
    assert_eq!([world.ask(&own), world.ask(&unknown)], ["load", "error"]);
    // Once more, now that the worker remembers whose it is.
    assert_eq!(world.ask(&format!("{own}?again")), "load");
    config["gate"] = json!({ "unknownThirdParties": "allow", "counsel": "A lawyer, 2026" });
    world.open(&world.publish(&Page::new().worker(config)));
    // The page writes it down when it has loaded.
    let mut tries = (0..400).map(|at| world.ask(&format!("{unknown}?{at}")));
    assert!(tries.any(|end| end == "load"), "what the config lets through is refused");
}

/// A state that lets the tracker through for an hour.
fn state(world: &World) -> Value {
    let until = world.eval("Math.floor(Date.now() / 1000) + 3600");
    json!({ "v": 1, "free": [], "open": ["tracker.localhost"], "shut": [], "others": true, "until": until, "file": world.site("/consentry-sw.js") })
}

fn bad_state_is_shut(world: &World) {
    let pixel = world.fake("tracker", "/pixel.gif", Answer::pixel());
    world.first_page(&world.publish(&page()));
    // A page without our tag: nobody writes the state anew.
    world.next_page(&world.publish(&Page::without_consentry()));
    let ask = |state: Value| {
        world.keep("state", state.clone());
        assert_eq!(world.ask(&format!("{pixel}?{}", world.eval("Math.random()"))), "error", "{state}");
    };
    let good = state(world);
    world.keep("state", good.clone());
    assert_eq!(world.ask(&format!("{pixel}?good")), "load");
    world.servers.clear();
    for (key, value) in [
        ("v", json!(2)),
        ("v", json!("1")),
        ("v", Value::Null),
        ("until", json!(1)),
        ("until", Value::Null),
        ("until", json!("soon")),
        ("until", json!(99_999_999_999_u64)),
        ("open", json!("tracker.localhost")),
        ("open", json!([1])),
        ("open", json!({ "length": 1, "0": "tracker.localhost" })),
        ("shut", Value::Null),
        ("free", json!([["tracker.localhost"]])),
        ("shut", json!(["*.localhost", "tracker.localhost"])),
    ] {
        let mut bad = good.clone();
        bad[key] = value;
        ask(bad);
    }
    for bad in [json!(null), json!(1), json!("1"), json!([]), json!({}), json!({ "v": 1, "off": 1 }), json!({ "off": true })] {
        ask(bad);
    }
    assert_eq!(world.reached(), [] as [&str; 0]);
}

/// A site's own worker with ours in it, whose storage answers when the page says so.
const SLOW: &str = "let slow = Promise.resolve(), go;
addEventListener('message', ({ data, source }) => {
  if (data === 'hold') slow = new Promise((run) => { go = run; }); else go();
  source.postMessage(data);
});
const { open } = IDBFactory.prototype;
IDBFactory.prototype.open = function (...given) {
  const asked = open.apply(this, given);
  const late = { get result() { return asked.result; } };
  asked.onupgradeneeded = () => late.onupgradeneeded();
  asked.onsuccess = () => slow.then(() => late.onsuccess());
  return late;
};
importScripts('/consentry-sw.js');";

/// Sends the worker a word and waits until it has heard it.
const TELL: &str = "const [word, done] = arguments; const { serviceWorker } = navigator;
serviceWorker.onmessage = ({ data }) => data === word && done();
serviceWorker.controller.postMessage(word);";

/// Until the worker knows what is open it is shut: a request waits, and is answered by what is found then.
fn slow_state_is_shut(world: &World) {
    let pixel = world.fake("tracker", "/pixel.gif", Answer::pixel());
    world.servers.page("/slow.js", Answer::script(SLOW));
    let register = Page::without_consentry().script("navigator.serviceWorker.register('/slow.js');");
    assert_eq!(world.first_page(&world.publish(&register)), "/slow.js");
    world.next_page(&world.publish(&Page::without_consentry()));
    world.keep("state", state(world));
    let tell = |word: &str| drop(world.run_async(TELL, &[json!(word)]));
    tell("hold");
    world.run("const image = new Image(); image.onload = () => { window.came = true; }; __ask(arguments[0], image);", &[json!(pixel)]);
    assert_eq!((world.reached(), world.is("window.came")), (Vec::new(), false));
    tell("go");
    world.until("window.came");
    tell("hold");
    world.run("const image = new Image(); image.onerror = () => { window.refused = true; }; __ask(arguments[0], image);", &[json!(format!("{pixel}?shut"))]);
    world.keep("state", Value::Null);
    tell("go");
    world.until("window.refused");
}

/// Sends a body, and reads an answer piece by piece: the second piece comes after the first was read.
const OWN: &str = "const done = arguments[0];
(async () => {
  const sent = await fetch('/echo', { method: 'POST', body: 'a body', headers: { 'x-own': '1' } });
  const reader = (await fetch('/stream')).body.getReader();
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  const first = await read();
  await fetch('/second');
  const second = await read();
  const events = await new Promise((end) => { const source = new EventSource('/events'); source.onmessage = ({ data }) => { source.close(); end(data); }; });
  done([sent.status, sent.url.endsWith('/echo'), first, second, events]);
})().catch((error) => done('' + error));";

fn own_requests(world: &World) {
    world.servers.page("/echo", Answer::new("text/plain", "got it").status(201));
    let patience = std::time::Duration::from_secs(30);
    world.servers.page("/stream", Answer::new("text/plain", "first,second").pause_after("first,", "/second", patience));
    world.servers.page("/events", Answer::new("text/event-stream", "data: told\n\n"));
    world.servers.page("/second", Answer::new("text/plain", ""));
    let form = world.publish(&Page::without_consentry().body("<form method=post action=/posted><input name=a value=b><button id=send>Send</button></form>"));
    let address = world.publish(&page());
    world.servers.page("/posted", Answer::html("<!doctype html><title>Posted</title>"));
    world.first_page(&address);
    world.next_page(&address);
    assert_eq!(world.run_async(OWN, &[]), json!([201, true, "first,", "second", "told"]));
    let sent = world.servers.site_requests().into_iter().find(|one| one.path == "/echo");
    assert_eq!(sent.map(|one| (one.method, one.body)), Some(("POST".to_owned(), "a body".to_owned())));
    world.next_page(&form);
    world.click("#send");
    world.until("document.title === 'Posted'");
    let posted = world.servers.site_requests().into_iter().find(|one| one.path == "/posted");
    assert_eq!(posted.map(|one| (one.method, one.body)), Some(("POST".to_owned(), "a=b".to_owned())));
}
