//! The panel for developers says what is held, why, and the line of the config that would allow it; nobody else gets it.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![says_what_is_held, says_what_the_policy_rules_out, only_where_the_site_wants_it, says_that_nothing_started];

const DEBUG_TAG: &str = "<script src=\"/consentry.js\" data-debug></script>";

/// The rows of the panel's table, and its first line.
const PANEL: &str = "(() => { const panel = document.querySelector('#consentry-debug'); if (!panel) return null; const inside = panel.shadowRoot;
  return { head: inside.querySelector('summary').textContent, empty: !inside.querySelector('p').hidden,
    rows: [...inside.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent)) }; })()";

fn row(panel: &Value, what: &str) -> Option<[String; 4]> {
    let rows: Vec<[String; 4]> = serde_json::from_value(panel["rows"].clone()).expect("rows of four");
    rows.into_iter().find(|[first, ..]| first.contains(what))
}

fn says_what_is_held(world: &World) {
    let mut config = Page::config_of_two();
    config["policy"]["forbidden"] = json!(["video"]);
    let stranger = world.fake("stranger", "/api", Answer::json("{}"));
    let body = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"")
        + &world.widget("video", Kind::Iframe).marked("data-service=\"video\"");
    let ask = format!("fetch('{stranger}?secret=1').catch(() => {{}}); document.cookie = '_tr_x=1';");
    world.visit(&Page::new().config(config).tag(DEBUG_TAG).body(&body).script(&ask));
    world.notice();
    world.until(&format!("{PANEL}?.rows.length === 4"));
    let panel = world.eval(PANEL);
    let [_, whose, why, cure] = row(&panel, "fetch").expect("the stranger");
    assert_eq!([whose, why], ["nobody's", "no service declares this host, so nobody can be asked about it"]);
    assert_eq!(cure, "\"services\": [{ \"id\": \"stranger-localhost\", \"category\": \"marketing\", \"hosts\": [\"stranger.localhost\"] }]");
    assert!(!panel.to_string().contains("secret"), "{panel}");
    let [_, whose, why, _] = row(&panel, "script").expect("the tracker");
    assert_eq!([whose, why], ["tracker", "the visitor has not answered"]);
    let [_, _, why, cure] = row(&panel, "iframe").expect("the video");
    assert_eq!([why, cure], ["policy.forbidden rules it out", "\"policy\": { \"forbidden\": […] } without \"video\""]);
    assert_eq!(row(&panel, "cookie _tr_x").map(|[_, whose, ..]| whose).as_deref(), Some("tracker"));
    assert!(panel["head"].as_str().is_some_and(|head| head.contains("level auto · opt-in") && head.ends_with("4 held")), "{panel}");
    world.assert_silent();
    world.accept_all();
    world.until(&format!("{PANEL}.rows.length === 2"));
    let panel = world.eval(PANEL);
    assert!(row(&panel, "fetch").is_some() && row(&panel, "iframe").is_some(), "{panel}");
}

/// A host in `policy.forbidden` is nobody's, whoever asks for it, and nothing on the page offers to open it.
fn says_what_the_policy_rules_out(world: &World) {
    let film = world.fake("stranger", "/film", Answer::html("<!doctype html><title>Film</title>"));
    let embed = format!("const one = document.createElement('iframe'); one.width = 420; one.height = 236; one.src = '{film}'; document.querySelector('main').append(one); fetch('{film}?secret=1').catch(() => {{}});");
    let page = |page: Page| page.body("<p>Text</p>").script(&embed);
    world.visit(&page(Page::without_consentry()));
    world.wait_for("the film and the call", |seen| seen.count("stranger") == 2);
    world.go_away();
    for sealed in [false, true] {
        let mut config = Page::config_of_two();
        config["policy"]["forbidden"] = json!(["*.localhost"]);
        let own = if sealed { Page::new().sealed(config) } else { Page::new().config(config) };
        world.visit(&page(own.tag(DEBUG_TAG)));
        world.until(&format!("{PANEL}?.rows.length === 2"));
        for [what, whose, why, cure] in serde_json::from_value::<Vec<[String; 4]>>(world.eval(&format!("{PANEL}.rows"))).expect("rows of four") {
            let said = [whose.as_str(), why.as_str(), cure.as_str()];
            assert_eq!(said, ["nobody's", "policy.forbidden rules it out", "\"policy\": { \"forbidden\": […] } without \"*.localhost\""], "{what}");
        }
        assert_eq!(world.eval("consentry.blocked().map((one) => [one.service, one.category])"), json!([[null, null], [null, null]]));
        assert!(!world.said().iter().any(|line| line.contains("no service declares")), "{:?}", world.said());
        if !sealed {
            world.accept_all();
        }
        world.settle();
        assert_eq!(world.eval("document.querySelectorAll('[data-consentry-placeholder]').length"), 0, "what no click opens offers none");
        assert_eq!(world.reached(), [""; 0]);
    }
}

fn only_where_the_site_wants_it(world: &World) {
    let by_query = "<script src=\"/consentry.js\" data-debug=\"query\"></script>";
    let plain = "<script src=\"/consentry.js\"></script>";
    for (tag, query, wanted) in [(plain, "?consentry-debug", false), (by_query, "", false), (by_query, "?a=1&consentry-debug", true)] {
        let address = world.publish(&Page::new().tag(tag));
        world.servers.clear();
        world.open(&format!("{address}{query}"));
        world.notice();
        if wanted {
            world.until(&format!("{PANEL}?.empty"));
        }
        world.settle();
        let asked = world.servers.site_requests().iter().any(|request| request.path == "/consentry.debug.js");
        assert_eq!((asked, world.eval(PANEL).is_null()), (wanted, !wanted), "{tag} {query}");
    }
}

fn says_that_nothing_started(world: &World) {
    let held = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"");
    world.visit(&Page::new().config(json!({ "policy": {} })).tag(DEBUG_TAG).body(&held));
    world.until(&format!("{PANEL}?.rows.length === 1 && {PANEL}.head.includes('failed')"));
    let panel = world.eval(PANEL);
    assert_eq!(panel["rows"][0][2], "Consentry could not start: see the console");
    world.assert_silent();
}
