//! Where age plays a part, a yes counts only from somebody old enough: the question comes when a yes needs it, once a visit,
//! without a hint, and nobody below the first threshold opens anything.

use consentry_browser_tests::{ENTER, ESCAPE, Kind, Page, World, promises};
use serde_json::json;

promises![asked_when_a_yes_needs_it, a_slip_is_told_in_words, a_child_opens_nothing, once_a_visit, groups_of_years, a_site_asks_at_its_sign_up, who_may_not_open_it_reads_why];

fn page(world: &World, place: &str, age: serde_json::Value) -> Page {
    let widgets = [world.widget("tracker", Kind::Script).marked("data-service=\"tracker\""), world.widget("video", Kind::Script).marked("data-service=\"video\"")];
    let mut config = Page::config_of_two();
    config["age"] = age;
    Page::new().config(config).tag(&format!("<script src=\"/consentry.js\" data-jurisdiction=\"{place}\"></script>")).body(&widgets.concat())
}

fn question(world: &World) {
    world.until("document.querySelector('#consentry-root dialog.consentry-age')?.matches(':modal')");
}

fn say(world: &World, years: &str) {
    question(world);
    world.click(".consentry-age input");
    world.press(years);
    world.press_button("Continue");
}

fn asked_when_a_yes_needs_it(world: &World) {
    world.visit(&page(world, "DE", json!({})));
    world.notice();
    world.run("consentry.withdraw('tracker'); consentry.save({ video: false });", &[]);
    assert!(!world.is("document.querySelector('.consentry-age')"), "a no was asked for an age");
    world.run("localStorage.clear(); dispatchEvent(new Event('storage'));", &[]);
    world.notice();
    world.press_button("Accept all");
    question(world);
    world.assert_silent();
    // Nothing is filled in, nothing says where a threshold lies, and leaving it changes nothing.
    assert_eq!(world.eval("document.querySelector('.consentry-age input').value"), "");
    assert!(!world.is("/\\d/.test(document.querySelector('.consentry-age').textContent)"));
    world.press(ESCAPE);
    world.until("!document.querySelector('.consentry-age')");
    assert!(world.asks());
    assert_eq!(world.eval("[consentry.snapshot().age, consentry.choice('video').reason, localStorage.length]"), json!(["unknown", "unanswered", 0]));
    world.press_button("Accept all");
    question(world);
    world.press_button("Continue");
    assert!(world.is("document.querySelector('.consentry-age input').matches('[aria-invalid=true]:focus')"));
    world.press("40");
    world.press(ENTER);
    world.wait_for("both", |seen| seen.has("tracker", "/Script") && seen.has("video", "/Script"));
    world.until("!document.querySelector('.consentry-age') && !consentry.snapshot().asking.length");
    assert_eq!(world.eval("[consentry.snapshot().age, consentry.snapshot().record.action]"), json!(["adult", "accept_all"]));
    assert!(world.is("/ p=16\\.0\\.\\d+ /.test(localStorage['consentry.record'])"), "what is kept is the band");
    world.servers.clear();
    world.reload();
    world.ready();
    world.assert_reached(&["tracker/Script", "video/Script"]);
}

fn a_slip_is_told_in_words(world: &World) {
    world.visit(&page(world, "DE", json!({ "parentalConsent": { "endpoint": "/parent" } })));
    world.notice();
    world.press_button("Accept all");
    // What the field is described by, and what is heard, is the same: what is wrong with it.
    let told = "(() => { const field = document.querySelector('.consentry-age input'); const message = document.querySelector('.consentry-age > [role=status]');
      return [field.getAttribute('aria-invalid'), field.getAttribute('aria-describedby').split(' ').includes(message.id), message.textContent, field === document.activeElement]; })()";
    for slip in ["", "ten", "1.5", "121"] {
        question(world);
        world.run("document.querySelector('.consentry-age input').value = '';", &[]);
        say(world, slip);
        world.until("document.querySelector('.consentry-age [aria-invalid=true]')");
        assert_eq!(world.eval(told), json!(["true", true, "Enter your age in whole years.", true]), "{slip}");
    }
    world.run("document.querySelector('.consentry-age input').value = '';", &[]);
    say(world, "9");
    world.until("document.querySelector('.consentry-age input[type=email]')");
    assert_eq!(world.eval(told), json!([null, true, "", false]));
    for slip in ["", "mother", "@", "mother @home"] {
        world.run("document.querySelector('.consentry-age input').value = '';", &[]);
        world.click(".consentry-age input");
        world.press(slip);
        world.press_button("Ask them");
        world.until("document.querySelector('.consentry-age [aria-invalid=true]')");
        assert_eq!(world.eval(told), json!(["true", true, "Enter an e-mail address, such as name@example.com.", true]), "{slip}");
    }
    assert!(world.servers.site_requests().iter().all(|request| request.path != "/parent"), "nobody was asked");
    world.assert_silent();
}

fn a_child_opens_nothing(world: &World) {
    world.visit(&page(world, "US-CA", json!({ "thresholds": { "US-CA": 14 } })));
    world.notice();
    world.press_button("Accept all");
    say(world, "13");
    world.until("document.querySelector('.consentry-age').textContent.includes('At your age this stays off')");
    world.assert_silent();
    assert_eq!(world.eval("[consentry.snapshot().age, consentry.choice('video').reason]"), json!(["child", "age"]));
    // Nobody is asked again how old they are, and the way out is a button with words.
    assert_eq!(world.eval("document.querySelector('.consentry-age h2').textContent"), "Privacy settings");
    world.press_button("Got it");
    world.until("consentry.snapshot().view === 'none'");
    // From the preference center, by API and on the next page: the same.
    world.press_button("Privacy settings");
    world.until("document.querySelector('dialog[open]')");
    world.press_button("Marketing");
    world.press_button("Save choices");
    world.until("document.querySelector('.consentry-age')");
    assert!(!world.is("document.querySelector('.consentry-age input')"), "asked again");
    world.reload();
    world.ready();
    assert!(!world.asks());
    assert_eq!(world.run("return [consentry.acceptAll(), consentry.rejectAll(), consentry.choice('video').reason];", &[]), json!([false, true, "refused"]));
    world.assert_silent();
}

fn once_a_visit(world: &World) {
    world.visit(&page(world, "DE", json!({})));
    world.notice();
    world.press_button("Accept all");
    say(world, "9");
    world.until("consentry.snapshot().age === 'child'");
    world.run("consentry.eraseRecord();", &[]);
    world.reload();
    world.ready();
    assert_eq!(world.eval("[consentry.snapshot().age, localStorage['consentry.record']]"), json!(["child", "consentry/1 erased"]));
    let asked = world.run_async("consentry.askAge().then(arguments[0]);", &[]);
    assert_eq!((asked, world.is("document.querySelector('.consentry-age')")), (json!("child"), false));
    // Script cannot answer for the visitor, whatever it clicks.
    world.run("sessionStorage.clear(); localStorage.clear();", &[]);
    world.reload();
    world.notice();
    world.press_button("Accept all");
    question(world);
    world.run("document.querySelector('.consentry-age input').value = '40'; [...document.querySelectorAll('.consentry-age button')].at(-1).click();", &[]);
    assert_eq!(world.eval("consentry.snapshot().age"), "unknown");
    world.assert_silent();
}

fn groups_of_years(world: &World) {
    world.visit(&page(world, "US-CA", json!({ "ask": "bands", "thresholds": { "*": 10 } })));
    world.notice();
    world.press_button("Accept all");
    question(world);
    let offered = world.eval("[...document.querySelectorAll('.consentry-age .consentry-actions button')].map((one) => one.textContent)");
    assert_eq!(offered, json!(["0–9", "10–11", "12", "13", "14", "15", "16–17", "18+"]));
    world.press_button("14");
    world.wait_for("both", |seen| seen.has("tracker", "/Script") && seen.has("video", "/Script"));
    assert_eq!(world.eval("[consentry.snapshot().age, sessionStorage['consentry.age'].split('.').slice(0, 2).join()]"), json!(["teen", "13,16"]));
}

fn a_site_asks_at_its_sign_up(world: &World) {
    world.visit(&page(world, "US-OR", json!({})).script("addEventListener('load', () => consentry.askAge().then((age) => { window.told = age; }));"));
    say(world, "15");
    world.until("window.told === 'teen'");
    assert!(world.asks(), "an age is no answer");
    // Sale and sharing are barred there at this age, and both services count as doing it.
    world.press_button("Accept all");
    world.until("consentry.snapshot().view === 'none'");
    assert_eq!(world.eval("['tracker', 'video'].map((id) => consentry.choice(id).reason)"), json!(["age", "age"]));
    world.assert_silent();
    world.visit(&Page::new());
    world.notice();
    assert_eq!(world.run_async("consentry.askAge().then(arguments[0]);", &[]), json!(null));
}

fn who_may_not_open_it_reads_why(world: &World) {
    let mut config = Page::config_of_two();
    config["age"] = json!({});
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\"");
    world.visit(&Page::new().config(config).tag("<script src=\"/consentry.js\" data-jurisdiction=\"US-TX\"></script>").body(&frame));
    world.notice();
    world.press_button("Always allow Video");
    say(world, "14");
    // What law bars at this age no click of theirs opens: the preference center says so, and nobody is called a script.
    world.until("document.querySelector('dialog.consentry-preferences')?.textContent.includes('Off because of your age')");
    assert!(!world.is("document.querySelector('#consentry-root').textContent.includes('came from a script')"));
    assert_eq!(world.eval("consentry.choice('video').reason"), "age");
    world.assert_silent();
}
