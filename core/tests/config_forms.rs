//! The forms of texts and numbers: what each takes, what it refuses, and how that is said.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics fails")]

mod support;

use consentry_core::{config::read, value::Value};
use serde_json::{Value as Json, json};

use support::{lines, reading, says, service, with};

#[test]
fn knows_the_calendar() {
    for right in ["2026-11-01", "2024-02-29", "2000-02-29", "2400-02-29", "0004-02-29", "2026-12-31", "2026-04-30"] {
        says(json!({ "policy": { "version": "1", "updated": right } }), &[]);
    }
    for wrong in [
        "2023-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-06-31",
        "2100-02-29",
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "2026-01-32",
        "2026-1-1",
        "01.11.2026",
        "",
        "2026-11-01T00:00",
    ] {
        let line = format!("error policy.updated: must be a date like 2026-11-01, got \"{wrong}\"");
        says(json!({ "policy": { "version": "1", "updated": wrong } }), &[&line]);
    }
}

#[test]
fn takes_only_harmless_urls() {
    for right in [
        "https://example.com/p?a=b:c#d",
        "http://x",
        "mailto:a@b.example",
        "/privacy",
        "privacy#a:b",
        "?a:b",
        "./p",
        "//cdn.example/p",
        "a/b:c",
        "https://ex.example/ü",
    ] {
        says(service(json!({ "privacyPolicy": right })), &[]);
    }
    for wrong in [
        "javascript:alert(1)",
        "JavaScript:x",
        "java\tscript:x",
        " javascript:x",
        "data:text/html,x",
        "https:x",
        "https:/x",
        "https://",
        "mailto:",
        "",
        "a b",
        "\\\\host",
        "ftp://x",
        "a:b",
        "blob:x",
        "\u{1}javascript:x",
    ] {
        assert!(reading(&service(json!({ "privacyPolicy": wrong }))).policy.is_none(), "{wrong:?}");
    }
}

#[test]
fn refuses_names_that_would_sweep_everything() {
    for name in ["*", "**", ""] {
        says(
            service(json!({ "cookies": [{ "name": name }] })),
            &[&format!("error services[0].cookies[0].name: must be a name that is more than *, got \"{name}\"")],
        );
    }
    says(
        service(
            json!({ "cookies": [{ "name": "_ga*" }, { "name": "*_x" }], "storage": [{ "kind": "localStorage", "key": "a b" }] }),
        ),
        &[],
    );
    says(
        service(json!({ "storage": [{ "kind": "cookie", "key": "x" }, { "kind": "indexedDB", "key": "x" }, {}] })),
        &[
            "error services[0].storage[0].kind: must be one of localStorage|sessionStorage|indexedDB|cacheStorage, got \"cookie\"",
            "error services[0].storage[2].kind: is required",
            "error services[0].storage[2].key: is required",
        ],
    );
}

#[test]
fn takes_texts_by_language() {
    says(service(json!({ "label": "A", "description": { "en": "A", "pt-BR": "B", "zh-Hant-TW": "C" } })), &[]);
    says(
        service(json!({ "label": 5, "description": { "e": "x", "en": 5 } })),
        &[
            "error services[0].label: must be a text for each language",
            "error services[0].description.e: must be a language tag like pt-BR",
            "error services[0].description.en: must be a string",
        ],
    );
}

#[test]
fn cuts_long_values_short_at_a_letter() {
    let long = format!("{}é{}", "x".repeat(39), "y".repeat(5_000));
    let line = format!("error services[0].country: must be a country like DE, got \"{}\"", "x".repeat(39));
    says(service(json!({ "country": long })), &[&line]);
}

#[test]
fn names_the_rule_behind_a_span_of_days() {
    let days = |key: &str, days: Json| with(json!({ "record": { "expiresDays": { key: days } } }));
    let span = |key: &str| format!("error record.expiresDays.{key}: must be 1 to 36500 days");
    let granted = span("granted");
    let long = "error record.expiresDays.granted: must not be over 395: no grant is kept over 13 months (CNIL) without counsel: who, when, why";
    let short = "error record.expiresDays.refused: must not be under 183: no question within 6 months of a refusal (CNIL, Garante) without counsel: who, when, why";
    for right in [1, 365, 395] {
        says(days("granted", json!(right)), &[]);
    }
    for wrong in [json!(0), json!(-1), json!(1.5), json!(null), json!(true)] {
        says(days("granted", wrong), &[&granted]);
    }
    for wrong in [396, 36_500] {
        says(days("granted", json!(wrong)), &[long]);
    }
    for right in [183, 400, 36_500] {
        says(days("refused", json!(right)), &[]);
    }
    for wrong in [1, 182] {
        says(days("refused", json!(wrong)), &[short]);
    }
    for wrong in [json!(183.5), json!(36_501), json!(4_294_967_479_u64)] {
        says(days("refused", wrong), &[&span("refused")]);
    }
    says(days("granted", json!("365")), &[&format!("{granted}, got \"365\"")]);
    let nan = Value::Map(vec![("granted".into(), Value::Number(f64::NAN))]);
    let config = Value::Map(vec![("record".into(), Value::Map(vec![("expiresDays".into(), nan)]))]);
    assert!(lines(&read(&config, &Value::Null)).contains(&granted));
}

/// An answer without words would be a button that nobody can read.
#[test]
fn takes_no_empty_text() {
    says(with(json!({ "texts": { "en": { "notice.reject": "No" } } })), &[]);
    let line = "warning texts.en[\"notice.reject\"]: must be a string, got \"\"";
    says(with(json!({ "texts": { "en": { "notice.reject": "" } } })), &[line]);
}
