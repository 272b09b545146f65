//! Turbo's visits replace the body and keep the page: notice, placeholders and what is released follow.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;

promises![turbo_visits];

fn turbo_visits(world: &World) {
    let file = World::file("node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js");
    world.servers.page("/turbo.js", Answer::script(file));
    let turbo = "<script src=\"/turbo.js\"></script>";
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\"");
    let script = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"");
    let page = |body: &str| Page::new().head(turbo).body(body).html();
    world.servers.page("/second.html", Answer::html(page(&format!("<h1>Second</h1>{frame}{script}<a id=\"back\" href=\"/first.html\">Back</a>"))));
    world.servers.page("/first.html", Answer::html(page("<h1>First</h1><a id=\"next\" href=\"/second.html\">Next</a>")));
    world.open(&world.site("/first.html"));
    world.run("window.same = true;", &[]);
    world.notice();
    let title = |text: &str| format!("document.querySelector('h1').textContent === '{text}' && window.same && !document.documentElement.hasAttribute('data-turbo-preview')");
    world.click("#next");
    world.until(&title("Second"));
    world.until("document.querySelector('[data-consentry-placeholder]')");
    world.assert_silent();
    assert!(world.asks(), "the notice went with the old body");
    world.accept_all();
    world.assert_reached(&["video/Iframe", "tracker/Script"]);
    world.servers.clear();
    world.click("#back");
    world.until(&title("First"));
    world.until("document.querySelectorAll('#consentry-root').length === 1");
    world.run("consentry.withdraw();", &[]);
    world.until("!consentry.has('video')");
    world.click("#next");
    world.until(&title("Second"));
    world.until("document.querySelector('[data-consentry-placeholder]') && document.querySelectorAll('[data-consentry-placeholder]').length === 1");
    assert!(world.said().iter().all(|line| !line.starts_with("un")), "{:?}", world.said());
}
