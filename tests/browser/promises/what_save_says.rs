//! Save answers what the visitor switched and what they are asked, and nothing else: what they never touched is not theirs to
//! have said, and what no click opens is nothing to switch, before a no and after it.

use consentry_browser_tests::{Page, World, promises};
use serde_json::{Value, json};

promises![what_is_on_by_law_is_no_grant, locked_before_and_after_a_no, barred_by_age_before_and_after_a_no, a_box_opens_nothing_that_asks_for_itself, a_category_goes_with_its_last_service];

fn settings(world: &World) {
    world.run("consentry.showPreferences();", &[]);
    world.until("document.querySelector('#consentry-root dialog.consentry-preferences[open]')");
}

fn save(world: &World) {
    world.press_button("Save choices");
    world.until("!document.querySelector('#consentry-root dialog') && consentry.snapshot().record");
    assert!(!world.is("document.querySelector('#consentry-root').textContent.includes('came from a script')"), "the visitor is called a script");
}

fn switches(world: &World) -> Value {
    world.eval("[...document.querySelectorAll('dialog .consentry-switch')].map((one) => one.value)")
}

fn reasons(world: &World, ids: &str) -> Value {
    world.eval(&format!("'{ids}'.split(' ').map((id) => consentry.choice(id).reason)"))
}

fn what_is_on_by_law_is_no_grant(world: &World) {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    world.visit(&Page::new().config(config).tag("<script src=\"/consentry.js\" data-jurisdiction=\"US-CA\"></script>"));
    world.ready();
    assert_eq!(reasons(world, "functional tracker video"), json!(["default", "default", "default"]));
    settings(world);
    world.press_button("Marketing");
    save(world);
    world.until("!consentry.has('video')");
    assert_eq!(reasons(world, "functional analytics tracker marketing video"), json!(["default", "default", "default", "refused", "refused"]));
    assert_eq!(world.eval("consentry.choice('tracker').since"), Value::Null, "nobody said so");
}

fn locked_before_and_after_a_no(world: &World) {
    let mut config = Page::config_of_two();
    config["locked"] = json!([{ "id": "analytics", "by": "Town school", "reason": "exam week" }]);
    world.visit(&Page::new().config(config));
    world.notice();
    for turn in ["before", "after"] {
        settings(world);
        assert_eq!(switches(world), json!(["functional", "marketing", "video"]), "{turn} a no");
        let told = world.eval("document.querySelector('dialog').textContent");
        let told = told.as_str().unwrap_or_default();
        assert!(told.contains("Kept off: Town school, exam week") && !told.contains("Kept off: –"), "{turn} a no: {told}");
        world.click("dialog footer button:nth-of-type(2)");
        world.until("consentry.choice('tracker').reason === 'refused' && !document.querySelector('#consentry-root dialog')");
    }
    settings(world);
    world.press_button("Marketing");
    save(world);
    world.until("consentry.has('video') && consentry.snapshot().view === 'none'");
    assert!(!world.has("tracker"));
}

fn barred_by_age_before_and_after_a_no(world: &World) {
    let mut config = Page::config_of_two();
    config["age"] = json!({});
    let start = "addEventListener('load', () => consentry.askAge().then((age) => { window.told = age; }));";
    world.visit(&Page::new().config(config).tag("<script src=\"/consentry.js\" data-jurisdiction=\"US-OR\"></script>").script(start));
    world.until("document.querySelector('.consentry-age input')");
    world.click(".consentry-age input");
    world.press("15");
    world.press_button("Continue");
    world.until("window.told === 'teen'");
    for turn in ["before", "after"] {
        settings(world);
        assert_eq!(switches(world), json!(["functional"]), "{turn} a no");
        assert!(world.is("document.getElementById('consentry-why-marketing').textContent.startsWith('Off because of your age')"), "{turn} a no");
        world.click("dialog footer button:nth-of-type(2)");
        world.until("consentry.choice('video').reason === 'refused' && !document.querySelector('#consentry-root dialog')");
    }
}

fn a_box_opens_nothing_that_asks_for_itself(world: &World) {
    let mut config = Page::config_of_two();
    let tweet = json!({ "id": "tweet", "category": "marketing", "label": "Tweet", "hosts": ["tweet.example"], "ask": "each" });
    config["services"].as_array_mut().unwrap_or_else(|| panic!("a list")).push(tweet);
    world.visit(&Page::new().config(config));
    world.customize();
    world.press_button("Marketing");
    save(world);
    world.until("consentry.has('marketing') && consentry.has('video')");
    assert!(!world.has("tweet"), "opened by a yes to something else");
    // The box takes back what it gave, although not all was on.
    settings(world);
    assert_eq!(world.eval("document.querySelector('dialog [value=marketing]').getAttribute('aria-checked')"), "mixed");
    world.press_button("Marketing");
    save(world);
    world.until("!consentry.has('marketing') && !consentry.has('video')");
    settings(world);
    world.run("[...document.querySelectorAll('dialog details')].forEach((one) => { one.open = true; });", &[]);
    world.press_button("Tweet");
    save(world);
    world.until("consentry.has('tweet')");
    assert!(!world.has("video") && !world.has("marketing"));
}

fn a_category_goes_with_its_last_service(world: &World) {
    world.visit(&Page::new());
    world.accept_all();
    settings(world);
    world.run("[...document.querySelectorAll('dialog details')].forEach((one) => { one.open = true; });", &[]);
    world.press_button("Video");
    save(world);
    world.until("!consentry.has('video') && !consentry.has('marketing')");
    assert!(world.has("tracker") && world.has("functional"));
}
