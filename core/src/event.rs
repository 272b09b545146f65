//! What can happen: the closed list of events that the engine takes.

use alloc::{string::String, vec::Vec};

use crate::{jurisdiction::Facts, time::Timestamp};

/// One fact from the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The stored record was read: at page open, and whenever another tab may have written.
    Read {
        /// What storage held.
        stored: Stored,
        /// When it was read.
        at: Timestamp,
    },
    /// What server and browser say of the visitor's place and signals: before the first look at the record, and whenever
    /// it may have changed.
    Told(Facts),
    /// Somebody else sits at the device from now on, for whom an administrator keeps the categories and services shut that are
    /// named; what stands beside a name means nothing. Their own record is read next.
    Subject(Vec<(String, bool)>),
    /// A record of somebody else at this device, before the own one is read: refusals hold for everybody.
    Beside(String),
    /// The visitor, or a script in the visitor's name, answered.
    Answered(Act),
    /// Somebody wants to see the notice or the preference center.
    Requested(View),
    /// A view was closed without an answer (Escape): nothing is written.
    Closed,
    /// Whether storage kept the text of the last [`Effect::Persist`](crate::effect::Effect::Persist).
    Kept(bool),
}

/// What was found under the record's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// Nothing.
    Empty,
    /// A text, not yet believed.
    Text(String),
    /// The browser refuses storage.
    Denied,
}

/// An answer with everything that the record must say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What was answered.
    pub answer: Answer,
    /// What shows that a visitor did it.
    pub proof: Proof,
    /// When.
    pub at: Timestamp,
    /// Random bytes for the record's id; unused where nothing is granted.
    pub nonce: [u8; 16],
    /// What the visitor had before their eyes.
    pub shown: Shown,
}

/// What the visitor saw when answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Where the answer was given.
    pub screen: Screen,
    /// The language of the texts, a BCP 47 tag.
    pub locale: String,
    /// The texts themselves; the record keeps their hash.
    pub texts: String,
}

/// Where an answer was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Screen {
    /// The first layer.
    Notice,
    /// The second layer.
    Preferences,
    /// What stands where a blocked widget would be.
    Placeholder,
    /// The question how old the visitor is.
    Age,
    /// No screen of ours: the site's script called.
    Api,
}

impl Screen {
    /// The word in the record.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Preferences => "preferences",
            Self::Placeholder => "placeholder",
            Self::Age => "age",
            Self::Api => "api",
        }
    }
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes to everything.
    AcceptAll,
    /// No to everything optional.
    RejectAll,
    /// Yes or no by category and service id; what is not named keeps its answer, what never had one is refused.
    Save(Vec<(String, bool)>),
    /// The notice was closed: no to every open question.
    Dismiss,
    /// Taken back: everything, or one category or service, or uses by their names, which no service may then put data to.
    Withdraw(Option<String>),
    /// This service's one element, this once; no standing grant.
    LoadOnce(String),
    /// Yes to one service, whatever its category's answer.
    Allow(String),
    /// No to one category or service; what else is open stays open.
    Refuse(String),
    /// The same as [`Answer::Save`], brought in from a copy of a record that the visitor has looked through.
    Import(Vec<(String, bool)>),
    /// So many years of age; the band that they fall into is kept.
    Age(u32),
    /// Where the visitor says they are, `DE` or `US-CA`; empty takes it back. It counts unless what is known without it is
    /// stricter.
    Place(String),
    /// A parent or guardian answered, as the site's own server says, at a time: yes to these categories, and whether data
    /// may go to others than the site, too. To what is not named it is a no.
    Parent(Vec<(String, bool)>, Timestamp),
    /// Everything that is kept about the visitor goes; that they were here and agreed to nothing stays.
    Erase,
}

/// What shows that a visitor gave a grant; refusing and withdrawing need none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A trusted click with activation on our own control, or inside an element marked for granting.
    Gesture,
    /// Nothing: a script says so.
    None,
}

/// What can be on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The first layer.
    Notice,
    /// The second layer.
    Preferences,
}
