//! What JavaScript calls; every call answers, none throws.

use core::cell::Cell;

use consentry_core::{
    condition::{Verdict, judge as judge_condition},
    config::read_with_texts,
    event::{Act, Answer, Event, Proof, Screen, Shown, View},
    jurisdiction::Facts,
    time::Timestamp,
    value::Value,
};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{outcome::Outcome, page::Page, session::Session};

thread_local! {
    /// The page's one session; none before a valid config was read. It lives as long as the page, so nothing drops it.
    static SESSION: Cell<Option<&'static mut Session>> = const { Cell::new(None) };
}

/// Works with the session, if there is one.
fn with<T>(work: impl FnOnce(&mut Session) -> T) -> Option<T> {
    let session = SESSION.take()?;
    let answer = work(session);
    SESSION.set(Some(session));
    Some(answer)
}

fn now() -> Timestamp {
    // Saturates: a clock before 1970 or after 2106 is as wrong as any other.
    Timestamp((js_sys::Date::now() / 1000.0) as u32)
}

/// Random bytes for a record's id; zeros in a browser that has none to give: the record works without.
fn nonce() -> [u8; 16] {
    let mut bytes = [0; 16];
    _ = Page::crypto().get_random_values_with_u8_array(&mut bytes);
    bytes
}

/// Reads `[config, catalog, facts, words]` as [`Value::told`] does: config and catalog and, where they have no error, the
/// record of earlier visits; the facts are those of the place and the signals, as [`Facts`] has them, the words the keys
/// that texts may have, with a space between them.
#[wasm_bindgen]
pub fn open(told: &str) -> JsValue {
    let told = Value::told(told);
    let [config, catalog, facts, words] = told.items() else { return JsValue::NULL };
    let reading = read_with_texts(config, catalog, string(words));
    let mut outcome = Outcome::default();
    outcome.issues(&reading.issues);
    if let Some(policy) = reading.policy {
        let mut session = Session::new(policy);
        session.step(Event::Told(Facts::new(string(facts).into())));
        let effects = session.read(now());
        outcome.state(&mut session, &effects);
        SESSION.set(Some(Box::leak(Box::new(session))));
    }
    outcome.js()
}

/// Tells the engine one thing, `[kind, target, gesture, screen, locale, texts]`: an answer, a wish to see something, or
/// that the record is to be read again.
#[wasm_bindgen]
pub fn step(told: &str) -> JsValue {
    let told = Value::told(told);
    let [kind, target, gesture, screen, locale, texts] = told.items() else { return JsValue::NULL };
    let outcome = with(|session| {
        let at = now();
        // The freshest record first: another tab may have written since we looked.
        let mut effects = session.read(at);
        let event = match string(kind) {
            "notice" => Some(Event::Requested(View::Notice)),
            "preferences" => Some(Event::Requested(View::Preferences)),
            "close" => Some(Event::Closed),
            "read" => target.text().map(|facts| Event::Told(Facts::new(facts.into()))),
            // The key of the subject comes where other steps have their screen.
            "subject" => {
                effects = session.change(string(screen), choices(target), at);
                None
            }
            kind => answer(kind, target).map(|answer| {
                let proof = if gesture.is_true() { Proof::Gesture } else { Proof::None };
                let shown = Shown {
                    screen: screen_of(string(screen)),
                    locale: string(locale).into(),
                    texts: string(texts).into(),
                };
                Event::Answered(Act { answer, proof, at, nonce: nonce(), shown })
            }),
        };
        if let Some(event) = event {
            effects.extend(session.step(event));
        }
        let mut outcome = Outcome::default();
        outcome.state(session, &effects);
        outcome.js()
    });
    outcome.unwrap_or(JsValue::NULL)
}

fn string(value: &Value) -> &str {
    value.text().unwrap_or_default()
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
        "refuse" => Answer::Refuse(id()?),
        "save" => Answer::Save(choices(target)),
        "import" => Answer::Import(choices(target)),
        "place" => Answer::Place(string(target).into()),
        "age" => Answer::Age(whole(target)),
        "parent" => Answer::Parent(choices(target), Timestamp(whole(target.at("")))),
        "erase" => Answer::Erase,
        _ => return None,
    })
}

fn screen_of(name: &str) -> Screen {
    match name {
        "notice" => Screen::Notice,
        "preferences" => Screen::Preferences,
        "placeholder" => Screen::Placeholder,
        "age" => Screen::Age,
        _ => Screen::Api,
    }
}

/// What a save says; anything but `true` is a no.
fn choices(target: &Value) -> Vec<(String, bool)> {
    let Value::Map(entries) = target else { return Vec::new() };
    entries.iter().map(|(id, choice)| (id.clone(), *choice == Value::Bool(true))).collect()
}

/// A number, 0 for anything else.
fn whole(value: &Value) -> u32 {
    if let Value::Number(number) = value { *number as u32 } else { 0 }
}

/// Whether a condition holds: `yes`, `no`, `wait` or `unknown`.
#[wasm_bindgen]
pub fn judge(condition: &str) -> JsValue {
    let verdict = with(|session| judge_condition(&Value::told(condition), session.engine.decision()));
    JsValue::from_str(match verdict.unwrap_or(Verdict::Unknown) {
        Verdict::Yes => "yes",
        Verdict::No => "no",
        Verdict::Wait => "wait",
        Verdict::Unknown => "unknown",
    })
}
