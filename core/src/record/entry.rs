//! One entry of a record.

use alloc::string::String;

use super::{
    Action,
    text::{base64, field, name, push_escaped, push_numbered, push_tag, push_text, unescape},
};
use crate::{
    event::{Act, Proof},
    policy::Policy,
    time::{Timestamp, push_number},
};

/// One entry of a record, read field by field when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'record> {
    text: &'record str,
}

/// What was answered for one category or service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Granted,
    Refused,
    Withdrawn,
}

/// An answer with its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) state: State,
    pub(crate) at: Timestamp,
}

impl<'record> Entry<'record> {
    pub(super) const fn new(text: &'record str) -> Self {
        Self { text }
    }

    /// The random id; none where everything was refused.
    #[must_use]
    pub fn id(self) -> Option<&'record str> {
        field(self.text, 'i')
    }

    /// When the visitor answered.
    #[must_use]
    pub fn time(self) -> Timestamp {
        self.moment('t').unwrap_or_default()
    }

    /// When a question comes up again by time alone.
    #[must_use]
    pub fn expires(self) -> Timestamp {
        self.moment('x').unwrap_or_default()
    }

    /// What was done: an [`Action`]'s word, or that of a later version's action.
    #[must_use]
    pub fn action(self) -> &'record str {
        field(self.text, 'a').unwrap_or_default()
    }

    /// Where it was done: a [`Screen`](crate::event::Screen)'s word, or a later version's.
    #[must_use]
    pub fn screen(self) -> &'record str {
        field(self.text, 'n').unwrap_or_default()
    }

    /// The version of the policy that the visitor was told of.
    #[must_use]
    pub fn policy_version(self) -> String {
        unescape(field(self.text, 'v').unwrap_or_default())
    }

    /// Ids with their own answers; those that follow their category, or are necessary, have none.
    pub(crate) fn answers(self) -> impl Iterator<Item = (String, Option<Answered>)> {
        field(self.text, 'k').unwrap_or_default().split(',').map(move |row| {
            let mut parts = row.split(':');
            let id = unescape(parts.next().unwrap_or_default());
            let state = match parts.next() {
                None | Some("n") => None,
                Some("g") => Some(State::Granted),
                Some("w") => Some(State::Withdrawn),
                // A word of a later version's: whatever it means, it is no grant that this version knows.
                Some(_) => Some(State::Refused),
            };
            let at = parts.next().and_then(|time| time.parse().ok()).map_or(self.time(), Timestamp);
            (id, state.map(|state| Answered { state, at }))
        })
    }

    pub(super) fn has_time(self) -> bool {
        self.moment('t').is_some()
    }

    fn moment(self, tag: char) -> Option<Timestamp> {
        field(self.text, tag)?.parse().ok().map(Timestamp)
    }
}

/// What an entry is written from.
pub(crate) struct Draft<'act> {
    pub(crate) act: &'act Act,
    pub(crate) action: Action,
    /// The service that was loaded once.
    pub(crate) once: Option<&'act str>,
    /// Whether anything is granted: who refuses everything gets no identifier.
    pub(crate) identified: bool,
    /// The id of the entry before, where it has one.
    pub(crate) previous: Option<&'act str>,
    pub(crate) expires: Timestamp,
    pub(crate) policy: &'act Policy,
    pub(crate) code_version: &'act str,
    /// The rows of `d`.
    pub(crate) declared: &'act str,
    /// The rows of `k`.
    pub(crate) answers: &'act str,
}

impl Draft<'_> {
    /// The entry's text.
    pub(crate) fn write(&self) -> String {
        let Self { act, policy, .. } = self;
        let mut out = String::from("e=1");
        push_numbered(&mut out, 't', act.at.0);
        push_numbered(&mut out, 'x', self.expires.0);
        if self.identified {
            push_text(&mut out, 'i', &base64(&act.nonce));
            if let Some(previous) = self.previous {
                push_text(&mut out, 'q', previous);
            }
        }
        // This version knows one regime and no places.
        out.push_str(" j=unknown r=opt-in w=default");
        push_text(&mut out, 'v', &policy.version);
        push_text(&mut out, 'c', &policy.controller);
        push_text(&mut out, 's', &name(self.declared));
        push_text(&mut out, 'u', &name(&act.shown.texts));
        push_text(&mut out, 'b', self.code_version);
        push_text(&mut out, 'l', &act.shown.locale);
        push_text(&mut out, 'n', act.shown.screen.as_str());
        push_text(&mut out, 'a', self.action.as_str());
        if let Some(once) = self.once {
            push_text(&mut out, 'o', once);
        }
        push_text(&mut out, 'y', if act.proof == Proof::Gesture { "click" } else { "script" });
        push_tag(&mut out, 'k');
        out.push_str(self.answers);
        out
    }
}

/// Appends one row of `k` to those before it.
pub(crate) fn push_answer(rows: &mut String, id: &str, necessary: bool, answer: Option<Answered>, now: Timestamp) {
    push_id(rows, id);
    let letter = match answer.map(|answer| answer.state) {
        _ if necessary => ":n",
        None => "",
        Some(State::Granted) => ":g",
        Some(State::Refused) => ":r",
        Some(State::Withdrawn) => ":w",
    };
    rows.push_str(letter);
    if let Some(answer) = answer.filter(|answer| answer.at != now) {
        rows.push(':');
        push_number(rows, answer.at.0);
    }
}

/// Appends one row of `d` to those before it.
pub(crate) fn push_declared(rows: &mut String, id: &str, tokens: &str) {
    push_id(rows, id);
    rows.push(':');
    rows.push_str(tokens);
}

fn push_id(rows: &mut String, id: &str) {
    if !rows.is_empty() {
        rows.push(',');
    }
    push_escaped(rows, id);
}
