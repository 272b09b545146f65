//! The policy of ezTalks: consent only by an action, anywhere in the world; location for one purpose and messages in our words before the
//! browser's; content and notice work where nothing can be stored; each embed under the policy that governs it.

use super::same;
use super::site::{Site, text};
use consentry_browser_tests::{ENTER, World, promises};
use serde_json::json;

promises![
    only_an_action_grants,
    asked_everywhere_in_the_world,
    a_new_purpose_is_asked_first,
    what_is_refused_goes_nowhere,
    without_storage,
    location_for_one_purpose,
    messages_in_our_words,
    facebook_by_its_own_click,
    each_embed_names_its_policy,
    updates_are_noticed,
    wishes_change_at_any_time,
    no_annulled_ground,
];

fn site(world: &World) -> Site<'_> {
    Site::new(world, "eztalks")
}

/// A browser that would ask and says yes, and counts how often; headless engines show no such question.
const BROWSER: &str = "<script>
window.asked = []; window.Geolocation ||= class {}; window.Notification ||= class {};
Geolocation.prototype.getCurrentPosition = function (done) { asked.push('location'); done({ coords: {} }); };
if (!navigator.geolocation) Object.defineProperty(navigator, 'geolocation', { value: Object.create(Geolocation.prototype) });
Notification.requestPermission = async () => { asked.push('notification'); return 'granted'; };
window.early = [];
addEventListener('load', () => {
  navigator.geolocation.getCurrentPosition(() => early.push('location'), () => early.push('no location'));
  Notification.requestPermission().then((word) => early.push('messages ' + word));
});
</script>";

fn only_an_action_grants(world: &World) {
    same::use_is_no_consent(site(world));
    // No box is ticked beforehand, and by keyboard it is an action as well.
    let site = site(world).with(|config| config["record"]["scope"] = "fresh".into());
    site.open();
    world.customize();
    assert!(world.is("[...document.querySelectorAll('dialog [aria-checked]')].every((one) => one.getAttribute('aria-checked') === 'false')"));
    world.run(
        "[...document.querySelectorAll('dialog button')].find((one) => one.textContent === 'Accept all').focus();",
        &[],
    );
    world.press(ENTER);
    world.until("consentry.has('analytics')");
    assert!(!world.has("newsletter"), "a wish is asked for apart");
}

fn asked_everywhere_in_the_world(world: &World) {
    same::nothing_before_a_yes(&site(world), &["google-analytics", "pixel", "youtube", "data-center", "facebook"]);
    for place in ["US-CA", "JP", "AU", "GB", "BR"] {
        let site = Site::new(world, "eztalks")
            .place(place)
            .with(|config| config["record"]["scope"] = place.to_lowercase().into());
        site.open();
        world.notice();
        assert_eq!(site.granted(), [""; 0], "{place}");
        world.assert_silent();
    }
}

fn a_new_purpose_is_asked_first(world: &World) {
    same::a_new_purpose_is_asked_first(site(world), "analytics");
}

fn what_is_refused_goes_nowhere(world: &World) {
    let site = site(world);
    site.open();
    world.customize();
    world.press_button("Traffic patterns");
    world.press_button("Save choices");
    world.until("consentry.has('analytics')");
    world.wait_for("what was granted", |seen| seen.has("google-analytics", "/g/collect"));
    assert_eq!(site.reached(), ["google-analytics"], "nothing is shared except as granted");
}

fn without_storage(world: &World) {
    let site = site(world).before(same::NO_STORAGE);
    site.open();
    world.notice();
    assert!(
        world.is(
            "document.querySelector('.consentry-notice').textContent.includes('it lasts until you leave this page')"
        )
    );
    assert!(world.is("document.querySelector('main h1').offsetHeight > 0"), "the page's own content is there");
    world.accept_all();
    world.wait_for("what was granted", |seen| seen.has("google-analytics", "/g/collect"));
    world.run("const layout = document.querySelector('#layout'); layout.value = 'speaker'; layout.dispatchEvent(new Event('change'));", &[]);
    assert!(
        text(world, "document.querySelector('#kept').textContent").contains("this browser must store it"),
        "the feature says what it lacks"
    );
    world.go_away();
    site.open();
    world.notice();
    world.assert_silent();
}

fn location_for_one_purpose(world: &World) {
    site(world).before(BROWSER).open();
    world.accept_all();
    assert!(!world.has("nearest-data-center"), "its own question alone opens it");
    world.click("#nearest");
    world.button("Allow Nearest data center");
    let words = text(world, "document.querySelector('.consentry-ask').textContent");
    for part in [
        "Uses your location to connect you to the nearest data center, and for that alone.",
        "Privacy policy (Data center provider, for ezTalks)",
        "Then your browser will ask you, too.",
    ] {
        assert!(words.contains(part), "{part} is missing in {words}");
    }
    assert_eq!(world.eval("asked"), json!([]), "our words first");
    world.press_button("Do not allow Nearest data center");
    world.until("document.querySelector('#found').textContent === 'No location, so choose one yourself.'");
    assert_eq!(world.eval("asked"), json!([]));
    world.click("#nearest");
    world.press_button("Allow Nearest data center");
    world.until("document.querySelector('#found').textContent === 'Your nearest data center is chosen.'");
    assert_eq!(world.eval("asked"), json!(["location"]));
    // Opting out, at any time.
    world.run("consentry.withdraw('nearest-data-center');", &[]);
    world.reload();
    world.until("window.early.includes('no location')");
    assert_eq!(world.eval("asked"), json!([]));
}

fn messages_in_our_words(world: &World) {
    site(world).before(BROWSER).open();
    world.reject_all();
    world.until("window.early.includes('messages denied')");
    assert_eq!(world.eval("asked"), json!([]), "without the visitor's own act nothing asks");
    world.click("#bell");
    world.button("Allow Messages on this device");
    assert!(
        world.is(
            "document.querySelector('.consentry-ask').textContent.includes('events and promotions on this device')"
        )
    );
    world.press_button("Allow Messages on this device");
    world.until("document.querySelector('#told').textContent === 'You will be told on this device.'");
    assert_eq!(world.eval("asked"), json!(["notification"]));
}

fn facebook_by_its_own_click(world: &World) {
    same::one_at_a_time(&site(world), &[("facebook-sign-in", "Facebook sign-in", "facebook")]);
    assert!(world.is("document.querySelector('[data-consentry-asks=facebook-sign-in]').textContent.includes('you change and delete in your Facebook account')"));
}

fn each_embed_names_its_policy(world: &World) {
    site(world).open();
    world.notice();
    world.until(
        "document.querySelectorAll('main [data-consentry-placeholder]:not([data-consentry-asks])').length === 2",
    );
    let links = world.eval("[...document.querySelectorAll('main [data-consentry-placeholder]:not([data-consentry-asks])')].map((one) => [one.querySelector('strong').textContent, one.querySelector('a').getAttribute('href')])");
    assert_eq!(
        links,
        json!([
            ["Film is not loaded", "https://policies.google.com/privacy"],
            ["Slide deck is not loaded", "privacy.html"]
        ])
    );
}

fn updates_are_noticed(world: &World) {
    same::updates_are_dated(site(world));
}

fn wishes_change_at_any_time(world: &World) {
    let site = site(world);
    site.open();
    world.reject_all();
    world.press_button("Allow Product news");
    world.until("consentry.has('newsletter')");
    world.reload();
    world.ready();
    assert_eq!(site.granted(), ["newsletter"]);
    let _ = site.center();
    world.press_button("Product news");
    world.press_button("Surveys");
    world.press_button("Save choices");
    world.until("consentry.has('surveys')");
    assert_eq!(site.granted(), ["surveys"]);
    same::channels(&site, &["Contact ezTalks", "See, correct, delete or object to data about you", "Stop messages"]);
}

fn no_annulled_ground(world: &World) {
    same::no_annulled_ground(&site(world));
}
