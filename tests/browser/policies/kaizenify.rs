//! Kaizenify: widgets, sign-in and maps by a click on them; sale, targeted advertising and profiling opted out of apart;
//! administrators close and never open; apps are named and go again; nobody is worse off for saying no.

use super::same;
use super::site::{Site, day, text};
use consentry_browser_tests::{World, promises};
use serde_json::json;

promises![
    nothing_before_a_yes,
    widgets_and_sign_in_by_a_click,
    maps_by_a_click_on_them,
    three_opt_outs_apart,
    signal_before_the_first_request,
    nobody_is_worse_off,
    administrators_close_and_never_open,
    apps_are_named_and_removed,
    uses_without_a_service,
    one_refusal_for_all_hosts,
    channels_appeal_and_authority,
    a_new_owner_with_choices,
    a_new_purpose_is_asked_first,
    what_is_old_goes,
    what_it_stored_goes_with_the_yes,
    updates_are_dated,
];

fn site(world: &World) -> Site<'_> {
    Site::new(world, "kaizenify")
}

fn nothing_before_a_yes(world: &World) {
    let partners =
        ["google-analytics", "pixel", "ads", "pardot", "twitter", "facebook", "google-accounts", "maps", "survey-app"];
    same::nothing_before_a_yes(&site(world).place("DE"), &partners);
}

fn widgets_and_sign_in_by_a_click(world: &World) {
    let site = site(world).place("CA-QC");
    same::one_at_a_time(
        &site,
        &[
            ("tweet-button", "Tweet button", "twitter"),
            ("like-button", "Like button", "facebook"),
            ("google-sign-in", "Google sign-in", "google-accounts"),
        ],
    );
    let said = text(world, "document.querySelector('[data-consentry-asks=tweet-button]').textContent");
    assert!(said.contains("It learns your IP address and which page you are on, and may set a cookie."), "{said}");
}

fn maps_by_a_click_on_them(world: &World) {
    let site = site(world).place("DE");
    site.open();
    world.accept_all();
    world.wait_for("what was granted", |seen| seen.has("ads", "/seen.gif"));
    assert!(!site.reached().contains(&"maps".to_owned()), "by Accept all");
    world.press_button("Load once");
    world.wait_for("the map", |seen| seen.paths().iter().any(|path| path.starts_with("maps/")));
    assert!(!world.has("google-maps"), "once is no standing yes");
}

/// On a page under Californian law: what a click on a link denies.
fn denied_by(world: &World, link: &str) -> Vec<String> {
    // A visitor of its own: the cookie of the one before says no to what that one opted out of.
    let site = site(world)
        .place("US-CA")
        .with(|config| config["record"] = serde_json::json!({ "scope": link.to_lowercase() }));
    site.open();
    let before = site.granted();
    assert!(
        ["google-analytics", "advertising-pixel", "intent-profiles"]
            .iter()
            .all(|id| before.iter().any(|one| one == id)),
        "{before:?}"
    );
    world.run("document.addEventListener('consentry:change', (event) => { window.told = event.detail.optOut; });", &[]);
    world.click(&format!("[data-consentry-opt-out=\"{}\"]", link.replace('-', " ")));
    world.until("consentry.snapshot().record");
    let after = site.granted();
    before.into_iter().filter(|id| !after.contains(id)).collect()
}

fn three_opt_outs_apart(world: &World) {
    for (link, denied) in
        [("sale-share", "advertising-pixel"), ("targetedAds", "advertising-pixel"), ("profiling", "intent-profiles")]
    {
        // Of the category what is marked with it alone, which may do what any of its services does.
        assert_eq!(denied_by(world, link), [denied, "marketing"], "{link}");
        assert_eq!(world.eval("consentry.snapshot().optOut.join(' ')"), link.replace('-', " "));
        assert_eq!(world.eval("told.join(' ')"), link.replace('-', " "), "for the visitor's account");
    }
}

fn signal_before_the_first_request(world: &World) {
    let site = site(world).place("US-CA").signal();
    site.open();
    world.wait_for("what the signal leaves", |seen| seen.has("google-analytics", "/g/collect"));
    let reached = site.reached();
    assert!(!reached.contains(&"ads".to_owned()), "{reached:?}");
    assert_eq!(world.eval("consentry.choice('advertising-pixel').reason"), "signal");
    site.tells("Opt-Out Request Honored, as your browser’s signal asks.");
    assert!(!world.asks());
    world.signal(false);
}

fn nobody_is_worse_off(world: &World) {
    let site = site(world).place("US-CA");
    let offer = "JSON.stringify([...document.querySelectorAll('main h1, main h2, main h3, main p, main form label, .top a')].filter((one) => !one.closest('[data-consentry-placeholder]') && !one.querySelector('[data-consentry-placeholder]')).map((one) => [one.textContent, one.offsetHeight > 0]))";
    site.open();
    world.button("Allow Tweet button");
    let before = world.eval(offer);
    world.run("consentry.rejectAll();", &[]);
    world.until("consentry.snapshot().record");
    world.reload();
    world.ready();
    world.button("Allow Tweet button");
    assert_eq!(world.eval(offer), before, "the same page, offers and prices included");
    assert!(!world.is("document.querySelector('dialog[open]')"), "no wall");
}

fn administrators_close_and_never_open(world: &World) {
    let lock = |config: &mut serde_json::Value| {
        config["locked"] =
            json!([{ "id": "analytics", "by": "IT department of Example GmbH", "reason": "ask helpdesk@example.com" }]);
    };
    let closed = site(world).place("DE").with(lock);
    closed.open();
    world.accept_all();
    assert!(!world.has("google-analytics") && world.has("advertising-pixel"));
    assert_eq!(world.eval("consentry.choice('google-analytics').reason"), "locked");
    let center = closed.center();
    assert!(center.contains("Kept off: IT department of Example GmbH, ask helpdesk@example.com"), "{center}");
    // The one word that opens is a school's, for services that teach: here it opens nothing, before a choice and after a no.
    let open = site(world).place("DE").with(|config| {
        config["record"] = json!({ "scope": "opens" });
        config["locked"] = json!([{ "id": "google-analytics", "by": "IT department of Example GmbH", "opens": true }]);
    });
    open.open();
    assert_eq!(open.granted(), [""; 0], "before a choice");
    world.reject_all();
    assert_eq!(open.granted(), [""; 0], "after a no");
    world.assert_silent();
}

fn apps_are_named_and_removed(world: &World) {
    let site = site(world).place("DE");
    site.open();
    world.accept_all();
    let center = site.center();
    for words in ["Installed apps", "Survey app", "Surveyor GmbH", "Their own policies govern them"] {
        assert!(center.contains(words), "{words} is missing in {center}");
    }
    assert!(!world.has("survey-app"), "named first");
    world.run("[...document.querySelectorAll('dialog details')].forEach((one) => { one.open = true; });", &[]);
    world.press_button("Survey app");
    world.press_button("Save choices");
    world.wait_for("the app", |seen| seen.has("survey-app", "/seen.gif"));
    world.run("localStorage.setItem('survey-app.draft', 'half an answer');", &[]);
    assert!(world.is("localStorage.getItem('survey-app.draft')"));
    // If you object, remove it: it loads no more, and what it kept goes.
    world.run("consentry.withdraw('survey-app');", &[]);
    world.until("!localStorage.getItem('survey-app.draft')");
    world.go_away();
    site.open();
    world.ready();
    assert!(!site.reached().contains(&"survey-app".to_owned()));
    // Uninstalled, it is not named any more.
    let without = site.with(|config| {
        let services = config["services"].as_array_mut().unwrap_or_else(|| panic!("a list"));
        services.retain(|one| one["id"] != "survey-app");
    });
    without.open();
    assert!(!without.center().contains("Survey app"));
    assert_eq!(world.eval("consentry.choice('survey-app').reason"), "unknown");
}

fn uses_without_a_service(world: &World) {
    // With consent alone: where much is on until somebody opts out these are not, and no yes to everything means them.
    let open = site(world).place("US-CA").with(|config| config["record"] = json!({ "scope": "lenient" }));
    open.open();
    world.run("consentry.showNotice();", &[]);
    for yes in [false, true] {
        if yes {
            world.accept_all();
        }
        assert!(world.has("advertising-pixel"), "the control: {yes}");
        for id in ["product-news", "testimonials", "support-experts"] {
            assert!(!world.has(id), "{id}, a yes to everything: {yes}");
        }
    }
    let site = site(world).place("DE");
    site.open();
    let asked = text(world, "document.querySelector('.consentry-notice').textContent");
    assert!(!asked.contains("Testimonials") && asked.contains("measuring visits"), "{asked}");
    world.reject_all();
    world.press_button("Allow Testimonials");
    world.until("consentry.has('testimonials')");
    assert_eq!(site.granted(), ["testimonials"], "with your consent, for that alone");
    assert!(world.is(
        "document.querySelector('[data-consentry-asks=support-experts]').textContent.includes('third-party expert')"
    ));
}

fn one_refusal_for_all_hosts(world: &World) {
    let site = site(world).place("DE");
    site.open();
    let [www, app] =
        ["www.kaizenify", "app.kaizenify"].map(|name| format!("{}/policies/kaizenify/", world.servers.site_as(name)));
    world.open(&app);
    world.notice();
    world.open(&www);
    world.reject_all();
    world.open(&app);
    world.ready();
    assert!(!world.asks(), "asked again on another host");
    assert_eq!(world.eval("consentry.choice('analytics').reason"), "refused");
    // A yes on one host is none on the other: a cookie proves no consent.
    world.open(&www);
    world.ready();
    world.run("consentry.showNotice();", &[]);
    world.accept_all();
    world.open(&app);
    world.ready();
    assert_eq!(site.granted(), [""; 0]);
}

fn channels_appeal_and_authority(world: &World) {
    let site = site(world).place("DE");
    same::channels(
        &site,
        &[
            "Contact Kaizenify",
            "See, correct, delete or object to data about you",
            "Stop messages",
            "Appeal a decision",
            "Complain to an authority",
        ],
    );
    world.run("consentry.rejectAll();", &[]);
    let copy = world.run_async("const done = arguments[arguments.length - 1]; consentry.exportRecord('jsonld').then((copy) => done(Object.keys(copy)), (error) => done('' + error));", &[]);
    assert!(copy.as_array().is_some_and(|keys| keys.iter().any(|key| key == "@context")), "structured: {copy}");
}

fn a_new_owner_with_choices(world: &World) {
    same::a_new_owner_is_announced(
        site(world).place("DE"),
        "Buyer Inc. takes over. You may withdraw what you agreed to, or ask for deletion, until then.",
    );
}

fn a_new_purpose_is_asked_first(world: &World) {
    same::a_new_purpose_is_asked_first(site(world).place("DE"), "analytics");
}

fn what_is_old_goes(world: &World) {
    let mut site = site(world).place("DE");
    site.open();
    world.accept_all();
    world.until("/_ga=/.test(document.cookie)");
    assert_eq!(site.config["record"]["expiresDays"]["granted"], 180);
    let expires = text(world, "consentry.snapshot().record.expires.slice(0, 10)");
    assert_eq!(expires, day(world, 180));
    site = site.before(&same::later(181));
    site.open();
    world.notice();
    world.until("!/_ga=/.test(document.cookie)");
    assert_eq!(site.granted(), [""; 0]);
}

fn what_it_stored_goes_with_the_yes(world: &World) {
    let site = site(world).place("DE");
    site.open();
    world.notice();
    world.assert_silent();
    world.accept_all();
    world.until("/_ga=/.test(document.cookie)");
    world.run("consentry.withdraw('analytics');", &[]);
    world.until("!/_ga=/.test(document.cookie)");
}

fn updates_are_dated(world: &World) {
    same::updates_are_dated(site(world).place("DE"));
}
