//! What a late script writes with `document.write` appears where the script stood, across calls, scripts included.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;

promises![written_in_place, written_by_what_nothing_names];

/// Has scripts of pages run as an application inserts them.
const INSERT: &str = "window.insert = (markup) => document.body.append(document.createRange().createContextualFragment(markup));";

fn written_in_place(world: &World) {
    let nested = world.fake_script("tracker", "nested");
    let script = format!(
        "document.write('<p class=\"w\">one'); document.write(' and a half</p><p class=\"w\">two</p>');
         document.writeln('<scr' + 'ipt src=\"{nested}\"></scr' + 'ipt>');
         document.write('<scr' + 'ipt>(window.ran ||= []).push(\"written\")</scr' + 'ipt>');"
    );
    let url = world.fake("tracker", "/write.js", Answer::script(script));
    let body = format!(
        "<p id=\"before\">before</p><script type=\"text/plain\" data-category=\"analytics\" src=\"{url}\"></script><p id=\"after\">after</p>"
    );
    world.visit(&Page::new().body(&body));
    world.accept_all();
    world.until("document.querySelectorAll('.w').length === 2 && window.ran && ran.length >= 2");
    world.assert_reached(&["tracker/write.js", "tracker/nested.js"]);
    let order = world.eval("[...document.querySelectorAll('main p')].map((p) => p.textContent)");
    assert_eq!(order, serde_json::json!(["before", "one and a half", "two", "after"]));
    assert!(world.is("document.title === 'Test page' && window.consentry"), "the page was written over");
}

/// An unmarked script that is granted may write its own scripts, and none of a service that is denied.
fn written_by_what_nothing_names(world: &World) {
    let nested = world.fake_script("tracker", "nested");
    let other = world.fake_script("video", "other");
    let script = format!(
        "document.write('<scr' + 'ipt src=\"{other}\"></scr' + 'ipt><scr' + 'ipt src=\"{nested}\"></scr' + 'ipt>');
         document.write('<scr' + 'ipt>(window.ran ||= []).push(\"written\")</scr' + 'ipt>');"
    );
    let url = world.fake("tracker", "/write.js", Answer::script(script));
    world.visit(&Page::new().script(INSERT).script(&format!("insert('<script src=\"{url}\"></scr' + 'ipt>');")));
    world.customize();
    world.assert_silent();
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.until("window.ran && ran.includes('nested') && ran.includes('written')");
    world.assert_reached(&["tracker/write.js", "tracker/nested.js"]);
    // It waits like any other, and comes with its own yes.
    world.run("consentry.showNotice();", &[]);
    world.accept_all();
    world.until("ran.includes('other')");
}
