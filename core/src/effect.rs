//! What is to be done: the closed list of effects that the engine gives, to be carried out in order.

use alloc::string::String;

use crate::{event::View, record::Action};

/// One order to the browser's side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Write this text under the record's key and answer with [`Event::Kept`](crate::event::Event::Kept).
    /// Where that fails, remove the old text: it may hold grants that were just taken back.
    Persist(String),
    /// Write a newer version's record under its own key first; it is never overwritten or lost. Where that fails, leave the
    /// text where it is: skip the [`Effect::Persist`] that follows and answer it with `Kept(false)`.
    SetAside {
        /// The version that wrote it.
        major: u32,
        /// What it wrote, untouched.
        text: String,
    },
    /// The decision changed: gate, placeholders and face look again.
    Decide,
    /// Show this view, in place of any other.
    Show(View),
    /// Show no view.
    Hide,
    /// Tell the page's scripts what changed the decision.
    Announce(Action),
    /// Load once: this service's one element may load now.
    Release(String),
    /// The answer was not, or not wholly, taken.
    Decline(Refusal),
    /// Tell the site's developer; each once a page.
    Warn(Warning),
}

/// Why an answer was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// A grant without a visitor's gesture.
    NoGesture,
    /// No category or service has this id.
    UnknownId(String),
    /// This is necessary and cannot be refused.
    Necessary(String),
    /// The policy forbids this, an administrator locked it, or the law bars it at this age: no click opens it.
    Barred(String),
    /// Nobody knows whether the visitor is old enough to grant, or the visitor is not.
    Age,
}

/// What is amiss with the record or its storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The stored text was cut or changed: treated as never asked.
    DamagedRecord,
    /// The stored text is of a newer major version: kept aside at the next write.
    NewerRecord,
    /// The record is dated more than a day ahead of the clock: its grants count as expired.
    ClockAhead,
    /// Storage is denied or full: answers hold for this page only.
    NotKept,
}
