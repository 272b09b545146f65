//! The stored evidence of the visitor's decisions.
//!
//! A record is one line of printable ASCII: sections separated by `;`, each of fields `tag=value` separated by spaces.
//!
//! ```text
//! consentry/1 p=…;e=1 t=… …;e=1 t=… …;d=…;h=…
//! ```
//!
//! | Section | Holds |
//! |---|---|
//! | head | format and major version; `p` the chain's value before the first entry kept |
//! | entry, the newest last | `e` its schema's version, `t` time, `x` expiry, `i` random id, `q` previous id, `j` jurisdiction, `r` regime, `w` how these were determined, `v` policy version, `c` controller, `s` and `u` hashes of the declared set and of the texts shown, `b` code version, `l` locale, `n` screen, `a` action, `o` what was loaded once, `y` via, `k` the answer for every category and service |
//! | `d` | the declared set: for every category and service, short hashes of what the visitor's answer covers |
//! | `h` | the seal: a hash over the chain and the head |
//!
//! In `k` a row is `id` (follows its category), or `id:n` (basis necessary), or, with the basis consent, `id:g`, `id:r`,
//! `id:w` (granted, refused, withdrawn), with the time behind another `:` where it is not the entry's own. Free text is
//! percent-encoded and cut. Fields and sections that this version does not know are kept as they are.

mod action;
mod chain;
mod codec;
mod entry;
mod sha256;
pub(crate) mod text;

pub use action::Action;
pub(crate) use codec::Fault;
pub use entry::Entry;
pub(crate) use entry::{Answered, Draft, State, push_answer, push_declared};

use alloc::{string::String, vec::Vec};

use self::text::unescape;
use crate::time::Timestamp;

/// Most entries that a record keeps.
const MOST_ENTRIES: usize = 20;

/// Most bytes of a record's text, as long as superseded entries can make room.
const MOST_BYTES: usize = 8_000;

/// Days after which a superseded entry is dropped at the next write: 13 months.
const SUPERSEDED_DAYS: u32 = 395;

/// What was answered, when, on which information: entries in a chain, the newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConsentRecord {
    /// The chain's value before the first entry.
    start: String,
    /// Fields of the head that this version does not know.
    head: String,
    entries: Vec<String>,
    declared: String,
    /// Sections that this version does not know.
    rest: String,
}

impl ConsentRecord {
    /// Every entry that is kept, the newest last; there is at least one.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry<'_>> {
        self.entries.iter().map(|text| Entry::new(text))
    }

    /// The newest entry: it holds the whole present state.
    #[must_use]
    pub fn latest(&self) -> Option<Entry<'_>> {
        self.entries().next_back()
    }

    /// What the answers cover: ids with their tokens.
    pub(crate) fn declared(&self) -> impl Iterator<Item = (String, &str)> {
        self.declared.split(',').filter_map(|row| row.split_once(':')).map(|(id, tokens)| (unescape(id), tokens))
    }

    /// Adds an entry and drops what the bounds no longer allow; the newest entry always stays.
    pub(crate) fn append(&mut self, entry: String, declared: String, now: Timestamp) {
        self.entries.push(entry);
        self.declared = declared;
        let old = self.entries().rev().skip(1).position(|entry| entry.time().plus_days(SUPERSEDED_DAYS) < now);
        let mut surplus = old.map_or(0, |behind| self.entries.len() - 1 - behind);
        while surplus > 0 || self.entries.len() > 1 && (self.entries.len() > MOST_ENTRIES || self.size() > MOST_BYTES) {
            let first = self.entries.remove(0);
            self.start = chain::link(&self.start, &first);
            surplus = surplus.saturating_sub(1);
        }
    }
}
