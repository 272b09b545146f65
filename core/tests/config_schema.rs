//! The JSON Schema says of a config what the reader says, and the patterns in both mean the same to a full engine.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::too_many_lines)] // a test may panic; a table is as long as its rows

mod support;

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas};
use consentry_core::config::form::FORMS;
use proptest::prelude::*;
use regex::Regex;
use serde_json::{Value as Json, json};

use support::{catalog, reading, schema};

#[test]
fn is_published_as_the_table_has_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/consentry.schema.json");
    let published = std::fs::read_to_string(path).unwrap();
    assert!(
        published == schema::text(),
        "www/consentry.schema.json is not what the table says; write it anew: \
         cargo run -p consentry-core --example schema > www/consentry.schema.json"
    );
}

#[test]
fn describes_every_key_and_nothing_else() {
    let paths = schema::paths();
    let described: Vec<_> = schema::DESCRIPTIONS.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(paths.iter().collect::<BTreeSet<_>>(), described.iter().collect());
    assert_eq!(described.iter().collect::<BTreeSet<_>>().len(), described.len(), "a key is described twice");
    assert!(schema::DESCRIPTIONS.iter().all(|(_, text)| text.ends_with('.')), "descriptions are sentences");
}

fn judge() -> (Schemas, SchemaIndex) {
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("config.json", schema::schema()).unwrap();
    let mut schemas = Schemas::new();
    let index = compiler.compile("config.json", &mut schemas).unwrap();
    (schemas, index)
}

/// Right and wrong configs, each part of which says the same to the schema and to the reader.
fn examples() -> Vec<Json> {
    let mut examples = vec![json!({}), json!([]), json!({ "policy": { "version": 1 } })];
    let parts = [
        json!({}),
        json!({ "$schema": "./consentry.schema.json", "x-a": 1 }),
        json!({ "plugins": 1 }),
        json!({ "age": {} }),
        json!({ "record": { "store": "session", "log": { "url": "/log" } } }),
        json!({ "record": { "store": "cloud" } }),
        json!({ "record": { "log": { "url": "https://log.example/" } } }),
        json!({ "age": { "ask": "bands", "thresholds": { "US": 14, "*": 16 }, "parentalConsent": { "endpoint": "/parent", "days": 14 } } }),
        json!({ "age": { "ask": "birthday" } }),
        json!({ "age": { "thresholds": { "usa": 14 } } }),
        json!({ "age": { "thresholds": { "US": 99 } } }),
        json!({ "age": { "parentalConsent": {} } }),
        json!({ "age": { "parentalConsent": { "endpoint": "//other.example/parent" } } }),
        json!({ "age": { "parentalConsent": { "endpoint": "https://other.example/parent" } } }),
        json!({ "signals": { "dnt": "asGpc" } }),
        json!({ "signals": { "gpc": "ignore" } }),
        json!({ "jurisdiction": "auto", "floor": "law" }),
        json!({ "jurisdiction": { "meta": "place" } }),
        json!({ "jurisdiction": { "header": "place" } }),
        json!({ "locked": [{ "id": "analytics", "by": "A" }] }),
        json!({ "policy": { "version": "1", "effective": "2026-02-28", "material": true, "x-b": null } }),
        json!({ "policy": { "version": "1", "effective": "2026-02-29" } }),
        json!({ "policy": { "version": "1", "material": "yes" } }),
        json!({ "policy": { "version": "1", "upcoming": {} } }),
        json!({ "categories": [{ "id": "a", "label": "A", "description": { "en": "A", "pt-BR": "B" } }] }),
        json!({ "categories": [{ "id": "a", "label": { "english!": "A" } }] }),
        json!({ "categories": [{ "id": "a", "label": 1 }] }),
        json!({ "categories": [{ "label": "A" }] }),
        json!({ "categories": [{ "id": "a", "purposes": [{ "id": "b", "basis": "consent" }] }] }),
        json!({ "floor": "law", "categories": [{ "id": "a", "purposes": [{ "id": "b", "basis": "objection" }], "counsel": "A" }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "hosts": ["a.example", "*.b.example", "/c", "[::1]:8080/d"] }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "hosts": ["*.com"] }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "cookies": [{ "name": "_a*", "domain": ".a.example", "purpose": { "en": "A", "de": "B" }, "httpOnly": true }] }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "cookies": [{ "name": "*" }] }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "storage": [{ "kind": "localStorage", "key": "b" }] }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "storage": [{ "kind": "indexedDB", "key": "b" }, { "kind": "cacheStorage", "key": "c" }] }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "storage": [{ "kind": "cache", "key": "b" }] }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "privacyPolicy": "javascript:alert(1)" }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "placeholder": { "title": { "en": "A" }, "text": "A" }, "country": "DE" }] }),
        json!({ "services": [{ "id": "a", "category": "analytics", "uses": ["sale"] }] }),
        json!({ "services": [{ "id": "a" }] }),
        json!({ "floor": "law", "gate": { "level": "sealed", "unknownThirdParties": "report" } }),
        json!({ "gate": { "unknownThirdParties": "allow", "worker": "//cdn.example/sw.js", "counsel": "A, 2026" } }),
        json!({ "record": { "expiresDays": { "granted": 700, "refused": 30, "counsel": "A, 2026" } } }),
        json!({ "record": { "log": { "url": "/log", "retentionDays": 1100 } } }),
        json!({ "categories": [{ "id": "chat", "uses": ["profiling"], "serviceProvider": false, "counsel": "A, 2026" }] }),
        json!({ "record": { "scope": "", "expiresDays": { "granted": 395, "refused": 183 }, "scriptGrants": false, "cookie": { "domain": "auto" } } }),
        json!({ "record": { "cookie": { "domain": ".example.com" } } }),
        json!({ "gate": { "level": "header", "workers": "wrap", "worker": "/consentry-sw.js" } }),
        json!({ "record": { "expiresDays": { "granted": 396 } } }),
        json!({ "record": { "expiresDays": { "granted": 1.5 } } }),
        json!({ "record": { "expiresDays": { "refused": 182 } } }),
        json!({ "site": { "policies": [{ "url": "/privacy", "places": ["US-CA"], "languages": ["en"], "authoritative": true }] } }),
        json!({ "site": { "policies": [{ "places": [] }] } }),
        json!({ "ui": { "layout": "box", "theme": { "accent": "#123", "radius": "8px" } } }),
        json!({ "ui": { "theme": { "accent": "red; }" } } }),
        json!({ "lang": "auto" }),
        json!({ "lang": "" }),
        json!({ "texts": { "en": { "notice.title": "Hello", "x-b": 5 }, "x-a": 5 } }),
        json!({ "texts": { "en": { "notice.title": 5 } } }),
    ];
    for part in parts {
        let mut config = json!({ "policy": { "version": "1" } });
        config.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        examples.push(config);
    }
    examples
}

#[test]
fn judges_examples_as_the_reader_does() {
    let (schemas, index) = judge();
    let (mut right, mut wrong) = (0, 0);
    for config in examples() {
        let by_schema = schemas.validate(&config, index).is_ok();
        let by_reader = reading(&config).issues.is_empty();
        assert_eq!(by_schema, by_reader, "{config}");
        *if by_reader { &mut right } else { &mut wrong } += 1;
    }
    assert!(right > 10 && wrong > 10, "both kinds are there: {right} right, {wrong} wrong");
}

/// A config with something in every place.
fn full() -> Json {
    json!({
        "site": {
            "name": "A", "controller": "A", "contact": "A", "hosts": ["a.example"],
            "policies": [{ "url": "/privacy", "places": ["DE"], "languages": ["de"], "authoritative": false }],
            "links": { "rights": "/r", "appeal": "/a", "authority": "/b", "dpo": "mailto:a@a.example", "unsubscribe": "/u" }
        },
        "policy": { "version": "1", "effective": "2026-11-01", "updated": "2026-11-01", "material": false, "lastMaterial": "2026-11-01",
            "upcoming": { "announced": "2026-11-01", "effective": "2026-12-01", "noticeDays": 30, "kind": "policy", "version": "2", "controller": "B", "summary": "S" },
            "forbidden": ["marketing", "bad.example"] },
        "jurisdiction": { "meta": "place", "cookie": "place" }, "floor": "law", "counsel": "A, 2026, B",
        "regimes": [{ "place": "DE", "regime": "opt-in" }], "locked": [{ "id": "analytics", "by": "A", "reason": "R" }],
        "signals": { "gpc": "honor", "dnt": "asGpc" },
        "categories": [{ "id": "c", "label": "C", "description": "C", "purposes": [{ "id": "p", "basis": "consent" }], "ask": "each" }],
        "services": [{
            "id": "s", "category": "c", "label": "S", "description": "S", "vendor": "V", "country": "DE", "privacyPolicy": "/p", "hosts": ["a.example"],
            "cookies": [{ "name": "n", "domain": "a.example", "duration": "d", "purpose": "p" }],
            "storage": [{ "kind": "localStorage", "key": "k", "duration": "d", "purpose": "p" }],
            "uses": ["sale"], "serviceProvider": false, "ask": "each", "purposes": ["q"], "placeholder": { "title": "T", "text": "T" }
        }],
        "gate": { "level": "marked" },
        "record": { "scope": "a", "expiresDays": { "granted": 1, "refused": 183, "counsel": "A" }, "scriptGrants": false },
        "ui": { "layout": "box", "position": "top", "reopen": "none", "optOut": "choices", "logo": "/logo.svg", "theme": { "accent": "#000", "background": "#fff", "text": "#000", "radius": "1px", "scheme": "dark", "font": "inherit" } },
        "lang": "de",
        "texts": { "de": { "a": "b" } }
    })
}

#[test]
fn judges_a_stray_value_in_every_place_as_the_reader_does() {
    let (schemas, index) = judge();
    assert!(schemas.validate(&full(), index).is_ok() && reading(&full()).issues.is_empty());
    let strays = [
        json!(null),
        json!(true),
        json!(0),
        json!(200),
        json!(1.5),
        json!(-1),
        json!(""),
        json!("x"),
        json!("~"),
        json!("*"),
        json!([]),
        json!([null]),
        json!([""]),
        json!(["x"]),
        json!([{}]),
        json!({}),
        json!({ "x": "x" }),
        json!({ "en": 1 }),
        json!({ "x-a": 1 }),
        json!({ "no such key": "x" }),
    ];
    for path in schema::paths() {
        let pointer = format!("/{}", path.replace("[]", ".0").replace('.', "/"));
        for pointer in [pointer.clone(), pointer + "/0"] {
            for stray in &strays {
                let mut config = full();
                let Some(place) = config.pointer_mut(&pointer) else { break };
                *place = stray.clone();
                let issues = reading(&config).issues;
                // A renamed category, a service of the catalog and dates that follow one another are for the reader alone to judge.
                let named = ["unknown id", "not in the catalog", "must be noticeDays"];
                let only_named = issues.iter().all(|issue| named.iter().any(|name| issue.message.starts_with(name)));
                if schemas.validate(&config, index).is_ok() {
                    assert!(only_named, "only the reader refuses {pointer}: {stray} {issues:?}");
                } else {
                    assert!(!issues.is_empty(), "only the schema refuses {pointer}: {stray}");
                }
            }
        }
    }
}

#[test]
fn takes_the_catalogs_entries_as_services_of_ones_own() {
    let (schemas, index) = judge();
    for (id, mut entry) in catalog().as_object().unwrap().clone() {
        entry["id"] = json!(id);
        let config = json!({ "policy": { "version": "1" }, "services": [entry] });
        assert!(schemas.validate(&config, index).is_ok(), "{id}");
    }
}

#[test]
fn leaves_to_the_reader_only_what_no_schema_can_say() {
    let (schemas, index) = judge();
    let service = json!({ "id": "a", "category": "analytics" });
    for part in [
        json!({ "services": [service, service] }),
        json!({ "services": [{ "id": "a", "category": "nowhere" }] }),
        json!({ "services": ["unknown"] }),
        json!({ "locked": [{ "id": "unknown" }] }),
        json!({ "regimes": [{ "place": "DE", "regime": "notice" }] }),
        json!({ "categories": [{ "id": "a", "purposes": [{ "id": "b", "basis": "objection" }] }] }),
        json!({ "categories": [{ "id": "a", "purposes": [{ "id": "b", "basis": "consent" }, { "id": "c", "basis": "necessary" }] }] }),
    ] {
        let mut config = json!({ "policy": { "version": "1" } });
        config.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        assert!(schemas.validate(&config, index).is_ok(), "{config}");
        assert!(reading(&config).policy.is_none(), "{config}");
    }
}

/// Each form of the reader as a full engine reads it.
fn engines() -> Vec<Regex> {
    let text = FORMS.iter().filter(|form| !form.pattern.is_empty());
    text.map(|form| Regex::new(&format!("^(?s:{})$", form.pattern)).unwrap()).collect()
}

/// Texts that look like what the forms ask for, often enough right.
fn likely() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "b1",
        "-",
        "--",
        ".",
        "..",
        "/",
        "*",
        "*.",
        ":",
        "80",
        "0",
        "255",
        "#",
        "abc",
        "px",
        "DE",
        "US-CA",
        "pt",
        "BR",
        "http",
        "https://",
        "mailto:",
        "localhost",
        "example.com",
        "[",
        "]",
        "::1",
        "2026-11-01",
        "12",
        "_",
        "~",
        " ",
        "\\",
        "\0",
        "\u{7f}",
        "é",
        "?",
        "%2e",
        "x",
    ]);
    prop::collection::vec(pieces, 0..7).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn patterns_mean_what_a_full_engine_reads(text in prop_oneof![likely(), any::<String>()]) {
        static ENGINES: std::sync::LazyLock<Vec<Regex>> = std::sync::LazyLock::new(engines);
        for (form, engine) in FORMS.iter().filter(|form| !form.pattern.is_empty()).zip(ENGINES.iter()) {
            prop_assert_eq!(form.fits(&text), engine.is_match(&text), "{} {:?}", form.name, text);
        }
    }
}
