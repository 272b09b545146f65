//! What JavaScript calls; every call answers, none throws.

use core::cell::RefCell;

use consentry_core::{
    condition::{judge as judge_condition, Verdict},
    config::read,
    event::{Act, Answer, Event, Proof, Screen, Shown, View},
    time::Timestamp,
    value::Value,
};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{config::value, outcome::Outcome, session::Session};

thread_local! {
    /// The page's one session; none before a valid config was read.
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

fn now() -> Timestamp {
    // Saturates: a clock before 1970 or after 2106 is as wrong as any other.
    Timestamp((js_sys::Date::now() / 1000.0) as u32)
}

/// Random bytes for a record's id; where the browser has none to give, the id is weak but the record still works.
fn nonce() -> [u8; 16] {
    let mut bytes = [0; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    bytes
}

/// Reads config and catalog and, where they have no error, the record of earlier visits.
#[wasm_bindgen]
pub fn open(config: &JsValue, catalog: &JsValue) -> JsValue {
    let reading = read(&value(config), &value(catalog));
    let mut outcome = Outcome::default();
    outcome.issues(&reading.issues);
    if let Some(policy) = reading.policy {
        let mut session = Session::new(policy);
        let effects = session.read(now());
        outcome.state(&session, &effects);
        SESSION.set(Some(session));
    }
    outcome.js()
}

/// Tells the engine one thing: an answer, a wish to see something, or that the record is to be read again.
#[wasm_bindgen]
pub fn step(kind: &str, target: &JsValue, gesture: bool, screen: &str, locale: String, texts: String) -> JsValue {
    SESSION.with_borrow_mut(|place| {
        let Some(session) = place else { return JsValue::NULL };
        let at = now();
        // The freshest record first: another tab may have written since we looked.
        let mut effects = session.read(at);
        let view = match kind {
            "notice" => Some(Event::Requested(View::Notice)),
            "preferences" => Some(Event::Requested(View::Preferences)),
            "close" => Some(Event::Closed),
            _ => None,
        };
        if let Some(event) = view {
            effects.extend(session.step(event));
        } else if let Some(answer) = answer(kind, &value(target)) {
            let proof = if gesture { Proof::Gesture } else { Proof::None };
            let shown = Shown { screen: screen_of(screen), locale, texts };
            effects.extend(session.step(Event::Answered(Act { answer, proof, at, nonce: nonce(), shown })));
        }
        let mut outcome = Outcome::default();
        outcome.state(session, &effects);
        outcome.js()
    })
}

fn answer(kind: &str, target: &Value) -> Option<Answer> {
    let id = || target.text().map(String::from);
    Some(match kind {
        "accept_all" => Answer::AcceptAll,
        "reject_all" => Answer::RejectAll,
        "dismiss" => Answer::Dismiss,
        "withdraw" => Answer::Withdraw(id()),
        "load_once" => Answer::LoadOnce(id()?),
        "allow_service" => Answer::Allow(id()?),
        "save" => Answer::Save(choices(target)),
        _ => return None,
    })
}

fn screen_of(name: &str) -> Screen {
    match name {
        "notice" => Screen::Notice,
        "preferences" => Screen::Preferences,
        "placeholder" => Screen::Placeholder,
        _ => Screen::Api,
    }
}

/// What a save says; anything but `true` is a no.
fn choices(target: &Value) -> Vec<(String, bool)> {
    let Value::Map(entries) = target else { return Vec::new() };
    entries.iter().map(|(id, choice)| (id.clone(), *choice == Value::Bool(true))).collect()
}

/// Whether a condition holds: `yes`, `no`, `wait` or `unknown`.
#[wasm_bindgen]
pub fn judge(condition: &JsValue) -> String {
    SESSION.with_borrow(|place| {
        let verdict = place.as_ref().map_or(Verdict::Unknown, |session| judge_condition(&value(condition), session.engine.decision()));
        match verdict {
            Verdict::Yes => "yes",
            Verdict::No => "no",
            Verdict::Wait => "wait",
            Verdict::Unknown => "unknown",
        }
        .into()
    })
}
