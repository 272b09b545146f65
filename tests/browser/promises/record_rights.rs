//! A visitor takes a copy of the record, brings one in, and has the record erased; each by one click.

use boon::{Compiler, Schemas};
use consentry_browser_tests::{Page, World, promises};
use serde_json::{Value, json};

promises![a_copy_says_everything, a_copy_is_looked_at_before_it_counts, copies_that_do_not_fit, erased_is_erased, a_file_from_the_disk, the_archive_has_what_was_told];

const COPY: &str = "const done = arguments[arguments.length - 1]; consentry.exportRecord(arguments[0]).then(done, (problem) => done(String(problem)));";

fn copy(world: &World) -> Value {
    world.run_async(COPY, &["json".into()])
}

fn bring(world: &World, copy: &Value) -> Value {
    let script = "const done = arguments[arguments.length - 1]; consentry.importRecord(arguments[0]).then(() => done(null), (problem) => done(problem.message));";
    world.run_async(script, std::slice::from_ref(copy))
}

/// What the published schema says against a copy.
fn complaints(copy: &Value) -> Option<String> {
    against("www/consentry.export.schema.json", copy)
}

fn against(schema: &str, copy: &Value) -> Option<String> {
    let schema: Value = serde_json::from_str(&World::file(schema)).expect("the schema");
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("export.json", schema).expect("the schema");
    let mut schemas = Schemas::new();
    let index = compiler.compile("export.json", &mut schemas).expect("the schema");
    schemas.validate(copy, index).err().map(|error| error.to_string())
}

fn a_copy_says_everything(world: &World) {
    world.visit(&Page::new());
    world.notice();
    let none = world.run_async(COPY, &["json".into()]);
    assert!(none.as_str().is_some_and(|text| text.contains("no record yet")), "{none}");
    world.accept_all();
    let accepted = copy(world);
    assert_eq!(complaints(&accepted), None, "{accepted:#}");
    assert_eq!(accepted["recordId"], world.eval("consentry.snapshot().record.id"));
    assert_eq!(accepted["record"], world.eval("localStorage['consentry.record']"));
    assert_eq!(accepted["recordKept"], json!([{ "location": "the visitor's device", "days": null }]));
    let mut broken = accepted.clone();
    broken["events"][0]["state"] = "perhaps".into();
    assert!(complaints(&broken).is_some(), "the schema lets anything pass");
    // What happened since is in the next copy, in order.
    world.eval("consentry.withdraw('marketing')");
    world.until("consentry.choice('marketing').reason === 'withdrawn'");
    let withdrawn = copy(world);
    assert_eq!(complaints(&withdrawn), None, "{withdrawn:#}");
    let states = |copy: &Value, subject: &str| -> Vec<String> {
        let events = copy["events"].as_array().into_iter().flatten();
        events.filter(|event| event["subject"] == subject).map(|event| event["state"].as_str().unwrap_or("").to_owned()).collect()
    };
    assert_eq!(states(&withdrawn, "marketing"), ["given", "withdrawn"]);
    assert_eq!(states(&withdrawn, "analytics"), ["given"]);
    the_same_in_other_words(world, &withdrawn);
    // Who refuses everything has no identifier, in the copy neither.
    world.eval("consentry.rejectAll()");
    let refused = copy(world);
    assert_eq!((complaints(&refused), &refused["piiPrincipalId"]), (None, &json!("anonymous")));
}

/// The copy in JSON-LD: by its own schema, and with each row of the other.
fn the_same_in_other_words(world: &World, copy: &Value) {
    const SCHEMA: &str = "www/consentry.export.jsonld.schema.json";
    let linked = world.run_async(COPY, &["jsonld".into()]);
    assert_eq!(against(SCHEMA, &linked), None, "{linked:#}");
    assert_eq!((&linked["dct:identifier"], &linked["rdf:value"]), (&copy["recordId"], &copy["record"]));
    let rows = |list: &Value, key: &str| -> Vec<Value> { list.as_array().into_iter().flatten().map(|row| row[key].clone()).collect() };
    for (own, other, words) in [
        (("dpv:hasConsentStatus", "dct:subject"), "subject", "events"),
        (("dpv:hasConsentStatus", "dpv:isIndicatedAtTime"), "time", "events"),
        (("dpv:hasProcess", "dct:identifier"), "id", "piiProcessing"),
        (("dpv:hasProcess", "dpv:hasPurpose"), "purposes", "piiProcessing"),
        (("dpv:hasEntity", "dpv:hasName"), "name", "parties"),
    ] {
        assert_eq!(rows(&linked[own.0], own.1), rows(&copy[words], other), "{own:?}");
        assert!(!rows(&copy[words], other).is_empty(), "{words}: nothing to compare");
    }
    // Every word with a prefix has one that the context explains, and the schema lets nothing else pass.
    for (pointer, wrong) in [
        ("/dpv:hasConsentStatus/0/@type/0", json!("dpv:ConsentPerhaps")),
        ("/dpv:hasProcess/1/dpv:hasLegalBasis", json!("dpv:Contract")),
        ("/dpv:hasEntity/0/@id", json!("no address")),
        ("/dpv:hasNotice/@type", json!("dpv:Notice")),
        ("/@context/dpv", json!("https://other.example/")),
    ] {
        let mut broken = linked.clone();
        *broken.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}: {linked:#}")) = wrong;
        assert!(against(SCHEMA, &broken).is_some(), "the schema lets anything pass at {pointer}");
    }
    let mut more = linked.clone();
    more["dpv:hasSurprise"] = json!("text");
    assert!(against(SCHEMA, &more).is_some(), "the schema lets other words pass");
}

fn a_copy_is_looked_at_before_it_counts(world: &World) {
    world.visit(&Page::new());
    world.customize();
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.until("consentry.has('analytics')");
    let kept = copy(world);
    // Another browser of the same visitor: nothing is known there.
    world.eval("localStorage.clear()");
    world.reload();
    world.notice();
    assert_eq!(bring(world, &kept), Value::Null);
    world.until("document.querySelector('#consentry-root dialog[open]')");
    assert!(!world.has("analytics"), "a copy alone grants");
    let checked = |name: &str| world.run("return arguments[0].getAttribute('aria-checked');", &[world.button(name).argument()]);
    assert_eq!((checked("Analytics"), checked("Marketing")), (json!("true"), json!("false")));
    world.press_button("Save choices");
    world.until("consentry.has('analytics') && !consentry.has('marketing')");
    assert_eq!(world.eval("consentry.snapshot().record.action"), "import");
    // A refusal that is newer than the copy stays.
    world.eval("consentry.withdraw('analytics')");
    world.until("!consentry.has('analytics')");
    bring(world, &kept);
    world.until("document.querySelector('#consentry-root dialog[open]')");
    assert_eq!(checked("Analytics"), "false", "a copy overrides a newer refusal");
}

fn copies_that_do_not_fit(world: &World) {
    world.visit(&Page::new());
    world.accept_all();
    let fits = copy(world);
    let with = |field: &str, value: Value| {
        let mut other = fits.clone();
        other[field] = value;
        other
    };
    let text = fits["record"].as_str().unwrap_or("");
    let table = [
        (Value::Null, "no copy of a record"),
        (json!({ "record": text }), "no copy of a record"),
        (with("schemaVersion", json!("consentry-export/9")), "no copy of a record"),
        (with("record", json!("")), "no copy of a record"),
        (with("record", json!("consentry/1 p=;e=1 t=x a=;h=")), "no copy of a record"),
        (with("record", json!(text.replace(" c=", " c=%55296."))), "no copy of a record"),
        (with("site", json!("https://other.example")), "another site"),
        (with("record", json!(text.replace(" v=", " v=other-"))), "another version"),
    ];
    for (copy, reason) in table {
        let answer = bring(world, &copy);
        assert!(answer.as_str().is_some_and(|text| text.contains(reason)), "{answer}: {copy}");
        assert_eq!(world.eval("consentry.snapshot().view"), "none");
    }
}

fn erased_is_erased(world: &World) {
    world.visit(&Page::new());
    world.accept_all();
    world.eval("[localStorage['consentry.pref.size'] = 'big', localStorage['consentry.open'] = '1|x', localStorage.site = 'own']");
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open]')");
    world.press_button("Erase the record");
    world.until("!consentry.has('analytics')");
    world.until("document.querySelector('#consentry-root dialog').textContent.includes('Your record is erased')");
    assert_eq!(world.eval("Object.entries(localStorage).sort()"), json!([["consentry.record", "consentry/1 erased"], ["site", "own"]]));
    assert_eq!(world.eval("consentry.snapshot().record"), Value::Null);
    world.reload();
    world.notice();
    assert_eq!(world.eval("[consentry.choice('analytics').reason, consentry.snapshot().storage]"), json!(["unanswered", "local"]));
    assert_eq!(world.said(), [""; 0]);
    world.accept_all();
    assert!(world.has("analytics"));
}

fn a_file_from_the_disk(world: &World) {
    world.visit(&Page::new());
    world.accept_all();
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open]')");
    // What would be saved to the disk, and what would be chosen from it, are caught at the border to the browser.
    world.run(
        "window.saved = []; URL.createObjectURL = (blob) => (blob.text().then((text) => saved.push(JSON.parse(text))), 'blob:here'); \
         HTMLAnchorElement.prototype.click = function () { saved.push(this.download); }; \
         HTMLInputElement.prototype.click = function () { window.chosen = this; };",
        &[],
    );
    world.press_button("Download a copy");
    world.until("saved.length === 2");
    let name = world.eval("saved.find((one) => typeof one == 'string')");
    assert!(name.as_str().is_some_and(|name| name.starts_with("consent-") && name.ends_with(".json")), "{name}");
    world.press_button("Bring in a copy");
    world.until("window.chosen");
    world.run(
        "const files = new DataTransfer(); files.items.add(new File(['not json'], 'x.json')); chosen.files = files.files; chosen.dispatchEvent(new Event('change'));",
        &[],
    );
    world.until("document.querySelector('#consentry-root dialog').textContent.includes('This file is no copy of a record')");
    // One that is gone by now, or larger than any copy.
    for file in ["{ size: 1, text: async () => { throw new DOMException('gone', 'NotReadableError'); } }", "{ size: 2e9, text: async () => { window.read = true; } }"] {
        world.run("document.querySelector('dialog footer [role=status]').textContent = '';", &[]);
        world.run(&format!("Object.defineProperty(chosen, 'files', {{ value: [{file}], configurable: true }}); chosen.dispatchEvent(new Event('change')); delete chosen.files;"), &[]);
        world.until("document.querySelector('#consentry-root dialog').textContent.includes('This file is no copy of a record')");
    }
    assert_eq!((world.eval("window.read ?? null"), world.said()), (Value::Null, vec![]));
    world.run(
        "const text = JSON.stringify(saved.find((one) => typeof one == 'object')); const files = new DataTransfer(); \
         files.items.add(new File([text], 'x.json')); chosen.files = files.files; chosen.dispatchEvent(new Event('change'));",
        &[],
    );
    world.until("document.querySelector('#consentry-root dialog').textContent.includes('This is what your copy says')");
}

fn the_archive_has_what_was_told(world: &World) {
    let mut config = Page::config_of_two();
    config["texts"] = json!({ "en": { "notice.accept": "Yes, all", "center.about": "What we use." }, "de": { "notice.title": "Kekse" } });
    config["categories"] = json!([{ "id": "chat", "label": { "en": "Chat", "de": "Gespräch" }, "description": "With people." }]);
    let known = consentry_site::config::Config::read("the page", &config.to_string(), &[]);
    let german = ("de".to_owned(), World::file("locales/de.json"));
    let policy = known.policy.clone().expect("a config without errors");
    let files = consentry_site::archive::archive(&known, &policy, &[german]);
    for (lang, answer) in [("en", "Yes, all"), ("de", "Alle ablehnen")] {
        world.visit(&Page::new().config(config.clone()).root(&format!("lang=\"{lang}\"")));
        world.ready();
        world.press_button(answer);
        world.until("consentry.snapshot().record");
        let facts = copy(world)["events"][0].clone();
        let of = |fact: &str| files.iter().find(|(name, _)| facts[fact] == name.as_str()).map(|(_, content)| content.clone());
        let (told, declared) = (of("textsHash").unwrap_or_default(), of("declaredHash").unwrap_or_default());
        assert_eq!(told["language"], lang, "{facts}");
        assert!(told["texts"]["center.about"].as_str().is_some_and(|text| (text == "What we use.") == (lang == "en")));
        assert_eq!((&declared["version"], &declared["services"][0]["id"]), (&json!("1"), &json!("tracker")), "{facts}");
        world.run("localStorage.clear();", &[]);
        world.go_away();
    }
}
