//! What several tests of the core share: JSON to [`Value`], and the config's JSON Schema.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics fails")]

pub mod schema;

use consentry_core::{
    config::{Reading, read},
    issue::Severity,
    policy::Policy,
    value::Value,
};
use serde_json::{Map, Value as Json, json};

/// The same tree as the core sees it.
pub fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(entries) => Value::Map(entries.iter().map(|(key, item)| (key.clone(), value(item))).collect()),
    }
}

/// Reads a config without a catalog.
pub fn reading(config: &Json) -> Reading {
    read(&value(config), &Value::Null)
}

/// The issues as lines: `error policy.version: is required`.
pub fn lines(reading: &Reading) -> Vec<String> {
    let severity = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    reading
        .issues
        .iter()
        .map(|issue| format!("{} {}: {}", severity(issue.severity), issue.path, issue.message))
        .collect()
}

/// Every file of `catalog/`, joined as `dist/consentry.catalog.json` is: by file name, which is the service's id.
pub fn catalog() -> Json {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let entry = |path: &std::path::PathBuf| {
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (id, serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    };
    Json::Object(files.iter().map(entry).collect::<Map<_, _>>())
}

/// A right config with one part put in.
pub fn with(part: Json) -> Json {
    let mut config = json!({ "policy": { "version": "1" } });
    config.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    config
}

/// The same with one service of analytics, with one part put in.
pub fn service(part: Json) -> Json {
    let mut service = json!({ "id": "a", "category": "analytics" });
    service.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    with(json!({ "services": [service] }))
}

/// Reads a config and compares all that is said of it.
#[track_caller]
pub fn says(config: Json, expected: &[&str]) {
    let reading = reading(&config);
    assert_eq!(lines(&reading), expected, "{config}");
    let broken = expected.iter().any(|line| line.starts_with("error"));
    assert_eq!(reading.policy.is_none(), broken, "a policy stands if and only if there is no error: {config}");
}

/// A policy of services with these hosts.
pub fn policy(services: &[&[&str]]) -> Policy {
    let service =
        |(n, hosts): (usize, &&[&str])| json!({ "id": format!("s{n}"), "category": "analytics", "hosts": hosts });
    let services: Vec<_> = services.iter().enumerate().map(service).collect();
    reading(&json!({ "policy": { "version": "1" }, "services": services })).policy.unwrap()
}
