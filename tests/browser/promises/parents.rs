//! A child's parent decides: asked once through the site's own server, category by category, and whatever the parent takes back
//! or never answers is gone.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};
use std::time::Duration;

promises![asked_granted_and_withdrawn, two_clicks_ask_once, a_childs_no_is_no_answer_to_the_rest, refused_or_never_answered, somebody_else_meanwhile, only_the_sites_own_server_answers];

const ENDPOINT: &str = "/parent";

fn page(world: &World) -> Page {
    let widgets = [world.widget("tracker", Kind::Script).marked("data-service=\"tracker\""), world.widget("video", Kind::Script).marked("data-service=\"video\"")];
    let mut config = Page::config_of_two();
    config["age"] = json!({ "parentalConsent": { "endpoint": ENDPOINT, "days": 7 } });
    Page::new().config(config).tag("<script src=\"/consentry.js\" data-jurisdiction=\"US-TX\"></script>").body(&widgets.concat())
}

/// What the site's server says of every ticket from now on.
fn answers(world: &World, answer: &Value) {
    world.servers.page(ENDPOINT, Answer::json(answer.to_string()));
}

/// A ten-year-old says yes, tells their age, and gives a parent's address.
fn ask(world: &World, page: &Page) -> Value {
    answers(world, &json!({ "state": "pending" }));
    world.visit(page);
    world.notice();
    world.press_button("Accept all");
    world.click(".consentry-age input");
    world.press("10");
    world.press_button("Continue");
    world.click(".consentry-age [type=email]");
    world.press("parent@example.com");
    world.press_button("Ask them");
    world.until("consentry.snapshot().parent === 'pending' && document.querySelector('.consentry-age').textContent.includes('has been asked')");
    let requests = world.servers.site_requests();
    let posted = requests.iter().find(|request| request.path == ENDPOINT && request.method == "POST");
    serde_json::from_str(&posted.map(|request| request.body.clone()).unwrap_or_default()).unwrap_or_default()
}

fn asked_granted_and_withdrawn(world: &World) {
    let posted = ask(world, &page(world));
    assert_eq!((&posted["contact"], &posted["policy"], &posted["v"]), (&json!("parent@example.com"), &json!("1"), &json!(1)));
    assert_eq!(posted["categories"][1]["services"], json!([{ "id": "tracker", "label": "Tracker", "vendor": "Tracker Inc." }]));
    let kept = world.eval("Object.entries({ ...localStorage, ...sessionStorage }).join()");
    assert!(!kept.as_str().unwrap_or_default().contains("parent@") && kept.as_str().unwrap_or_default().contains(posted["ticket"].as_str().unwrap_or("?")), "{kept}");
    world.assert_silent();
    let said = world.run_async("consentry.requestParent('x@example.com').then(arguments[0]);", &[]);
    assert_eq!(said, "pending", "a page can ask, too");
    // The parent agrees to statistics, for the site and its partner.
    let time = world.eval("new Date().toISOString()");
    answers(world, &json!({ "state": "granted", "time": time, "categories": { "analytics": { "use": true, "disclose": true }, "marketing": { "use": true, "disclose": false } } }));
    world.reload();
    world.wait_for("the tracker", |seen| seen.has("tracker", "/Script"));
    world.assert_reached(&["tracker/Script"]);
    assert_eq!(world.eval("[consentry.snapshot().parent, consentry.snapshot().record.action, consentry.choice('tracker').reason, consentry.choice('video').reason]"), json!(["granted", "parent", "granted", "refused"]));
    let asked = world.servers.site_requests();
    assert!(asked.iter().any(|request| request.path == ENDPOINT && request.query.starts_with("ticket=")));
    // On the next page it counts once the server has said so again.
    world.servers.clear();
    world.reload();
    world.wait_for("the tracker", |seen| seen.has("tracker", "/Script"));
    world.assert_reached(&["tracker/Script"]);
    // While the server says nothing all is shut, but what is stored waits for its word.
    world.run("document.cookie = '_tracker=1'; localStorage.tr_id = '1'; consentry.preferences.set('size', 2, 'analytics');", &[]);
    world.servers.page(ENDPOINT, Answer::json("{}").status(500));
    world.go_away();
    world.servers.clear();
    world.visit(&page(world));
    world.ready();
    world.wait_for_site("the site's server to be asked", |seen| seen.requests.iter().any(|request| request.path == ENDPOINT));
    let waiting = "[consentry.choice('tracker').reason, document.cookie.includes('_tracker'), localStorage.tr_id, consentry.preferences.get('size')]";
    assert_eq!(world.eval(waiting), json!(["age", true, "1", 2]));
    world.run("consentry.showPreferences();", &[]);
    world.until("document.getElementById('consentry-why-analytics')?.textContent.startsWith('Off because of your age')");
    world.assert_silent();
    // The parent takes it back: nothing runs on the page that learns of it, and what was stored goes.
    answers(world, &json!({ "state": "withdrawn" }));
    world.reload();
    world.until("consentry.snapshot().parent === 'withdrawn' && !consentry.has('tracker')");
    world.until("!document.cookie.includes('_tracker') && !localStorage.tr_id && consentry.preferences.get('size') === undefined");
    world.assert_silent();
    assert_eq!(world.eval("[consentry.choice('tracker').reason, localStorage['consentry.parent'] ?? null]"), json!(["withdrawn", null]));
    world.go_away();
    world.visit(&page(world));
    world.ready();
    world.assert_silent();
}

fn two_clicks_ask_once(world: &World) {
    answers(world, &json!({ "state": "pending" }));
    world.visit(&page(world));
    world.notice();
    world.press_button("Accept all");
    world.click(".consentry-age input");
    world.press("10");
    world.press_button("Continue");
    world.click(".consentry-age [type=email]");
    world.press("parent@example.com");
    world.run("const one = document.querySelector('.consentry-age form button'); one.click(); one.click();", &[]);
    world.until("consentry.snapshot().parent === 'pending' && document.querySelector('.consentry-age').textContent.includes('has been asked')");
    world.settle();
    let requests = world.servers.site_requests();
    assert_eq!(requests.iter().filter(|request| request.path == ENDPOINT && request.method == "POST").count(), 1);
}

fn a_childs_no_is_no_answer_to_the_rest(world: &World) {
    ask(world, &page(world));
    let time = world.eval("new Date().toISOString()");
    let both = json!({ "use": true, "disclose": true });
    answers(world, &json!({ "state": "granted", "time": time, "categories": { "analytics": both, "marketing": both } }));
    world.reload();
    world.wait_for("both", |seen| seen.has("tracker", "/Script") && seen.has("video", "/Script"));
    world.run("consentry.showPreferences();", &[]);
    world.until("document.querySelector('#consentry-root dialog.consentry-preferences[open]')");
    world.press_button("Marketing");
    world.press_button("Save choices");
    world.until("!consentry.has('video') && !document.querySelector('#consentry-root dialog')");
    let reasons = "['tracker', 'video', 'functional'].map((id) => consentry.choice(id).reason)";
    assert_eq!(world.eval(reasons), json!(["granted", "refused", "refused"]));
    assert_eq!(world.eval("consentry.snapshot().record.action"), "save");
}

fn refused_or_never_answered(world: &World) {
    ask(world, &page(world));
    answers(world, &json!({ "state": "refused" }));
    world.reload();
    world.until("consentry.snapshot().parent === 'refused'");
    assert_eq!(world.eval("[consentry.choice('video').reason, localStorage['consentry.parent'] ?? null]"), json!(["refused", null]));
    world.run("localStorage.clear(); sessionStorage.clear();", &[]);
    ask(world, &page(world));
    // A server that fails changes nothing; that it never answered counts from the deadline on.
    world.servers.page(ENDPOINT, Answer::json("{}").status(500));
    world.reload();
    world.ready();
    world.until("consentry.snapshot().parent === 'pending'");
    assert!(world.is("sessionStorage['consentry.age']"), "the control: the visit knows the band");
    world.run("localStorage['consentry.parent'] = localStorage['consentry.parent'].replace(/[0-9]+$/, '1700000000');", &[]);
    world.reload();
    world.until("consentry.snapshot().parent === 'forgotten'");
    let left = "[localStorage['consentry.record'], localStorage['consentry.parent'] ?? null, sessionStorage['consentry.age'] ?? null]";
    assert_eq!(world.eval(left), json!(["consentry/1 erased", null, null]));
    world.assert_silent();
    // Nobody knows of an age any more, here or on the next page, and the visitor is asked as on the first day.
    assert_eq!(world.eval("consentry.snapshot().age"), "unknown");
    world.notice();
    world.run("consentry.rejectAll();", &[]);
    world.reload();
    world.ready();
    assert_eq!(world.eval("[consentry.snapshot().age, sessionStorage['consentry.age'] ?? null]"), json!(["unknown", null]));
    assert!(world.is("!/ p=\\d/.test(localStorage['consentry.record'])") , "nor does the record");
}

/// An answer about one child is none about whoever sits there when it comes.
fn somebody_else_meanwhile(world: &World) {
    ask(world, &page(world));
    let time = world.eval("new Date().toISOString()");
    let answer = json!({ "state": "granted", "time": time, "categories": { "analytics": { "use": true, "disclose": true } } });
    world.servers.page("/go", Answer::new("text/plain", "on"));
    world.servers.page(ENDPOINT, Answer::json(answer.to_string()).pause_after("{", "/go", Duration::from_mins(1)));
    world.servers.clear();
    world.visit(&page(world));
    world.ready();
    world.wait_for_site("the site's server to be asked", |seen| seen.requests.iter().any(|request| request.path == ENDPOINT));
    world.run("consentry.subject('other'); fetch('/go').then(() => { window.gone = true; });", &[]);
    world.until("window.gone");
    world.settle();
    let other = "[consentry.snapshot().parent, consentry.has('tracker'), Object.keys(localStorage).filter((key) => /^consentry.parent/.test(key)).length]";
    assert_eq!(world.eval(other), json!([null, false, 1]));
    // It is there when the child is back.
    answers(world, &answer);
    world.run("consentry.subject(null);", &[]);
    world.until("consentry.snapshot().parent === 'granted'");
}

fn only_the_sites_own_server_answers(world: &World) {
    let forge = "<script>const yes = JSON.stringify({ state: 'granted', time: new Date().toISOString(), categories: { analytics: { use: true, disclose: true } } });
      window.fetch = async () => new Response(yes); Response.prototype.text = async () => yes; Response.prototype.json = async () => JSON.parse(yes);
      Object.defineProperty(Response.prototype, 'status', { get: () => 200 }); const { parse } = JSON; JSON.parse = (text, ...rest) => /state/.test(text) ? parse(yes) : parse(text, ...rest);</script>";
    ask(world, &page(world));
    let address = world.publish(&page(world).head(forge));
    world.servers.clear();
    world.open(&address);
    world.ready();
    world.until("consentry.snapshot().parent === 'pending'");
    world.wait_for_site("the site's server to be asked", |seen| seen.requests.iter().any(|request| request.path == ENDPOINT && request.query.starts_with("ticket=")));
    world.assert_silent();
    // Nor does another origin that the server sends us to.
    world.fake("elsewhere", "/parent", Answer::json("{\"state\":\"granted\",\"categories\":{\"analytics\":{\"use\":true,\"disclose\":true}}}"));
    world.servers.page(ENDPOINT, Answer::json("").status(302).header("Location", world.third_party("elsewhere", "/parent")));
    world.reload();
    world.ready();
    world.assert_silent();
    // An adult needs no parent.
    world.visit(&Page::new());
    world.notice();
    let refused = world.run_async("consentry.requestParent('x@example.com').catch((error) => error.name).then(arguments[0]);", &[]);
    assert_eq!(refused, "ConsentryError");
}
