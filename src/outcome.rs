//! What one call into the module answers: the state and the orders, as plain JavaScript values.

use consentry_core::{
    effect::{Effect, Refusal, Warning},
    event::View,
    issue::{Issue, Severity},
    record::ConsentRecord,
};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::session::Session;

/// The state after a step, and the orders that JavaScript carries out.
#[derive(Serialize)]
struct Outcome<'a> {
    issues: Vec<IssueView<'a>>,
    choices: Vec<(&'a str, bool, &'static str, Option<u32>)>,
    asking: &'a [String],
    effects: Vec<(&'static str, &'a str)>,
    record: Option<RecordView<'a>>,
    kept: bool,
}

#[derive(Serialize)]
struct IssueView<'a> {
    path: &'a str,
    message: &'a str,
    severity: &'static str,
}

/// The record as the visitor may see it; times in seconds.
#[derive(Serialize)]
struct RecordView<'a> {
    id: Option<&'a str>,
    time: u32,
    expires: u32,
    action: &'a str,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryView<'a> {
    time: u32,
    action: &'a str,
    screen: &'a str,
    policy_version: String,
}

/// Where a config has errors: they, and nothing else.
pub(crate) fn issues(issues: &[Issue]) -> JsValue {
    js(&Outcome { issues: issue_views(issues), choices: Vec::new(), asking: &[], effects: Vec::new(), record: None, kept: false })
}

/// The whole state after a step.
pub(crate) fn whole(session: &Session, effects: &[Effect], issues: &[Issue]) -> JsValue {
    let engine = &session.engine;
    js(&Outcome {
        issues: issue_views(issues),
        choices: engine
            .decision()
            .iter()
            .map(|(id, choice)| (id, choice.allowed, choice.reason.as_str(), choice.since.map(|time| time.0)))
            .collect(),
        asking: engine.asking(),
        effects: effects.iter().map(order).collect(),
        record: engine.record().and_then(record_view),
        kept: session.kept(),
    })
}

fn record_view(record: &ConsentRecord) -> Option<RecordView<'_>> {
    let latest = record.latest()?;
    Some(RecordView {
        id: latest.id(),
        time: latest.time().0,
        expires: latest.expires().0,
        action: latest.action(),
        entries: record
            .entries()
            .map(|entry| EntryView {
                time: entry.time().0,
                action: entry.action(),
                screen: entry.screen(),
                policy_version: entry.policy_version(),
            })
            .collect(),
    })
}

fn js(outcome: &Outcome<'_>) -> JsValue {
    // Plain structs, numbers and texts always serialize; were one not to, there would be no state, and nothing opens.
    serde_wasm_bindgen::to_value(outcome).unwrap_or(JsValue::NULL)
}

fn issue_views(issues: &[Issue]) -> Vec<IssueView<'_>> {
    issues
        .iter()
        .map(|issue| IssueView {
            path: &issue.path,
            message: &issue.message,
            severity: match issue.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
        })
        .collect()
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
        Effect::Decline(refusal) => ("decline", declined(refusal)),
        Effect::Warn(warning) => ("warn", warned(*warning)),
    }
}

fn declined(refusal: &Refusal) -> &str {
    match refusal {
        Refusal::UnknownId(id) | Refusal::Necessary(id) => id,
        Refusal::NoGesture | _ => "",
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
