//! From answers to choices: what is in force now, and what must be asked.

use alloc::vec::Vec;

use super::{
    Engine, Slot,
    declared::{contains, covers, has_new_purpose},
};
use crate::{
    decision::{Choice, Reason},
    record::{Answered, State},
    time::Timestamp,
};

/// What weighing brought.
pub(super) struct Weighed {
    /// Whether any choice differs from before.
    pub(super) differs: bool,
    /// Whether there is a question that was not open before.
    pub(super) asks_more: bool,
}

impl Engine {
    /// Weighs every answer anew.
    pub(super) fn weigh(&mut self) -> Weighed {
        // Categories come first: a service finds its category already weighed.
        let mut weighed: Vec<(Choice, bool)> = Vec::with_capacity(self.slots.len());
        for (position, slot) in self.slots.iter().enumerate() {
            let category = if slot.category == position { None } else { weighed.get(slot.category).copied() };
            weighed.push(self.weigh_one(position, slot, category));
        }
        let mut asks_more = false;
        self.asking.clear();
        for (position, (slot, (_, asked))) in self.slots.iter_mut().zip(&weighed).enumerate() {
            asks_more |= *asked && !slot.asked;
            slot.asked = *asked;
            if *asked {
                self.asking.push(self.decision.id(position).into());
            }
        }
        let choices = weighed.into_iter().map(|(choice, _)| choice).collect();
        Weighed { differs: self.decision.take(choices), asks_more }
    }

    fn weigh_one(&self, position: usize, slot: &Slot, category: Option<(Choice, bool)>) -> (Choice, bool) {
        if slot.necessary {
            return (Choice::new(Reason::Necessary, None), false);
        }
        let follows = category.is_some() && slot.answer.is_none();
        let Some(answer) = self.answer_of(slot) else {
            return (Choice::new(Reason::Unanswered, None), !follows);
        };
        let reason = match answer.state {
            State::Refused => Reason::Refused,
            State::Withdrawn => Reason::Withdrawn,
            State::Granted if self.has_lapsed(answer.at) => Reason::Expired,
            State::Granted if !covers(&self.policy, position, &slot.declared) => Reason::Changed,
            State::Granted => Reason::Granted,
        };
        // What follows a category is asked with it, and a service's own refusal only matters where its category is on.
        let asked = match reason {
            _ if follows && category.is_some_and(|(_, asked)| asked) => false,
            Reason::Expired | Reason::Changed => true,
            Reason::Refused | Reason::Withdrawn => {
                let matters = !follows && category.is_none_or(|(choice, _)| choice.allowed);
                matters && self.is_over(answer.at) || self.has_unanswered_purpose(position, slot)
            }
            Reason::Necessary | Reason::Granted | Reason::Unanswered | Reason::Unknown => false,
        };
        (Choice::new(reason, Some(answer.at)), asked)
    }

    /// A slot's own answer, otherwise its category's.
    pub(super) fn answer_of(&self, slot: &Slot) -> Option<Answered> {
        slot.answer.or_else(|| self.slots.get(slot.category)?.answer)
    }

    /// Whether a grant of this time is in force no more, or cannot be believed.
    fn has_lapsed(&self, at: Timestamp) -> bool {
        self.is_ahead() || self.is_early(at) || self.now >= at.plus_days(self.policy.record.granted_days)
    }

    /// Whether the pause before asking again is over.
    fn is_over(&self, at: Timestamp) -> bool {
        self.now >= at.plus_days(self.policy.record.refused_days)
    }

    /// Whether the record is dated more than a day ahead of the clock.
    pub(super) fn is_ahead(&self) -> bool {
        self.record.as_ref().and_then(|record| record.latest()).is_some_and(|latest| self.is_early(latest.time()))
    }

    fn is_early(&self, at: Timestamp) -> bool {
        at > self.now.plus_days(1)
    }

    fn has_unanswered_purpose(&self, position: usize, slot: &Slot) -> bool {
        has_new_purpose(&self.policy, position, &|token| {
            contains(&slot.declared, token) || self.slots.iter().any(|slot| contains(&slot.declared, token))
        })
    }
}
