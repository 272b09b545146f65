//! What the page's `window` hands over.
//!
//! `web_sys::window()` looks for it under four names and keeps what it finds behind a pointer to a function: with it the
//! module has a table, which holds all that `js_sys` could ever call. Asked for by the one name there is, it costs nothing.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{Crypto, Storage};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = window)]
    pub(crate) type Page;

    /// What a browser has none to give of is `undefined`: what is asked of it fails.
    #[wasm_bindgen(static_method_of = Page, getter)]
    pub(crate) fn crypto() -> Crypto;

    #[wasm_bindgen(catch, static_method_of = Page, getter, js_name = localStorage)]
    pub(crate) fn local_storage() -> Result<Storage, JsValue>;

    #[wasm_bindgen(catch, static_method_of = Page, getter, js_name = sessionStorage)]
    pub(crate) fn session_storage() -> Result<Storage, JsValue>;
}
