//! What the engine knows of each category and service.

use alloc::{string::String, vec::Vec};

use super::declared::is_within;
use crate::{decision::Reason, policy::Policy, record::Answered, uses::Uses};

/// What is known about one category or service; categories come first, in the policy's order, then services.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// Position of its category; a category's own.
    pub(super) category: usize,
    pub(super) necessary: bool,
    /// Its own answer; a service without one follows its category.
    pub(super) answer: Option<Answered>,
    /// What it does with data; a category, what one of its services does.
    pub(super) uses: Uses,
    /// Why no click opens it, where none does.
    pub(super) barred: Option<Reason>,
    /// Whether only its own yes opens it.
    pub(super) each: bool,
    /// Whether a school opened it.
    pub(super) opened: bool,
    /// Whether it, or one of a category's services, hands data on to others.
    pub(super) discloses: bool,
    /// Tokens of what the answer covers; empty when it was never asked about.
    pub(super) declared: String,
    /// Whether it would run without an answer here, as the law of the place allows.
    pub(super) by_itself: bool,
    /// Whether there is an open question about it.
    pub(super) asked: bool,
    /// What the save at hand wants of it.
    pub(super) wish: Option<bool>,
}

/// The one category whose script of its own, without a service, is taken for the site's.
const FUNCTIONAL: &str = "functional";

impl Slot {
    /// Whether no click opens it, at an age at which these uses are barred.
    pub(super) const fn is_shut(&self, bars: Uses) -> bool {
        self.barred.is_some() || self.uses.meet(bars)
    }
}

/// A slot for each category and service, unanswered.
pub(super) fn all(policy: &Policy) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for (category, declared) in policy.categories.iter().enumerate() {
        // What is marked with a category alone may be anything that its services are; without a service, anything, unless
        // the site says what it is.
        let own = || policy.services.iter().filter(|service| service.category == category);
        let (is_site_s, holds) = (declared.id == FUNCTIONAL, own().next().is_some());
        let empty = !(is_site_s || declared.serves || holds);
        let uses = if empty && declared.uses == Uses::NONE { Uses::UNDECLARED } else { declared.uses };
        // Where each service has a question of its own, nothing is left that a yes to all of them would mean.
        let each = declared.each || holds && !is_site_s && own().all(|service| service.each);
        let barred = barred(policy, |id| id == declared.id);
        slots.push(Slot {
            uses: uses.and(Uses::ANY),
            barred,
            each,
            discloses: empty,
            ..slot(category, declared.necessary)
        });
    }
    for service in &policy.services {
        let Some(category) = slots.get_mut(service.category) else { continue };
        category.uses = category.uses.and(service.uses);
        category.discloses |= service.discloses;
        let (necessary, around) = (category.necessary, category.barred);
        let own = barred(policy, |id| id == service.id || service.hosts.iter().any(|host| is_within(host.text(), id)));
        let barred = if own == Some(Reason::Forbidden) { own } else { around.or(own) };
        let each = service.each || policy.categories.get(service.category).is_some_and(|category| category.each);
        let discloses = service.discloses;
        // A school's word stands for parents where it is about teaching alone: never for advertising, sale or profiling.
        let opened =
            service.educational && !service.uses.meet(Uses::UNDECLARED) && policy.rules.opened.contains(&service.id);
        let uses = service.uses.and(Uses::ANY);
        slots.push(Slot { uses, barred, each, opened, discloses, ..slot(service.category, necessary) });
    }
    slots
}

fn slot(category: usize, necessary: bool) -> Slot {
    Slot { category, necessary, ..Slot::default() }
}

/// Why no click opens what these names mean: forbidden before locked.
fn barred(policy: &Policy, means: impl Fn(&str) -> bool) -> Option<Reason> {
    let any = |ids: &[String]| ids.iter().any(|id| means(id));
    if any(&policy.rules.forbidden) {
        Some(Reason::Forbidden)
    } else if any(&policy.rules.locked) {
        Some(Reason::Locked)
    } else {
        None
    }
}
