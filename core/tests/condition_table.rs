//! What conditions come to: three values, and one poison.

mod site;

use consentry_core::{
    condition::{
        Verdict::{self, No, Unknown, Wait, Yes},
        judge,
    },
    event::Answer,
    value::Value,
};
use proptest::prelude::*;
use site::{Device, Page, START, day, policy, save, withdraw};

/// A condition as JSON, so that the tables read like the documentation.
fn condition(json: &str) -> Value {
    from(&serde_json::from_str(json).unwrap_or(serde_json::Value::Null))
}

fn from(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(yes) => Value::Bool(*yes),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(from).collect()),
        serde_json::Value::Object(map) => {
            Value::Map(map.iter().map(|(key, value)| (key.clone(), from(value))).collect())
        }
    }
}

/// Granted: analytics. Withdrawn: marketing. Refused: functional. Unanswered: chat's category.
fn page() -> Page {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, Answer::AcceptAll, START);
    page.answer(&mut device, save(&[("functional", false)]), START);
    page.answer(&mut device, withdraw("marketing"), START);
    let mut more = policy();
    more.categories.push(site::category("social", &[]));
    Page::open(&more, &mut device, START).0
}

#[test]
fn conditions_come_to_what_the_table_says() {
    let table: &[(&str, Verdict)] = &[
        (r#""necessary""#, Yes),
        (r#""analytics""#, Yes),
        (r#""counter""#, Yes),
        (r#""functional""#, No),
        (r#""marketing""#, No),
        (r#""social""#, Wait),
        (r#""nothing""#, Unknown),
        (r#""""#, Unknown),
        (r#""!analytics""#, No),
        (r#""!functional""#, Yes),
        (r#""!marketing""#, Yes),
        (r#""!social""#, Wait),
        (r#""!nothing""#, Unknown),
        (r#""!!analytics""#, Unknown),
        (r#"{"not": "functional"}"#, Yes),
        (r#"{"not": {"not": "functional"}}"#, No),
        (r#"{"not": "!functional"}"#, No),
        (r#"{"not": "nothing"}"#, Unknown),
        (r#"{"all": ["analytics", "counter"]}"#, Yes),
        (r#"{"all": ["analytics", "social"]}"#, Wait),
        (r#"{"all": ["analytics", "social", "functional"]}"#, No),
        (r#"{"any": ["functional", "marketing"]}"#, No),
        (r#"{"any": ["functional", "social"]}"#, Wait),
        (r#"{"any": ["functional", "social", "analytics"]}"#, Yes),
        (r#"{"any": ["analytics", "nothing"]}"#, Unknown),
        (r#"{"any": ["nothing", "analytics"]}"#, Unknown),
        (r#"{"all": ["functional", "nothing"]}"#, Unknown),
        (r#"{"any": ["analytics", {"all": [{"not": "nothing"}]}]}"#, Unknown),
        (r#"{"all": []}"#, Unknown),
        (r#"{"any": []}"#, Unknown),
        (r#"{}"#, Unknown),
        (r#"{"none": ["analytics"]}"#, Unknown),
        (r#"{"all": "analytics"}"#, Unknown),
        (r#"{"all": ["analytics"], "any": ["analytics"]}"#, Unknown),
        (r#"["analytics"]"#, Unknown),
        ("null", Unknown),
        ("true", Unknown),
        ("1", Unknown),
    ];
    let page = page();
    for (json, verdict) in table {
        assert_eq!(judge(&condition(json), page.engine.decision()), *verdict, "{json}");
    }
    assert_eq!(judge(&Value::Other, page.engine.decision()), Unknown);
}

#[test]
fn what_lapsed_or_changed_waits_in_both_directions() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, Answer::AcceptAll, START);
    page.read(&mut device, day(365));
    for json in [r#""analytics""#, r#""!analytics""#] {
        assert_eq!(judge(&condition(json), page.engine.decision()), Wait, "{json}");
    }
}

#[test]
fn nesting_without_end_is_malformed() {
    let mut deep = Value::Text("analytics".into());
    for _ in 0..10_000 {
        deep = Value::Map(vec![("not".into(), deep)]);
    }
    assert_eq!(judge(&deep, page().engine.decision()), Unknown);
    // Taken apart by hand: dropping it would nest as deep.
    while let Value::Map(mut entries) = deep {
        deep = entries.pop().map_or(Value::Null, |(_, inner)| inner);
    }
}

fn conditions() -> impl Strategy<Value = Value> {
    let ids = ["analytics", "functional", "social", "!analytics", "!social", "nothing"];
    let leaf = prop::sample::select(ids.to_vec()).prop_map(|id| Value::Text(id.into()));
    leaf.prop_recursive(4, 24, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            inner.prop_map(|inner| Value::Map(vec![("not".into(), inner)])),
            (prop::bool::ANY, parts).prop_map(|(all, parts)| {
                Value::Map(vec![(if all { "all" } else { "any" }.into(), Value::List(parts))])
            }),
        ]
    })
}

fn mentions_nothing(condition: &Value) -> bool {
    match condition {
        Value::Text(text) => text == "nothing",
        Value::List(parts) => parts.iter().any(mentions_nothing),
        Value::Map(entries) => entries.iter().any(|(_, value)| mentions_nothing(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Other => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_unknown_poisons_and_only_the_unknown(condition in conditions()) {
        let page = page();
        let verdict = judge(&condition, page.engine.decision());
        prop_assert_eq!(verdict == Unknown, mentions_nothing(&condition));
        let negated = judge(&Value::Map(vec![("not".into(), condition)]), page.engine.decision());
        prop_assert_eq!(negated, match verdict { Yes => No, No => Yes, Wait => Wait, Unknown => Unknown });
    }
}
