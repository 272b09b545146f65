//! The visitor's copy calls nothing consent that nobody gave, says who said what, and names every opt-out; brought in
//! elsewhere, it brings the opt-outs along and loosens nothing.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![
    what_runs_until_an_objection_is_no_consent,
    opt_outs_are_events,
    the_browsers_word_is_not_the_visitors,
    a_parents_yes_is_the_parents,
    a_copy_brings_its_opt_outs,
    opt_outs_come_after_the_age,
];

fn page(place: &str) -> Page {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    config["categories"] = json!([{ "id": "analytics", "purposes": [{ "id": "own-statistics", "basis": "objection" }], "counsel": "Dana Law, 2026-11-01: our own visits" }]);
    config["services"][0]["serviceProvider"] = true.into();
    with(config, place)
}

fn with(config: Value, place: &str) -> Page {
    Page::new().config(config).tag(&format!("<script src=\"/consentry.js\" data-jurisdiction=\"{place}\"></script>"))
}

fn copy(world: &World, format: &str) -> Value {
    let script = "const done = arguments[arguments.length - 1]; consentry.exportRecord(arguments[0]).then(done, (problem) => done('' + problem));";
    world.run_async(script, &[format.into()])
}

/// The basis of each row, by its id.
fn basis(copy: &Value, id: &str) -> String {
    let rows = copy["piiProcessing"].as_array().into_iter().flatten();
    rows.filter(|row| row["id"] == id).map(|row| row["lawfulBasis"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Type, state, subject and who indicated it, of each event.
fn events(copy: &Value) -> Vec<[String; 4]> {
    let rows = copy["events"].as_array().into_iter().flatten();
    let word = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows.map(|row| ["type", "state", "subject", "indicatedBy"].map(|key| word(row, key))).collect()
}

fn what_runs_until_an_objection_is_no_consent(world: &World) {
    world.visit(&page("GB"));
    world.notice();
    assert_eq!(world.eval("consentry.choice('tracker').reason"), "objection");
    world.run("consentry.save({ marketing: false });", &[]);
    world.until("consentry.snapshot().record");
    let said = copy(world, "json");
    assert_eq!(["analytics", "tracker", "video", "necessary"].map(|id| basis(&said, id)), ["objection", "objection", "consent", "necessary"]);
    let linked = copy(world, "jsonld");
    let process = linked["dpv:hasProcess"].as_array().into_iter().flatten().find(|row| row["dct:identifier"] == "tracker").cloned();
    let process = process.unwrap_or_default();
    assert_eq!((process.get("dpv:hasLegalBasis"), &process["dpv:hasEntityInvolvement"]), (None, &json!("dpv:OptingOutFromProcess")), "{process}");
    // After the objection it still never rested on consent.
    world.run("consentry.withdraw('analytics');", &[]);
    world.until("!consentry.has('tracker')");
    let said = copy(world, "json");
    assert_eq!(["analytics", "tracker"].map(|id| basis(&said, id)), ["objection", "objection"]);
    // The same config where the law asks for consent.
    world.run("localStorage.clear();", &[]);
    world.visit(&page("DE"));
    world.reject_all();
    assert_eq!(basis(&copy(world, "json"), "tracker"), "consent", "the control");
}

fn opt_outs_are_events(world: &World) {
    world.visit(&page("US-CA"));
    world.ready();
    assert!(world.has("video"));
    world.run("consentry.withdraw('sale share');", &[]);
    world.until("!consentry.has('video')");
    let said = copy(world, "json");
    assert_eq!(basis(&said, "video"), "objection", "it ran by default");
    let opt_out = |subject: &str| ["opt-out", "opted out", subject, "PII principal"].map(str::to_owned);
    assert_eq!(events(&said), ["sale", "share"].map(opt_out));
    world.run("consentry.withdraw('sale share targetedAds');", &[]);
    world.until("consentry.snapshot().optOut.length === 3");
    assert_eq!(events(&copy(world, "json")), ["sale", "share", "targetedAds"].map(opt_out), "each once");
    let linked = copy(world, "jsonld");
    let said = linked["dpv:hasEntityInvolvement"].as_array().cloned().unwrap_or_default();
    assert_eq!((said.len(), &said[0]["@type"], &said[0]["dct:subject"]), (3, &json!("dpv:OptingOutFromProcess"), &json!("sale")));
    assert_eq!(linked["dpv:hasConsentStatus"], json!([]), "nobody was asked for consent");
}

fn the_browsers_word_is_not_the_visitors(world: &World) {
    let mut page = page("US-CA");
    if !world.signal(true) {
        page = page.before("<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });</script>");
    }
    world.visit(&page);
    world.ready();
    world.until("consentry.snapshot().record");
    let opt_out = |subject: &str| ["opt-out", "opted out", subject, "browser signal"].map(str::to_owned);
    assert_eq!(events(&copy(world, "json")), ["sale", "share", "targetedAds"].map(opt_out));
}

fn a_parents_yes_is_the_parents(world: &World) {
    let mut config = Page::config_of_two();
    config["age"] = json!({ "parentalConsent": { "endpoint": "/parent", "days": 7 } });
    let time = world.eval("new Date().toISOString()");
    let answer = json!({ "state": "granted", "time": time, "categories": { "analytics": { "use": true, "disclose": true } } });
    world.servers.page("/parent", Answer::json(answer.to_string()));
    world.visit(&with(config, "US-TX"));
    world.notice();
    world.press_button("Accept all");
    world.click(".consentry-age input");
    world.press("10");
    world.press_button("Continue");
    world.until("consentry.snapshot().age === 'child'");
    world.run_async("consentry.requestParent('parent@example.com').then(arguments[0]);", &[]);
    world.reload();
    world.until("consentry.has('tracker')");
    let said = copy(world, "json");
    let all = events(&said);
    assert!(all.contains(&["expressed consent", "given", "analytics", "parent or guardian"].map(str::to_owned)), "{all:?}");
    assert!(all.contains(&["expressed consent", "refused", "marketing", "parent or guardian"].map(str::to_owned)), "{all:?}");
    let linked = copy(world, "jsonld");
    let statuses = linked["dpv:hasConsentStatus"].as_array().cloned().unwrap_or_default();
    assert!(!statuses.is_empty() && statuses.iter().all(|one| one["dpv:isIndicatedBy"] == "dpv:ParentOfDataSubject"), "{statuses:?}");
}

fn a_copy_brings_its_opt_outs(world: &World) {
    world.visit(&page("US-CA"));
    world.ready();
    world.run("consentry.withdraw('sale share targetedAds');", &[]);
    world.until("!consentry.has('video') && consentry.snapshot().record");
    let kept = copy(world, "json");
    // Another browser of the same visitor, where the law lets it all run.
    world.run("localStorage.clear();", &[]);
    world.reload();
    world.ready();
    assert!(world.has("video"), "the control: nobody opted out here");
    world.run("consentry.importRecord(arguments[0]);", &[kept]);
    world.until("document.querySelector('#consentry-root dialog[open]')");
    assert!(world.has("video"), "a copy alone changes nothing");
    let marketing = world.run("return arguments[0].getAttribute('aria-checked');", &[world.button("Marketing").argument()]);
    assert_eq!(marketing, "false", "what will be off is shown off");
    world.press_button("Save choices");
    world.until("!consentry.has('video') && consentry.snapshot().optOut.length === 3");
    assert_eq!(world.eval("consentry.snapshot().optOut"), json!(["sale", "share", "targetedAds"]));
    world.reload();
    world.ready();
    assert!(!world.has("video"), "on the next page, too");
}

fn opt_outs_come_after_the_age(world: &World) {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    config["age"] = json!({});
    let grow = || {
        world.click(".consentry-age input");
        world.press("40");
        world.press_button("Continue");
    };
    world.visit(&with(config, "US-CA"));
    world.notice();
    world.press_button("Accept all");
    grow();
    world.until("consentry.has('video') && consentry.has('functional')");
    world.run("consentry.withdraw('sale share targetedAds');", &[]);
    world.until("!consentry.has('video')");
    let kept = copy(world, "json");
    world.run("localStorage.clear(); sessionStorage.clear();", &[]);
    world.reload();
    world.notice();
    world.run("consentry.importRecord(arguments[0]);", &[kept]);
    world.until("document.querySelector('#consentry-root dialog.consentry-preferences[open]')");
    world.press_button("Save choices");
    grow();
    world.until("consentry.has('functional') && !document.querySelector('#consentry-root dialog')");
    assert_eq!(world.eval("[consentry.has('video'), consentry.snapshot().optOut]"), json!([false, ["sale", "share", "targetedAds"]]));
}
