//! Acts in, orders out: what a gesture decides, and what each call answers.

use crate::{CONFIG, choice, clear, has, js, judged, opened, told};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_first_visit_asks() {
    clear();
    let rows = opened(CONFIG);
    assert!(has(&rows, &["show", "notice"]) && has(&rows, &["asking", "analytics"]), "{rows:?}");
}

#[wasm_bindgen_test]
fn a_grant_needs_a_gesture_and_a_refusal_none() {
    clear();
    opened(CONFIG);
    let forged = told("accept_all", &JsValue::NULL, false);
    assert!(has(&forged, &["decline"]) && !choice(&forged, "tracker").0, "{forged:?}");
    let granted = told("save", &js(r#"{ "analytics": true, "marketing": "true" }"#), true);
    assert!(choice(&granted, "analytics").0 && choice(&granted, "tracker").0, "{granted:?}");
    assert!(!choice(&granted, "marketing").0, "only `true` is a yes");
    assert!(
        has(&granted, &["decide"]) && has(&granted, &["announce", "save"]) && has(&granted, &["hide"]),
        "{granted:?}"
    );
    let refused = told("reject_all", &JsValue::NULL, false);
    assert!(!choice(&refused, "tracker").0 && has(&refused, &["announce", "reject_all"]), "{refused:?}");
}

#[wasm_bindgen_test]
fn unknown_ids_are_declined() {
    clear();
    opened(CONFIG);
    assert!(has(&told("withdraw", &"nobody".into(), false), &["decline", "nobody"]));
    assert!(has(&told("allow_service", &"nobody".into(), true), &["decline", "nobody"]));
    let rows = told("no such act", &JsValue::NULL, true);
    assert!(!choice(&rows, "tracker").0, "{rows:?}");
}

#[wasm_bindgen_test]
fn load_once_releases_and_stores_no_grant() {
    clear();
    opened(CONFIG);
    let rows = told("load_once", &"tracker".into(), true);
    assert!(has(&rows, &["release", "tracker"]) && !choice(&rows, "tracker").0, "{rows:?}");
    assert!(!has(&told("load_once", &"tracker".into(), false), &["release"]), "released without a gesture");
}

#[wasm_bindgen_test]
fn conditions_have_four_answers() {
    clear();
    opened(CONFIG);
    told("save", &js(r#"{ "analytics": true }"#), true);
    for (condition, verdict) in [
        (r#""analytics""#, "yes"),
        (r#""marketing""#, "no"),
        (r#""!marketing""#, "yes"),
        (r#"{ "all": ["analytics", "necessary"] }"#, "yes"),
        (r#"{ "any": ["marketing", "nobody"] }"#, "unknown"),
        (r#"{ "not": "analytics" }"#, "no"),
        ("5", "unknown"),
        ("null", "unknown"),
        ("[]", "unknown"),
    ] {
        assert_eq!(judged(&js(condition)), verdict, "{condition}");
    }
    clear();
    opened(CONFIG);
    assert_eq!(judged(&"analytics".into()), "wait");
}
