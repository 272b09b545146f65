//! One entry of a record.

use alloc::string::String;

use super::{
    Action,
    chain::name,
    text::{Parts, base64, field, number, parts, push, push_escaped, push_numbered, push_tag, push_text, unescape},
};
use crate::{
    age::Band,
    event::{Act, Proof},
    jurisdiction::{Facts, Jurisdiction},
    policy::Policy,
    time::{Timestamp, push_number},
    uses::Uses,
};

/// One entry of a record, read field by field when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entry<'record> {
    text: &'record str,
}

/// What was answered for one category or service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Granted,
    Refused,
    Withdrawn,
    /// Granted once, and ended by time: no clock brings it back.
    Lapsed,
}

/// An answer with its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) state: State,
    pub(crate) at: Timestamp,
    /// Of a grant: the uses that were opted out of when the visitor, told of it, granted all the same.
    pub(crate) despite: Uses,
    /// Whether a parent gave it.
    pub(crate) parent: bool,
}

impl Answered {
    /// Whether somebody said no.
    pub(crate) const fn is_no(self) -> bool {
        matches!(self.state, State::Refused | State::Withdrawn)
    }
}

impl<'record> Entry<'record> {
    pub(crate) const fn new(text: &'record str) -> Self {
        Self { text }
    }

    /// The whole of it, as the record has it.
    pub(crate) const fn text(self) -> &'record str {
        self.text
    }

    /// The random id; none where everything was refused.
    #[must_use]
    pub fn id(self) -> Option<&'record str> {
        field(self.text, b'i')
    }

    /// When the visitor answered.
    #[must_use]
    pub fn time(self) -> Timestamp {
        self.moment(b't').unwrap_or_default()
    }

    /// When a question comes up again by time alone.
    #[must_use]
    pub fn expires(self) -> Timestamp {
        self.moment(b'x').unwrap_or_default()
    }

    /// What was done: an [`Action`]'s word, or that of a later version's action.
    #[must_use]
    pub fn action(self) -> &'record str {
        field(self.text, b'a').unwrap_or_default()
    }

    /// Where it was done: a [`Screen`](crate::event::Screen)'s word, or a later version's.
    #[must_use]
    pub fn screen(self) -> &'record str {
        field(self.text, b'n').unwrap_or_default()
    }

    /// The version of the policy that the visitor was told of.
    #[must_use]
    pub fn policy_version(self) -> String {
        unescape(field(self.text, b'v').unwrap_or_default())
    }

    /// Rows of ids with their own answers; those that follow their category, or are necessary, have none.
    pub(crate) fn answers(self) -> Parts<'record> {
        parts(field(self.text, b'k').unwrap_or_default(), b',')
    }

    /// The answer that a row holds behind its id.
    pub(crate) fn answer(self, mut row: Parts<'_>) -> Option<Answered> {
        let (mut despite, mut parent) = (Uses::NONE, false);
        let state = match row.next() {
            None | Some("n") => return None,
            Some("g") => State::Granted,
            Some("w") => State::Withdrawn,
            Some("e") => State::Lapsed,
            Some("p") => {
                parent = true;
                State::Granted
            }
            // A word of a later version's: whatever it means, it is no grant that this version knows.
            Some(word) => match word.strip_prefix('x').and_then(number) {
                Some(uses) => {
                    despite = Uses(uses as u8);
                    State::Granted
                }
                None => State::Refused,
            },
        };
        let at = row.next().and_then(number).map_or_else(|| self.time(), Timestamp);
        Some(Answered { state, at, despite, parent })
    }

    /// What stands beside the answers: uses that are opted out of, and [`KEEPS_DEFAULT`].
    pub(crate) fn standing(self) -> u8 {
        field(self.text, b'f').and_then(number).unwrap_or_default() as u8
    }

    /// The age band that held then.
    pub(crate) fn age(self) -> Option<Band> {
        field(self.text, b'p').and_then(Band::of)
    }

    /// Where the visitor said they are; empty for nowhere.
    pub(crate) fn said(self) -> String {
        unescape(field(self.text, b'h').unwrap_or_default())
    }

    pub(super) fn has_time(self) -> bool {
        self.moment(b't').is_some()
    }

    fn moment(self, tag: u8) -> Option<Timestamp> {
        field(self.text, tag).and_then(number).map(Timestamp)
    }
}

/// The bit beside the opted-out uses that says: what has no answer keeps the default of a regime where that is on.
pub(crate) const KEEPS_DEFAULT: u8 = 64;

/// Most bytes of all advice behind looser settings, in an entry.
const ADVICE: usize = 400;

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
    pub(crate) jurisdiction: &'act Jurisdiction,
    pub(crate) facts: &'act Facts,
    /// Where the visitor says they are.
    pub(crate) said: &'act str,
    /// See [`Entry::standing`].
    pub(crate) standing: u8,
    pub(crate) age: Option<Band>,
    pub(crate) code_version: &'act str,
    /// All that the site declares.
    pub(crate) declared: &'act str,
    /// The rows of `k`.
    pub(crate) answers: &'act str,
}

impl Draft<'_> {
    /// The entry's text.
    pub(crate) fn write(&self) -> String {
        let Self { act, policy, .. } = self;
        let mut out = String::from("e=1");
        push_numbered(&mut out, b't', act.at.0);
        push_numbered(&mut out, b'x', self.expires.0);
        if self.identified {
            push_text(&mut out, b'i', &base64(&act.nonce));
            if let Some(previous) = self.previous {
                push_text(&mut out, b'q', previous);
            }
        }
        push_text(&mut out, b'j', &self.jurisdiction.place);
        push_text(&mut out, b'r', self.jurisdiction.regime.as_str());
        push_text(&mut out, b'w', self.jurisdiction.how);
        for (tag, text) in [(b'h', self.said), (b'g', self.facts.get(b'g')), (b'z', self.facts.get(b'd'))] {
            if !text.is_empty() {
                push_text(&mut out, tag, text);
            }
        }
        if !policy.rules.counsel.is_empty() {
            push_tag(&mut out, b'm');
            push_escaped(&mut out, &policy.rules.counsel, ADVICE);
        }
        if self.standing > 0 {
            push_numbered(&mut out, b'f', self.standing.into());
        }
        if let Some(band) = self.age {
            push_tag(&mut out, b'p');
            band.push(&mut out);
        }
        push_text(&mut out, b'v', &policy.version);
        push_text(&mut out, b'c', &policy.controller);
        push_text(&mut out, b's', &name(self.declared));
        push_text(&mut out, b'u', &name(&act.shown.texts));
        push_text(&mut out, b'b', self.code_version);
        push_text(&mut out, b'l', &act.shown.locale);
        push_text(&mut out, b'n', act.shown.screen.as_str());
        push_text(&mut out, b'a', self.action.as_str());
        if let Some(once) = self.once {
            push_text(&mut out, b'o', once);
        }
        push_text(&mut out, b'y', if act.proof == Proof::Gesture { "click" } else { "script" });
        push_tag(&mut out, b'k');
        out.push_str(self.answers);
        out
    }
}

/// Appends what a row of `k` holds behind its id.
pub(crate) fn push_answer(rows: &mut String, necessary: bool, answer: Option<Answered>, now: Timestamp) {
    if necessary {
        rows.push_str(":n");
    } else if let Some(answer) = answer {
        rows.push_str(match answer.state {
            State::Granted if answer.despite != Uses::NONE => ":x",
            State::Granted if answer.parent => ":p",
            State::Granted => ":g",
            State::Refused => ":r",
            State::Withdrawn => ":w",
            State::Lapsed => ":e",
        });
        if answer.despite != Uses::NONE {
            push_number(rows, answer.despite.0.into());
        }
        if answer.at != now {
            push(rows, b':');
            push_number(rows, answer.at.0);
        }
    }
}

/// Begins a row after those before it.
pub(crate) fn push_id(rows: &mut String, id: &str) {
    if !rows.is_empty() {
        push(rows, b',');
    }
    push_escaped(rows, id, usize::MAX);
}
