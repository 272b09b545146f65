//! The stored evidence of the visitor's decisions.

mod action;

pub use action::Action;

use alloc::{string::String, vec::Vec};

use crate::time::Timestamp;

/// What was answered, when, on which information: entries in a chain, the newest last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRecord {
    entries: Vec<String>,
}

impl ConsentRecord {
    /// Every entry that is kept, the newest last; there is at least one.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry<'_>> {
        self.entries.iter().map(|text| Entry { text })
    }

    /// The newest entry: it holds the whole present state.
    #[must_use]
    pub fn latest(&self) -> Option<Entry<'_>> {
        self.entries().next_back()
    }
}

/// One entry of a record.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'record> {
    text: &'record str,
}

impl<'record> Entry<'record> {
    /// The random id; none where everything was refused.
    #[must_use]
    pub fn id(self) -> Option<&'record str> {
        None
    }

    /// When the visitor answered.
    #[must_use]
    pub fn time(self) -> Timestamp {
        Timestamp(0)
    }

    /// When a question comes up again by time alone.
    #[must_use]
    pub fn expires(self) -> Timestamp {
        Timestamp(0)
    }

    /// What was done: an [`Action`]'s word, or that of a later version's action.
    #[must_use]
    pub fn action(self) -> &'record str {
        self.text
    }

    /// Where it was done: a [`Screen`](crate::event::Screen)'s word, or a later version's.
    #[must_use]
    pub fn screen(self) -> &'record str {
        self.text
    }

    /// The version of the policy that the visitor was told of.
    #[must_use]
    pub fn policy_version(self) -> String {
        String::new()
    }
}
