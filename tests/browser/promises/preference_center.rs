//! The preference center is a modal dialog, loaded when it is wanted, with nothing ticked and the keyboard at home.

use consentry_browser_tests::{ENTER, ESCAPE, Page, SPACE, TAB, World, promises};
use loopback::Answer;
use serde_json::json;
use std::time::Duration;

promises![loaded_when_wanted, by_keyboard_alone, escape_writes_nothing, a_missing_file_says_so, long_lists_come_after_what_is_seen, one_service_among_many, what_is_stored_is_told_in_words, not_after_the_answer];

fn files(world: &World) -> usize {
    world.servers.site_requests().iter().filter(|one| one.path == "/consentry.preferences.js").count()
}

fn loaded_when_wanted(world: &World) {
    world.visit(&Page::new().body("<a href=\"#\" data-consentry-open>Cookies</a>"));
    world.notice();
    assert_eq!(files(world), 0);
    world.customize();
    assert_eq!(files(world), 1);
    let dialog = "(() => { const one = document.querySelector('#consentry-root dialog'); return [one.matches(':modal'), !!(one.getAttribute('aria-label') || one.getAttribute('aria-labelledby')), one.contains(document.activeElement)]; })()";
    assert_eq!(world.eval(dialog), json!([true, true, true]));
    let on = "[...document.querySelectorAll('#consentry-root dialog [role=switch]')].filter((one) => one.getAttribute('aria-checked') === 'true' && !one.disabled && one.getAttribute('aria-disabled') !== 'true').length";
    assert_eq!(world.eval(on), 0, "something is ticked beforehand");
    assert!(world.is("document.querySelector('#consentry-root dialog').textContent.includes('_tr')"), "the cookies are not listed");
    world.press_button("Analytics");
    assert_eq!(world.run("return arguments[0].getAttribute('aria-checked');", &[world.button("Analytics").argument()]), "true");
    assert!(!world.has("analytics"), "granted before it was saved");
    world.press_button("Save choices");
    world.until("consentry.has('analytics') && !consentry.has('marketing')");
    world.until("!document.querySelector('#consentry-root dialog[open]')");
    // From a link of the site's own, with what was chosen; the same file is used again.
    world.click("[data-consentry-open]");
    world.until("document.querySelector('#consentry-root dialog[open]')");
    assert_eq!(files(world), 1);
    assert_eq!(world.run("return arguments[0].getAttribute('aria-checked');", &[world.button("Analytics").argument()]), "true");
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.until("!consentry.has('analytics')");
    assert_ne!(world.eval("consentry.choice('analytics').reason"), "granted");
}

fn by_keyboard_alone(world: &World) {
    world.visit(&Page::new());
    world.notice();
    world.run("[...document.querySelectorAll('.consentry-notice button')].find((one) => one.textContent.trim() === 'Customize').focus();", &[]);
    world.press(ENTER);
    world.until("document.querySelector('#consentry-root dialog[open]')?.contains(document.activeElement)");
    let focus_on = |name: &str| {
        let target = world.button(name);
        let here = || world.run("return document.activeElement === arguments[0];", &[target.argument()]) == true;
        for _ in 0..40 {
            if here() {
                return;
            }
            world.press(TAB);
            assert!(world.is("!document.activeElement.closest('main')"), "the focus left the modal dialog");
        }
        panic!("Tab does not reach {name}");
    };
    focus_on("Marketing");
    world.press(SPACE);
    focus_on("Save choices");
    world.press(ENTER);
    world.until("consentry.has('marketing') && !consentry.has('analytics')");
    // The notice is gone with the question; the focus is not lost on a removed element.
    world.until("!document.querySelector('#consentry-root dialog[open]')");
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open]')");
    world.press(ESCAPE);
    world.until("!document.querySelector('#consentry-root dialog[open]')");
    assert_eq!(world.eval("document.activeElement.textContent.trim()"), "Privacy settings", "the focus did not return");
}

fn escape_writes_nothing(world: &World) {
    world.visit(&Page::new());
    world.customize();
    world.press_button("Analytics");
    world.press(ESCAPE);
    world.until("!document.querySelector('#consentry-root dialog[open]')");
    world.settle();
    assert_eq!(world.eval("[Object.keys(localStorage).length, consentry.choice('analytics').reason]"), json!([0, "unanswered"]));
    world.notice();
    assert_eq!(world.eval("document.activeElement.textContent.trim()"), "Customize", "the focus did not return");
}

fn a_missing_file_says_so(world: &World) {
    for answer in [Answer::new("text/plain", "").status(404), Answer::script("'another file'")] {
        world.servers.page("/consentry.preferences.js", answer);
        world.visit(&Page::new());
        world.notice();
        world.press_button("Customize");
        world.until("document.querySelector('#consentry-root').textContent.includes('The settings did not load')");
        assert!(world.said().iter().any(|line| line.starts_with("error: Consentry") && line.contains("consentry.preferences.js")), "{:?}", world.said());
        assert_eq!(world.eval("consentry.snapshot().view"), "notice");
    }
    world.press_button("Accept all");
    world.until("consentry.has('analytics')");
}

fn long_lists_come_after_what_is_seen(world: &World) {
    let services = (0..60).map(|at| {
        let category = ["analytics", "marketing"][at % 2];
        json!({ "id": format!("one-{at}"), "category": category, "label": format!("Service {at}"), "hosts": [format!("one-{at}.example")] })
    });
    let config = json!({ "policy": { "version": "1" }, "services": services.collect::<Vec<_>>() });
    // Frames pass when the test says so.
    let held = "window.frames_held = []; window.requestAnimationFrame = (work) => frames_held.push(work);";
    world.visit(&Page::new().config(config).script(held));
    world.customize();
    let rows = |category: &str| world.eval(&format!("document.querySelectorAll('section[aria-labelledby=consentry-{category}] li').length"));
    assert_eq!((rows("analytics"), rows("marketing")), (json!(0), json!(0)), "the dialog waits for rows that nobody sees");
    // What is opened is there at once, and its switches are as real as any.
    world.click("section[aria-labelledby=consentry-analytics] summary");
    assert_eq!((rows("analytics"), rows("marketing")), (json!(30), json!(0)));
    world.press_button("Service 2");
    assert_eq!(world.run("return arguments[0].getAttribute('aria-checked');", &[world.button("Service 2").argument()]), "true");
    // The page's own search looks through what is closed: all of it comes, a few rows a frame.
    world.press_button("Marketing");
    let mut before = 0;
    for _ in 0..30 {
        world.run("frames_held.splice(0).forEach((work) => work());", &[]);
        let now = rows("marketing").as_u64().unwrap_or(0);
        assert!(now - before < 10, "{} rows in one frame", now - before);
        before = now;
    }
    assert_eq!(before, 30);
    let on = "[...document.querySelectorAll('section[aria-labelledby=consentry-marketing] li [role=switch]')].filter((one) => one.getAttribute('aria-checked') === 'true').length";
    assert_eq!(world.eval(on), 30, "rows that came late do not say what was chosen");
    world.press_button("Save choices");
    world.until("consentry.has('one-2') && consentry.has('one-3') && !consentry.has('one-4')");
}

fn one_service_among_many(world: &World) {
    let services = |count: usize| {
        let one = |at: usize| {
            let (category, vendor) = (["analytics", "marketing"][at % 2], if at == 7 { "Éclair SA" } else { "Other Ltd." });
            json!({ "id": format!("one-{at}"), "category": category, "label": format!("Service {at}"), "vendor": vendor, "hosts": [format!("one-{at}.example")], "cookies": [{ "name": format!("_c{at}") }] })
        };
        json!({ "policy": { "version": "1" }, "services": (0..count).map(one).collect::<Vec<_>>() })
    };
    world.visit(&Page::new().config(services(20)));
    world.customize();
    assert!(!world.is("document.querySelector('.consentry-find')"), "a short list is looked through by eye");
    world.visit(&Page::new().config(services(40)));
    world.customize();
    let look_for = |text: &str| {
        world.run("const field = document.querySelector('.consentry-find input'); field.value = ''; field.focus();", &[]);
        world.press(text);
    };
    let shown = "[...document.querySelectorAll('dialog li h4')].filter((one) => one.checkVisibility?.() ?? one.getClientRects().length).map((one) => one.textContent)";
    let sections = "[...document.querySelectorAll('dialog section')].filter((one) => one.getClientRects().length && /necessary|functional|analytics|marketing/.test(one.getAttribute('aria-labelledby'))).length";
    let found = "document.querySelector('.consentry-find [role=status]').textContent";
    assert_eq!(world.eval("document.querySelector('.consentry-find input').labels[0].textContent"), "Find a service");
    assert_eq!(world.eval(sections), 4);
    // By vendor, with its accent or without; by a cookie; by a host; by nothing that there is.
    for text in ["eclair", "_C7", "ONE-7.", "Éclair sa "] {
        look_for(text);
        world.until(&format!("{found} === '1 service' && {shown}.join() === 'Service 7'"));
        assert_eq!(world.eval(sections), 1, "{text}");
    }
    world.press_button("Service 7");
    look_for("nobody");
    world.until(&format!("{found} === '0 services' && {sections} === 0"));
    // Escape empties the field, and only then leaves the dialog; what was switched is as it was.
    world.press(ESCAPE);
    world.until(&format!("{found} === '' && {sections} === 4 && document.querySelector('dialog[open]')"));
    assert_eq!(world.eval("document.querySelector('.consentry-find input').value"), "");
    world.press_button("Save choices");
    world.until("consentry.has('one-7') && !consentry.has('one-9')");
}

fn what_is_stored_is_told_in_words(world: &World) {
    let mut config = Page::config_of_two();
    config["services"][0]["cookies"] = json!([
        { "name": "own", "duration": "1 year", "purpose": { "en": "Counts visits", "de": "Zählt Besuche" } },
        { "name": "theirs", "domain": ".tracker.example", "purpose": "Knows you again" },
    ]);
    config["services"][0]["storage"] = json!([{ "kind": "localStorage", "key": "size", "purpose": { "fr": "Taille", "en": "Size" } }]);
    config["site"]["contact"] = "Test Ltd., 1 High Street, Leeds".into();
    world.visit(&Page::new().config(config));
    world.customize();
    world.until("document.querySelectorAll('dialog .consentry-stored li').length === 3");
    let told = world.eval("[...document.querySelectorAll('dialog .consentry-stored li')].map((one) => [...one.children].map((part) => part.textContent).join(' | '))");
    assert_eq!(told, json!([
        "own | Cookie · First party · 1 year · Set by Tracker Inc. | Counts visits",
        "theirs | Cookie · Third party · Set by Tracker Inc. · .tracker.example | Knows you again",
        "size | Local storage · First party · Set by Tracker Inc. | Size",
    ]));
    // Names are nothing to be translated.
    assert_eq!(world.eval("[...document.querySelectorAll('dialog code, dialog li > p bdi')].every((one) => one.translate === false)"), true);
    // Who is responsible, and how to reach them, also where that is no address of the web.
    let text = world.eval("document.querySelector('dialog section[aria-labelledby=consentry-channels]').textContent");
    assert!(text.as_str().is_some_and(|text| text.contains("Responsible for your data: Test Ltd.") && text.contains("Contact Test site: Test Ltd., 1 High Street, Leeds")), "{text}");
    // A link leaves what was set here as it is.
    assert_eq!(world.eval("[...document.querySelectorAll('#consentry-root a')].filter((one) => one.target !== '_blank').length"), 0);
}

/// Whoever answers in the notice while the settings are on their way has no wish for them any more.
fn not_after_the_answer(world: &World) {
    let file = Answer::script(World::built("consentry.preferences.js"));
    world.servers.page("/go", Answer::new("text/plain", "on"));
    world.servers.page("/consentry.preferences.js", file.pause_after("{", "/go", Duration::from_mins(1)));
    world.visit(&Page::new());
    world.notice();
    world.press_button("Customize");
    world.wait_for_site("the settings", |seen| seen.requests.iter().any(|request| request.path == "/consentry.preferences.js"));
    world.press_button("Accept all");
    world.until("consentry.has('analytics')");
    world.run_async("const [done] = arguments; fetch('/go').then(() => consentry.stored()).then(() => done(), done);", &[]);
    assert_eq!(world.eval("[consentry.snapshot().view, document.querySelectorAll('#consentry-root dialog').length]"), json!(["none", 0]));
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open]')");
}
