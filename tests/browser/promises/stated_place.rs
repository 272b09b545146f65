//! A visitor may say where they are: a stricter place counts at once and from then on, in every tab, until it is taken back;
//! a looser one changes nothing and says so; a script says nothing for the visitor.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![a_stricter_one_counts, a_looser_one_is_refused_in_words, tabs_agree, in_the_text_of_a_page, no_script_says_it];

/// A page in California, or elsewhere, where the script loads until somebody opts out.
fn page(world: &World, place: &str) -> Page {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    let tag = format!("<script src=\"/consentry.js\" data-jurisdiction=\"{place}\"></script>");
    Page::new().config(config).tag(&tag).body(&world.widget("video", Kind::Script).marked("data-service=\"video\""))
}

const STATED: &str = "consentry.snapshot().jurisdiction.stated";

/// Opens the preference center.
fn open(world: &World) {
    world.run("consentry.showPreferences();", &[]);
    world.until("document.querySelector('#consentry-root dialog[open] .consentry-place')");
}

/// Chooses a country there and presses the button beside it.
fn state(world: &World, place: &str) {
    if !world.is("document.querySelector('.consentry-place details').open") {
        world.click(".consentry-place summary");
    }
    world.until(&format!("document.querySelector('.consentry-place option[value={place}]')"));
    world.run("document.querySelector('.consentry-place select').value = arguments[0];", &[place.into()]);
    world.press_button("Continue");
}

/// What the preference center says of its last button.
fn said(world: &World, text: &str) {
    world.until(&format!("document.querySelector('#consentry-root dialog footer [role=status]').textContent === {}", json!(text)));
}

fn a_stricter_one_counts(world: &World) {
    let address = world.publish(&page(world, "US-CA"));
    world.open(&address);
    world.ready();
    world.assert_reached(&["video/Script"]);
    open(world);
    assert!(world.is("document.querySelector('.consentry-place p').textContent === 'Place assumed: United States (CA)'"));
    state(world, "DE");
    world.until(&format!("{STATED} === 'DE'"));
    said(world, "Your choices are saved.");
    let now = "[consentry.has('video'), consentry.snapshot().regime, consentry.snapshot().jurisdiction.how, consentry.snapshot().record.action]";
    assert_eq!(world.eval(now), json!([false, "opt-in", "visitor", "place"]));
    assert!(world.is("/ j=DE r=opt-in w=visitor h=DE /.test(localStorage['consentry.record'])"));
    assert_eq!(world.eval("document.querySelector('.consentry-place').textContent"), "Place you named: GermanyTake that back");
    // The focus is where the next button is, not lost with the one that was pressed.
    assert_eq!(world.eval("document.activeElement.textContent"), "Take that back");
    world.go_away();
    world.open(&address);
    world.notice();
    world.assert_silent();
    assert_eq!(world.eval(STATED), "DE");
    open(world);
    world.press_button("Take that back");
    world.until(&format!("{STATED} === null"));
    assert!(!world.has("video"), "what is looser waits for the next page");
    assert!(world.is("document.activeElement.matches('.consentry-place summary')"));
    world.go_away();
    world.open(&address);
    world.ready();
    world.assert_reached(&["video/Script"]);
    assert_eq!(world.eval("consentry.snapshot().jurisdiction"), json!({ "place": "US-CA", "how": "hint", "stated": null }));
}

fn a_looser_one_is_refused_in_words(world: &World) {
    world.visit(&page(world, "DE"));
    world.notice();
    open(world);
    for _ in 0..2 {
        state(world, "US");
        said(world, "Stricter rules than there apply here already, so nothing was changed.");
        assert_eq!(world.eval("[consentry.snapshot().jurisdiction, consentry.snapshot().record, consentry.has('video')]"), json!([{ "place": "DE", "how": "hint", "stated": null }, null, false]));
    }
    // Every country is there under its own name, once, and nothing that is none.
    let listed = world.eval("[...document.querySelectorAll('.consentry-place option')].map((one) => one.value)");
    let codes: Vec<&str> = listed.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str).collect();
    for code in ["AT", "BR", "CH", "DE", "GB", "JP", "NO", "US", "ZA", "CA-QC"] {
        assert_eq!(codes.iter().filter(|one| **one == code).count(), 1, "{code} in {codes:?}");
    }
    for code in ["EU", "UK", "DD", "SU", "ZZ", "XA", "UN"] {
        assert!(!codes.contains(&code), "{code}");
    }
    assert!(codes.len() > 240 && codes.len() < 260, "{}", codes.len());
    // The one that is stricter in no respect, and looser in none, is taken.
    state(world, "FR");
    world.until(&format!("{STATED} === 'FR'"));
}

fn tabs_agree(world: &World) {
    let listen = "addEventListener('storage', ({ key }) => { (window.heard ||= []).push(key); });";
    let address = world.publish(&page(world, "US-CA").script(listen));
    world.open(&address);
    world.ready();
    let first = world.window();
    let second = world.new_tab();
    world.switch_to(&second);
    world.open(&address);
    world.ready();
    // Where nobody has answered, neither tab makes the other look: it would find what is tried, and no record.
    assert!(world.has("video"), "the second tab");
    assert_eq!(world.eval("(window.heard || []).filter((key) => key !== 'consentry.room')"), json!([]));
    world.switch_to(&first);
    assert!(world.has("video"), "the first tab");
    assert_eq!(world.eval("(window.heard || []).filter((key) => key !== 'consentry.room')"), json!([]));
    open(world);
    state(world, "FR");
    world.until(&format!("{STATED} === 'FR'"));
    world.switch_to(&second);
    world.until(&format!("{STATED} === 'FR' && !consentry.has('video')"));
}

fn in_the_text_of_a_page(world: &World) {
    world.visit(&page(world, "US-CA").body("<div data-consentry-embed></div>"));
    world.until("document.querySelector('.consentry-embed .consentry-place')");
    state(world, "DE");
    world.until(&format!("{STATED} === 'DE'"));
    world.until("document.querySelector('.consentry-embed .consentry-place').textContent.startsWith('Place you named: Germany')");
    world.press_button("Take that back");
    world.until(&format!("{STATED} === null"));
    world.until("document.querySelector('.consentry-embed .consentry-place details')");
}

fn no_script_says_it(world: &World) {
    world.visit(&page(world, "US-CA"));
    world.ready();
    open(world);
    world.click(".consentry-place summary");
    world.until("document.querySelector('.consentry-place option[value=DE]')");
    world.run("document.querySelector('.consentry-place select').value = 'DE'; document.querySelector('.consentry-place button').click();", &[]);
    said(world, "That click came from a script, so nothing was changed.");
    assert_eq!(world.eval(&format!("[{STATED}, consentry.snapshot().record, consentry.has('video')]")), json!([null, null, true]));
    state(world, "DE");
    world.until(&format!("{STATED} === 'DE'"));
    world.run("document.querySelector('.consentry-place button').click();", &[]);
    said(world, "That click came from a script, so nothing was changed.");
    assert_eq!(world.eval(STATED), "DE");
}
