//! The way from a JavaScript value to the core: every kind of value arrives, mistakes come back with their paths.

use crate::{CONFIG, choice, clear, has, opened, opened_with, rows};
use consentry::api::{open, step};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_valid_config_has_no_issue() {
    clear();
    let rows = opened(CONFIG);
    assert!(!rows.iter().any(|row| row.first().is_some_and(|kind| kind == "issue")), "{rows:?}");
    assert_eq!(choice(&rows, "necessary"), (true, "necessary".into()));
    assert_eq!(choice(&rows, "social"), (false, "unanswered".into()));
}

#[wasm_bindgen_test]
fn every_mistake_comes_back_with_its_path() {
    let rows = opened(
        r#"{ "policy": { "version": 1, "material": "yes" }, "services": [{ "id": "A!", "category": 5 }], "ui": { "layout": "x" } }"#,
    );
    for path in ["policy.version", "policy.material", "services[0].id", "services[0].category"] {
        assert!(rows.iter().any(|row| matches!(row.as_slice(), [kind, at, _, severity] if kind == "issue" && at == path && severity == "error")), "{path} in {rows:?}");
    }
    assert!(
        rows.iter()
            .any(|row| matches!(row.as_slice(), [_, at, _, severity] if at == "ui.layout" && severity == "warning")),
        "{rows:?}"
    );
    assert!(!has(&rows, &["choice"]), "something was opened");
}

#[wasm_bindgen_test]
fn values_that_no_json_has_are_mistakes() {
    for value in [JsValue::UNDEFINED, JsValue::NULL, f64::NAN.into(), 1.5.into(), true.into(), Array::new().into()] {
        let (config, policy) = (Object::new(), Object::new());
        Reflect::set(&policy, &"version".into(), &value).expect("a plain object takes it");
        Reflect::set(&config, &"policy".into(), &policy).expect("a plain object takes it");
        let rows = opened_with(&config, &JsValue::NULL);
        assert!(has(&rows, &["issue", "policy.version"]), "{value:?}: {rows:?}");
    }
    for config in [JsValue::NULL, JsValue::UNDEFINED, "text".into(), 5.into(), Array::new().into()] {
        let rows = opened_with(&config, &JsValue::NULL);
        assert!(has(&rows, &["issue"]) && !has(&rows, &["choice"]), "{config:?}: {rows:?}");
    }
}

#[wasm_bindgen_test]
fn what_is_not_told_in_full_is_not_taken() {
    for told in ["", "[", "[\0", "[\0{\0]\0", "s\0"] {
        assert!(open(told).is_null() && step(told).is_null(), "{told:?}");
    }
    let rows = rows(&open("[\0{\0spolicy\0{\0sversion\0ffunction\0]\0]\0onull\0s\0s\0]\0"));
    assert!(has(&rows, &["issue", "policy.version"]), "{rows:?}");
}

#[wasm_bindgen_test]
fn a_named_service_comes_from_the_catalog() {
    clear();
    let config = crate::js(r#"{ "policy": { "version": "1" }, "services": ["maps"] }"#);
    let catalog = crate::js(
        r#"{ "maps": { "id": "maps", "category": "functional", "label": "Maps", "vendor": "M", "hosts": ["maps.example"] } }"#,
    );
    let found = opened_with(&config, &catalog);
    assert_eq!(choice(&found, "maps"), (false, "unanswered".into()));
    let missing = opened_with(&config, &JsValue::NULL);
    assert!(has(&missing, &["issue", "services[0]"]), "{missing:?}");
}
