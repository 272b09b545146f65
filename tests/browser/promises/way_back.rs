//! There is a way back on every page: a site that hides our button has one of its own, or the button stays and the console says why.

use consentry_browser_tests::{Page, World, promises};
use serde_json::json;

promises![hidden_where_the_site_has_its_own, else_it_stays];

const BUTTON: &str = "!!document.querySelector('.consentry-reopen button')?.getClientRects().length";
const LINK: &str = "<a href=\"/privacy\" data-consentry-open>Privacy choices</a>";

fn page() -> Page {
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "reopen": "none" });
    Page::new().config(config)
}

fn is_warned(world: &World) -> bool {
    world.said().iter().any(|line| line.contains("ui.reopen: \"none\" needs an element with data-consentry-open") && line.contains("Art. 7(3)"))
}

fn hidden_where_the_site_has_its_own(world: &World) {
    world.visit(&page().body(LINK));
    world.until("document.readyState === 'complete'");
    world.reject_all();
    world.settle();
    assert!(!world.is(BUTTON) && !is_warned(world));
    world.reload();
    world.until("document.readyState === 'complete'");
    world.ready();
    world.settle();
    assert!(!world.is(BUTTON) && !is_warned(world));
    world.click("[data-consentry-open]");
    world.until("consentry.snapshot().view === 'preferences'");
}

fn else_it_stays(world: &World) {
    world.visit(&page().body("<p>Text</p>"));
    world.reject_all();
    world.until(BUTTON);
    assert!(is_warned(world), "{:?}", world.said());
    // The next page shows it without an answer, once it is complete.
    world.reload();
    world.until(BUTTON);
    assert!(is_warned(world), "{:?}", world.said());
    // A link that comes later takes its place with the next change.
    world.run("document.querySelector('main').innerHTML = arguments[0];", &[LINK.into()]);
    world.press_button("Privacy settings");
    world.until("consentry.snapshot().view === 'preferences'");
    world.press_button("Accept all");
    world.until(&format!("consentry.has('analytics') && !({BUTTON})"));
}
