//! What lies over the end of a page hides none of it: the page can be scrolled on until its end stands above, in every window,
//! and nothing of it moves for that, neither by room nor by a scroll bar. When the visitor has answered, the room is gone.

use consentry_browser_tests::{Page, SHIFTS, World, promises};
use serde_json::json;

promises![above_the_notice, a_page_that_needs_no_scroll_bar_gets_none, above_what_stands_alone];

/// Whether the last line, once the page is scrolled as far as it goes, is all above what a selector finds, and not behind it.
const SEEN: &str = "(() => { scrollTo(0, 1e6); const end = document.querySelector('#end').getBoundingClientRect(), over = document.querySelector(OVER).getBoundingClientRect();
  return over.height > 0 && end.bottom <= over.top && end.top >= 0 && document.elementFromPoint(end.x + 5, (end.top + end.bottom) / 2)?.id === 'end'; })()";
const LONG: &str = "document.documentElement.scrollHeight";

fn seen(over: &str) -> String {
    SEEN.replace("OVER", &format!("'{over}'"))
}

/// A page of so many lines.
fn text(lines: usize) -> String {
    format!("<style>body {{ margin: 0 }}</style>{}<footer id=\"end\">The end</footer>", "<p>Text</p>".repeat(lines))
}

fn above_the_notice(world: &World) {
    let seen = seen(".consentry-notice");
    for (width, height) in [(1280, 720), (360, 640), (320, 256)] {
        for layout in ["bar", "box", "compact"] {
            let mut config = Page::config_of_two();
            config["ui"] = json!({ "layout": layout });
            let inner = world.publish(&Page::new().config(config).head(SHIFTS).body(&text(60)));
            let bare = world.publish(&Page::without_consentry().body(&text(60)));
            // Windows cannot be made so small everywhere; frames can.
            let frame = |address: &str| {
                let frame = format!("<iframe width=\"{width}\" height=\"{height}\" style=\"border: 0\" src=\"{address}\"></iframe>");
                world.visit(&Page::without_consentry().body(&frame));
                world.enter("iframe");
            };
            frame(&bare);
            let was = world.eval(LONG);
            world.leave();
            frame(&inner);
            world.notice();
            world.until(&seen);
            assert_eq!(world.eval("[shifts, document.body.style.length]"), json!([[], 0]), "{layout}, {width} × {height}");
            world.run("document.querySelector('.consentry-actions button:nth-child(2)').scrollIntoView();", &[]);
            world.reject_all();
            assert_eq!(world.eval(LONG), was, "{layout}, {width} × {height}: the room is left");
            world.leave();
            world.run("localStorage.clear();", &[]);
        }
    }
}

fn a_page_that_needs_no_scroll_bar_gets_none(world: &World) {
    let place = "[innerWidth - document.documentElement.clientWidth, document.querySelector('#end').getBoundingClientRect().x, document.body.getBoundingClientRect().width]";
    // As tall as the window, with its last line at the window's lower edge.
    let short = "<style>body { margin: 0; min-height: 100vh; position: relative; max-width: 60em; margin: 0 auto } #end { position: absolute; bottom: 0 } p { margin: 0 }</style><p>Text</p><footer id=\"end\">The end</footer>";
    world.visit(&Page::without_consentry().body(short));
    let before = world.eval(place);
    assert_eq!(before[0], 0);
    world.visit(&Page::new().head(SHIFTS).body(short));
    world.notice();
    world.until(&seen(".consentry-notice"));
    assert_eq!((world.eval(place), world.eval("shifts")), (before.clone(), json!([])));
    // Once the page itself is longer than the window, it has the scroll bar that it would have.
    world.run("scrollTo(0, 0); document.querySelector('main p').style.height = '200vh';", &[]);
    world.until("getComputedStyle(document.documentElement).getPropertyValue('scrollbar-width') !== 'none'");
    world.run("document.querySelector('main p').style.height = '';", &[]);
    world.reject_all();
    world.settle();
    assert_eq!((world.eval(place), world.eval(&format!("{LONG} <= innerHeight"))), (before, json!(true)));
    assert_eq!(world.eval("document.documentElement.style.cssText"), "");
}

fn above_what_stands_alone(world: &World) {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    let tag = "<script src=\"/consentry.js\" data-jurisdiction=\"US-CA\"></script>";
    world.visit(&Page::new().config(config).tag(tag).head(SHIFTS).body(&text(60)));
    world.until("document.querySelector('.consentry-aside')?.offsetHeight");
    world.until(&seen(".consentry-aside"));
    assert_eq!(world.eval("shifts"), json!([]));
    let long = world.eval(LONG);
    world.run("document.querySelector('#consentry-root').style.setProperty('display', 'none', 'important');", &[]);
    world.until(&format!("{LONG} < {long}"));
}
