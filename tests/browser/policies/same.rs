//! What several policies say in the same words, proven on each site alike.

use super::site::{Site, day, text};
use serde_json::json;

/// Third parties are silent before a choice and after a refusal, and the same page without Consentry reaches them.
#[track_caller]
pub(super) fn nothing_before_a_yes(site: &Site<'_>, third_parties: &[&str]) {
    site.reaches_without_us(third_parties);
    site.open();
    site.world.notice();
    site.world.assert_silent();
    site.world.reject_all();
    site.world.reload();
    site.world.ready();
    site.world.assert_silent();
    assert_eq!(site.granted(), [""; 0]);
}

/// Use, scrolling, filling in a form and a new version of the policy grant nothing.
#[track_caller]
pub(super) fn use_is_no_consent(mut site: Site<'_>) {
    site.open();
    let world = site.world;
    world.notice();
    world.run("scrollTo(0, 1e5); document.querySelector('form input').focus();", &[]);
    world.press("a");
    for _ in 0..2 {
        world.reload();
        world.ready();
    }
    assert_eq!(site.granted(), [""; 0], "use");
    assert!(
        !world.is("Object.keys(localStorage).some((key) => key.startsWith('consentry.record'))"),
        "nothing is written"
    );
    site.config["policy"]["version"] = "the next one".into();
    site.config["policy"]["material"] = true.into();
    site.open();
    assert_eq!(site.granted(), [""; 0], "a new version");
    world.assert_silent();
}

/// A purpose that is added asks for that alone, before anything serves it.
#[track_caller]
pub(super) fn a_new_purpose_is_asked_first(mut site: Site<'_>, category: &str) {
    site.open();
    let world = site.world;
    site.accept_all();
    assert!(world.has(category));
    let categories = site.config["categories"].as_array_mut().unwrap_or_else(|| panic!("a list"));
    let one = categories.iter_mut().find(|one| one["id"] == category).unwrap_or_else(|| panic!("{category}"));
    let purposes = one["purposes"].as_array().cloned().unwrap_or_default();
    one["purposes"] = purposes.into_iter().chain([json!({ "id": "a-new-purpose", "basis": "consent" })]).collect();
    site.open();
    world.notice();
    assert!(!world.has(category), "before it is answered");
    assert_eq!(world.eval(&format!("consentry.choice('{category}').reason")), "changed");
    assert!(world.is(
        "document.querySelector('.consentry-notice').textContent.includes('New or changed since your last choice')"
    ));
    site.accept_all();
    assert!(world.has(category));
}

/// A change of owner stands on every page before it happens, and grants to the old owner are none to the new one.
#[track_caller]
pub(super) fn a_new_owner_is_announced(mut site: Site<'_>, words: &str) {
    let world = site.world;
    site.open();
    site.accept_all();
    let before = site.granted();
    assert!(!before.is_empty());
    let (announced, effective) = (day(world, -1), day(world, 30));
    site.config["policy"]["upcoming"] = json!({ "announced": announced, "effective": effective, "noticeDays": 30, "kind": "controller", "controller": "Buyer Inc.", "summary": words });
    site.open();
    site.tells(words);
    assert_eq!(site.granted(), before, "nothing changes before the day");
    site.config["policy"]["upcoming"] = json!({ "announced": day(world, -31), "effective": day(world, -1), "kind": "controller", "controller": "Buyer Inc." });
    site.open();
    world.notice();
    assert_eq!(site.granted(), [""; 0], "from the day on");
}

/// Each update is told with its date to who answered before, claims no notice before it, and asks only if it matters.
#[track_caller]
pub(super) fn updates_are_dated(mut site: Site<'_>) {
    let world = site.world;
    assert!(site.config["policy"]["updated"].is_string() && site.config["policy"]["effective"].is_string());
    site.open();
    site.accept_all();
    let date = |expression: &str| {
        text(
            world,
            &format!("new Intl.DateTimeFormat('en', {{ dateStyle: 'long', timeZone: 'UTC' }}).format({expression})"),
        )
    };
    let dated = date(&format!("new Date({})", site.config["policy"]["effective"]));
    assert!(site.center().contains(&format!("In force since {dated}.")));
    let granted = site.granted();
    site.config["policy"]["version"] = "the next one".into();
    site.config["policy"]["effective"] = day(world, 0).into();
    site.config["policy"]["updated"] = day(world, 0).into();
    site.config["policy"]["changes"] = "A phone number changed.".into();
    site.open();
    let told = format!("The privacy policy was last updated on {}. A phone number changed.", date("new Date()"));
    site.tells(&told);
    assert!(site.center().contains(&format!("In force since {}.", date("new Date()"))), "the new effective date");
    world.run("consentry.hide();", &[]);
    assert!(!world.asks() && site.granted() == granted, "what does not matter to a grant leaves it alone");
    site.config["policy"]["material"] = true.into();
    site.config["policy"]["version"] = "one that matters".into();
    site.open();
    world.notice();
    assert_eq!(site.granted(), [""; 0], "what matters is asked again");
}

/// The site's own channels, first whom to ask, last whom to turn to.
#[track_caller]
pub(super) fn channels(site: &Site<'_>, expected: &[&str]) {
    site.open();
    let _ = site.center();
    let names = site.world.eval("[...document.querySelectorAll('.consentry-links a')].map((link) => link.textContent)");
    assert_eq!(names, json!(expected));
    let leads = site
        .world
        .eval("[...document.querySelectorAll('.consentry-links a')].map((link) => link.getAttribute('href'))");
    let meant = expected.iter().map(|name| {
        let links = &site.config["site"]["links"];
        match name.split(' ').next().unwrap_or_default() {
            "Contact" => &site.config["site"]["contact"],
            "See," => &links["rights"],
            "Stop" => &links["unsubscribe"],
            "Appeal" => &links["appeal"],
            "Complain" => &links["authority"],
            _ => &links["dpo"],
        }
    });
    assert_eq!(leads, json!(meant.collect::<Vec<_>>()), "each to its own channel");
}

/// The site's sign-up asks an age when it is sent; from a child it takes nothing, and clears what was typed in.
#[track_caller]
pub(super) fn signs_up(site: &Site<'_>, years: &str, child: bool) {
    let world = site.world;
    world.run("sessionStorage.clear(); document.querySelector('#sign-up input').value = 'Kim'; document.querySelector('#sign-up').requestSubmit();", &[]);
    site.says_age(years);
    if child {
        world.click(".consentry-age [aria-label=\"Close\"]");
    }
    let says = if child { "Ask a parent to do this with you" } else { "Signed up" };
    world.until(&format!("document.querySelector('#signed-up').textContent.startsWith('{says}')"));
    assert_eq!(world.eval("document.querySelector('#sign-up input').value"), if child { "" } else { "Kim" });
}

/// A ground that courts have annulled is named nowhere in what we show, whatever the policy says.
#[track_caller]
pub(super) fn no_annulled_ground(site: &Site<'_>) {
    site.open();
    site.world.notice();
    let shown = text(site.world, "document.querySelector('#consentry-root').textContent") + &site.center();
    assert!(shown.contains("Privacy policy") && !shown.contains("Shield"), "{shown}");
    assert!(!site.config.to_string().contains("Shield"));
}

/// A browser that keeps nothing.
pub(super) const NO_STORAGE: &str = "<script>for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {}, configurable: true });</script>";

/// A page whose clock is so many days ahead.
pub(super) fn later(days: u32) -> String {
    format!(
        "<script>{{ const now = Date.now; Date.now = () => now() + {days} * 864e5; const Real = Date; window.Date = class extends Real {{ constructor(...given) {{ given.length ? super(...given) : super(Real.now()); }} }}; }}</script>"
    )
}

/// Markup that leaves a cookie behind as an earlier visit without Consentry would have, and says that it is there.
pub(super) fn from_before(name: &str) -> String {
    format!(
        "<script>document.cookie = '{name}=from-before; path=/'; var hadBefore = document.cookie.includes('{name}=');</script>"
    )
}

/// No yes to all opens these; each opens by its own click, one at a time, and goes again.
#[track_caller]
pub(super) fn one_at_a_time(site: &Site<'_>, widgets: &[(&str, &str, &str)]) {
    let world = site.world;
    site.open();
    site.accept_all();
    let before = site.reached();
    for (id, label, third_party) in widgets {
        assert!(!world.has(id), "{id} by Accept all");
        let category = site.category(id);
        assert!(category == "functional" || !world.has(&category), "{category} by Accept all");
        assert!(!before.iter().any(|name| name == third_party), "{third_party} by Accept all");
        let named =
            text(world, &format!("document.querySelector('[data-consentry-asks=\"{id}\"]')?.textContent || ''"));
        assert!(named.contains(label) && named.contains("Privacy policy ("), "named first: {named}");
        site.yes(&format!("Allow {label}"));
        world
            .wait_for(third_party, |seen| seen.paths().iter().any(|path| path.starts_with(&format!("{third_party}/"))));
        let open: Vec<_> = widgets.iter().filter(|(other, ..)| world.has(other)).map(|(other, ..)| *other).collect();
        assert_eq!(open, [*id], "one at a time");
        world.run("consentry.withdraw(arguments[0]);", &[json!(id)]);
        world.until(&format!("!consentry.has('{id}')"));
        // What ran stays until the page is left.
        world.go_away();
        site.open();
        world.ready();
        world.settle();
    }
}
