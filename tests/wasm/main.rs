//! The module's edges against a real browser: config in, record kept, answers out.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test reports by panicking")]

mod answers;
mod config;
mod storage;

use consentry::api::{judge, open, step};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// One category of the site's own beside the defaults, one service.
const CONFIG: &str = r#"{ "policy": { "version": "1" }, "categories": [{ "id": "social" }],
  "services": [{ "id": "tracker", "category": "analytics", "label": "Tracker", "hosts": ["tracker.example"] }] }"#;

fn js(json: &str) -> JsValue {
    JSON::parse(json).expect("the test's own JSON")
}

/// A value as `src/boot/tell.js` says it.
fn tell(value: &JsValue) -> String {
    if let Some(list) = value.dyn_ref::<Array>() {
        return format!("[\0{}]\0", list.iter().map(|item| tell(&item)).collect::<String>());
    }
    if let Some(object) = value.dyn_ref::<Object>() {
        return format!("{{\0{}]\0", Object::entries(object).iter().map(said).collect::<String>());
    }
    let kind = value.js_typeof().as_string().expect("the name of a type");
    let text = value.as_string().unwrap_or_else(|| plain(value));
    format!("{}{text}\0", &kind[..1])
}

/// Of what JSON has no word for, nothing.
fn plain(value: &JsValue) -> String {
    JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Values without the brackets around them.
fn said(list: JsValue) -> String {
    list.unchecked_into::<Array>().iter().map(|item| tell(&item)).collect()
}

/// The rows of an answer.
fn rows(answer: &JsValue) -> Vec<Vec<String>> {
    let text = answer.as_string().expect("a text");
    text.split_terminator('\u{1}').map(|row| row.split_terminator('\0').map(String::from).collect()).collect()
}

fn opened_with(config: &JsValue, catalog: &JsValue) -> Vec<Vec<String>> {
    rows(&open(&tell(&Array::of4(config, catalog, &"".into(), &"".into()))))
}

fn opened(config: &str) -> Vec<Vec<String>> {
    opened_with(&js(config), &JsValue::NULL)
}

/// One answer given at the notice.
fn told(kind: &str, target: &JsValue, gesture: bool) -> Vec<Vec<String>> {
    let told = Array::of3(&kind.into(), target, &gesture.into());
    told.push(&"notice".into());
    told.push(&"en".into());
    told.push(&"Texts that were shown".into());
    rows(&step(&tell(&told)))
}

fn judged(condition: &JsValue) -> String {
    judge(&tell(condition)).as_string().expect("a verdict")
}

fn has(rows: &[Vec<String>], row: &[&str]) -> bool {
    rows.iter().any(|one| one.iter().zip(row).all(|(have, want)| have == want) && one.len() >= row.len())
}

/// The reason of one id's choice, and whether it is allowed.
fn choice(rows: &[Vec<String>], id: &str) -> (bool, String) {
    let found = rows.iter().find(|row| matches!(row.as_slice(), [kind, one, ..] if kind == "choice" && one == id));
    match found.map(Vec::as_slice) {
        Some([_, _, allowed, reason, ..]) => (allowed == "1", reason.clone()),
        _ => panic!("no choice for {id} in {rows:?}"),
    }
}

fn storage() -> web_sys::Storage {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten()).expect("the test page has storage")
}

fn stored(key: &str) -> Option<String> {
    storage().get_item(key).expect("the test page may read its storage")
}

fn clear() {
    storage().clear().expect("the test page may clear its storage");
}
