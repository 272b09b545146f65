//! The record's place: written after an answer and never before, and whatever storage does, nothing throws.

use crate::{CONFIG, choice, clear, has, opened, storage, stored, told};
use js_sys::eval;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn nothing_is_stored_before_an_answer() {
    clear();
    opened(CONFIG);
    told("notice", &JsValue::NULL, false);
    told("close", &JsValue::NULL, false);
    assert_eq!(storage().length().expect("a length"), 0);
}

#[wasm_bindgen_test]
fn an_answer_is_kept_and_found_again() {
    clear();
    opened(CONFIG);
    let rows = told("accept_all", &JsValue::NULL, true);
    assert!(choice(&rows, "tracker").0 && !has(&rows, &["memory"]), "{rows:?}");
    assert!(stored("consentry.record").is_some_and(|text| text.starts_with("consentry/1 ")));
    assert_eq!(choice(&opened(CONFIG), "tracker"), (true, "granted".into()));
}

#[wasm_bindgen_test]
fn a_scope_has_a_key_of_its_own() {
    clear();
    opened(&CONFIG.replacen('{', r#"{ "record": { "scope": "shop" },"#, 1));
    told("reject_all", &JsValue::NULL, false);
    assert!(stored("consentry.record.shop").is_some() && stored("consentry.record").is_none());
    assert_eq!(choice(&opened(CONFIG), "tracker").1, "unanswered");
}

#[wasm_bindgen_test]
fn another_tab_s_record_is_read_again() {
    clear();
    opened(CONFIG);
    told("accept_all", &JsValue::NULL, true);
    let granted = stored("consentry.record").unwrap_or_default();
    told("withdraw", &JsValue::NULL, false);
    assert_eq!(choice(&told("read", &JsValue::NULL, false), "tracker").1, "withdrawn");
    clear();
    opened(CONFIG);
    storage().set_item("consentry.record", &granted).expect("room for a record");
    assert!(choice(&told("read", &JsValue::NULL, false), "tracker").0, "the other tab's grant");
}

#[wasm_bindgen_test]
fn damage_is_said_and_grants_nothing() {
    clear();
    storage().set_item("consentry.record", "consentry/1 nonsense").expect("room for a record");
    let rows = opened(CONFIG);
    assert!(has(&rows, &["warn", "damaged"]) && !choice(&rows, "tracker").0, "{rows:?}");
}

#[wasm_bindgen_test]
fn a_newer_record_is_set_aside() {
    clear();
    storage().set_item("consentry.record", "consentry/9 unknown").expect("room for a record");
    assert!(!choice(&opened(CONFIG), "tracker").0);
    told("reject_all", &JsValue::NULL, false);
    let kept = (0..storage().length().expect("a length"))
        .filter_map(|at| storage().key(at).ok().flatten())
        .filter_map(|key| stored(&key));
    assert!(kept.into_iter().any(|text| text == "consentry/9 unknown"), "the newer record is lost");
}

#[wasm_bindgen_test]
fn denied_storage_is_an_answer_not_an_exception() {
    clear();
    // WebKitGTK keeps to the storage it has handed over before, so that one refuses too.
    eval(
        "{ const deny = () => { throw new DOMException('denied', 'SecurityError'); };
        const place = Object.getOwnPropertyDescriptor(window, 'localStorage');
        const { getItem, setItem } = Storage.prototype;
        window.restore = () => { Object.defineProperty(window, 'localStorage', place); Object.assign(Storage.prototype, { getItem, setItem }); };
        Object.defineProperty(window, 'localStorage', { configurable: true, get: deny });
        Object.assign(Storage.prototype, { getItem: deny, setItem: deny }); }",
    )
    .expect("the test's own script");
    let before = opened(CONFIG);
    let after = told("accept_all", &JsValue::NULL, true);
    eval("restore()").expect("the test's own script");
    assert!(has(&before, &["memory"]) && has(&after, &["memory"]), "{after:?}");
    assert!(choice(&after, "tracker").0, "the answer holds for this visit");
}

#[wasm_bindgen_test]
fn full_storage_is_an_answer_too() {
    clear();
    eval(
        "{ const set = Storage.prototype.setItem; window.restore = () => { Storage.prototype.setItem = set; };
        Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }",
    )
    .expect("the test's own script");
    opened(CONFIG);
    let after = told("accept_all", &JsValue::NULL, true);
    eval("restore()").expect("the test's own script");
    assert!(has(&after, &["memory"]) && has(&after, &["warn", "unkept"]) && choice(&after, "tracker").0, "{after:?}");
}
