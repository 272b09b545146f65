//! From answers to choices: what is in force now, and what must be asked.

use alloc::string::String;

use super::{
    Engine, Slot,
    declared::{covers, name_purposes},
};
use crate::{
    decision::{Choice, Reason},
    record::{Answered, ConsentRecord, Entry, State},
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
        let mut weighed = Weighed { differs: false, asks_more: false };
        self.asking.clear();
        let latest = self.record.as_ref().and_then(ConsentRecord::latest).map(Entry::time);
        self.ahead = latest.is_some_and(|latest| self.is_early(latest));
        // Categories come first: a service finds its category already weighed.
        for position in 0..self.slots.len() {
            let (choice, asked) = self.weigh_one(position);
            weighed.differs |= self.decision.put(position, choice);
            if asked {
                self.asking.push(self.decision.id(position).into());
            }
            if let Some(slot) = self.slots.get_mut(position) {
                weighed.asks_more |= asked && !slot.asked;
                slot.asked = asked;
            }
        }
        weighed
    }

    fn weigh_one(&self, position: usize) -> (Choice, bool) {
        let Some(slot) = self.slots.get(position) else { return (Choice::new(Reason::Unknown, None), false) };
        let is_service = slot.category != position;
        let follows = is_service && slot.answer.is_none();
        let (reason, since) = match self.answer_of(slot) {
            _ if slot.necessary => (Reason::Necessary, None),
            None => (Reason::Unanswered, None),
            Some(answer) => (self.reason(position, slot, answer), Some(answer.at)),
        };
        // What follows a category is asked with it, and a service's own refusal only matters where its category is on.
        let with_category = follows && self.slots.get(slot.category).is_some_and(|category| category.asked);
        let asked = !with_category
            && match reason {
                Reason::Unanswered => !follows,
                Reason::Expired | Reason::Changed => true,
                Reason::Refused | Reason::Withdrawn => {
                    let matters = !is_service || !follows && self.decision.allows(slot.category);
                    let is_over = since.is_some_and(|at| self.is_past(at, self.policy.record.refused_days));
                    matters && is_over || self.has_unanswered_purpose(position, slot)
                }
                Reason::Necessary | Reason::Granted | Reason::Unknown => false,
            };
        (Choice::new(reason, since), asked)
    }

    fn reason(&self, position: usize, slot: &Slot, answer: Answered) -> Reason {
        let lapsed = self.ahead || self.is_early(answer.at) || self.is_past(answer.at, self.policy.record.granted_days);
        match answer.state {
            State::Refused => Reason::Refused,
            State::Withdrawn => Reason::Withdrawn,
            State::Granted if lapsed => Reason::Expired,
            State::Granted if covers(&self.policy, position, &slot.declared) => Reason::Granted,
            State::Granted => Reason::Changed,
        }
    }

    /// A slot's own answer, otherwise its category's.
    pub(super) fn answer_of(&self, slot: &Slot) -> Option<Answered> {
        slot.answer.or_else(|| self.slots.get(slot.category)?.answer)
    }

    /// Whether so many days have gone by.
    fn is_past(&self, at: Timestamp, days: u32) -> bool {
        self.now >= at.plus_days(days)
    }

    /// Whether a time is more than a day ahead of the clock.
    fn is_early(&self, at: Timestamp) -> bool {
        at > self.now.plus_days(1)
    }

    fn has_unanswered_purpose(&self, position: usize, slot: &Slot) -> bool {
        let is_known = |tokens: &str| name_purposes(&self.policy, position, tokens);
        !is_known(&slot.declared) && {
            let mut every = String::new();
            for other in &self.slots {
                every.push_str(&other.declared);
            }
            !is_known(&every)
        }
    }
}
