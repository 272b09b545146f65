//! The present answers for everything, with their reasons.

use alloc::vec::Vec;

use crate::{index::Index, policy::Policy, time::Timestamp};

/// Why something is allowed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The site cannot work without it.
    Necessary,
    /// The visitor said no.
    Refused,
    /// The visitor took a yes back.
    Withdrawn,
    /// The visitor said yes.
    Granted,
    /// A yes that is too old; it is asked for again.
    Expired,
    /// A yes that does not cover what this has become: new, widened, moved, or under a material policy version.
    Changed,
    /// Never answered.
    Unanswered,
    /// The site's policy rules it out, whatever anyone clicks.
    Forbidden,
    /// An administrator keeps it shut.
    Locked,
    /// A school opened it for its pupils.
    Educational,
    /// The visitor's age, or that nobody knows it, denies it.
    Age,
    /// The browser's signal, or one that it sent before, denies it.
    Signal,
    /// Its basis is the visitor's objection, and there is none.
    Objection,
    /// The law of the place lets it run until the visitor opts out.
    Default,
    /// No category or service has this id.
    Unknown,
}

impl Reason {
    /// The word that scripts and visitors' copies see.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Necessary => "necessary",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Granted => "granted",
            Self::Expired => "expired",
            Self::Changed => "changed",
            Self::Unanswered => "unanswered",
            Self::Forbidden => "forbidden",
            Self::Locked => "locked",
            Self::Educational => "educational",
            Self::Age => "age",
            Self::Signal => "signal",
            Self::Objection => "objection",
            Self::Default => "default",
            Self::Unknown => "unknown",
        }
    }
}

/// The answer for one category or service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Whether it may run, load and store.
    pub allowed: bool,
    /// Why.
    pub reason: Reason,
    /// When the visitor gave the answer behind it, where there is one.
    pub since: Option<Timestamp>,
}

impl Choice {
    /// The only way to make a choice: what is allowed follows from the reason, never the other way round.
    pub(crate) const fn new(reason: Reason, since: Option<Timestamp>) -> Self {
        let allowed = matches!(
            reason,
            Reason::Necessary | Reason::Granted | Reason::Educational | Reason::Objection | Reason::Default
        );
        Self { allowed, reason, since }
    }
}

/// The answers for every category and service of a policy.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Finds one among thousands of services without a walk.
    ids: Index,
    choices: Vec<Choice>,
}

impl Decision {
    /// The ids to decide about, in the policy's order: categories, then services. What has not been weighed is denied.
    pub(crate) fn unweighed(policy: &Policy) -> Self {
        let mut ids = Index::default();
        for category in &policy.categories {
            ids.insert(&category.id);
        }
        for service in &policy.services {
            ids.insert(&service.id);
        }
        Self { ids, choices: Vec::new() }
    }

    /// The choice for a category or service; anything unknown is denied.
    #[must_use]
    pub fn choice(&self, id: &str) -> Choice {
        let known = self.position(id).and_then(|position| self.choices.get(position)).copied();
        known.unwrap_or(Choice::new(Reason::Unknown, None))
    }

    /// Every id with its choice, in the policy's order: categories, then services.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Choice)> {
        self.choices.iter().enumerate().map(|(position, choice)| (self.id(position), *choice))
    }

    /// Where an id stands in the policy's order.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.ids.get(id)
    }

    /// The id at a position, as [`Decision::position`] counts.
    pub(crate) fn id(&self, position: usize) -> &str {
        self.ids.text(position)
    }

    /// Why what stands at a position is as it is.
    pub(crate) fn reason(&self, position: usize) -> Reason {
        self.choices.get(position).map_or(Reason::Unknown, |choice| choice.reason)
    }

    /// Whether what stands at a position is allowed.
    pub(crate) fn allows(&self, position: usize) -> bool {
        self.choices.get(position).is_some_and(|choice| choice.allowed)
    }

    /// Takes a newly weighed choice, in the order of positions the first time; says whether it differs.
    pub(crate) fn put(&mut self, position: usize, choice: Choice) -> bool {
        let Some(place) = self.choices.get_mut(position) else {
            self.choices.push(choice);
            return true;
        };
        let differs = *place != choice;
        *place = choice;
        differs
    }
}
