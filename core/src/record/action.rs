//! What was done: the words that entries of the record and the change event carry.

/// What gave rise to an entry, or changed a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Yes to everything.
    AcceptAll,
    /// No to everything optional.
    RejectAll,
    /// Some yes, some no.
    Save,
    /// The notice was closed.
    Dismiss,
    /// One element, this once.
    LoadOnce,
    /// One service from now on.
    AllowService,
    /// A yes taken back.
    Withdraw,
    /// The browser's signal.
    Signal,
    /// The visitor's own exception, after being told of the signal.
    UserAfterGpc,
    /// A copy was brought in.
    Import,
    /// Time, or a lost record, ended a grant.
    Expire,
    /// A parent answered.
    Parent,
    /// The visitor said how old they are.
    Age,
    /// The visitor said where they are, or took that back.
    Place,
}

/// Each action with its word.
const WORDS: [(Action, &str); 14] = [
    (Action::AcceptAll, "accept_all"),
    (Action::RejectAll, "reject_all"),
    (Action::Save, "save"),
    (Action::Dismiss, "dismiss"),
    (Action::LoadOnce, "load_once"),
    (Action::AllowService, "allow_service"),
    (Action::Withdraw, "withdraw"),
    (Action::Signal, "signal"),
    (Action::UserAfterGpc, "user_after_gpc"),
    (Action::Import, "import"),
    (Action::Expire, "expire"),
    (Action::Parent, "parent"),
    (Action::Age, "age"),
    (Action::Place, "place"),
];

impl Action {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        WORDS.iter().find(|(action, _)| *action == self).map_or("", |(_, word)| word)
    }

    /// The action that a word names.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        WORDS.iter().find(|(_, name)| *name == word).map(|(action, _)| *action)
    }
}
