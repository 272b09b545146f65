//! The notice stands in the first frame of a page that has a body, while the rest of it is still on its way: it waits for no
//! picture, no script and no end of the page.

use consentry_browser_tests::{Engine, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};
use std::time::Duration;

promises![in_the_first_frame_of_a_body];

/// Looks before the first frame that has a body is painted; only then does the rest of the page come.
const LOOK: &str = "<script>window.first = null;
const look = () => {
  if (!document.body) return void requestAnimationFrame(look);
  const notice = document.querySelector('.consentry-notice'), box = notice?.getBoundingClientRect();
  const buttons = [...(notice?.querySelectorAll('.consentry-actions button') || [])].map((one) => one.textContent);
  first = { state: document.readyState, end: !!document.getElementById('end'), notice: !!box && box.width > 99 && box.height > 9 && box.top < innerHeight && box.bottom > 0, buttons };
  // What is to go on may be asked for only after this.
  const go = () => fetch('/go').then(() => document.readyState == 'complete' || setTimeout(go, 50));
  go();
};
requestAnimationFrame(look);</script>";

/// What never comes before the first frame was looked at, however slow the machine is.
fn slow(world: &World) {
    let patience = Duration::from_mins(2);
    let picture = Answer::new("image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    world.servers.page("/never.svg", picture.pause_after("<svg", "/go", patience));
    world.servers.page("/never.js", Answer::script("// first\n// second").pause_after("// first", "/go", patience));
    world.servers.page("/go", Answer::new("text/plain", "on"));
}

fn found(world: &World, page: Page) -> Value {
    // WebKitGTK gives no page a frame while a script holds the parser: there a picture alone is still to come.
    let script = if world.engine == Engine::WebKitGtk { "" } else { "<script src=\"/never.js\"></script><p id=\"end\">End</p>" };
    world.visit(&page.before(LOOK).body("<h1>Title</h1><img alt=\"\" src=\"/never.svg\">").body(script));
    world.until("window.first && document.readyState === 'complete'");
    world.eval("first")
}

fn in_the_first_frame_of_a_body(world: &World) {
    slow(world);
    for layout in ["bar", "box", "compact", "modal"] {
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "layout": layout });
        let first = found(world, Page::new().config(config));
        assert!(first["state"] != "complete" && first["end"] == false, "the page was on its way: {first}");
        assert_eq!((&first["notice"], &first["buttons"]), (&json!(true), &json!(["Accept all", "Reject all", "Customize"])), "{layout}");
    }
    // The control: a tag behind all of that is too late for it.
    let first = found(world, Page::new().tag("").body("<span></span>").script("addEventListener('load', () => document.head.append(Object.assign(document.createElement('script'), { src: '/consentry.js' })));"));
    assert!(first["notice"] == false && first["state"] != "complete", "{first}");
}
