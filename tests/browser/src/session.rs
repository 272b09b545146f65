//! One browser with a fresh profile, driven by WebDriver commands.
//!
//! Every command panics with the driver's words when it fails: in a test, a panic is the report.

mod window;

use crate::driver::call;
use serde_json::{Value, json};
use std::cell::OnceCell;
use std::time::{Duration, Instant};
use ureq::Agent;

/// How long a condition may take to come true on a busy machine.
const PATIENCE: Duration = Duration::from_secs(12);
/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Finds a button by its accessible name, also where a page's markup shadows the document's methods.
const BUTTON: &str = "const [name] = arguments;
const { querySelectorAll, getElementById } = Document.prototype;
const named = (one) => (one.getAttribute('aria-labelledby') || '').split(' ').map((id) => getElementById.call(document, id))
  .map((label) => label && label.textContent).join(' ').trim() || one.getAttribute('aria-label') || one.textContent;
return [...querySelectorAll.call(document, 'button, [role=button], [role=switch], [role=checkbox]')]
  .find((one) => named(one).trim().replace(/\\s+/g, ' ') === name) || null;";

/// A browser window, or the frame of it that was last entered.
pub struct Session {
    agent: Agent,
    address: String,
    version: String,
    /// Whether it was started to send Global Privacy Control.
    signals: bool,
    /// The window's size at the start, once it was changed.
    size: OnceCell<Value>,
}

/// An element of the open page.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Session {
    pub(crate) fn new(agent: Agent, address: String, version: String, signals: bool) -> Session {
        Session { agent, address, version, signals, size: OnceCell::new() }
    }

    /// Whether it was started to send Global Privacy Control.
    pub(crate) fn signals(&self) -> bool {
        self.signals
    }

    /// The browser's version, as it says itself.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    #[track_caller]
    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        self.attempt(method, path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    pub(crate) fn attempt(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        call(&self.agent, method, &format!("{}{path}", self.address), body)
    }

    /// Opens an address and waits for the page's `load`.
    #[track_caller]
    pub fn open(&self, url: &str) {
        self.command("POST", "/url", &json!({ "url": url }));
    }

    /// Loads the page again, as the visitor's reload button does.
    #[track_caller]
    pub fn reload(&self) {
        self.command("POST", "/refresh", &Value::Null);
    }

    /// Goes one page back.
    #[track_caller]
    pub fn back(&self) {
        self.command("POST", "/back", &Value::Null);
    }

    /// What a JavaScript expression is worth in the page.
    #[track_caller]
    pub fn eval(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression});"), &[])
    }

    /// Runs JavaScript statements with `arguments` in the page; `return` gives the answer.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.command("POST", "/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Runs JavaScript statements that end by calling the last of their `arguments` with the answer.
    #[track_caller]
    pub fn run_async(&self, script: &str, arguments: &[Value]) -> Value {
        self.command("POST", "/execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// Whether a JavaScript expression is truthy; false where there is no page to ask, as between two pages.
    #[must_use]
    pub fn is(&self, expression: &str) -> bool {
        let script = format!("return !!({expression});");
        let answer = self.attempt("POST", "/execute/sync", &json!({ "script": script, "args": [] }));
        answer.is_ok_and(|value| value == json!(true))
    }

    /// Waits until a JavaScript expression is truthy.
    #[track_caller]
    pub fn until(&self, expression: &str) {
        let begun = Instant::now();
        while !self.is(expression) {
            if begun.elapsed() > PATIENCE {
                // Once more and aloud: the driver's words say more than "in vain".
                self.run(&format!("return !!({expression});"), &[]);
                panic!("waited in vain for {expression}");
            }
            std::thread::sleep(Duration::from_millis(15)); // the pace of asking, not a wait
        }
    }

    /// Waits until an element is in the page, and returns it.
    #[track_caller]
    pub fn element(&self, css: &str) -> Element {
        let begun = Instant::now();
        loop {
            match self.attempt("POST", "/element", &json!({ "using": "css selector", "value": css })) {
                Ok(found) => return element(&found),
                Err(error) => assert!(begun.elapsed() < PATIENCE, "waited in vain for {css}: {error}"),
            }
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// Waits until a button or switch with this accessible name is in the page, and returns it.
    #[track_caller]
    pub fn button(&self, name: &str) -> Element {
        let begun = Instant::now();
        loop {
            let found = self.attempt("POST", "/execute/sync", &json!({ "script": BUTTON, "args": [name] }));
            match found {
                Ok(found) if !found.is_null() => return element(&found),
                other => assert!(begun.elapsed() < PATIENCE, "waited in vain for the button {name}: {other:?}"),
            }
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// Presses a button by a real click.
    #[track_caller]
    pub fn press_button(&self, name: &str) {
        let button = self.button(name);
        self.click_element(&button);
    }

    /// A real click by the driver, on the element that `css` finds.
    #[track_caller]
    pub fn click(&self, css: &str) {
        let target = self.element(css);
        self.click_element(&target);
    }

    /// A real click by the driver; waits while the element cannot be clicked yet.
    #[track_caller]
    pub fn click_element(&self, target: &Element) {
        let begun = Instant::now();
        while let Err(error) = self.attempt("POST", &format!("/element/{}/click", target.0), &Value::Null) {
            assert!(begun.elapsed() < PATIENCE, "cannot click: {error}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// The element that has the focus.
    #[track_caller]
    pub fn focused(&self) -> Element {
        element(&self.command("GET", "/element/active", &Value::Null))
    }

    /// Presses keys one after the other, wherever the focus is; each is a character of the WebDriver key table.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        self.command("POST", "/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }));
    }

    /// Enters the frame that `css` finds; the following commands act inside it.
    #[track_caller]
    pub fn enter(&self, css: &str) {
        let Element(id) = self.element(css);
        self.command("POST", "/frame", &json!({ "id": { ELEMENT: id } }));
    }

    /// Leaves all frames.
    #[track_caller]
    pub fn leave(&self) {
        self.command("POST", "/frame", &json!({ "id": null }));
    }

    /// The handle of the present window.
    #[track_caller]
    pub fn window(&self) -> String {
        self.command("GET", "/window", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// Opens a second tab of the same profile, without going there.
    #[track_caller]
    pub fn new_tab(&self) -> String {
        let tab = self.command("POST", "/window/new", &json!({ "type": "tab" }));
        tab["handle"].as_str().unwrap_or_default().to_owned()
    }

    /// Closes the present window; another one is to be switched to.
    #[track_caller]
    pub(crate) fn close(&self) {
        self.command("DELETE", "/window", &Value::Null);
    }

    /// Goes to another window.
    #[track_caller]
    pub fn switch_to(&self, window: &str) {
        self.command("POST", "/window", &json!({ "handle": window }));
    }

    /// Makes the browser as good as new for another site: one empty window, no frame, no cookie.
    #[track_caller]
    pub(crate) fn forget(&self) {
        self.leave();
        self.command("DELETE", "/cookie", &Value::Null);
        let windows = self.command("GET", "/window/handles", &Value::Null);
        let mut windows: Vec<String> = serde_json::from_value(windows).unwrap_or_default();
        let last = windows.pop().unwrap_or_default();
        for window in windows {
            self.switch_to(&window);
            self.close();
        }
        self.switch_to(&last);
        self.signal(false);
        self.wish(false, false);
        if let Some(size) = self.size.get() {
            self.command("POST", "/window/rect", size);
        }
        self.open("about:blank");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.attempt("DELETE", "", &Value::Null);
    }
}

impl Element {
    /// The element as an argument of a script.
    #[must_use]
    pub fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

#[track_caller]
fn element(found: &Value) -> Element {
    Element(found[ELEMENT].as_str().unwrap_or_else(|| panic!("not an element: {found}")).to_owned())
}
