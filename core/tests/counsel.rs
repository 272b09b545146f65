//! What is looser than the law is an error that names rule and source, unless counsel stands beside it; then it stands in the
//! record.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics fails")]

mod site;
mod support;

use consentry_core::{
    event::Answer,
    jurisdiction::{Facts, Jurisdiction},
    policy::Policy,
};
use serde_json::{Value as Json, json};

use site::{Device, Page, START};
use support::{catalog, lines, reading, says, with};

const OPTIONAL: &str =
    "must not hold statistics or advertising: they are not strictly necessary (ePrivacy Directive Art. 5(3))";

/// Configs that need counsel, where it has to stand, and what is said without it.
fn loosenings() -> Vec<(Json, &'static str, String)> {
    let tracker = json!([{ "id": "ga", "category": "necessary", "hosts": ["/own", "www.google-analytics.com/g"] }]);
    let statistics = json!([{ "id": "analytics", "purposes": [{ "id": "count", "basis": "necessary" }] }]);
    let dressed = json!({ "categories": [{ "id": "core", "purposes": [{ "id": "run", "basis": "necessary" }] }],
        "services": [{ "id": "pixel", "category": "core", "hosts": ["*.facebook.net"] }] });
    let place = "must not be looser than the law of the place (docs: jurisdictions, age)";
    vec![
        (json!({ "record": { "expiresDays": { "granted": 396 } } }), "/record/expiresDays", "record.expiresDays.granted: must not be over 395: no grant is kept over 13 months (CNIL)".into()),
        (json!({ "record": { "expiresDays": { "refused": 30 } } }), "/record/expiresDays", "record.expiresDays.refused: must not be under 183: no question within 6 months of a refusal (CNIL, Garante)".into()),
        (json!({ "gate": { "unknownThirdParties": "allow" } }), "/gate", "gate.unknownThirdParties: must be block: nothing third-party loads before a yes (ePrivacy Directive Art. 5(3))".into()),
        (json!({ "gate": { "unknownThirdParties": "report" } }), "/gate", "gate.unknownThirdParties: must be block: nothing third-party loads before a yes (ePrivacy Directive Art. 5(3))".into()),
        (json!({ "services": tracker }), "/services/0", format!("services[0].category: {OPTIONAL}")),
        (json!({ "categories": statistics }), "/categories/0", format!("categories[0].purposes: {OPTIONAL}")),
        (dressed.clone(), "/services/0", format!("services[0].category: {OPTIONAL}")),
        (dressed, "/categories/0", format!("services[0].category: {OPTIONAL}")),
        (json!({ "regimes": [{ "place": "DE", "regime": "notice" }] }), "", format!("regimes[0].regime: {place}")),
        (json!({ "age": { "thresholds": { "DE": 12 } } }), "/age", format!("age.thresholds: {place}")),
        (json!({ "age": { "secondThresholds": { "US-MD": 17 } } }), "/age", format!("age.secondThresholds: {place}")),
        (json!({ "regimes": [{ "place": "JP", "regime": "notice" }] }), "", format!("regimes[0].regime: {place}")),
        (json!({ "floor": "law", "categories": [{ "id": "analytics", "purposes": [{ "id": "count", "basis": "objection" }] }] }), "/categories/0",
            "categories[0].purposes: must be consent: nobody of us has read the PECR as amended in 2025".into()),
    ]
}

fn with_counsel(mut config: Json, at: &str) -> Json {
    config.pointer_mut(at).unwrap()["counsel"] = "D. Law, 2026-11-01: why".into();
    config
}

fn policy_of(config: &Json) -> Policy {
    reading(config).policy.unwrap()
}

#[test]
fn a_loosening_is_an_error_without_counsel() {
    for (part, at, message) in loosenings() {
        let config = with(part);
        says(config.clone(), &[&format!("error {message} without counsel: who, when, why")]);
        says(with_counsel(config.clone(), at), &[]);
        if !at.is_empty() && !message.starts_with("regimes") {
            assert!(
                reading(&with_counsel(config, "")).policy.is_none(),
                "counsel elsewhere is about something else: {message}"
            );
        }
    }
}

#[test]
fn what_the_law_allows_needs_no_counsel() {
    for part in [
        json!({ "floor": "law", "gate": { "unknownThirdParties": "report" } }),
        json!({ "services": [{ "id": "ga", "category": "analytics", "hosts": ["www.google-analytics.com"] }] }),
        json!({ "services": [{ "id": "pay", "category": "necessary", "hosts": ["js.pay.example", "nohotjar.com", "hotjar.com.pay.example"] }] }),
        json!({ "categories": [{ "id": "core", "purposes": [{ "id": "run", "basis": "necessary" }] }] }),
    ] {
        says(with(part), &[]);
    }
}

#[test]
fn a_config_that_names_quebec_has_a_policy_in_french() {
    let policies = |more: Json| {
        let mut config = json!({ "site": { "policies": more } });
        config["jurisdiction"] = "CA-QC".into();
        with(config)
    };
    let entry = |languages: &[&str]| json!({ "url": "/privacy", "languages": languages });
    let wrong = "error site.policies: must have one in fr for CA-QC: a right of visitors there (Charter of the French Language, s. 5)";
    says(policies(json!([entry(&["en"])])), &[wrong]);
    says(policies(json!([entry(&["en"]), { "url": "/fr", "places": ["FR"], "languages": ["fr"] }])), &[wrong]);
    says(
        with(json!({ "site": { "policies": [{ "url": "/quebec", "places": ["CA-QC"], "languages": ["en"] }] } })),
        &[wrong],
    );
    // One that is there, one whose language nobody says, no list, and no word of Québec.
    for right in [
        json!([entry(&["en"]), entry(&["fr"])]),
        json!([entry(&["en", "fr-CA"])]),
        json!([{ "url": "/privacy" }]),
        json!([]),
    ] {
        says(policies(right), &[]);
    }
    says(
        with(
            json!({ "site": { "policies": [{ "url": "/quebec", "places": ["CA-QC"], "languages": ["en"] }, entry(&["fr"])] } }),
        ),
        &[],
    );
    for part in [
        json!({ "jurisdiction": "CA-QC" }),
        json!({ "jurisdiction": "CA-ON", "site": { "policies": [entry(&["en"])] } }),
    ] {
        says(with(part), &[]);
    }
}

#[test]
fn both_thresholds_of_age_can_be_raised() {
    let ages = |age: Json, facts: &str| {
        let rules = policy_of(&with(json!({ "age": age }))).rules;
        let ages = Jurisdiction::of(&Facts::new(facts.into()), "", &rules).ages;
        (ages.first, ages.second)
    };
    assert_eq!(ages(json!({}), "h=US-CA"), (13, 16), "the control");
    assert_eq!(ages(json!({ "secondThresholds": { "US-CA": 18 } }), "h=US-CA"), (13, 18));
    assert_eq!(ages(json!({ "secondThresholds": { "US": 18 } }), "h=US-CA"), (13, 18));
    assert_eq!(ages(json!({ "secondThresholds": { "*": 18, "DE": 17 } }), "h=DE"), (16, 18));
    assert_eq!(ages(json!({ "thresholds": { "DE": 18 }, "secondThresholds": { "DE": 17 } }), "h=DE"), (18, 18));
}

#[test]
fn every_tracker_of_the_catalog_is_known() {
    for id in ["google-analytics", "google-ads", "hotjar", "linkedin-insight", "matomo", "meta-pixel"] {
        let mut service = catalog()[id].clone();
        service["id"] = id.into();
        service["category"] = "necessary".into();
        let found = lines(&reading(&with(json!({ "services": [service] }))));
        assert!(found.len() == 1 && found[0].contains(OPTIONAL), "{id}: {found:?}");
    }
}

#[test]
fn the_record_holds_all_counsel() {
    let config = with(
        json!({ "counsel": "A", "age": { "counsel": "B" }, "gate": { "counsel": "C D" }, "x-note": { "counsel": "no" },
        "services": [{ "id": "ga", "category": "analytics", "counsel": "E" }], "record": { "expiresDays": { "counsel": "F;G" } } }),
    );
    let policy = policy_of(&config);
    let mut device = Device::default();
    Page::open(&policy, &mut device, START).0.answer(&mut device, Answer::RejectAll, START);
    let text = device.record.unwrap();
    assert!(text.contains(" m=A%59.%32.B%59.%32.C%32.D%59.%32.E%59.%32.F%59.G "), "{text}");
    let mut device = Device::default();
    Page::open(&policy_of(&with(json!({}))), &mut device, START).0.answer(&mut device, Answer::RejectAll, START);
    assert!(!device.record.unwrap().contains(" m="));
}

#[test]
fn a_category_without_services_is_what_it_says() {
    let uses = |category: Json| {
        let config = with(json!({ "floor": "law", "age": {}, "categories": [category] }));
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&policy_of(&config), &mut device, START, "h=US-TX");
        page.answer(&mut device, Answer::Age(14), START);
        page.answer(&mut device, site::allow("chat"), START);
        page.allowed("chat")
    };
    assert!(!uses(json!({ "id": "chat" })), "anything, and so barred for a teenager");
    assert!(!uses(json!({ "id": "chat", "uses": ["profiling"] })));
    assert!(uses(json!({ "id": "chat", "uses": ["sensitive"] })), "barred is advertising, sale and profiling");
    assert!(uses(json!({ "id": "chat", "serviceProvider": true })));
    assert!(!uses(json!({ "id": "chat", "serviceProvider": true, "uses": ["sale"] })));
}

#[test]
fn a_category_that_does_more_is_asked_about_again() {
    let config = |uses: Json| policy_of(&with(json!({ "categories": [{ "id": "chat", "uses": uses }] })));
    let mut device = Device::default();
    let (mut page, _) = Page::open(&config(json!(["profiling"])), &mut device, START);
    page.answer(&mut device, Answer::AcceptAll, START);
    for (uses, allowed) in [(json!(["profiling"]), true), (json!(["profiling", "sale"]), false)] {
        assert_eq!(Page::open(&config(uses), &mut device, START + 1).0.allowed("chat"), allowed);
    }
}
