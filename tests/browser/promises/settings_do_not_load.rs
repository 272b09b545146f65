//! Where the file of the preference center does not load, the visitor can still answer: the notice is there, as the message
//! says, also for who has answered before, and nobody's question is taken away.

use consentry_browser_tests::{Page, TAB, World, promises};
use loopback::Answer;
use serde_json::json;

promises![the_notice_comes_back, an_open_notice_stays, before_the_page_it_is_heard_and_seen];

const TOLD: &str = "document.querySelector('.consentry-status')?.textContent.includes('The settings did not load')";

fn broken(world: &World) {
    world.servers.page("/consentry.preferences.js", Answer::new("text/plain", "").status(404));
}

fn the_notice_comes_back(world: &World) {
    broken(world);
    world.visit(&Page::new().body("<a href=\"/elsewhere\" data-consentry-open>Privacy choices</a>"));
    world.reject_all();
    for open in [".consentry-reopen button", "[data-consentry-open]"] {
        world.click(open);
        world.until(&format!("{TOLD} && consentry.snapshot().view === 'notice'"));
        world.button("Reject all");
        assert!(world.is("location.pathname !== '/elsewhere'"));
        // Looking writes nothing, and leaving without an answer keeps the one there is.
        assert_eq!(world.eval("[consentry.choice('analytics').reason, consentry.snapshot().record.entries.length]"), json!(["refused", 1]));
        world.press_button("Close without accepting");
        world.until("consentry.snapshot().view === 'none'");
        assert_eq!(world.eval("[consentry.choice('analytics').reason, consentry.snapshot().record.entries.length]"), json!(["refused", 1]));
    }
    world.click(".consentry-reopen button");
    world.until("consentry.snapshot().view === 'notice'");
    // By keyboard the way to the answers is as short as it was to the button.
    world.press(TAB);
    world.until("document.activeElement.closest('.consentry-notice')");
    world.press_button("Accept all");
    world.until("consentry.has('analytics') && consentry.snapshot().view === 'none'");
}

fn an_open_notice_stays(world: &World) {
    broken(world);
    world.visit(&Page::new());
    world.notice();
    world.press_button("Customize");
    world.until(TOLD);
    assert!(world.asks());
    world.reject_all();
    world.run("localStorage.clear();", &[]);
    // The question of age stands in the same file: without it there is no yes, and the no is still there.
    let mut config = Page::config_of_two();
    config["age"] = json!({});
    world.visit(&Page::new().config(config));
    world.notice();
    world.press_button("Accept all");
    world.until(TOLD);
    assert!(world.asks() && !world.has("analytics"));
    world.reject_all();
}

fn before_the_page_it_is_heard_and_seen(world: &World) {
    broken(world);
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "layout": "modal" });
    world.visit(&Page::new().config(config));
    world.notice();
    world.until("document.querySelector('.consentry-notice').matches(':modal')");
    world.press_button("Customize");
    world.until(TOLD);
    // All beside a modal dialog is inert: neither heard nor in front of its backdrop. Clicks go through it, to the backdrop.
    let seen = "(() => { const one = document.querySelector('.consentry-status'), r = one.getBoundingClientRect();
      const dialog = one.closest('dialog');
      return [!!dialog, document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2) === dialog, r.height > 20]; })()";
    assert_eq!(world.eval(seen), json!([true, true, true]));
    // It says what still works, and stays until that was done.
    world.reject_all();
    world.until("document.querySelector('.consentry-status').textContent === 'Your choices are saved.'");
    assert_eq!(world.eval("[document.querySelector('.consentry-status').isConnected, document.querySelectorAll('.consentry-status, dialog').length]"), json!([true, 1]));
}
