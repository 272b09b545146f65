//! What a visitor's age allows, and what a parent answers in a child's place.

use alloc::{string::String, vec::Vec};

use super::{Engine, Slot, answer::decline_unless, declared::tokens};
use crate::{
    age::{Band, Stage},
    effect::{Effect, Refusal},
    event::{Act, Proof},
    record::{Action, Answered, State},
    time::{DAY, Timestamp},
    uses::Uses,
};

/// Seconds after which it is written down that a parent's yes still stands: half of what it lives.
const RENEWAL: u32 = DAY / 2;

impl Engine {
    /// The age band that counts: this visit's, or the record's while it is not older than a grant may be.
    pub(super) fn band(&self) -> Option<Band> {
        let holds = |band: &Band| !self.is_early(band.at) && !self.is_past(band.at, self.policy.record.granted_days);
        self.told.or(self.age).filter(holds)
    }

    /// Whether the visitor's age denies something: a grant of their own below the first threshold, a parent's that was not
    /// heard of on this page, or for a day, and below the second what the law bars.
    pub(super) fn is_too_young(&self, slot: &Slot, answer: Option<Answered>) -> bool {
        match (self.stage, answer) {
            (Stage::Adult, _) | (Stage::Unknown, None) => false,
            (Stage::Child, Some(answer)) if answer.parent => !self.vouched || self.is_unheard(answer),
            (Stage::Unknown | Stage::Child, _) => true,
            (Stage::Teen, _) => slot.uses.meet(self.bars),
        }
    }

    /// Whether a child has a parent's yes that only waits to be heard again.
    pub(super) fn awaits(&self, answer: Answered) -> bool {
        self.stage == Stage::Child && answer.parent && !self.is_unheard(answer)
    }

    /// Whether nobody has stood behind an answer for a day.
    fn is_unheard(&self, answer: Answered) -> bool {
        let at = self.said_at(answer);
        self.is_past(at, 1) || self.is_early(at)
    }

    /// Declines a grant of somebody who may be too young for it.
    pub(super) fn is_grown(&self, effects: &mut Vec<Effect>) -> bool {
        let grown = !matches!(self.stage, Stage::Unknown | Stage::Child);
        if !grown {
            effects.push(Effect::Decline(Refusal::Age));
        }
        grown
    }

    /// Takes the visitor's age, once a visit: what is kept of it is the band. Where another place leaves that open, an age
    /// within it is taken; nobody is older the second time.
    pub(super) fn tell_age(&mut self, years: u32, act: &Act, effects: &mut Vec<Effect>) -> Option<Action> {
        if self.told.is_some() && self.stage != Stage::Unknown
            || self.policy.rules.age.is_none()
            || !decline_unless(act.proof == Proof::Gesture, effects)
        {
            return None;
        }
        let years = self.told.map_or(years, |told| years.max(told.low).min(told.high.wrapping_sub(1)));
        self.told = Some(self.jurisdiction.ages.band(years, act.at));
        Some(Action::Age)
    }

    /// When somebody last stood behind an answer: a parent does as long as the site's server says so.
    pub(super) fn said_at(&self, answer: Answered) -> Timestamp {
        if answer.parent { answer.at.max(self.heard) } else { answer.at }
    }

    /// Where nobody has said yet that a child is here, a parent's answer opens nothing, and what it takes back is taken back.
    fn let_go(&mut self, wishes: &[(String, bool)], at: Timestamp) -> Option<Action> {
        let mut changes = false;
        for slot in self.slots.iter_mut().filter(|_| self.stage == Stage::Unknown) {
            let category = self.decision.id(slot.category);
            let is_given = slot.answer.is_some_and(|answer| answer.parent && answer.state == State::Granted);
            if is_given && !wishes.iter().any(|(id, _)| id == category) {
                slot.answer = Some(Answered { state: State::Withdrawn, at, despite: Uses::NONE, parent: true });
                changes = true;
            }
        }
        changes.then_some(Action::Parent)
    }

    /// Takes what a parent answered, in place of what the parent answered before. A no that the child gave later stays.
    pub(super) fn obey(&mut self, wishes: &[(String, bool)], since: Timestamp, at: Timestamp) -> Option<Action> {
        if self.stage != Stage::Child {
            return self.let_go(wishes, at);
        }
        // What came after the parent answered is not what the parent answered about.
        let is_heard = |slot: &Slot| slot.answer.is_some_and(|answer| answer.parent && answer.at >= since);
        let heard = self.slots.iter().any(is_heard);
        let (mut changes, mut renews) = (false, false);
        for number in 0..self.slots.len() {
            let Some(slot) = self.slots.get_mut(number).filter(|slot| !slot.necessary) else { continue };
            let category = self.decision.id(slot.category);
            let said = wishes.iter().find(|(id, _)| id == category);
            // What has a service that asks for itself is not what a parent was asked about.
            let apart =
                slot.each && (number != slot.category || self.policy.services.iter().any(|one| one.category == number));
            let yes = said.is_some_and(|(_, shared)| *shared || !slot.discloses) && !apart && slot.barred.is_none();
            let mut state = if yes { State::Granted } else { State::Refused };
            match slot.answer {
                None if heard => continue,
                None => changes = true,
                Some(answer @ Answered { state: State::Granted, .. }) => {
                    // A yes that stands is not given again, only heard.
                    let covers = || {
                        answer.at >= self.policy.rules.last_material && slot.declared == tokens(&self.policy, number)
                    };
                    if yes && answer.parent && (answer.at >= since || covers()) {
                        renews |= at.0 >= self.heard.max(answer.at).0.saturating_add(RENEWAL);
                        continue;
                    }
                    changes = true;
                    if !yes {
                        state = State::Withdrawn;
                    }
                }
                Some(answer) if !yes || answer.at >= since => continue,
                Some(_) => changes = true,
            }
            slot.declared = tokens(&self.policy, number);
            slot.answer = Some(Answered { state, at, despite: Uses::NONE, parent: true });
        }
        self.renews = renews && !changes;
        (changes || renews).then_some(Action::Parent)
    }
}
