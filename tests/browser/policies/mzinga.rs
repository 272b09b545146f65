//! Mzinga: asked at the form where something is first provided, each use apart, told before anything changes, and no ground
//! that courts have annulled.

use super::same;
use super::site::{Site, text};
use consentry_browser_tests::{World, promises};
use serde_json::json;

promises![
    nothing_before_a_yes,
    asks_at_the_form,
    each_use_apart,
    a_new_purpose_is_asked_first,
    a_new_owner_is_posted,
    updates_are_dated,
    use_is_no_consent,
    one_way_to_the_site,
    nobody_under_thirteen,
    no_annulled_ground,
];

/// The uses that load nothing: what the site's own systems may do with what it is told.
const USES: [&str; 4] = ["promotion-mail", "promotion-post", "promotion-phone", "combining"];

fn site(world: &World) -> Site<'_> {
    Site::new(world, "mzinga")
}

fn nothing_before_a_yes(world: &World) {
    same::nothing_before_a_yes(&site(world), &["google-analytics", "pixel", "pardot"]);
    assert_eq!(
        world.eval("consentry.snapshot().jurisdiction.place"),
        "unknown",
        "no request finds out where a visitor is"
    );
}

fn asks_at_the_form(world: &World) {
    let site = site(world);
    site.open();
    // Whoever has closed the notice long ago is asked where something is first provided.
    world.reject_all();
    world.button("Allow Promotions by e-mail");
    let order = world.eval("[...document.querySelectorAll('#inquiry > [data-consentry-asks], #inquiry > label')].map((one) => one.dataset.consentryAsks || one.localName)");
    assert_eq!(
        order,
        json!([USES[0], USES[1], USES[2], USES[3], "label", "label", "label"]),
        "before what is asked of the visitor"
    );
    let shown = text(world, "document.querySelector('#inquiry').textContent");
    for words in [
        "We may write to you about new features and offers.",
        "opt-in lists, public data and what other companies know of you",
        "Privacy policy",
    ] {
        assert!(shown.contains(words), "{words} is missing in {shown}");
    }
    // Nothing is sent before it is known that no child sends it.
    world.press_button("Send the inquiry");
    site.says_age("40");
    world.until("document.querySelector('#sent').textContent === 'Sent. Besides answering you, we may: nothing.'");
    site.yes("Allow Promotions by e-mail");
    world.until("consentry.has('promotion-mail')");
    world.press_button("Send the inquiry");
    world.until(
        "document.querySelector('#sent').textContent === 'Sent. Besides answering you, we may: promotion-mail.'",
    );
}

fn each_use_apart(world: &World) {
    let site = site(world);
    site.open();
    world.customize();
    world.press_button("Promotions by post");
    site.yes("Save choices");
    world.until("consentry.has('promotion-post')");
    assert_eq!(site.granted(), ["promotion-post"]);
    world.assert_silent();
    site.yes("Allow Promotions by phone");
    world.until("consentry.has('promotion-phone')");
    world.press_button("Do not allow Promotions by post");
    world.until("!consentry.has('promotion-post')");
    assert_eq!(site.granted(), ["promotion-phone"]);
    let center = site.center();
    for words in [
        "Understanding use",
        "Marketing services",
        "Combining with other sources",
        "Google LLC",
        "Headcount Metrics Ltd.",
        "Salesforce (Pardot)",
    ] {
        assert!(center.contains(words), "{words} is missing in {center}");
    }
}

fn a_new_purpose_is_asked_first(world: &World) {
    same::a_new_purpose_is_asked_first(site(world), "analytics");
}

fn a_new_owner_is_posted(world: &World) {
    same::a_new_owner_is_announced(site(world), "Mzinga is sold to Buyer Inc.");
}

fn updates_are_dated(world: &World) {
    same::updates_are_dated(site(world));
}

fn use_is_no_consent(world: &World) {
    same::use_is_no_consent(site(world));
}

fn one_way_to_the_site(world: &World) {
    same::channels(
        &site(world),
        &[
            "Contact Mzinga",
            "See, correct, delete or object to data about you",
            "Stop messages",
            "Complain to an authority",
        ],
    );
    assert!(world.is("document.querySelector('.consentry-links [href*=\"unsubscribe\"]')"));
}

fn nobody_under_thirteen(world: &World) {
    let site = site(world).place("US-TX").before(&same::from_before("_ga"));
    site.open();
    assert!(world.is("hadBefore"), "what was gathered before");
    world.notice();
    world.press_button("Accept all");
    site.says_age("12");
    world.until("document.querySelector('.consentry-age').textContent.includes('At your age this stays off')");
    assert_eq!(site.granted(), [""; 0]);
    world.until("!/_ga=/.test(document.cookie)");
    world.press_button("Got it");
    world.run("document.querySelector('#inquiry input').value = 'Kim'; document.querySelector('#inquiry button.solid').scrollIntoView({ block: 'center' });", &[]);
    world.press_button("Send the inquiry");
    world.until("document.querySelector('#sent').textContent.startsWith('Please have a grown-up ask for you.')");
    assert!(world.is("!document.querySelector('#inquiry input').value"), "what was typed in is gone");
    world.run(
        "document.querySelector('[data-consentry-asks=promotion-mail]').scrollIntoView({ block: 'center' });",
        &[],
    );
    world.press_button("Allow Promotions by e-mail");
    world.settle();
    assert_eq!(site.granted(), [""; 0], "nor at the form");
    world.assert_silent();
}

fn no_annulled_ground(world: &World) {
    same::no_annulled_ground(&site(world));
}
