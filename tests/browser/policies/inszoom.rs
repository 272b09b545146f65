//! INSZoom: no third-party cookie or request in any state but by one click on one button, its own beacons asked for too, and
//! what the policy says told where visitors look.

use super::same;
use super::site::{Site, day, text};
use consentry_browser_tests::{World, promises};
use serde_json::json;

promises![
    nothing_third_party_in_any_state,
    widgets_one_at_a_time,
    own_beacons_wait,
    own_content_and_preferences,
    california_by_place,
    nothing_is_sold,
    thirty_days_ahead,
    every_change_is_announced,
    use_is_no_consent,
    english_decides,
    channels_for_every_right,
    a_new_owner_with_choices,
    nobody_under_sixteen,
    what_is_not_needed_goes,
];

fn site(world: &World) -> Site<'_> {
    Site::new(world, "inszoom")
}

/// Requests for INSZoom's own tag and beacon.
fn own(world: &World) -> usize {
    world.settle();
    world.servers.site_requests().iter().filter(|request| request.path.contains("/own-")).count()
}

fn nothing_third_party_in_any_state(world: &World) {
    let site = site(world);
    same::nothing_before_a_yes(&site, &["twitter", "facebook", "linkedin", "microsoft", "google-accounts"]);
    world.run("consentry.showNotice();", &[]);
    world.notice();
    let asks = text(world, "document.querySelector('.consentry-notice').textContent");
    assert!(
        asks.contains("INSZoom will use") && !asks.contains("Sign-in") && !asks.contains("tweet"),
        "no other company takes part in what a yes to all opens: {asks}"
    );
    site.accept_all();
    world.assert_silent();
    world.reload();
    world.ready();
    world.assert_silent();
    assert!(site.granted().contains(&"own-statistics".to_owned()));
}

fn widgets_one_at_a_time(world: &World) {
    same::one_at_a_time(
        &site(world),
        &[
            ("tweet-button", "Tweet button", "twitter"),
            ("like-button", "Like button", "facebook"),
            ("linkedin-sign-in", "LinkedIn sign-in", "linkedin"),
            ("microsoft-sign-in", "Microsoft sign-in", "microsoft"),
            ("google-sign-in", "Google sign-in", "google-accounts"),
        ],
    );
}

fn own_beacons_wait(world: &World) {
    let site = site(world);
    site.open();
    world.notice();
    assert_eq!((own(world), world.is("/iz_visitor/.test(document.cookie)")), (0, false));
    site.accept_all();
    world.until("/iz_visitor/.test(document.cookie)");
    assert!(own(world) >= 2, "tag and beacon");
    world.run("consentry.withdraw('analytics');", &[]);
    world.until("!/iz_visitor/.test(document.cookie)");
    // The cookie list that the policy links: names, durations and what they are for.
    let center = site.center();
    for words in [
        "iz_visitor",
        "iz_session",
        "6 months",
        "until the browser is closed",
        "Tells visitors apart by a random number",
        "inszoom.content",
        "Local storage",
    ] {
        assert!(center.contains(words), "{words} is missing in {center}");
    }
}

fn own_content_and_preferences(world: &World) {
    let site = site(world);
    site.open();
    world.reject_all();
    let choose = "const view = document.querySelector('#view'); view.value = 'calendar'; view.dispatchEvent(new Event('change'));";
    world.run(choose, &[]);
    assert_eq!(
        text(world, "document.querySelector('#kept').textContent"),
        "Until you leave this page. To remember it, allow functional storage."
    );
    assert!(!world.is("Object.keys(localStorage).some((key) => key.includes('deadline-view'))"));
    world.run("consentry.showNotice();", &[]);
    site.accept_all();
    world.until("Object.keys(localStorage).some((key) => key.includes('deadline-view'))");
    world.reload();
    world.until("document.querySelector('#view').value === 'calendar'");
    world.run("consentry.withdraw();", &[]);
    world.until("!Object.keys(localStorage).some((key) => key.includes('deadline-view'))");
}

fn california_by_place(world: &World) {
    for (place, url) in
        [("US-CA", "california.html"), ("US-TX", "privacy.html"), ("DE", "privacy.html"), ("", "privacy.html")]
    {
        let site = site(world).place(place);
        site.open();
        world.run("localStorage.clear();", &[]);
        site.open();
        world.notice();
        assert_eq!(world.eval("document.querySelector('.consentry-actions a').getAttribute('href')"), url, "{place}");
        // The same rights, wherever the visitor lives.
        let center = site.center();
        assert!(center.contains("See, correct, delete or object to data about you"), "{place}: {center}");
    }
    let rows = world.eval("[...document.querySelectorAll('.consentry-table tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))");
    let columns = "[...document.querySelectorAll('.consentry-table thead th')].map((cell) => cell.textContent)";
    let of = |name: &str| [name.to_owned(), format!("{name}, past 12 months")];
    assert_eq!(world.eval(columns), json!(["Collected", "Disclosed for business", "Sold"].map(of).concat()));
    assert_eq!(rows.as_array().map(Vec::len), Some(11));
    assert_eq!(rows[0], json!(["A · Identifiers", "Yes", "Yes", "Yes", "Yes", "No", "No"]));
    assert_eq!(rows[6], json!(["G · Geolocation data", "Yes", "Yes", "No", "No", "No", "No"]));
}

fn nothing_is_sold(world: &World) {
    let site = site(world).place("US-CA").with(|config| config["floor"] = "law".into());
    site.open();
    assert_eq!(site.line(), "", "no link to opt out of a sale that is none");
    let center = site.center();
    assert!(center.contains("INSZoom does not sell personal information."), "{center}");
    assert!(
        center.contains("“Do Not Track” changes nothing here, unless the law where you are makes it an objection."),
        "{center}"
    );
    // In the European Economic Area it is one: what was granted before waits for a confirmation.
    let europe = |before: &str| {
        Site::new(world, "inszoom").place("DE").before(before).with(|config| {
            config["record"]["scope"] = "dnt".into();
            config["services"][1]["uses"] = json!(["share"]);
        })
    };
    let quiet = europe("");
    quiet.open();
    quiet.accept_all();
    assert!(world.has("own-statistics"), "the control");
    let objects = europe(
        "<script>Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1', configurable: true });</script>",
    );
    objects.open();
    assert_eq!(world.eval("consentry.choice('own-statistics').reason"), "signal");
    // GPC is honored all the same: were a service to share, it would be shut.
    let shares = Site::new(world, "inszoom").place("US-CA").signal().with(|config| {
        config["floor"] = "law".into();
        config["services"][1]["uses"] = json!(["share"]);
    });
    shares.open();
    world.run("consentry.askAge();", &[]);
    shares.says_age("40");
    world.until("consentry.choice('own-statistics').reason === 'signal'");
    shares.tells("Opt-Out Request Honored, as your browser’s signal asks.");
    world.signal(false);
}

fn thirty_days_ahead(world: &World) {
    let mut site = site(world);
    site.open();
    site.accept_all();
    let summary = "We will keep case files for two years.";
    let next = |announced: i32, effective: i32| json!({ "announced": day(world, announced), "effective": day(world, effective), "noticeDays": 30, "kind": "policy", "version": "next", "summary": summary });
    site.config["policy"]["upcoming"] = next(0, 30);
    site.open();
    site.tells(summary);
    assert!(!world.asks());
    // Going on using the site is no agreement: on the day itself the visitor is asked.
    site.config["policy"]["upcoming"] = next(-31, -1);
    site.open();
    world.notice();
    assert_eq!(site.granted(), [""; 0]);
    // Announced later than 30 days before, it is a mistake that keeps everything shut.
    site.config["policy"]["upcoming"] = next(0, 29);
    let path = "/policies/inszoom/consentry.json";
    world.servers.page(path, loopback::Answer::json(site.config.to_string()).header("Cache-Control", "no-store"));
    world.reload();
    world.until("consentry.snapshot().phase === 'failed'");
    assert!(
        world.said().iter().any(|line| line.contains("must be noticeDays after it is announced")),
        "{:?}",
        world.said()
    );
}

fn every_change_is_announced(world: &World) {
    same::updates_are_dated(site(world));
}

fn use_is_no_consent(world: &World) {
    same::use_is_no_consent(site(world));
}

fn english_decides(world: &World) {
    let german = site(world).language("de");
    german.open();
    world.until("document.querySelector('.consentry-notice [href=\"privacy.html\"]')");
    assert_eq!(
        world.eval(
            "[...document.querySelectorAll('.consentry-notice a')].map((link) => link.getAttribute('href')).sort()"
        ),
        json!(["privacy.de.html", "privacy.html"])
    );
    world.press_button("Alle akzeptieren");
    world.click(".consentry-age input");
    world.press("40");
    world.press_button("Weiter");
    world.until("!document.querySelector('.consentry-age') && !consentry.snapshot().asking.length");
    let granted = german.granted();
    let english = site(world);
    english.open();
    world.run("localStorage.clear();", &[]);
    english.open();
    world.notice();
    assert!(
        !world.is("document.querySelector('.consentry-notice p a')"),
        "who reads the binding text is told of no other"
    );
    english.accept_all();
    assert_eq!(english.granted(), granted, "a translation grants nothing more");
}

fn channels_for_every_right(world: &World) {
    same::channels(
        &site(world),
        &[
            "Contact INSZoom",
            "See, correct, delete or object to data about you",
            "Stop messages",
            "Data protection officer",
        ],
    );
    let rights = text(world, "document.querySelector('.consentry-links [href*=\"restriction\"]').href");
    for right in ["Access", "rectification", "erasure", "restriction", "portability", "objection"] {
        assert!(rights.contains(right), "{right}: {rights}");
    }
}

fn a_new_owner_with_choices(world: &World) {
    same::a_new_owner_is_announced(
        site(world),
        "Mitratech takes over INSZoom and keeps these promises. You may withdraw, or take your data with you.",
    );
}

fn nobody_under_sixteen(world: &World) {
    for (place, years) in [("US-CA", "14"), ("DE", "15"), ("FR", "15")] {
        let site = site(world)
            .place(place)
            .before(&same::from_before("iz_visitor"))
            .with(|config| config["record"]["scope"] = place.to_lowercase().into());
        site.open();
        assert!(world.is("hadBefore"), "what was gathered before");
        world.run("sessionStorage.clear();", &[]);
        world.notice();
        world.press_button("Accept all");
        site.says_age(years);
        world.until("document.querySelector('.consentry-age').textContent.includes('At your age this stays off')");
        assert_eq!(site.granted(), [""; 0], "{place}");
        assert_eq!(own(world), 0, "{place}");
        // What was gathered before is removed, and no button of another company opens either.
        world.until("!/iz_visitor/.test(document.cookie)");
        world.press_button("Got it");
        world.press_button("Allow Tweet button");
        world.settle();
        assert_eq!(site.granted(), [""; 0], "{place}");
        world.assert_silent();
        world.run("sessionStorage.clear();", &[]);
    }
}

fn what_is_not_needed_goes(world: &World) {
    let site = site(world);
    site.open();
    site.accept_all();
    world.until("/iz_visitor/.test(document.cookie)");
    // A year and more later, by the page's own clock.
    let later = Site::new(world, "inszoom").before(&same::later(400));
    later.open();
    world.notice();
    world.until("!/iz_visitor/.test(document.cookie)");
    assert_eq!(later.granted(), [""; 0]);
    world.assert_silent();
}
