//! The browser around the page: what it says of the visitor's wishes, its window, and Chromium's own tools.

use super::Session;
use serde_json::{Value, json};

impl Session {
    /// Has the browser send Global Privacy Control or not, from the next page on; false where it has no such switch.
    #[track_caller]
    pub fn signal(&self, gpc: bool) -> bool {
        self.attempt("POST", "/privacy", &json!({ "gpc": gpc })).is_ok()
    }

    /// Has the visitor's system wish for its own few colors, and for no motion; false where a driver cannot.
    #[track_caller]
    pub fn wish(&self, forced_colors: bool, reduced_motion: bool) -> bool {
        let wishes = [
            ("forced-colors", if forced_colors { "active" } else { "none" }),
            ("prefers-reduced-motion", if reduced_motion { "reduce" } else { "no-preference" }),
        ];
        let features: Vec<Value> = wishes.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        if self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features })).is_some() {
            return true;
        }
        let context = |name: &str| self.attempt("POST", "/moz/context", &json!({ "context": name })).is_ok();
        if !context("chrome") {
            return false;
        }
        let set = "for (const [name, value] of arguments[0]) Services.prefs.setIntPref(name, value);";
        let colors = if forced_colors { 2 } else { 0 };
        let motion = i32::from(reduced_motion);
        self.run(set, &[json!([["browser.display.document_color_use", colors], ["ui.prefersReducedMotion", motion]])]);
        context("content")
    }

    /// What a command of Chromium's own tools answers; nothing in another engine.
    #[track_caller]
    #[must_use]
    pub fn devtools(&self, command: &str, parameters: &Value) -> Option<Value> {
        self.attempt("POST", "/goog/cdp/execute", &json!({ "cmd": command, "params": parameters })).ok()
    }

    /// Gives the window a size, as far as the browser lets it shrink.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        self.size.get_or_init(|| self.command("GET", "/window/rect", &Value::Null));
        self.command("POST", "/window/rect", &json!({ "width": width, "height": height }));
    }

    /// A picture of the viewport, as base64 of a PNG.
    #[track_caller]
    pub fn picture(&self) -> String {
        self.command("GET", "/screenshot", &Value::Null).as_str().unwrap_or_default().to_owned()
    }
}
