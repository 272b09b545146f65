//! A page that is prepared ahead of a visit asks nobody, writes nothing and lets nothing through, until it is visited.

use consentry_browser_tests::{Engine, Kind, Page, World, promises};
use loopback::Answer;
use serde_json::json;
use std::time::Instant;

promises![before_the_visit, simulated, taken_back_before_the_visit];

/// What a page shows and stores, as a query: phase, view, whether anything of ours is on the page, keys of ours.
const STATE: &str = "[consentry.snapshot().phase, consentry.snapshot().view, !!document.querySelector('#consentry-root'),
  Object.keys(localStorage).concat(Object.keys(sessionStorage)).length].join('-')";

/// A page with a marked script, and one that a script of the page adds.
fn page(world: &World) -> Page {
    let tracker = world.widget("tracker", Kind::Script);
    let add = format!("document.head.appendChild(document.createElement('script')).src = '{}';", tracker.url);
    Page::new().body(&tracker.marked("data-service=\"tracker\"")).script(&add)
}

/// Chromium prepares the page for real; the others know no such rules, and load it when it is visited.
fn before_the_visit(world: &World) {
    world.servers.page("/noted", Answer::html("noted"));
    let report = format!("if (document.prerendering) addEventListener('load', () => fetch('/noted?' + {STATE}));");
    let ahead = world.publish(&page(world).script(&report));
    let rules = json!({ "prerender": [{ "source": "list", "urls": [ahead] }] });
    let body = format!("<script type=speculationrules>{rules}</script><a id=next href=\"{ahead}\">Next</a>");
    world.visit(&Page::without_consentry().body(&body));
    let notes = || -> Vec<String> {
        let seen = world.servers.site_requests();
        seen.iter().filter(|request| request.path == "/noted").map(|request| request.query.clone()).collect()
    };
    let prepares = world.engine == Engine::Chromium;
    let begun = Instant::now();
    while prepares && notes().is_empty() {
        assert!(begun.elapsed().as_secs() < 12, "the page was not prepared");
        std::thread::sleep(std::time::Duration::from_millis(15)); // the pace of asking, not a wait
    }
    assert_eq!(notes(), if prepares { vec!["starting-none-false-0".to_owned()] } else { vec![] });
    world.assert_silent();
    world.run("document.querySelector('#next').click();", &[]);
    world.until("window.consentry");
    world.notice();
    world.assert_silent();
    assert_eq!(world.is("performance.getEntriesByType('navigation')[0].activationStart > 0"), prepares);
    world.accept_all();
    world.wait_for("the tracker", |seen| seen.count("tracker") >= 1);
}

/// The same in all engines, by a document that says so of itself.
fn simulated(world: &World) {
    let ahead = "<script>Object.defineProperty(document, 'prerendering', { get: () => !window.visited, configurable: true });</script>";
    world.visit(&page(world).first(ahead));
    world.until("document.readyState === 'complete'");
    assert_eq!(world.eval(STATE), "starting-none-false-0");
    assert_eq!(world.eval("[consentry.has('tracker'), consentry.acceptAll()]"), json!([false, false]));
    world.assert_silent();
    world.run("window.visited = true; document.dispatchEvent(new Event('prerenderingchange'));", &[]);
    world.notice();
    world.assert_silent();
}

/// A sealed page that opened for a yes before the visit begins anew if that was taken back meanwhile.
fn taken_back_before_the_visit(world: &World) {
    let ahead = "<script>Object.defineProperty(document, 'prerendering', { get: () => window.name === 'ahead', configurable: true });</script>";
    let tracker = world.widget("tracker", Kind::Script).plain();
    let address = world.publish(&Page::new().sealed(Page::config_of_two()).before(ahead).body(&tracker));
    world.open(&address);
    world.accept_all();
    world.wait_for("the tracker", |seen| seen.has("tracker", "/Script"));
    world.until("document.readyState === 'complete' && window.ran");
    let (here, other) = (world.window(), world.new_tab());
    world.run("window.name = 'ahead';", &[]);
    world.reload();
    world.until("document.readyState === 'complete' && window.ran && consentry.snapshot().phase === 'starting'");
    world.switch_to(&other);
    world.open(&address);
    world.ready();
    world.run("consentry.withdraw('tracker');", &[]);
    world.until("!consentry.has('tracker')");
    world.switch_to(&here);
    world.servers.clear();
    world.run("window.name = ''; document.dispatchEvent(new Event('prerenderingchange'));", &[]);
    world.until("window.consentry && consentry.snapshot().phase === 'ready' && !window.ran && document.readyState === 'complete'");
    assert_eq!(world.reached(), [] as [&str; 0]);
}
