//! The command line in Node: the desk is an object of JavaScript, see `site/bin/consentry.js`.

use consentry_core::time::Timestamp;
use wasm_bindgen::prelude::*;

use crate::{command, desk::Desk};

#[wasm_bindgen]
extern "C" {
    /// Files, clock and terminal; what fails throws a text.
    pub type Node;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Node, path: &str) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn write(this: &Node, path: &str, bytes: &[u8]) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn list(this: &Node, path: &str) -> Result<Option<Vec<String>>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn catalog(this: &Node) -> Result<String, JsValue>;
    #[wasm_bindgen(method)]
    fn now(this: &Node) -> f64;
    #[wasm_bindgen(method)]
    fn say(this: &Node, text: &str);
    #[wasm_bindgen(method)]
    fn complain(this: &Node, text: &str);
}

/// Runs the command line; the exit code.
#[wasm_bindgen]
#[must_use]
pub fn run(arguments: Vec<String>, desk: Node) -> u8 {
    command::run(&arguments, &mut There(desk)) as u8
}

/// The desk of JavaScript as commands see it.
struct There(Node);

#[expect(clippy::needless_pass_by_value, reason = "errors are handed on")]
fn said(error: JsValue) -> String {
    error.as_string().unwrap_or_else(|| "it cannot be done".to_owned())
}

impl Desk for There {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        self.0.read(path).map_err(said)
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        self.0.write(path, bytes).map_err(said)
    }

    fn list(&mut self, path: &str) -> Result<Option<Vec<String>>, String> {
        self.0.list(path).map_err(said)
    }

    fn catalog(&mut self) -> Result<String, String> {
        self.0.catalog().map_err(said)
    }

    fn now(&self) -> Timestamp {
        // Saturates.
        Timestamp(self.0.now() as u32)
    }

    fn say(&mut self, text: &str) {
        self.0.say(text);
    }

    fn complain(&mut self, text: &str) {
        self.0.complain(text);
    }
}
