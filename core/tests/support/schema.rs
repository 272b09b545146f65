//! The JSON Schema of the config, made from the table that the reader walks.
//!
//! It lives outside the crate's source, as do the descriptions: neither is worth a visitor's bytes.

#[path = "descriptions.rs"]
mod descriptions;

use consentry_core::config::{
    form::Form,
    table::{DAYS, Key, Keys, NOTICE, YEARS},
};
use serde_json::{Map, Value as Json, json};

pub use self::descriptions::DESCRIPTIONS;

/// Keys that are accepted in every object.
const FREE: &str = "^(x-.*|\\$schema)$";

/// The schema as it stands in `www/consentry.schema.json`.
pub fn text() -> String {
    serde_json::to_string_pretty(&schema()).unwrap() + "\n"
}

/// The schema.
pub fn schema() -> Json {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Consentry config",
        "description": "What a site declares to Consentry, in `#consentry-config`, in the file that `data-config` names, or for `consentry.start()`."
    });
    merge(&mut schema, shape("R", ""));
    schema
}

/// The paths of all keys, in order: `services[].cookies[].name`.
pub fn paths() -> Vec<String> {
    let mut paths = Vec::new();
    collect("R", "", &mut paths);
    paths
}

fn collect(shape: &'static str, path: &str, paths: &mut Vec<String>) {
    match shape.as_bytes()[0] {
        b'[' => collect(&shape[1..], &format!("{path}[]"), paths),
        b'/' => collect(&shape[1..], path, paths),
        letter => {
            for key in keys(letter) {
                let path = join(path, key.name);
                paths.push(path.clone());
                collect(key.shape, &path, paths);
            }
        }
    }
}

/// The keys of an object that this version has; none of what is no object.
fn keys(letter: u8) -> Vec<Key> {
    let letter = if letter == b'S' { b'E' } else { letter };
    Keys::of(letter).into_iter().flatten().filter(|key| key.shape != "~").collect()
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn shape(shape: &'static str, path: &str) -> Json {
    let inner = &shape[1..];
    match shape.as_bytes()[0] {
        b'b' => json!({ "type": "boolean", "default": false }),
        b'r' => json!({ "type": "integer", "minimum": DAYS.0, "maximum": DAYS.1 }),
        b'm' => json!({ "type": "integer", "minimum": NOTICE.0, "maximum": NOTICE.1 }),
        b'j' => json!({ "type": "integer", "minimum": YEARS.0, "maximum": YEARS.1 }),
        b'f' => json!({ "anyOf": [text_of(b'i'), text_of(b'h')] }),
        b'(' => json!({ "enum": words(inner) }),
        b'[' => json!({ "type": "array", "items": self::shape(inner, &format!("{path}[]")) }),
        b'/' => json!({ "anyOf": [{ "type": "string" }, self::shape(inner, path)] }),
        b'S' => json!({ "anyOf": [text_of(b'i'), object(b'S', path)] }),
        b'<' => {
            let mut schema = json!({
                "type": "object",
                "patternProperties": { FREE: true },
                "additionalProperties": self::shape(&inner[1..], path),
            });
            if !inner.starts_with(['a', 'z']) {
                schema["propertyNames"] = json!({ "anyOf": [text_of(inner.as_bytes()[0]), { "pattern": FREE }] });
            }
            schema
        }
        letter if letter.is_ascii_uppercase() || letter == b'1' => object(letter, path),
        letter => text_of(letter),
    }
}

fn words(choice: &str) -> Vec<&str> {
    choice.split('~').next().unwrap().split('|').collect()
}

fn object(letter: u8, path: &str) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for key in keys(letter) {
        let path = join(path, key.name);
        let mut schema = json!({ "description": description(&path) });
        merge(&mut schema, shape(key.shape, &path));
        if key.mark == b'!' {
            required.push(key.name);
        } else if let Some(choice) = key.shape.strip_prefix('(') {
            schema["default"] = json!(words(choice)[0]);
        }
        properties.insert(key.name.to_owned(), schema);
    }
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "patternProperties": { FREE: true },
        "additionalProperties": false,
    });
    if letter == b'X' {
        let lawful = json!({ "granted": { "maximum": 395 }, "refused": { "minimum": 183 } });
        schema["anyOf"] = json!([{ "required": ["counsel"] }, { "properties": lawful }]);
    }
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn description(path: &str) -> &'static str {
    DESCRIPTIONS.iter().find(|(known, _)| *known == path).map_or("", |(_, text)| text)
}

fn merge(schema: &mut Json, more: Json) {
    let (Json::Object(schema), Json::Object(more)) = (schema, more) else { unreachable!("schemas are objects") };
    schema.extend(more);
}

fn text_of(letter: u8) -> Json {
    if letter == b'a' {
        return json!({ "type": "string" });
    }
    let pattern = format!("^({})$", Form::of(letter).pattern);
    json!({ "type": "string", "pattern": pattern })
}
