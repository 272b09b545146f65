//! Whatever a site writes: reading it never panics, and what is read leaves everything optional off until a yes.

use consentry_core::{
    config::read,
    decision::Reason,
    engine::Engine,
    event::{Event, Stored},
    jurisdiction::Regime,
    time::Timestamp,
    value::Value,
};
use serde_json::Value as Json;

/// Fails where that does not hold of a text.
pub(crate) fn check(texts: &str) {
    let (config, catalog) = texts.split_once('\0').unwrap_or((texts, ""));
    let [config, catalog] = [config, catalog].map(|text| serde_json::from_str(text).map_or(Value::Null, value));
    let reading = read(&config, &catalog);
    assert_eq!(reading, read(&config, &catalog), "read twice, it says something else");
    let Some(policy) = reading.policy else {
        assert!(!reading.issues.is_empty(), "no policy, and nothing wrong");
        return;
    };
    let is_opt_in = policy.rules.floor == Regime::OptIn;
    let mut engine = Engine::new(policy, "1.0.0");
    engine.step(Event::Read { stored: Stored::Empty, at: Timestamp(1_793_491_200) });
    let on = |reason| !matches!(reason, Reason::Necessary | Reason::Educational);
    let open = engine.decision().iter().any(|(_, choice)| choice.allowed && on(choice.reason));
    assert!(!(is_opt_in && open), "on before a yes");
}

fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::Text(text),
        Json::Array(items) => Value::List(items.into_iter().map(value).collect()),
        Json::Object(entries) => Value::Map(entries.into_iter().map(|(key, item)| (key, value(item))).collect()),
    }
}
