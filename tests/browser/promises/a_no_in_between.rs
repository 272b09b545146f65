//! A no that comes while things are on their way stops what has not begun.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use std::time::Duration;

promises![what_waits_for_its_turn];

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
