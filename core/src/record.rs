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
//! | head | format and major version; `p` the chain's value before the first entry kept: nothing where none was dropped, `erased` where the visitor erased them |
//! | entry, the newest last | `e` its schema's version, `t` time, `x` expiry, `i` random id, `q` previous id, `j` jurisdiction, `r` regime, `w` how these were determined, `h` where the visitor says they are, `g` the GPC signal (1 or 0; none where the browser does not say), `z` 1 under DNT, `m` counsel behind looser settings, `f` what stands beside the answers, `p` the age band (least age, age below, when it was said), `v` policy version, `c` controller, `s` and `u` hashes of the declared set and of the texts shown, `b` code version, `l` locale, `n` screen, `a` action, `o` what was loaded once, `y` via, `k` the answer for every category and service |
//! | `d` | the declared set: for every category and service, short hashes of what the visitor's answer covers |
//! | `r` | when a parent's answer was last heard again: their grants count for a day from then |
//! | `h` | the seal: a hash over the chain and the head |
//!
//! Of a record that its visitor erased, `consentry/1 erased` is left.
//!
//! In `k` a row is `id` (follows its category), or `id:n` (basis necessary), or, with the basis consent, `id:g`, `id:r`,
//! `id:w`, `id:e` (granted, refused, withdrawn, a grant that time has ended), with the time behind another `:` where it is not the entry's own. `id:x7` is a
//! grant despite an opt-out that the visitor was told of, and `id:p` a parent's; the number adds up the uses opted out of: 1 sale, 2 share, 4
//! targeted ads, 8 profiling, 16 sensitive, 32 anything optional, 64 that no signal was there then. `f` adds up the same for what is opted out of now, and 64
//! where everything without an answer keeps a default of on. Free text is
//! escaped (`%`, code point, `.`) and cut. Fields of the head and sections that this version does not know are kept as they
//! are, and so are entries.

mod action;
mod chain;
mod codec;
mod entry;
mod sha256;
pub(crate) mod text;

pub use action::Action;
pub use chain::name;
pub(crate) use codec::Fault;
pub use entry::Entry;
pub(crate) use entry::{Answered, Draft, KEEPS_DEFAULT, State, push_answer, push_id};

use alloc::{string::String, vec::Vec};

use self::text::{Parts, number, parts};
use crate::time::Timestamp;

/// What was answered, when, on which information: entries in a chain, the newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConsentRecord {
    text: String,
}

impl ConsentRecord {
    /// The record as storage keeps it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every entry that is kept, the newest last; there is none only where the visitor erased them.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.sections().filter(|section| section.starts_with("e=")).map(Entry::new)
    }

    /// The newest entry: it holds the whole present state.
    #[must_use]
    pub fn latest(&self) -> Option<Entry<'_>> {
        let mut latest = None;
        for section in self.sections() {
            if section.starts_with("e=") {
                latest = Some(Entry::new(section));
            }
        }
        latest
    }

    /// The entries that this record has and another has not, as far back as the other goes.
    pub(crate) fn unseen_by(&self, other: &Self) -> Vec<&str> {
        // What lies before the first entry of a record that has dropped some, or begins after an erased one, stays gone.
        let begin = other.entries().next().filter(|_| !other.is_whole()).map(Entry::time);
        let mut unseen = Vec::new();
        for entry in self.entries() {
            if begin.is_none_or(|begin| entry.time() > begin) && !other.has(entry) {
                unseen.push(entry.text());
            }
        }
        unseen
    }

    /// Whether an entry is among these.
    pub(crate) fn has(&self, entry: Entry<'_>) -> bool {
        self.entries().any(|known| known == entry)
    }

    /// Rows of ids with the tokens of what their answers cover.
    pub(crate) fn declared(&self) -> Parts<'_> {
        parts(self.section("d="), b',')
    }

    /// When a parent's answer was last heard again.
    pub(crate) fn heard(&self) -> Timestamp {
        Timestamp(number(self.section("r=")).unwrap_or_default())
    }

    /// What a section of a kind holds.
    fn section(&self, kind: &str) -> &str {
        let mut found = "";
        for section in self.sections() {
            found = section.strip_prefix(kind).unwrap_or(found);
        }
        found
    }

    fn sections(&self) -> Parts<'_> {
        parts(self.halves().0, b';')
    }
}
