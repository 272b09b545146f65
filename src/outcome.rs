//! What one call into the module answers: rows of texts, each with its kind first. In the text that leaves the module a
//! [`CELL`] follows each text, and a [`ROW`] each row.
//!
//! | kind | then |
//! |---|---|
//! | `issue` | path, message, severity |
//! | `choice` | id, `1` where it is allowed, reason, since when (seconds, empty where nobody answered), what it rests on |
//! | `asking` | id |
//! | `barred` | id that no click opens |
//! | `record` | id (empty for none), time, expiry, action, the whole text |
//! | `entry` | time, action, screen, policy version |
//! | `place` | code or `unknown`, regime, how it was found, the advice behind looser settings, where the visitor says they are |
//! | `uses` | uses that are opted out of, uses that a link offers to opt out of, `1` where a signal says so now, `1` where what the policy announces is to be told |
//! | `age` | only where the site asks: what the age comes to, the band that was given in this visit, the key of the record |
//! | `wrote` | nothing: an entry was added to the record, or all of it erased |
//! | `memory` | nothing: the browser does not keep the record |
//! | an order | what it is about; of `decline` an id, `!age`, or nothing |
//!
//! Rows instead of objects, and one text for all of them: whatever crosses the border piece by piece needs functions on
//! both sides of it.

use consentry_core::{
    effect::{Effect, Refusal, Warning},
    event::View,
    issue::{Issue, Severity},
    record::ConsentRecord,
    time::push_number,
};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::session::Session;

/// Follows a text. `src/boot/tell.js` keeps both signs out of what it says, and so they are in nothing that comes back.
const CELL: char = '\0';
/// Follows a row.
const ROW: char = '\u{1}';

/// The rows as one text.
#[derive(Serialize, Default)]
#[serde(transparent)]
pub(crate) struct Outcome(String);

impl Outcome {
    fn row(&mut self, texts: &[&str]) {
        for text in texts {
            self.0.push_str(text);
            self.0.push(CELL);
        }
        self.0.push(ROW);
    }

    /// What is wrong with a config.
    pub(crate) fn issues(&mut self, issues: &[Issue]) {
        for issue in issues {
            let severity = if issue.severity == Severity::Error { "error" } else { "warning" };
            self.row(&["issue", &issue.path, &issue.message, severity]);
        }
    }

    /// The state after a step, and the orders for JavaScript.
    pub(crate) fn state(&mut self, session: &mut Session, effects: &[Effect]) {
        if session.engine.wrote() {
            self.row(&["wrote"]);
        }
        let engine = &session.engine;
        let flag = |is: bool| if is { "1" } else { "" };
        for (position, (id, choice)) in engine.decision().iter().enumerate() {
            let since = choice.since.map_or_else(String::new, |time| digits(time.0));
            let basis = engine.basis(position);
            self.row(&["choice", id, flag(choice.allowed), choice.reason.as_str(), &since, basis]);
            if engine.is_barred(position) {
                self.row(&["barred", id]);
            }
        }
        for id in engine.asking() {
            self.row(&["asking", id]);
        }
        if let Some(record) = engine.record() {
            self.record(record);
        }
        if !session.kept() {
            self.row(&["memory"]);
        }
        let place = engine.jurisdiction();
        let counsel = &engine.policy().rules.counsel;
        self.row(&["place", &place.place, place.regime.as_str(), place.how, counsel, engine.said()]);
        let (out, offered) = (engine.opted_out().words(), engine.offered().words());
        self.row(&["uses", &out, &offered, flag(engine.is_signaled()), flag(engine.announces())]);
        if let Some(stage) = engine.stage() {
            let mut band = String::new();
            if let Some(told) = engine.told_age() {
                told.push(&mut band);
            }
            self.row(&["age", stage.as_str(), &band, session.key()]);
        }
        for effect in effects {
            let (kind, value) = order(effect);
            self.row(&[kind, value]);
        }
    }

    fn record(&mut self, record: &ConsentRecord) {
        if let Some(latest) = record.latest() {
            let (time, expires) = (digits(latest.time().0), digits(latest.expires().0));
            self.row(&["record", latest.id().unwrap_or_default(), &time, &expires, latest.action(), record.text()]);
        }
        for entry in record.entries() {
            self.row(&["entry", &digits(entry.time().0), entry.action(), entry.screen(), &entry.policy_version()]);
        }
    }

    /// As JavaScript takes it. A text always serializes; were they not to, there would be no state, and nothing opens.
    pub(crate) fn js(&self) -> JsValue {
        serde_wasm_bindgen::to_value(self).unwrap_or(JsValue::NULL)
    }
}

fn digits(number: u32) -> String {
    let mut text = String::new();
    push_number(&mut text, number);
    text
}

/// An effect as its name and what it is about.
fn order(effect: &Effect) -> (&'static str, &str) {
    match effect {
        // Carried out by the session; never among the orders for others.
        Effect::Persist(_) | Effect::SetAside { .. } => ("", ""),
        Effect::Decide => ("decide", ""),
        Effect::Show(View::Notice) => ("show", "notice"),
        Effect::Show(View::Preferences) => ("show", "preferences"),
        Effect::Hide => ("hide", ""),
        Effect::Announce(action) => ("announce", action.as_str()),
        Effect::Release(service) => ("release", service),
        Effect::Decline(Refusal::UnknownId(id) | Refusal::Necessary(id) | Refusal::Barred(id)) => ("decline", id),
        Effect::Decline(Refusal::Age) => ("decline", "!age"),
        Effect::Decline(_) => ("decline", ""),
        Effect::Warn(warning) => ("warn", warned(*warning)),
    }
}

const fn warned(warning: Warning) -> &'static str {
    match warning {
        Warning::DamagedRecord => "damaged",
        Warning::NewerRecord => "newer",
        Warning::ClockAhead => "clock",
        Warning::NotKept | _ => "unkept",
    }
}
