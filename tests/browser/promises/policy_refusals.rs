//! What a policy of ours keeps out, at levels `sealed`, `header` and `auto-csp`, is listed like what the gate has stopped: by
//! service, surface and address without query, once, by event, on the panel for developers, and on the console where nobody
//! declares the host. What the site's own policy refuses is the site's business.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![sealed, header, auto_csp, what_a_grant_makes_of_it];

/// Hears of what is stopped from the first on.
const HEAR: &str = "<script>window.told = [];
document.addEventListener('consentry:blocked', ({ detail: { blocked } }) => told.push(blocked));</script>";

/// Every address twice, by scripts, ahead of which no browser looks; what only a policy stops among them.
fn page(world: &World, page: Page) -> Page {
    let known = world.fake("tracker", "/known.gif", Answer::pixel());
    let stranger = world.fake("stranger", "/module.js", Answer::script("export {};"));
    world.servers.page("/own.woff2", Answer::new("font/woff2", ""));
    let start = format!(
        "const one = new FontFace('own', 'url(/own.woff2)'); one.load().catch(() => {{}});
         const from = '{stranger}'; for (const at of [1, 2]) import(from + '?secret=' + at).catch(() => {{}});"
    );
    page.tag("<script src=\"/consentry.js\" data-debug></script>")
        .before(HEAR)
        .csp("font-src 'none'")
        .script(&format!("for (const at of [1, 2]) {{ const one = new Image(); one.src = '{known}?secret=' + at; document.body.append(one); }}"))
        .script(&start)
}

/// What is listed of one third party, as the API and the events say it: whose, which surface, without the origin.
#[track_caller]
fn listed(world: &World, what: &str, host: &str) -> Vec<[String; 3]> {
    let script = "const [list, host] = arguments;
      return (list === 'told' ? told : consentry.blocked()).filter((one) => one.url && one.url.includes(host))
        .map(({ service, kind, url }) => [service || '', kind, url.replace(/.*:\\d+/, '')]);";
    serde_json::from_value(world.run(script, &[json!(what), json!(host)])).expect("rows of three")
}

#[track_caller]
fn assert_listed(world: &World, level: &str, kinds: [&str; 2]) {
    world.notice();
    assert_eq!(world.eval("consentry.snapshot().level"), level);
    world.until("document.querySelector('img').complete && consentry.blocked().length > 1");
    world.settle();
    let [known, stranger] = kinds;
    for what in ["told", "blocked"] {
        assert_eq!(listed(world, what, "tracker.localhost"), [["tracker", known, "/known.gif"].map(str::to_owned)], "{what}");
        assert_eq!(listed(world, what, "stranger.localhost"), [["", stranger, "/module.js"].map(str::to_owned)], "{what}");
    }
    let all = world.eval("JSON.stringify([told, consentry.blocked()])");
    let all = all.as_str().unwrap_or_default();
    assert!(!all.contains("secret") && !all.contains("own.woff2") && !all.contains("consentry.invalid"), "{all}");
    let said = world.said();
    assert!(said.iter().any(|line| line.starts_with("csp: font-src")), "the site's own policy refuses something: {said:?}");
    let undeclared: Vec<&String> = said.iter().filter(|line| line.contains("no service declares")).collect();
    assert!(undeclared.len() == 1 && undeclared[0].contains("/module.js. Declare one with this host"), "{said:?}");
    world.until("document.querySelector('#consentry-debug')?.shadowRoot.querySelectorAll('tbody tr').length === 2");
    let panel = world.eval("document.querySelector('#consentry-debug').shadowRoot.querySelector('tbody').textContent");
    let panel = panel.as_str().unwrap_or_default();
    assert!(panel.contains("the visitor has not answered") && panel.contains("\"hosts\": [\"stranger.localhost\"]"), "{panel}");
    assert_eq!(world.reached(), [] as [&str; 0]);
}

fn sealed(world: &World) {
    world.visit(&page(world, Page::new().sealed(Page::config_of_two())));
    assert_listed(world, "sealed", ["img-src", "script-src-elem"]);
}

fn header(world: &World) {
    // The site's own policy comes with the same answer.
    world.visit(&page(world, Page::new().headed(Page::config_of_two())));
    assert_listed(world, "header", ["img-src", "script-src-elem"]);
}

/// What the gate has found by its address is listed by the element's name, and not again.
fn auto_csp(world: &World) {
    let mut config = Page::config_of_two();
    config["gate"] = json!({ "level": "auto-csp" });
    world.visit(&page(world, Page::new().config(config)));
    assert_listed(world, "auto-csp", ["img", "script-src-elem"]);
}

/// What was refused stays out of this page, and is listed until a fresh one lets it in.
fn what_a_grant_makes_of_it(world: &World) {
    let address = world.publish(&page(world, Page::new().sealed(Page::config_of_two())).body("<input id=\"field\">"));
    world.open(&address);
    world.notice();
    world.click("#field");
    world.press("x");
    world.press_button("Accept all");
    world.until("consentry.has('tracker')");
    assert_eq!(listed(world, "blocked", "tracker.localhost").len(), 1);
    world.press_button("Reload to load");
    world.wait_for("the picture", |seen| seen.has("tracker", "/known.gif"));
    world.ready();
    world.settle();
    assert_eq!(listed(world, "blocked", "tracker.localhost"), [] as [[String; 3]; 0]);
    assert_eq!(world.navigations(&address), 2);
    assert_eq!(world.eval("told.length"), Value::from(1), "the stranger alone");
}
