//! The module's edges against a real browser: config in, record kept, answers out.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test reports by panicking")]

mod answers;
mod config;
mod storage;

use consentry::api::{open, step};
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// One category of the site's own beside the defaults, one service.
const CONFIG: &str = r#"{ "policy": { "version": "1" }, "categories": [{ "id": "social" }],
  "services": [{ "id": "tracker", "category": "analytics", "label": "Tracker", "hosts": ["tracker.example"] }] }"#;

fn js(json: &str) -> JsValue {
    JSON::parse(json).expect("the test's own JSON")
}

/// The rows of an answer.
fn rows(answer: &JsValue) -> Vec<Vec<String>> {
    serde_wasm_bindgen::from_value(answer.clone()).expect("rows of texts")
}

fn opened(config: &str) -> Vec<Vec<String>> {
    rows(&open(&js(config), &JsValue::NULL, String::new(), ""))
}

/// One answer given at the notice.
fn told(kind: &str, target: &JsValue, gesture: bool) -> Vec<Vec<String>> {
    rows(&step(kind, target, gesture, "notice", "en".into(), "Texts that were shown".into()))
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
