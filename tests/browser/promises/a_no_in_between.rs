//! A no that comes while things are on their way stops what has not begun.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::json;
use std::time::Duration;

promises![what_waits_for_its_turn, what_is_still_loading, what_was_put_away, what_came_with_another, what_stays_connected];

/// Scripts run in their order: one whose turn comes after a withdrawal is asked for no more.
fn what_waits_for_its_turn(world: &World) {
    let first = Answer::script("(window.ran ||= []).push('first'); // and\n").pause_after("// and", "/go", Duration::from_mins(1));
    let first = world.fake("tracker", "/first.js", first);
    let second = world.fake_script("tracker", "second");
    world.servers.page("/go", Answer::new("text/plain", "on"));
    let body = format!("const add = (src) => document.body.append(Object.assign(document.createElement('script'), {{ src, async: false }}));
      add('{first}'); add('{second}');");
    world.visit(&Page::new().body(&format!("<p>Text</p><script>{body}</script>")));
    world.accept_all();
    world.wait_for("the first", |seen| seen.has("tracker", "/first.js"));
    world.run("consentry.withdraw('tracker'); fetch('/go');", &[]);
    world.settle();
    world.assert_reached(&["tracker/first.js"]);
}

/// A script that is still loading when the no comes does not run when it is there; after another yes it is asked for again.
fn what_is_still_loading(world: &World) {
    let slow = |text: &str| Answer::script(format!("/* and */ (window.ran ||= []).push('{text}');"));
    let source = world.fake("tracker", "/slow.js", slow("too late").pause_after("/* and", "/go", Duration::from_mins(1)));
    let early = world.fake("tracker", "/early.js", Answer::script("addEventListener('load', () => (window.ran ||= []).push('listener'));"));
    world.servers.page("/go", Answer::new("text/plain", "on"));
    let marked = |source: &str| format!("<script type=\"text/plain\" data-service=\"tracker\" src=\"{source}\"></script>");
    world.visit(&Page::new().body(&marked(&early)).body(&marked(&source)));
    world.accept_all();
    world.wait_for("the script", |seen| seen.has("tracker", "/slow.js"));
    world.run("consentry.withdraw('tracker'); fetch('/go').then(() => { window.gone = true; });", &[]);
    world.until("window.gone");
    world.settle();
    assert_eq!(world.eval("window.ran ?? null"), json!(null));
    world.fake("tracker", "/slow.js", slow("again"));
    world.run("consentry.showNotice();", &[]);
    world.press_button("Accept all");
    world.until("(window.ran || []).includes('again')");
}

/// What had its address while that was allowed, and was taken off the page, asks for nothing when it is put back after a no.
fn what_was_put_away(world: &World) {
    let frame = world.fake("video", "/frame", Answer::html("Film"));
    let sheet = world.fake("video", "/sheet.css", Answer::style(""));
    let script = format!("window.make = () => {{
        window.frame = Object.assign(document.createElement('iframe'), {{ src: '{frame}' }}); window.host = document.createElement('div');
        host.attachShadow({{ mode: 'closed' }}).innerHTML = '<link rel=stylesheet href=\"{sheet}\">'; document.body.append(frame, host); }};");
    world.visit(&Page::new().script(&script));
    world.accept_all();
    world.run("make();", &[]);
    world.wait_for("both", |seen| seen.has("video", "/frame") && seen.has("video", "/sheet.css"));
    world.run("frame.remove(); host.remove(); consentry.withdraw('video');", &[]);
    world.until("!consentry.has('video')");
    world.servers.clear();
    world.run("document.body.append(frame, host);", &[]);
    world.assert_silent();
}

/// A yes to a template or a video is one to what belongs to it for as long as it stands, and no longer.
fn what_came_with_another(world: &World) {
    for name in ["/one.gif", "/two.gif"] {
        world.fake("video", name, Answer::pixel());
    }
    let [one, two] = ["/one.gif", "/two.gif"].map(|path| world.third_party("video", path));
    let body = format!("<template data-service=\"video\"><img id=\"inner\" src=\"{one}\" alt=\"\"></template><picture data-service=\"video\"><source data-srcset=\"{one}?2\"><img id=\"part\" alt=\"\"></picture>");
    world.visit(&Page::new().body(&body));
    world.accept_all();
    world.wait_for("the picture", |seen| seen.has("video", "/one.gif"));
    world.until("document.querySelector('#inner')");
    world.run("consentry.withdraw('video');", &[]);
    world.until("!consentry.has('video')");
    world.settle();
    world.servers.clear();
    world.run("const [two] = arguments; document.querySelector('#inner').src = two; document.querySelector('source').srcset = two;", &[two.into()]);
    world.assert_silent();
}

/// A connection that asks again by itself is closed, and a request that was opened before is not sent.
fn what_stays_connected(world: &World) {
    let events = world.fake("tracker", "/events", Answer::new("text/event-stream", "retry: 20\ndata: 1\n\n"));
    let call = world.fake("tracker", "/call", Answer::json("{}"));
    let script = format!("window.begin = () => {{ window.source = new EventSource('{events}'); source.close = () => {{ throw 'mine'; }}; window.call = new XMLHttpRequest(); call.open('GET', '{call}');
        for (const type of ['load', 'error']) call.addEventListener(type, () => {{ window.ended = type; }}); }};");
    world.visit(&Page::new().script(&script));
    world.accept_all();
    world.run("begin();", &[]);
    world.wait_for("another try", |seen| seen.count("tracker") > 2);
    world.run("consentry.withdraw('tracker');", &[]);
    world.until("source.readyState === 2");
    world.settle();
    world.servers.clear();
    world.run("call.send();", &[]);
    world.until("window.ended === 'error'");
    world.assert_silent();
}
