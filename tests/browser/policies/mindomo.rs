//! Mindomo: opt-in everywhere, no advertising whatever a visitor clicks, no precise location, sign-in and payment only when
//! asked for, its own local storage listed and removed, partners' named as out of reach.

use super::same;
use super::site::{Site, text};
use consentry_browser_tests::{World, promises};
use loopback::Answer;
use serde_json::json;

promises![
    nothing_before_a_yes,
    session_and_persistent_apart,
    own_storage_goes_and_theirs_is_named,
    sign_in_when_asked_and_disconnected,
    payment_on_request,
    the_gallery_reads,
    wishes_apart,
    without_storage,
    ages_by_place,
    a_parent_decides,
    a_school_opens_lessons_alone,
    no_precise_location,
    no_advertising,
    told_before_a_transfer,
    updates_are_dated,
    use_is_no_consent,
    channels,
];

fn site(world: &World) -> Site<'_> {
    Site::new(world, "mindomo")
}

fn nothing_before_a_yes(world: &World) {
    same::nothing_before_a_yes(
        &site(world),
        &[
            "google-analytics",
            "pixel",
            "facebook",
            "yahoo",
            "microsoft",
            "google-accounts",
            "braintree",
            "2checkout",
            "ads",
        ],
    );
}

fn session_and_persistent_apart(world: &World) {
    let site = site(world);
    site.open();
    let center = site.center();
    for words in [
        "mindomo_session",
        "until the browser is closed",
        "A session cookie: it disappears when you close the browser",
        "mindomo_locale",
        "1 year",
        "A persistent cookie: it remembers your language",
    ] {
        assert!(center.contains(words), "{words} is missing in {center}");
    }
    world.run("consentry.hide(); document.cookie = 'mindomo_locale=ro; path=/';", &[]);
    assert!(!world.is("/mindomo_locale/.test(document.cookie)"), "without permission no cookie of either kind");
    world.run("consentry.showNotice();", &[]);
    site.accept_all();
    world.run("document.cookie = 'mindomo_locale=ro; path=/; max-age=31536000'; document.cookie = 'mindomo_session=1; path=/';", &[]);
    assert!(world.is("/mindomo_locale/.test(document.cookie) && /mindomo_session/.test(document.cookie)"));
    // Removed at any time.
    world.run("consentry.withdraw('functional');", &[]);
    world.until("!/mindomo_/.test(document.cookie)");
}

fn own_storage_goes_and_theirs_is_named(world: &World) {
    let site = site(world);
    site.open();
    world.notice();
    world.run("localStorage.setItem('mindomo.draft', 'a map');", &[]);
    assert!(!world.is("localStorage.getItem('mindomo.draft')"), "before a yes nothing is kept");
    site.accept_all();
    world.run("localStorage.setItem('mindomo.draft', 'a map'); const shown = document.querySelector('#shown'); shown.value = 'outline'; shown.dispatchEvent(new Event('change'));", &[]);
    world.until("Object.keys(localStorage).some((key) => key.includes('gallery'))");
    let _ = site.center();
    world.click("#consentry-root [aria-labelledby=consentry-device] summary");
    world.button("Delete mindomo.draft");
    let listed =
        text(world, "document.querySelector('#consentry-root [aria-labelledby=consentry-device]').textContent");
    assert!(
        listed.contains("headcount-reader (pixel.localhost)")
            && listed.contains("your browser’s settings can delete it"),
        "{listed}"
    );
    world.press_button("Delete mindomo.draft");
    world.until("!localStorage.getItem('mindomo.draft')");
    world.run("consentry.withdraw('functional');", &[]);
    world.until("!Object.keys(localStorage).some((key) => key.includes('gallery'))");
}

fn sign_in_when_asked_and_disconnected(world: &World) {
    same::one_at_a_time(
        &site(world),
        &[
            ("facebook-sign-in", "Facebook sign-in", "facebook"),
            ("yahoo-sign-in", "Yahoo sign-in", "yahoo"),
            ("office365-sign-in", "Office 365 sign-in", "microsoft"),
            ("google-sign-in", "Google sign-in", "google-accounts"),
        ],
    );
}

fn payment_on_request(world: &World) {
    same::one_at_a_time(
        &site(world),
        &[("braintree", "Braintree", "braintree"), ("two-checkout", "2Checkout", "2checkout")],
    );
}

fn the_gallery_reads(world: &World) {
    let site = site(world);
    site.open();
    world.reject_all();
    assert_eq!(world.eval("[...document.querySelectorAll('#gallery h3')].map((one) => one.textContent).length"), 3);
    assert!(world.is("[...document.querySelectorAll('#gallery h3')].every((one) => one.offsetHeight > 0)"));
    assert!(
        !world.is("document.querySelector('dialog[open]') || document.querySelector('#consentry-root input')"),
        "no wall, and no question about anybody"
    );
}

fn wishes_apart(world: &World) {
    let site = site(world);
    site.open();
    site.accept_all();
    assert!(!world.has("improvement-mail"), "no part of a yes to everything");
    world.press_button("Allow News about improvements");
    world.until("consentry.has('improvement-mail')");
    world.press_button("Do not allow News about improvements");
    world.until("!consentry.has('improvement-mail')");
    assert!(world.has("google-analytics"), "and nothing else goes with it");
}

fn without_storage(world: &World) {
    let site = site(world).before(same::NO_STORAGE);
    site.open();
    world.notice();
    world.run("const shown = document.querySelector('#shown'); shown.value = 'outline'; shown.dispatchEvent(new Event('change'));", &[]);
    world.until("document.querySelector('#kept').textContent");
    assert_eq!(world.eval("document.querySelectorAll('#gallery h3').length"), 3, "everything else works");
}

fn ages_by_place(world: &World) {
    for (place, years, stage) in [
        ("US-TX", "12", "child"),
        ("US-CA", "14", "teen"),
        ("DE", "15", "child"),
        ("FR", "15", "child"),
        ("AT", "15", "child"),
        ("DE", "16", "adult"),
    ] {
        let site = site(world)
            .place(place)
            .with(|config| config["record"]["scope"] = format!("{}{years}", place.to_lowercase()).into());
        site.open();
        same::signs_up(&site, years, stage == "child");
        assert_eq!(world.eval("consentry.snapshot().age"), stage);
        assert_eq!(site.granted(), [""; 0], "an age is no answer: {place} {years}");
        world.assert_silent();
    }
}

/// What the site's server says of a parent's answer from now on.
fn parent_says(world: &World, answer: &serde_json::Value) {
    world.servers.page("/policies/mindomo/parent", Answer::json(answer.to_string()));
}

fn a_parent_decides(world: &World) {
    let site = site(world).place("US-TX");
    parent_says(world, &json!({ "state": "pending" }));
    site.open();
    world.notice();
    world.press_button("Accept all");
    site.says_age("10");
    world.click(".consentry-age [type=email]");
    world.press("parent@example.com");
    world.press_button("Ask them");
    world.until("consentry.snapshot().parent === 'pending'");
    assert_eq!(site.granted(), [""; 0]);
    let kept = text(world, "Object.entries({ ...localStorage, ...sessionStorage }).join()");
    assert!(!kept.contains("parent@"), "the contact is kept nowhere: {kept}");
    // Of the child the band in the record, and a random ticket with the end of its time.
    let ticket = text(world, "localStorage['consentry.parent.mindomo']");
    assert!(ticket.len() < 100 && !kept.contains("10,"), "{kept}");
    let names = world.eval("Object.keys(localStorage).sort()");
    assert_eq!(names, json!(["consentry.parent.mindomo", "consentry.record.mindomo"]));
    world.assert_silent();
    // The parent agrees to preferences and not to analytics, and takes it back.
    let time = world.eval("new Date().toISOString()");
    parent_says(
        world,
        &json!({ "state": "granted", "time": time, "categories": { "functional": { "use": true, "disclose": false } } }),
    );
    world.reload();
    world.until("consentry.has('content-preferences')");
    assert!(!world.has("google-analytics"));
    let center = site.center();
    assert!(center.contains("Answer of a parent") && !center.contains("You said no"), "whose answer it is: {center}");
    assert!(center.contains("United States (TX)"), "{center}");
    world.run("consentry.hide(); localStorage.setItem('mindomo.draft', 'a map');", &[]);
    parent_says(world, &json!({ "state": "withdrawn" }));
    world.reload();
    world.until("consentry.snapshot().parent === 'withdrawn' && !localStorage.getItem('mindomo.draft')");
    assert_eq!(site.granted(), [""; 0]);
    world.assert_silent();
}

fn a_school_opens_lessons_alone(world: &World) {
    let site = site(world).place("US-TX").with(|config| {
        config["services"][0]["educational"] = true.into();
        config["services"][1]["educational"] = true.into();
        config["services"][1]["serviceProvider"] = false.into();
        config["locked"] = json!([{ "id": "content-preferences", "by": "Town school", "reason": "Lessons", "opens": true }, { "id": "google-analytics", "by": "Town school", "opens": true }]);
    });
    site.open();
    assert!(world.has("content-preferences") && !world.has("google-analytics"), "never what may share or profile");
    assert_eq!(world.eval("consentry.choice('content-preferences').reason"), "educational");
    assert!(site.center().contains("Town school"));
    world.run("consentry.hide(); consentry.rejectAll();", &[]);
    world.until("!consentry.has('content-preferences')");
    world.assert_silent();
}

/// A browser that would ask, and counts how often.
const BROWSER: &str = "<script>
window.asked = 0; window.Geolocation ||= class {};
Geolocation.prototype.getCurrentPosition = function (done) { asked++; done({ coords: {} }); };
if (!navigator.geolocation) Object.defineProperty(navigator, 'geolocation', { value: Object.create(Geolocation.prototype) });
</script>";

fn no_precise_location(world: &World) {
    let site = site(world).before(BROWSER).place("US");
    site.open();
    site.accept_all();
    world.click("#where");
    world.until("document.querySelector('#tax').textContent.startsWith('Mindomo takes no precise location')");
    assert_eq!(world.eval("[asked, consentry.choice('precise-location').reason]"), json!([0, "forbidden"]));
    assert!(!world.is("document.querySelector('.consentry-ask')"), "nobody is asked for what is ruled out");
    // The country alone: the page takes it from the server, and no state is found out, shown or stored.
    let kept = text(world, "Object.entries(localStorage).join()");
    assert!(kept.contains("US") && !kept.contains("US-"), "{kept}");
    let unknown = Site::new(world, "mindomo").with(|config| config["record"]["scope"] = "unknown".into());
    unknown.open();
    assert_eq!(world.eval("Object.values(consentry.snapshot().jurisdiction)"), json!(["unknown", "hint", null]));
    site.open();
    assert!(site.center().contains("The policy of this site rules this out."));
}

fn no_advertising(world: &World) {
    let site = site(world);
    site.open();
    world.notice();
    assert!(
        !text(world, "document.querySelector('.consentry-notice').textContent").contains("advertising"),
        "nobody is asked for it"
    );
    site.accept_all();
    world.wait_for("what was granted", |seen| seen.has("google-analytics", "/g/collect"));
    assert!(!site.reached().contains(&"ads".to_owned()));
    assert_eq!(world.eval("consentry.choice('marketing').reason"), "forbidden");
    let _ = site.center();
    assert!(!world.is("document.querySelector('dialog [role=checkbox][value=marketing]')"), "nothing to switch on");
    world.run("consentry.hide();", &[]);
    world.reload();
    world.ready();
    assert!(!site.reached().contains(&"ads".to_owned()));
}

fn told_before_a_transfer(world: &World) {
    same::a_new_owner_is_announced(
        site(world),
        "Mindomo’s assets go to Buyer Inc., which has committed to this policy.",
    );
}

fn updates_are_dated(world: &World) {
    same::updates_are_dated(site(world));
}

fn use_is_no_consent(world: &World) {
    same::use_is_no_consent(site(world));
}

fn channels(world: &World) {
    same::channels(
        &site(world),
        &["Contact Mindomo", "See, correct, delete or object to data about you", "Stop messages"],
    );
}
