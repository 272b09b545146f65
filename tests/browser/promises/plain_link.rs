//! The link of opt-out that the docs print leads somewhere before the script has come, where it never comes, and where no
//! script runs: to a page that says how to opt out, and where one can do so once the script is there. With the script the
//! same link does it on the spot.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![before_the_script_arrives, where_it_never_comes, where_no_script_runs];

/// Puts our script on the page when it is told to.
const ARRIVE: &str = "<script>window.arrive = () => { const tag = document.createElement('script'); tag.src = '/consentry.js'; tag.dataset.jurisdiction = 'US-CA'; document.head.append(tag); };</script>";
const OPENED: &str = "location.pathname === '/privacy' && location.hash === '#opt-out'";
/// What a visitor reads there while there is nothing to click.
const TOLD: &str = "(() => { const one = document.querySelector('#opt-out a[href^=mailto]'), r = one?.getBoundingClientRect(); return !!r && r.height > 0 && r.top >= 0 && r.bottom <= innerHeight; })()";

/// The piece of markup in the docs that has this in it.
fn documented(what: &str) -> String {
    let page = World::file("www/docs/signals.md");
    let piece = page.split("```html\n").skip(1).filter_map(|rest| rest.split_once("```")).map(|(piece, _)| piece).find(|piece| piece.contains(what));
    piece.unwrap_or_else(|| panic!("the docs have no markup with {what}")).to_owned()
}

fn config() -> Value {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    config["gate"] = json!({ "level": "marked" });
    config
}

/// A page with the link, and the page that it leads to, below a screen of other text; both load us in this way.
fn pages(world: &World, tag: &str) -> Page {
    let page = Page::new().config(config()).tag(tag);
    let place = documented("data-consentry-embed");
    let choices = page.clone().body("<h1>Privacy</h1><p style=\"height: 150vh\">Text</p>").body(&place).body("<p style=\"height: 150vh\">Text</p>");
    world.servers.page("/privacy", Answer::html(choices.html()));
    page.body("<h1>Title</h1>").body(&documented("data-consentry-opt-out>"))
}

fn before_the_script_arrives(world: &World) {
    let home = pages(world, ARRIVE);
    world.visit(&home);
    assert!(!world.is("window.consentry"));
    world.click("[data-consentry-opt-out]");
    world.until(OPENED);
    world.until(TOLD);
    // There the choice can be made as soon as the script is there.
    world.run("arrive();", &[]);
    world.until("document.querySelector('#opt-out .consentry-embed footer button')");
    assert_eq!(world.eval("[consentry.choice('video').reason, consentry.snapshot().optOut]"), json!(["default", []]));
    world.press_button("Reject all");
    world.until("!consentry.has('video')");
    // And the link does it itself.
    world.run("localStorage.clear();", &[]);
    world.visit(&home);
    world.run("arrive();", &[]);
    world.ready();
    world.click("[data-consentry-opt-out]");
    world.until("consentry.snapshot().optOut.length");
    assert_eq!(world.eval("[consentry.snapshot().optOut, location.pathname.startsWith('/page-'), consentry.has('video')]"), json!([["sale", "share", "targetedAds"], true, false]));
}

fn where_it_never_comes(world: &World) {
    let mut wrong = config();
    wrong["services"][0]["category"] = "nowhere".into();
    world.servers.page("/none.js", Answer::new("text/plain", "").status(404));
    for (fault, file) in [("no file", "/none.js"), ("no start", "/consentry.js")] {
        let page = pages(world, &format!("<script src=\"{file}\"></script>"));
        world.visit(&if fault == "no start" { page.config(wrong.clone()) } else { page });
        world.click("[data-consentry-opt-out]");
        world.until(OPENED);
        // Where the page of choices starts, though the other did not, it is more than words.
        world.until(if fault == "no file" { TOLD } else { "document.querySelector('#opt-out .consentry-embed footer button')" });
    }
}

/// Where the driver can switch scripts off: WebKitGTK's cannot.
fn where_no_script_runs(world: &World) {
    let address = world.publish(&pages(world, "<script src=\"/consentry.js\"></script>"));
    if !world.scripts(false) {
        return;
    }
    world.open(&address);
    world.click("[data-consentry-opt-out]");
    world.wait_for_site("the page that the link leads to", |seen| seen.paths().iter().any(|path| path.ends_with("/privacy")));
    world.element("#opt-out a[href^=mailto]");
    assert!(world.scripts(true), "it could be switched off");
}
