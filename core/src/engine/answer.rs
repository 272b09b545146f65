//! What an act does to the answers.

use alloc::{string::String, vec, vec::Vec};

use super::{Engine, Slot, declared::tokens};
use crate::{
    effect::{Effect, Refusal},
    event::{Act, Answer, Proof, View},
    record::{Action, Answered, State},
    time::Timestamp,
};

impl Engine {
    /// Takes an act as far as it may be taken; the action that it comes to, if anything was.
    pub(super) fn take(&mut self, act: &Act, effects: &mut Vec<Effect>) -> Option<Action> {
        let free = act.proof == Proof::Gesture || self.policy.record.script_grants;
        let at = act.at;
        match &act.answer {
            Answer::AcceptAll if !free => self.insist(effects),
            Answer::AcceptAll => {
                for slot in self.slots.iter_mut() {
                    slot.answer = None;
                }
                self.answer_categories(State::Granted, at);
                Some(Action::AcceptAll)
            }
            Answer::RejectAll => {
                self.answer_categories(State::Refused, at);
                Some(Action::RejectAll)
            }
            Answer::Save(wishes) => self.save(wishes, free, at, effects),
            Answer::Dismiss => self.dismiss(at),
            Answer::Withdraw(None) => self.withdraw_all(at),
            Answer::Withdraw(Some(id)) => {
                let position = self.optional(id, effects).filter(|position| !self.is_denied(*position))?;
                self.answer(position, State::Withdrawn, at, Action::Withdraw)
            }
            Answer::Allow(id) => {
                let position = self.optional(id, effects).filter(|_| decline_unless(free, effects))?;
                self.answer(position, State::Granted, at, Action::AllowService)
            }
            Answer::LoadOnce(id) => self.load_once(id, free, effects),
        }
    }

    /// A consent like any other, except that nothing stands afterwards; none is needed for what is allowed anyway.
    fn load_once(&self, id: &str, free: bool, effects: &mut Vec<Effect>) -> Option<Action> {
        if self.decision.position(id).is_none_or(|position| position < self.policy.categories.len()) {
            effects.push(Effect::Decline(Refusal::UnknownId(id.into())));
            None
        } else if self.decision.choice(id).allowed {
            effects.push(Effect::Release(id.into()));
            None
        } else {
            decline_unless(free, effects).then_some(Action::LoadOnce)
        }
    }

    /// Declines a grant that no visitor gave, and asks the visitor.
    fn insist(&mut self, effects: &mut Vec<Effect>) -> Option<Action> {
        decline_unless(false, effects);
        if self.view != Some(View::Preferences) {
            self.view = Some(View::Notice);
            effects.push(Effect::Show(View::Notice));
        }
        None
    }

    fn answer_categories(&mut self, state: State, at: Timestamp) {
        for position in 0..self.policy.categories.len() {
            self.set(position, state, at);
        }
    }

    fn answer(&mut self, position: usize, state: State, at: Timestamp, action: Action) -> Option<Action> {
        self.set(position, state, at);
        Some(action)
    }

    /// Whether there is nothing left to take back: a denial of its own, and no service with a grant of its own.
    fn is_denied(&self, position: usize) -> bool {
        let is_granted = |slot: &Slot| slot.answer.is_some_and(|answer| answer.state == State::Granted);
        let is_within = |(number, slot): (usize, &Slot)| number == position || slot.category == position;
        let is_answered = self.slots.get(position).is_some_and(|slot| slot.answer.is_some());
        is_answered
            && !self.slots.iter().enumerate().any(|(number, slot)| is_within((number, slot)) && is_granted(slot))
    }

    /// The position of something that can be answered; declines otherwise.
    fn optional(&self, id: &str, effects: &mut Vec<Effect>) -> Option<usize> {
        let position = self.decision.position(id);
        let refusal = match position.and_then(|position| self.slots.get(position)) {
            None => Refusal::UnknownId(id.into()),
            Some(slot) if slot.necessary => Refusal::Necessary(id.into()),
            Some(_) => return position,
        };
        effects.push(Effect::Decline(refusal));
        None
    }

    /// Answers one category or service on what is declared now. A category's answer ends its services' own grants, but not
    /// their own refusals.
    fn set(&mut self, position: usize, state: State, at: Timestamp) {
        let policy = &self.policy;
        let set_one = |(number, slot): (usize, &mut Slot)| {
            if slot.necessary {
                return;
            }
            slot.answer = match slot.answer {
                _ if number == position => Some(Answered { state, at }),
                own => own.filter(|own| own.state != State::Granted),
            };
            slot.declared = tokens(policy, number);
        };
        if position < policy.categories.len() {
            let slots = self.slots.iter_mut().enumerate();
            slots.filter(|(_, slot)| slot.category == position).for_each(set_one);
        } else {
            self.slots.get_mut(position).map(|slot| (position, slot)).into_iter().for_each(set_one);
        }
    }

    /// Takes the answers named; of the others, those that never had one become refusals.
    fn save(
        &mut self,
        named: &[(String, bool)],
        free: bool,
        at: Timestamp,
        effects: &mut Vec<Effect>,
    ) -> Option<Action> {
        let mut wishes: Vec<Option<bool>> = vec![None; self.slots.len()];
        let mut insists = false;
        for (id, yes) in named {
            let Some(position) = self.decision.position(id) else {
                effects.push(Effect::Decline(Refusal::UnknownId(id.clone())));
                return None;
            };
            let necessary = self.slots.get(position).is_some_and(|slot| slot.necessary);
            match wishes.get_mut(position) {
                Some(_) if necessary && !yes => effects.push(Effect::Decline(Refusal::Necessary(id.clone()))),
                Some(_) if *yes && !free => insists = true,
                // Named twice: of two equals the denial.
                Some(wish) if !necessary => *wish = Some(*yes && *wish != Some(false)),
                _ => {}
            }
        }
        let mut taken = !insists;
        for position in 0..wishes.len() {
            if wishes.get(position) == Some(&Some(false)) || !insists && self.is_left_open(position, &wishes) {
                taken = true;
                self.set(position, State::Refused, at);
            }
        }
        for (position, wish) in wishes.iter().enumerate() {
            if *wish == Some(true) {
                self.set(position, State::Granted, at);
            }
        }
        if insists {
            self.insist(effects);
        }
        taken.then_some(Action::Save)
    }

    /// Whether a question was asked for the first time and these wishes pass it over.
    fn is_left_open(&self, position: usize, wishes: &[Option<bool>]) -> bool {
        let wish = |position: usize| wishes.get(position).copied().flatten();
        let Some(slot) = self.slots.get(position).filter(|_| wish(position).is_none()) else { return false };
        let first = slot.asked && slot.declared.is_empty();
        first && slot.answer.is_none() && wish(slot.category).is_none()
    }

    /// Closing the notice is a no to every open question, and to nothing else.
    fn dismiss(&mut self, at: Timestamp) -> Option<Action> {
        let asked: Vec<usize> = (0..self.slots.len()).filter(|position| self.is_asked(*position)).collect();
        for position in &asked {
            self.set(*position, State::Refused, at);
        }
        asked.first().map(|_| Action::Dismiss)
    }

    /// Whether something is asked about, and not with its category.
    fn is_asked(&self, position: usize) -> bool {
        let is_asked = |position: usize| self.slots.get(position).is_some_and(|slot| slot.asked);
        let category = self.slots.get(position).map_or(position, |slot| slot.category);
        is_asked(position) && (category == position || !is_asked(category))
    }

    /// Ends every grant; what was never answered is refused.
    fn withdraw_all(&mut self, at: Timestamp) -> Option<Action> {
        // Services first: a category without a grant of its own is withdrawn when one of its services had one.
        for position in (0..self.slots.len()).rev() {
            let Some(slot) = self.slots.get(position) else { continue };
            let (category, answer) = (slot.category, slot.answer.map(|answer| answer.state));
            match answer {
                Some(State::Granted) => self.set(category, State::Withdrawn, at),
                None if category == position => self.set(position, State::Refused, at),
                None | Some(State::Refused | State::Withdrawn) => {}
            }
        }
        Some(Action::Withdraw)
    }
}

/// Says what is missing where a grant is not free to be taken.
fn decline_unless(free: bool, effects: &mut Vec<Effect>) -> bool {
    if !free {
        effects.push(Effect::Decline(Refusal::NoGesture));
    }
    free
}
