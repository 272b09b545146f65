//! What a form or a button is for is asked right there, each thing apart, also what loads nothing; and before the browser
//! asks for a permission, it is asked in our words, only after a visitor's own act, and taken back at any time.

use consentry_browser_tests::{ESCAPE, Page, World, promises};
use serde_json::{Value, json};

promises![beside_a_form, a_button_that_loads_something, before_the_browser_asks, never_by_itself_and_never_what_is_ruled_out, what_nobody_declares_is_as_without];

fn config() -> Value {
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    config["categories"] = json!([
        { "id": "newsletter", "label": "Newsletter", "description": "We write to you once a month." },
        { "id": "surveys", "label": "Surveys", "description": "We may ask what you think of us." },
    ]);
    config["services"][1]["ask"] = "each".into();
    let service = |id: &str, permission: &str| json!({ "id": id, "category": "functional", "label": id, "description": format!("Needs {permission}."), "vendor": "Near Inc.", "privacyPolicy": "https://near.example/privacy", "permissions": [permission] });
    let services = config["services"].as_array_mut().unwrap_or_else(|| panic!("a list"));
    services.extend([service("nearest", "geolocation"), service("bell", "notifications"), service("pusher", "push")]);
    config
}

/// A browser that would ask: it counts how often, and says yes. Headless engines show no such question.
const BROWSER: &str = "<script>
window.asked = []; window.ended = []; const count = (what) => asked.push(what);
window.Geolocation ||= class {};
Object.assign(Geolocation.prototype, {
  getCurrentPosition(done) { count('position'); done({ coords: {} }); }, watchPosition(done) { count('watch'); done({ coords: {} }); return 42; }, clearWatch(id) { ended.push(id); } });
window.Notification ||= class {};
Notification.requestPermission = async (done) => { count('notification'); done?.('granted'); return 'granted'; };
window.PushManager ||= class {};
PushManager.prototype.subscribe = async () => { count('push'); return { unsubscribe() { ended.push('push'); } }; };
const geo = Object.create(Geolocation.prototype), manager = Object.create(PushManager.prototype);
window.results = [];
const say = (...words) => results.push(words.join(' '));
window.use = {
  position: () => geo.getCurrentPosition(() => say('position'), ({ code, PERMISSION_DENIED }) => say('position', code === PERMISSION_DENIED)),
  watch: () => { window.number = geo.watchPosition(() => say('watch'), ({ code }) => say('watch', code)); },
  clear: () => geo.clearWatch(number),
  notification: () => Notification.requestPermission((word) => say('callback', word)).then((word) => say('notification', word)),
  push: () => manager.subscribe({}).then(() => say('push'), (error) => say('push', error.name)),
};
</script>";

fn buttons() -> String {
    ["position", "watch", "notification", "push"].iter().map(|what| format!("<button id=\"{what}\" onclick=\"use.{what}()\">{what}</button>")).collect()
}

fn beside_a_form(world: &World) {
    let form = "<form data-consentry-ask=\"newsletter surveys\"><input id=\"name\" aria-label=\"Name\"></form>";
    world.visit(&Page::new().config(config()).body(form));
    world.notice();
    world.button("Allow Newsletter");
    let order = world.eval("[...document.querySelector('form').children].map((one) => one.dataset.consentryAsks || one.id)");
    assert_eq!(order, json!(["newsletter", "surveys", "name"]), "in front of what is asked of the visitor");
    let text = world.eval("document.querySelector('form').textContent");
    for words in ["We write to you once a month.", "Privacy policy", "You have not decided yet."] {
        assert!(text.as_str().is_some_and(|text| text.contains(words)), "{words} is missing in {text}");
    }
    assert!(!world.has("newsletter") && !world.has("surveys"));
    // What comes elsewhere on the page is no reason to say it all again.
    let again = "const [done] = arguments; let said = 0; const watch = new MutationObserver((list) => { said += list.length; });
      for (const one of document.querySelectorAll('[data-consentry-asks] [role=status]')) watch.observe(one, { childList: true, characterData: true, subtree: true });
      document.querySelector('main').append(document.createElement('p')); setTimeout(() => done(said));";
    assert_eq!(world.run_async(again, &[]), 0);
    world.run("document.querySelector('[data-consentry-asks] button').click();", &[]);
    assert!(!world.has("newsletter"), "a script's click is nobody's yes");
    world.press_button("Allow Newsletter");
    world.until("consentry.has('newsletter')");
    assert!(!world.has("surveys") && !world.has("tracker"), "each apart");
    assert_eq!(world.eval("[...document.querySelectorAll('[data-consentry-asks] button')].map((one) => one.getAttribute('aria-pressed'))"), json!(["true", "false", "false", "false"]));
    world.assert_silent();
    world.press_button("Do not allow Newsletter");
    world.until("!consentry.has('newsletter')");
    assert_eq!(world.eval("consentry.choice('newsletter').reason"), "refused");
    // A form that comes later asks, too; the first of a page when it is first used.
    world.visit(&Page::new().config(config()));
    world.ready();
    world.run("document.querySelector('main').innerHTML = '<form data-consentry-ask=\"surveys nonsense\"><input id=\"late\"></form>'; document.querySelector('#late').focus();", &[]);
    world.button("Allow Surveys");
    world.until("__said.some((line) => line.includes('nonsense'))");
    world.run("const form = document.createElement('form'); form.dataset.consentryAsk = 'newsletter'; document.querySelector('main').append(form);", &[]);
    world.button("Allow Newsletter");
}

fn a_button_that_loads_something(world: &World) {
    let script = world.fake_script("video", "widget");
    let widget = format!("<p data-consentry-ask=\"video\"></p><script type=\"text/plain\" data-service=\"video\" src=\"{script}\"></script>");
    world.visit(&Page::new().config(config()).body(&widget));
    world.accept_all();
    world.assert_silent();
    let text = world.eval("document.querySelector('main p').textContent");
    assert!(text.as_str().is_some_and(|text| text.contains("Privacy policy (Video Inc.)")), "{text}");
    world.press_button("Allow Video");
    world.until("(window.ran || []).includes('widget')");
    assert!(world.is("document.querySelector('[data-consentry-asks]').hidden"));
    assert_eq!(world.eval("consentry.snapshot().record.action"), "allow_service");
    world.run("consentry.withdraw('video');", &[]);
    world.until("!document.querySelector('[data-consentry-asks]').hidden");
}

fn before_the_browser_asks(world: &World) {
    world.visit(&Page::new().config(config()).before(BROWSER).body(&buttons()));
    world.reject_all();
    // A refusal, then Escape, then a yes: the browser hears of the last alone.
    world.click("#position");
    world.press_button("Do not allow nearest");
    world.until("results.length === 1");
    world.click("#position");
    world.button("Allow nearest");
    assert_eq!(world.eval("document.activeElement.id"), "consentry-ask", "a key held down would answer");
    assert!(world.is("document.querySelector('.consentry-ask').textContent.includes('Then your browser will ask you, too.')"));
    world.press(ESCAPE);
    world.until("results.length === 2");
    assert_eq!(world.eval("[asked, results]"), json!([[], ["position true", "position true"]]));
    world.click("#watch");
    world.press_button("Allow nearest");
    world.until("results.includes('watch')");
    assert!(world.has("nearest"));
    world.click("#position");
    world.until("results.includes('position')");
    assert_eq!(world.eval("[asked, document.querySelector('.consentry-ask')]"), json!([["watch", "position"], null]), "once allowed, nothing stands between");
    world.run("consentry.withdraw('nearest');", &[]);
    world.until("ended.includes(42)");
    for (what, service) in [("notification", "bell"), ("push", "pusher")] {
        world.click(&format!("#{what}"));
        world.press_button(&format!("Do not allow {service}"));
        world.until(&format!("results.some((line) => /^{what} (denied|NotAllowedError)$/.test(line))"));
        world.click(&format!("#{what}"));
        world.press_button(&format!("Allow {service}"));
        world.until(&format!("results.some((line) => /^{what}( granted)?$/.test(line))"));
    }
    assert!(world.is("results.includes('callback denied') && results.includes('callback granted')"));
    world.run("consentry.withdraw();", &[]);
    world.until("ended.includes('push')");
}

fn never_by_itself_and_never_what_is_ruled_out(world: &World) {
    let mut ruled = config();
    ruled["policy"]["forbidden"] = json!(["nearest"]);
    let early = "<script>use.position(); use.watch(); use.clear(); use.notification(); use.push();</script>";
    for config in [config(), ruled.clone()] {
        world.visit(&Page::new().config(config).before(BROWSER).body(early));
        world.notice();
        world.until("results.length >= 5");
        assert_eq!(world.eval("[asked, document.querySelector('.consentry-ask')]"), json!([[], null]));
    }
    world.visit(&Page::new().config(ruled).before(BROWSER).body(&buttons()));
    world.accept_all();
    world.click("#position");
    world.until("results.length");
    assert_eq!(world.eval("[asked, results]"), json!([[], ["position true"]]));
    // Without a config that starts nothing is asked, and the page hears no.
    world.visit(&Page::new().config(json!({ "policy": {} })).before(BROWSER).body(early));
    world.until("results.length >= 5");
    assert_eq!(world.eval("asked"), json!([]));
}

fn what_nobody_declares_is_as_without(world: &World) {
    world.visit(&Page::new().before(BROWSER).body(&buttons()));
    world.ready();
    for what in ["position", "watch", "notification", "push"] {
        world.click(&format!("#{what}"));
    }
    world.until("results.length >= 5");
    world.run("use.clear();", &[]);
    assert_eq!(world.eval("[asked, ended, number]"), json!([["position", "watch", "notification", "push"], [42], 42]));
    assert!(!world.servers.site_requests().iter().any(|request| request.path.contains("ask.js")), "loaded without need");
}
