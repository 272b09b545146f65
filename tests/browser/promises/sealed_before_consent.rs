//! At level `sealed` nothing that a page starts reaches a third party before consent, marked or not: not what the browser
//! looks ahead for, and not without JavaScript, without our file or without WebAssembly.

use consentry_browser_tests::{Engine, Kind, Page, World, promises};
use serde_json::json;

promises![nothing_unmarked, without_javascript, without_our_file, without_webassembly, level_is_detected];

/// What the page starts by script, beside its markup.
const STARTED: &str = "new Image().src = 'THIRD/image.gif'; fetch('THIRD/fetch', { mode: 'no-cors' }).catch(() => {});
navigator.sendBeacon('THIRD/beacon'); new EventSource('THIRD/events'); import('THIRD/module.js').catch(() => {});
const frame = document.createElement('iframe'); document.body.append(frame); frame.contentWindow.fetch('THIRD/pristine', { mode: 'no-cors' }).catch(() => {});
document.body.insertAdjacentHTML('beforeend', '<img alt src=THIRD/inserted.gif>');
const style = document.createElement('style'); style.textContent = '@import url(THIRD/import.css)'; document.head.append(style);
new Worker(URL.createObjectURL(new Blob(['fetch(\"THIRD/worker\", { mode: \"no-cors\" }).catch(() => {})'])));";

/// Third-party elements right behind the snippet, where the browser's look-ahead finds them first.
fn unmarked(world: &World, page: Page) -> Page {
    let third = world.third_party("tracker", "");
    let widgets: String = Kind::ALL.iter().map(|kind| world.widget("tracker", *kind).plain()).collect();
    page.body(&widgets).script(&STARTED.replace("THIRD", &third))
}

/// Firefox looks ahead for responsive images without asking the policy; Chromium only connects for a frame.
fn known_hole(world: &World, path: &str) -> bool {
    world.engine == Engine::Firefox && ["tracker/ImgSrcset", "tracker/Picture"].contains(&path)
}

#[track_caller]
fn assert_shut(world: &World) {
    let reached: Vec<String> = world.reached().into_iter().filter(|path| !known_hole(world, path)).collect();
    assert!(reached.is_empty(), "reached before consent: {reached:?}");
}

#[track_caller]
fn control(world: &World) {
    world.visit(&unmarked(world, Page::without_consentry()));
    let all = ["Script", "Iframe", "Img", "image.gif", "fetch", "module.js", "pristine", "inserted.gif", "import.css", "worker"];
    world.wait_for("the control", |seen| all.iter().all(|path| seen.has("tracker", &format!("/{path}"))));
    world.go_away();
}

fn sealed() -> Page {
    Page::new().sealed(Page::config_of_two())
}

fn nothing_unmarked(world: &World) {
    control(world);
    world.visit(&unmarked(world, sealed()));
    world.notice();
    assert_shut(world);
    world.reject_all();
    world.reload();
    world.ready();
    assert_shut(world);
    assert_eq!(world.eval("localStorage.getItem('consentry.open')"), json!(null));
}

/// Where the driver can switch it off: WebKitGTK's cannot.
fn without_javascript(world: &World) {
    if !world.scripts(false) {
        return;
    }
    let end = "<img alt src=\"/end.gif\">";
    world.servers.page("/end.gif", loopback::Answer::pixel());
    // `open` waits for the page's `load`, and that for whatever the page was let to ask for.
    world.open(&world.publish(&unmarked(world, Page::without_consentry().body("<noscript><img alt src=\"/without.gif\"></noscript>"))));
    world.wait_for_site("a page without scripts", |seen| seen.paths().iter().any(|path| path.ends_with("/without.gif")));
    world.wait_for("the control", |seen| ["Iframe", "Img", "Stylesheet"].iter().all(|path| seen.has("tracker", &format!("/{path}"))));
    world.open("about:blank");
    world.servers.clear();
    world.open(&world.publish(&unmarked(world, sealed()).body(end)));
    world.wait_for_site("the page's own image", |seen| seen.paths().iter().any(|path| path.ends_with("/end.gif")));
    let reached: Vec<String> = world.servers.seen().paths().into_iter().filter(|path| !known_hole(world, path)).collect();
    assert!(reached.is_empty(), "reached without JavaScript: {reached:?}");
    assert!(world.scripts(true), "it could be switched off");
}

fn without_our_file(world: &World) {
    control(world);
    world.servers.page("/consentry.js", loopback::Answer::new("text/plain", "not here").status(404));
    world.visit(&unmarked(world, sealed()).body("<p id=\"text\">Our own text</p>"));
    assert_eq!(world.eval("[typeof consentry, text.textContent]"), json!(["undefined", "Our own text"]));
    assert_shut(world);
}

fn without_webassembly(world: &World) {
    control(world);
    let fallback = loopback::Answer::new("text/plain", "not here").status(404);
    world.servers.page("/consentry.fallback.js", fallback);
    world.visit(&unmarked(world, sealed().before("<script>delete window.WebAssembly;</script>")));
    world.until("window.consentry && consentry.snapshot().phase === 'failed'");
    assert_shut(world);
}

/// The level is what is there, whatever the config says.
fn level_is_detected(world: &World) {
    let level = |page: &Page| {
        world.visit(page);
        world.ready();
        world.eval("consentry.snapshot().level")
    };
    assert_eq!(level(&sealed()), "sealed");
    // Loaders put their scripts before the first one in the page.
    let loader = "const one = document.createElement('script'); one.src = '/witness.js'; const [first] = document.getElementsByTagName('script'); \
                  first.before(one);";
    assert_eq!(level(&sealed().before(&format!("<script>{loader}</script>"))), "sealed");
    // The snippet decides, not the config.
    let lines = World::snippet(&Page::config_of_two());
    assert_eq!(level(&Page::new().first(&lines)), "sealed");
    let mut claims = Page::config_of_two();
    claims["gate"] = json!({ "level": "sealed" });
    let (script, meta) = lines.split_once('\n').expect("a script and a meta");
    for wrong in [
        Page::new(),
        // Not the first, without its meta, its meta taken away, out of the head.
        Page::new().before(&lines),
        Page::new().first(script),
        Page::new().first(&format!("{script}<script>document.currentScript.previousElementSibling.after('x')</script>{meta}")),
        Page::new().body(&lines),
    ] {
        assert_eq!(level(&wrong.config(claims.clone())), "marked");
        assert!(world.said().iter().any(|line| line.starts_with("error: Consentry: gate.level")), "{:?}", world.said());
    }
}
