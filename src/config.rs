//! From a JavaScript value to the core's [`Value`] tree.
//!
//! The caller hands over plain copies made of own properties only (`src/boot/config.js`), so nothing here can run page
//! script.

use consentry_core::value::Value;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Copies a plain JavaScript value.
pub(crate) fn value(js: &JsValue) -> Value {
    if let Some(text) = js.as_string() {
        return Value::Text(text);
    }
    if let Some(flag) = js.as_bool() {
        return Value::Bool(flag);
    }
    if let Some(number) = js.as_f64() {
        return Value::Number(number);
    }
    if Array::is_array(js) {
        return Value::List(js.unchecked_ref::<Array>().iter().map(|item| value(&item)).collect());
    }
    if js.is_null() {
        return Value::Null;
    }
    if js.is_object() { Value::Map(entries(js.unchecked_ref())) } else { Value::Other }
}

fn entries(object: &Object) -> Vec<(String, Value)> {
    let keys = Object::keys(object);
    keys.iter()
        .filter_map(|key| {
            let item = Reflect::get(object, &key).ok()?;
            Some((key.as_string()?, value(&item)))
        })
        .collect()
}
