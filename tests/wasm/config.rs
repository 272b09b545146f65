//! The walk from a JavaScript value to the core: every kind of value arrives, mistakes come back with their paths.

use crate::{CONFIG, choice, clear, has, opened, rows};
use consentry::api::open;
use js_sys::{Array, Function, Object, Reflect, Symbol};
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
    let odd: [JsValue; 5] = [
        Function::new_no_args("return 1").into(),
        Symbol::for_("x").into(),
        JsValue::UNDEFINED,
        f64::NAN.into(),
        js_sys::Date::new_0().into(),
    ];
    for value in odd {
        let (config, policy) = (Object::new(), Object::new());
        Reflect::set(&policy, &"version".into(), &value).expect("a plain object takes it");
        Reflect::set(&config, &"policy".into(), &policy).expect("a plain object takes it");
        let rows = rows(&open(&config, &JsValue::NULL, String::new(), ""));
        assert!(has(&rows, &["issue", "policy.version"]), "{value:?}: {rows:?}");
    }
    for config in
        [JsValue::NULL, JsValue::UNDEFINED, "text".into(), 5.into(), Array::new().into(), Symbol::iterator().into()]
    {
        let rows = rows(&open(&config, &JsValue::NULL, String::new(), ""));
        assert!(has(&rows, &["issue"]) && !has(&rows, &["choice"]), "{config:?}: {rows:?}");
    }
}

#[wasm_bindgen_test]
fn a_named_service_comes_from_the_catalog() {
    clear();
    let config = crate::js(r#"{ "policy": { "version": "1" }, "services": ["maps"] }"#);
    let catalog = crate::js(
        r#"{ "maps": { "id": "maps", "category": "functional", "label": "Maps", "vendor": "M", "hosts": ["maps.example"] } }"#,
    );
    let found = rows(&open(&config, &catalog, String::new(), ""));
    assert_eq!(choice(&found, "maps"), (false, "unanswered".into()));
    let missing = rows(&open(&config, &JsValue::NULL, String::new(), ""));
    assert!(has(&missing, &["issue", "services[0]"]), "{missing:?}");
}
