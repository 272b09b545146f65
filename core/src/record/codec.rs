//! The record's text: believed when its seal is right, and written anew with each entry.

use alloc::{string::String, vec::Vec};

use super::{
    ConsentRecord, Entry, chain,
    text::{field, join, number, parts, push},
};
use crate::time::{Timestamp, push_number};

/// What the first token names, before the major version.
const FORMAT: &str = "consentry/";

/// The major version that this code reads and writes.
const MAJOR: u32 = 1;

/// How a text of this version begins.
const HEAD: &str = "consentry/1 p=";

/// What comes before the seal.
const SEAL: &str = ";h=";

/// Length of a hash in characters of six bits.
const HASH: usize = 43;

/// Most entries that a record keeps.
const MOST_ENTRIES: usize = 20;

/// Most bytes of a record's text, as long as superseded entries can make room.
const MOST_BYTES: usize = 8_000;

/// Days after which a superseded entry is dropped at the next write: 13 months.
const SUPERSEDED_DAYS: u32 = 395;

/// What is left of a record that was erased: it has no entries, nothing in it can be wrong, and no seal.
const ERASED: &str = "consentry/1 erased";

/// Why a text is no record of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Cut, changed, or not a record at all.
    Damaged,
    /// Of this newer major version.
    Newer(u32),
}

impl ConsentRecord {
    /// Takes a text that storage held, if the seal covers all of it and the newest entry has a time.
    pub(crate) fn decode(text: String) -> Result<Self, Fault> {
        let major = major(&text);
        if major > MAJOR {
            return Err(Fault::Newer(major));
        }
        let record = Self { text };
        let (body, seal) = record.halves();
        let sealed = chain::seal(body) == seal && record.latest().is_some_and(Entry::has_time);
        let sound = major == MAJOR && (sealed || record.text == ERASED);
        if sound { Ok(record) } else { Err(Fault::Damaged) }
    }

    /// A record after its visitor had it erased.
    pub(crate) fn erased() -> Self {
        Self { text: ERASED.into() }
    }

    /// The record with one more entry; what the bounds no longer allow is dropped, the new entry never.
    pub(crate) fn with(&self, entry: &str, declared: &str, now: Timestamp) -> Self {
        self.rewritten(&[entry], 0, join(&[";d=", declared]), now)
    }

    /// The record with entries that another tab made beside it: they stand in front of the newest, whose answers stay.
    pub(crate) fn beside(&self, lost: &[&str], now: Timestamp) -> Self {
        self.rewritten(lost, 1, String::new(), now)
    }

    /// The record where a parent's answer was heard again: nothing else is new.
    pub(crate) fn heard_at(&self, now: Timestamp) -> Self {
        let mut heard = String::from(";r=");
        push_number(&mut heard, now.0);
        self.rewritten(&[], 0, heard, now)
    }

    /// The record with more entries, so many places before its end, and a section in place of that of its kind.
    fn rewritten(&self, more: &[&str], before: usize, section: String, now: Timestamp) -> Self {
        let mut sections = parts(self.halves().0, b';');
        let head = sections.next().unwrap_or_default();
        let first = if self.text == ERASED { "erased" } else { field(head, b'p').unwrap_or_default() };
        let unknown_fields = head.get(HEAD.len() + first.len()..).unwrap_or_default();
        let kind = section.get(1..3).unwrap_or(";");
        let mut others = section.clone();
        let mut entries = Vec::new();
        for section in sections {
            if section.starts_with("e=") {
                entries.push(section);
            } else if !section.starts_with(kind) {
                push(&mut others, b';');
                others.push_str(section);
            }
        }
        for entry in more {
            entries.insert(entries.len().saturating_sub(before), entry);
        }
        let superseded = |entry: &&str| Entry::new(entry).time().plus_days(SUPERSEDED_DAYS) < now;
        let superseded = entries.iter().rposition(superseded).map_or(0, |last| last + 1);
        let newest = entries.len().saturating_sub(1);
        let mut surplus = superseded.max(entries.len().saturating_sub(MOST_ENTRIES)).min(newest);
        loop {
            let mut chain = String::from(first);
            let mut kept = String::new();
            for (number, entry) in entries.iter().enumerate() {
                if number < surplus {
                    chain = chain::link(&chain, entry);
                } else {
                    push(&mut kept, b';');
                    kept.push_str(entry);
                }
            }
            let text = join(&[HEAD, &chain, unknown_fields, &kept, &others]);
            if surplus >= newest || text.len() + SEAL.len() + HASH <= MOST_BYTES {
                return Self { text: join(&[&text, SEAL, &chain::seal(&text)]) };
            }
            surplus += 1;
        }
    }

    /// Whether no entry was ever dropped.
    pub(super) fn is_whole(&self) -> bool {
        self.text.as_bytes().get(HEAD.len()) == Some(&b';')
    }

    /// What is sealed, and the seal.
    pub(super) fn halves(&self) -> (&str, &str) {
        let end = self.text.len().saturating_sub(SEAL.len() + HASH);
        let (body, end) = self.text.split_at_checked(end).unwrap_or_default();
        (body, end.strip_prefix(SEAL).unwrap_or_default())
    }
}

/// The major version that the first token names; 0 for none.
fn major(text: &str) -> u32 {
    let token = parts(text, b' ').next().unwrap_or_default();
    token.strip_prefix(FORMAT).and_then(number).unwrap_or_default()
}
