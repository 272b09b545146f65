//! What is right becomes the policy: from the config, its defaults and the catalog.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics fails")]

mod support;

use consentry_core::{config::read, issue::Severity, value::Value};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use support::{catalog, lines, reading, says, value, with};

#[test]
fn looks_a_string_up_in_the_catalog() {
    let all = value(&json!({
        "good": { "category": "analytics", "vendor": "V", "hosts": ["good.example"], "purposes": ["p"] },
        "named": { "id": "named", "category": "marketing" },
        "other": { "id": "another", "category": "marketing" },
        "bad": { "category": "nowhere", "hosts": ["good.example", "HTTP"], "cookies": [{ "naem": "x" }] },
        "none": 5
    }));
    let read = |services: Json| read(&value(&with(json!({ "services": services }))), &all);
    let policy = read(json!(["good", "named"])).policy.unwrap();
    assert_eq!(policy.services[0].id, "good");
    assert_eq!(policy.services[0].vendor, "V");
    assert_eq!(policy.services[0].hosts[0].text(), "good.example");
    assert_eq!(policy.services[0].purposes, ["p"]);
    assert_eq!(policy.categories[policy.services[0].category].id, "analytics");
    assert_eq!(policy.categories[policy.services[1].category].id, "marketing");
    for (services, expected) in [
        (
            json!(["godo"]),
            &[
                "error services[0]: not in the catalog, so describe it with id, category and hosts; did you mean \"good\"?",
            ][..],
        ),
        (json!(["something"]), &["error services[0]: not in the catalog, so describe it with id, category and hosts"]),
        (json!(["good", "good"]), &["error services[1]: the id \"good\" is taken already"]),
        (
            json!(["good", { "id": "good", "category": "analytics" }]),
            &["error services[1].id: the id \"good\" is taken already"],
        ),
        (
            json!(["analytics"]),
            &[
                "error services[0]: the id \"analytics\" is taken already",
                "error services[0]: not in the catalog, so describe it with id, category and hosts",
            ],
        ),
        (json!(["other"]), &["error catalog.other.id: must be its key, other"]),
        (
            json!(["bad"]),
            &[
                "error catalog.bad.category: unknown id",
                "error catalog.bad.hosts[1]: must be a host name, got \"HTTP\"",
                "error catalog.bad.cookies[0].name: is required",
                "error catalog.bad.cookies[0].naem: unknown key; did you mean \"name\"?",
            ],
        ),
        (json!(["none"]), &["error catalog.none: must be an object"]),
        (json!([5]), &["error services[0]: must be an object"]),
    ] {
        let reading = read(services.clone());
        assert_eq!(lines(&reading), expected, "{services}");
        assert!(reading.policy.is_none());
    }
    // Without an entry in the catalog a service of one's own still needs its id.
    says(with(json!({ "services": [{ "category": "analytics" }] })), &["error services[0].id: is required"]);
}

#[test]
fn has_a_default_for_everything_but_the_version() {
    let policy = reading(&json!({ "policy": { "version": "2026-11-01" } })).policy.unwrap();
    assert_eq!(policy.version, "2026-11-01");
    assert!(!policy.material);
    assert_eq!(policy.controller, "");
    assert!(policy.hosts.is_empty() && policy.services.is_empty());
    let categories: Vec<_> =
        policy.categories.iter().map(|category| (category.id.as_str(), category.necessary)).collect();
    assert_eq!(categories, [("necessary", true), ("functional", false), ("analytics", false), ("marketing", false)]);
    assert!(policy.categories.iter().all(|category| category.purposes.is_empty()));
    let record = policy.record;
    assert_eq!(
        (record.scope.as_str(), record.granted_days, record.refused_days, record.script_grants),
        ("", 365, 183, false)
    );
}

#[test]
fn makes_the_policy_that_the_config_declares() {
    let policy = reading(&json!({
        "site": { "controller": "ACME", "hosts": ["cdn.example.net"] },
        "policy": { "version": "2", "material": true },
        "categories": [
            { "id": "social", "purposes": [{ "id": "share", "basis": "consent" }] },
            { "id": "analytics", "purposes": [{ "id": "audience", "basis": "consent" }, { "id": "quality", "basis": "consent" }] },
            { "id": "security", "purposes": [{ "id": "fraud", "basis": "necessary" }] }
        ],
        "services": [
            { "id": "beacon", "category": "analytics", "hosts": ["/collect"] },
            { "id": "tweet", "category": "social", "vendor": "X Corp.", "hosts": ["platform.twitter.com", "*.twimg.com"], "purposes": ["embed"] }
        ],
        "record": { "scope": "shop", "expiresDays": { "granted": 90, "refused": 200 }, "scriptGrants": true }
    })).policy.unwrap();
    assert_eq!((policy.version.as_str(), policy.material, policy.controller.as_str()), ("2", true, "ACME"));
    assert_eq!(policy.hosts[0].text(), "cdn.example.net");
    let categories: Vec<_> = policy
        .categories
        .iter()
        .map(|category| (category.id.as_str(), category.necessary, category.purposes.join(" ")))
        .collect();
    assert_eq!(
        categories,
        [
            ("necessary", true, String::new()),
            ("functional", false, String::new()),
            ("analytics", false, "audience quality".into()),
            ("marketing", false, String::new()),
            ("social", false, "share".into()),
            ("security", true, "fraud".into()),
        ]
    );
    let services: Vec<_> = policy
        .services
        .iter()
        .map(|service| (service.id.as_str(), service.category, service.vendor.as_str(), service.hosts.len()))
        .collect();
    assert_eq!(services, [("beacon", 2, "", 1), ("tweet", 4, "X Corp.", 2)]);
    assert_eq!(policy.services[1].purposes, ["embed"]);
    let record = policy.record;
    assert_eq!(
        (record.scope.as_str(), record.granted_days, record.refused_days, record.script_grants),
        ("shop", 90, 200, true)
    );
}

#[test]
fn reads_every_entry_of_the_catalog_without_an_issue() {
    let all = catalog();
    assert!(all.as_object().unwrap().len() >= 8, "the folder was found");
    for id in all.as_object().unwrap().keys() {
        let reading = read(&value(&with(json!({ "services": [id] }))), &value(&all));
        assert_eq!(lines(&reading), [""; 0], "{id}");
        let service = &reading.policy.unwrap().services[0];
        assert!(!service.vendor.is_empty() && !service.hosts.is_empty(), "{id} says who and where");
    }
}

#[test]
fn reads_who_may_agree_and_thresholds_only_counsel_lowers() {
    let age = |part: serde_json::Value| with(json!({ "age": part }));
    for right in [
        json!({}),
        json!({ "thresholds": { "US": 13, "DE": 16, "ES": 18, "*": 1 } }),
        json!({ "thresholds": { "DE": 14 }, "counsel": "A. Lawyer, 2026: why" }),
    ] {
        says(age(right), &[]);
    }
    let lower =
        "must not be looser than the law of the place (docs: jurisdictions, age) without counsel: who, when, why";
    for place in ["DE", "CH", "US-CA"] {
        says(age(json!({ "thresholds": { place: 12 } })), &[&format!("error age.thresholds: {lower}")]);
    }
    let policy = reading(&age(json!({ "thresholds": { "US": 14, "*": 16 } }))).policy.unwrap();
    assert_eq!(policy.rules.age, Some(vec![("US".into(), 14), ("*".into(), 16)]));
    assert_eq!(reading(&with(json!({}))).policy.unwrap().rules.age, None);
    let school = json!({ "services": [{ "id": "quiz", "category": "functional", "hosts": ["/quiz"], "educational": true }], "locked": [{ "id": "quiz", "opens": true }, { "id": "analytics" }] });
    let policy = reading(&with(school)).policy.unwrap();
    assert_eq!((policy.rules.opened, policy.rules.locked), (vec!["quiz".into()], vec!["analytics".into()]));
    assert!(policy.services[0].educational && !policy.services[0].discloses);
}

#[test]
fn runs_the_example_of_the_documentation_as_printed() {
    let config = json!({ "policy": { "version": "2026-11-01" }, "services": ["google-analytics", "youtube"] });
    let reading = read(&value(&config), &value(&catalog()));
    assert_eq!(lines(&reading), [""; 0]);
    assert_eq!(reading.policy.unwrap().services.len(), 2);
}

#[test]
fn reads_a_config_of_ten_thousand_services_in_reasonable_time() {
    let services: Vec<_> = (0..10_000)
        .map(|n| json!({ "id": format!("s{n}"), "category": "analytics", "hosts": [format!("s{n}.example")] }))
        .collect();
    let config = value(&with(json!({ "services": services })));
    let start = std::time::Instant::now();
    assert_eq!(read(&config, &Value::Null).policy.unwrap().services.len(), 10_000);
    assert!(start.elapsed().as_secs() < 20, "took {:?}", start.elapsed());
}

/// Any tree, with keys and texts that the table knows often enough to get deep into it.
fn any_value() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "site",
            "policy",
            "version",
            "categories",
            "services",
            "id",
            "label",
            "purposes",
            "basis",
            "hosts",
            "cookies",
            "name",
            "storage",
            "kind",
            "gate",
            "level",
            "record",
            "expiresDays",
            "granted",
            "ui",
            "theme",
            "accent",
            "texts",
            "lang",
            "en",
            "necessary",
            "consent",
            "objection",
            "analytics",
            "marked",
            "auto",
            "google-analytics",
            "x-a",
            "$schema",
            "2026-11-01",
            "category",
        ])
        .prop_map(String::from),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(Value::Other),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Number),
        word.clone().prop_map(Value::Text),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            prop::collection::vec((word.clone(), inner), 0..8).prop_map(Value::Map),
        ]
    })
}

proptest! {
    #[test]
    fn never_panics_and_gives_a_policy_exactly_without_errors(config in any_value(), catalog in any_value()) {
        let reading = read(&config, &catalog);
        let broken = reading.issues.iter().any(|issue| issue.severity == Severity::Error);
        prop_assert_eq!(reading.policy.is_none(), broken);
        if let Some(policy) = reading.policy {
            prop_assert!(policy.services.iter().all(|service| service.category < policy.categories.len()));
            prop_assert!(policy.categories.iter().any(|category| category.id == "necessary" && category.necessary));
        }
    }
}
