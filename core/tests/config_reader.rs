//! The reader: each mistake is told with its path, all at once, and what is right becomes the policy.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics fails")]

mod support;

use consentry_core::{config::read, issue::Severity, value::Value};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use support::{catalog, lines, reading, value};

/// A right config with one part put in.
fn with(part: Json) -> Json {
    let mut config = json!({ "policy": { "version": "1" } });
    config.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    config
}

fn service(part: Json) -> Json {
    let mut service = json!({ "id": "a", "category": "analytics" });
    service.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    with(json!({ "services": [service] }))
}

#[track_caller]
fn says(config: Json, expected: &[&str]) {
    let reading = reading(&config);
    assert_eq!(lines(&reading), expected, "{config}");
    let broken = expected.iter().any(|line| line.starts_with("error"));
    assert_eq!(reading.policy.is_none(), broken, "a policy stands if and only if there is no error: {config}");
}

#[test]
fn tells_all_five_mistakes_at_once() {
    says(
        json!({
            "policy": { "version": 1, "effective": "2026-02-30" },
            "categories": [{ "id": "social" }, { "id": "analytics", "purposes": [{ "id": "audience", "basis": "objection" }] }],
            "services": [{ "id": "tweet-button", "category": "socail", "hosts": ["platform.twitter.com", "*.twimg.com", "http:/x"], "cokies": [] }]
        }),
        &[
            "error policy.version: must be 1 to 64 plain characters",
            "error policy.effective: is no day of the calendar",
            "error categories[1].purposes[0].basis: objection: legitimate interest is no ground for storing or reading under \
             opt-in, and this version of Consentry has opt-in alone",
            "error services[0].category: unknown category; did you mean \"social\"?",
            "error services[0].hosts[2]: must be a host name, got \"http:/x\"",
            "error services[0].cokies: unknown key; did you mean \"cookies\"?",
        ],
    );
}

#[test]
fn needs_a_policy_with_a_version() {
    says(json!({}), &["error policy.version: is required"]);
    says(json!({ "policy": {} }), &["error policy.version: is required"]);
    for none in [json!(null), json!([]), json!("x"), json!(1)] {
        assert_eq!(reading(&none).issues[0].message.split(',').next(), Some("must be an object"));
        assert_eq!(reading(&none).issues[0].path, "");
        assert!(reading(&none).policy.is_none());
    }
    says(json!({ "policy": { "version": "x".repeat(64) } }), &[]);
    for wrong in [json!(""), json!("x".repeat(65)), json!("a\nb"), json!(null), json!(["1"])] {
        assert!(reading(&json!({ "policy": { "version": wrong } })).policy.is_none(), "{wrong}");
    }
}

#[test]
fn knows_the_calendar() {
    for right in ["2026-11-01", "2024-02-29", "2000-02-29", "0000-01-01", "2026-12-31", "2026-04-30"] {
        says(json!({ "policy": { "version": "1", "updated": right } }), &[]);
    }
    for wrong in ["2023-02-29", "1900-02-29", "2026-04-31", "2026-06-31", "2100-02-29"] {
        says(
            json!({ "policy": { "version": "1", "updated": wrong } }),
            &["error policy.updated: is no day of the calendar"],
        );
    }
    for wrong in
        ["2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-1-1", "01.11.2026", "", "2026-11-01T00:00"]
    {
        let line = format!("error policy.updated: must be a date like 2026-11-01, got \"{wrong}\"");
        says(json!({ "policy": { "version": "1", "updated": wrong } }), &[&line]);
    }
}

#[test]
fn suggests_what_was_meant() {
    says(with(json!({ "servces": [] })), &["error servces: unknown key; did you mean \"services\"?"]);
    says(with(json!({ "Policy": {} })), &["error Policy: unknown key; did you mean \"policy\"?"]);
    says(with(json!({ "plugins": {} })), &["error plugins: unknown key"]);
    says(
        service(json!({ "privacypolicy": "/p" })),
        &["error services[0].privacypolicy: unknown key; did you mean \"privacyPolicy\"?"],
    );
}

#[test]
fn says_what_this_version_lacks() {
    let later = "this version of Consentry does not have it yet";
    for key in ["jurisdiction", "floor", "regimes", "age", "locked", "signals", "integrations", "counsel"] {
        says(with(json!({ key: {} })), &[&format!("error {key}: {later}")]);
    }
    for key in ["upcoming", "forbidden", "data"] {
        says(json!({ "policy": { "version": "1", key: [] } }), &[&format!("error policy.{key}: {later}")]);
    }
    for key in ["uses", "serviceProvider", "ask", "educational", "hold"] {
        says(service(json!({ key: true })), &[&format!("error services[0].{key}: {later}")]);
    }
    for key in ["cookie", "log", "store"] {
        says(with(json!({ "record": { key: {} } })), &[&format!("error record.{key}: {later}")]);
    }
    for level in ["auto", "auto-csp", "sealed", "header"] {
        says(with(json!({ "gate": { "level": level } })), &[&format!("error gate.level: {level}: {later}")]);
    }
    says(
        with(json!({ "gate": { "unknownThirdParties": "block" } })),
        &[&format!("error gate.unknownThirdParties: {later}")],
    );
    says(with(json!({ "gate": { "level": "marked" } })), &[]);
    says(with(json!({ "gate": { "level": "mark" } })), &["error gate.level: must be one of marked, got \"mark\""]);
}

#[test]
fn refuses_ids_that_are_no_ids_or_are_taken() {
    says(
        with(json!({ "categories": [{ "id": "Social" }] })),
        &["error categories[0].id: must be an id of a-z, 0-9 and -, got \"Social\""],
    );
    says(with(json!({ "categories": [{ "label": "x" }] })), &["error categories[0].id: is required"]);
    says(with(json!({ "categories": [{ "id": "a".repeat(64) }] })), &[]);
    assert!(reading(&with(json!({ "categories": [{ "id": "a".repeat(65) }] }))).policy.is_none());
    assert!(reading(&with(json!({ "categories": [{ "id": "-a" }] }))).policy.is_none());
    says(
        with(json!({ "categories": [{ "id": "a" }, { "id": "a" }] })),
        &["error categories[1].id: the id \"a\" is taken already"],
    );
    says(with(json!({ "categories": [{ "id": "analytics" }] })), &[]);
    let services = |ids: [&str; 2]| json!(ids.map(|id| json!({ "id": id, "category": "analytics" })));
    says(with(json!({ "services": services(["a", "b"]) })), &[]);
    says(with(json!({ "services": services(["a", "a"]) })), &["error services[1].id: the id \"a\" is taken already"]);
    says(
        with(json!({ "services": services(["a", "marketing"]) })),
        &["error services[1].id: the id \"marketing\" is taken already"],
    );
    says(
        with(json!({ "services": services(["a", "social"]), "categories": [{ "id": "social" }] })),
        &["error services[1].id: the id \"social\" is taken already"],
    );
    let purposes = |ids: [&str; 2]| json!(ids.map(|id| json!({ "id": id, "basis": "consent" })));
    says(
        with(
            json!({ "categories": [{ "id": "a", "purposes": purposes(["x", "y"]) }, { "id": "b", "purposes": purposes(["x", "x"]) }] }),
        ),
        &["error categories[1].purposes[1].id: the id \"x\" is taken already"],
    );
    says(
        service(json!({ "purposes": ["x", "y", "x"] })),
        &["error services[0].purposes[2]: the id \"x\" is taken already"],
    );
}

#[test]
fn keeps_the_bases_of_a_category_apart() {
    let mixed = "must not need consent in part: a visitor answers a category as a whole";
    let category = |id: &str, bases: &[&str]| {
        let purposes: Vec<_> =
            bases.iter().enumerate().map(|(n, basis)| json!({ "id": format!("p{n}"), "basis": basis })).collect();
        with(json!({ "categories": [{ "id": id, "purposes": purposes }] }))
    };
    says(category("a", &["necessary", "consent"]), &[&format!("error categories[0].purposes: {mixed}")]);
    says(category("necessary", &["consent"]), &[&format!("error categories[0].purposes: {mixed}")]);
    let necessary = |config: &Json, id: &str| {
        let policy = reading(config).policy.unwrap();
        policy.categories.iter().find(|category| category.id == id).unwrap().necessary
    };
    assert!(necessary(&category("a", &["necessary", "necessary"]), "a"));
    assert!(necessary(&category("necessary", &[]), "necessary"));
    assert!(!necessary(&category("a", &["consent", "consent"]), "a"));
    assert!(!necessary(&category("a", &[]), "a"));
    assert!(reading(&category("a", &["objection"])).policy.is_none());
    says(
        category("a", &["consents"]),
        &["error categories[0].purposes[0].basis: must be one of consent|necessary, got \"consents\""],
    );
}

#[test]
fn names_the_rule_behind_a_span_of_days() {
    let days = |key: &str, days: Json| with(json!({ "record": { "expiresDays": { key: days } } }));
    let granted = "error record.expiresDays.granted: must be 1 to 395 days (no grant is kept over 13 months: CNIL)";
    let refused = "error record.expiresDays.refused: must be 183 days or more (no question within 6 months of a refusal: CNIL, Garante)";
    for right in [1, 365, 395] {
        says(days("granted", json!(right)), &[]);
    }
    for wrong in [json!(0), json!(396), json!(-1), json!(1.5), json!(1e20), json!(null), json!(true)] {
        says(days("granted", wrong), &[granted]);
    }
    for right in [183, 400, 36_500] {
        says(days("refused", json!(right)), &[]);
    }
    for wrong in [json!(182), json!(0), json!(-183), json!(183.5), json!(36_501), json!(4_294_967_479_u64)] {
        says(days("refused", wrong), &[refused]);
    }
    says(days("granted", json!("365")), &[&format!("{granted}, got \"365\"")]);
    let nan = Value::Map(vec![("granted".into(), Value::Number(f64::NAN))]);
    let config = Value::Map(vec![("record".into(), Value::Map(vec![("expiresDays".into(), nan)]))]);
    assert!(lines(&read(&config, &Value::Null)).contains(&granted.to_owned()));
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
fn warns_about_what_has_a_default_and_starts_all_the_same() {
    says(
        with(json!({
            "site": { "name": 1, "hosts": ["ok.example", "http://x"], "policies": [{ "url": "javascript:x", "places": ["us"] }], "nmae": "x" },
            "ui": { "layout": "modal", "theme": { "accent": "url(x)", "radius": "8em", "text": "#12345", "background": "#0af" }, "position": "top" },
            "lang": "English!",
            "texts": { "en": { "notice.title": 1 }, "deutsch?": { "notice.title": "Hallo" } }
        })),
        &[
            "warning site.name: must be a string",
            "warning site.hosts[1]: must be a host name, got \"http://x\"",
            "warning site.policies[0].url: must be an http(s), mailto or relative URL, got \"javascript:x\"",
            "warning site.policies[0].places[0]: must be a place like US-CA, got \"us\"",
            "warning site.nmae: unknown key; did you mean \"name\"?",
            "warning ui.layout: must be one of bar|box, got \"modal\"",
            "warning ui.theme.accent: must be a color like #1a2b3c, got \"url(x)\"",
            "warning ui.theme.text: must be a color like #1a2b3c, got \"#12345\"",
            "warning ui.theme.radius: must be a length like 8px, got \"8em\"",
            "warning lang: must be a language tag like pt-BR, got \"English!\"",
            "warning texts.en[\"notice.title\"]: must be a string",
            "warning texts[\"deutsch?\"]: must be a language tag like pt-BR",
        ],
    );
    let config = with(json!({ "site": { "hosts": ["ok.example", "http://x"], "controller": 7 } }));
    let policy = reading(&config).policy.unwrap();
    assert_eq!(policy.hosts.iter().map(|host| host.text()).collect::<Vec<_>>(), ["ok.example"]);
    assert_eq!(policy.controller, "");
    says(with(json!({ "site": [] })), &["warning site: must be an object"]);
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
            "error services[0].storage[0].kind: must be one of localStorage|sessionStorage, got \"cookie\"",
            "error services[0].storage[1].kind: indexedDB: this version of Consentry does not have it yet",
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
fn lets_tools_and_owners_write_keys_of_their_own() {
    says(
        json!({
            "$schema": "consentry.schema.json", "x-note": { "any": [1] },
            "policy": { "version": "1", "x-by": 5, "$schema": 1 },
            "texts": { "x-todo": 5, "en": { "x-note": 1 } },
            "services": [{ "id": "a", "category": "analytics", "x-ticket": null, "label": { "x-a": 1 } }]
        }),
        &[],
    );
}

#[test]
fn cuts_long_values_short_at_a_letter() {
    let long = format!("{}é{}", "x".repeat(39), "y".repeat(5_000));
    let line = format!("error services[0].country: must be a country like DE, got \"{}\"", "x".repeat(39));
    says(service(json!({ "country": long })), &[&line]);
}

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
        (json!(["godo"]), &["error services[0]: not in the catalog; did you mean \"good\"?"][..]),
        (json!(["something"]), &["error services[0]: not in the catalog"]),
        (json!(["good", "good"]), &["error services[1]: the id \"good\" is taken already"]),
        (
            json!(["good", { "id": "good", "category": "analytics" }]),
            &["error services[1].id: the id \"good\" is taken already"],
        ),
        (
            json!(["analytics"]),
            &["error services[0]: the id \"analytics\" is taken already", "error services[0]: not in the catalog"],
        ),
        (json!(["other"]), &["error catalog.other.id: must be its key, other"]),
        (
            json!(["bad"]),
            &[
                "error catalog.bad.category: unknown category",
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
