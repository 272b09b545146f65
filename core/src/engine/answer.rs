//! What an act does to the answers.

use alloc::{string::String, vec::Vec};

use super::{Engine, declared::tokens};
use crate::{
    effect::{Effect, Refusal},
    event::{Act, Answer, Proof, Screen, View},
    jurisdiction::Regime,
    record::{Action, Answered, State},
    time::Timestamp,
    uses::Uses,
};

impl Engine {
    /// Takes an act as far as it may be taken; the action that it comes to, if anything was.
    pub(super) fn take(&mut self, act: &Act, effects: &mut Vec<Effect>) -> Option<Action> {
        // Whoever clicks on a screen of ours has been told what is honored; who clicks on the site's, or a script, has not.
        let is_told = act.proof == Proof::Gesture && act.shown.screen != Screen::Api;
        self.despite = if is_told { self.signal.and(self.out) } else { Uses::NONE };
        if self.despite != Uses::NONE && self.signal == Uses::NONE {
            self.despite = self.despite.and(Uses::UNSIGNALED);
        }
        self.excepts = false;
        let action = self.take_as_it_is(act, effects)?;
        Some(if self.excepts && action != Action::Import { Action::UserAfterGpc } else { action })
    }

    fn take_as_it_is(&mut self, act: &Act, effects: &mut Vec<Effect>) -> Option<Action> {
        let free = act.proof == Proof::Gesture || self.policy.record.script_grants;
        let at = act.at;
        match &act.answer {
            Answer::AcceptAll if !free => self.insist(effects),
            Answer::AcceptAll => {
                if !self.is_grown(effects) {
                    return None;
                }
                let bars = self.bars;
                for slot in self.slots.iter_mut().filter(|slot| !slot.is_shut(bars) && !slot.each) {
                    slot.answer = None;
                }
                self.answer_categories(State::Granted, at);
                // Who was told of an opt-out and says yes to everything has ended it; what a signal says stays said.
                if self.despite != Uses::NONE {
                    self.out = Uses::NONE;
                }
                Some(Action::AcceptAll)
            }
            Answer::RejectAll => {
                self.refuse_what_comes();
                self.answer_categories(State::Refused, at);
                Some(Action::RejectAll)
            }
            Answer::Save(wishes) => self.save(wishes, free, at, effects),
            Answer::Import(wishes) => self.save(wishes, free, at, effects).map(|_| Action::Import),
            Answer::Place(place) => self.settle(place, act, effects),
            Answer::Age(years) => self.tell_age(*years, act, effects),
            Answer::Parent(wishes, since) => self.obey(wishes, *since, at),
            Answer::Erase => None,
            Answer::Dismiss => self.dismiss(at),
            Answer::Withdraw(None) => self.withdraw_all(at),
            Answer::Withdraw(Some(id)) => {
                if let (None, Some(uses)) = (self.decision.position(id), Uses::named(id)) {
                    return Some(self.opt_out(uses));
                }
                let position = self.optional(id, effects)?;
                self.answer(position, State::Withdrawn, at, Action::Withdraw)
            }
            Answer::Allow(id) => {
                let position = self.grantable(id, free, effects)?;
                self.answer(position, State::Granted, at, Action::AllowService)
            }
            Answer::Refuse(id) => {
                let position = self.optional(id, effects)?;
                self.answer(position, State::Refused, at, Action::Save)
            }
            Answer::LoadOnce(id) => self.load_once(id, free, effects),
        }
    }

    /// A consent like any other, except that nothing stands afterwards; none is needed for what is allowed anyway.
    fn load_once(&self, id: &str, free: bool, effects: &mut Vec<Effect>) -> Option<Action> {
        if self.decision.choice(id).allowed {
            effects.push(Effect::Release(id.into()));
            return None;
        }
        self.grantable(id, free, effects).map(|_| Action::LoadOnce)
    }

    /// The position of something that a click may open.
    fn grantable(&self, id: &str, free: bool, effects: &mut Vec<Effect>) -> Option<usize> {
        let position = self.optional(id, effects)?;
        if self.is_barred(position) {
            effects.push(Effect::Decline(Refusal::Barred(id.into())));
            return None;
        }
        (decline_unless(free, effects) && self.is_grown(effects)).then_some(position)
    }

    /// Whether no click opens what is at a position: it is ruled out, locked, or barred at the visitor's age.
    #[must_use]
    pub fn is_barred(&self, position: usize) -> bool {
        self.slots.get(position).is_some_and(|slot| !slot.necessary && slot.is_shut(self.bars))
    }

    /// Ends what is put to these uses; exceptions that were granted before do not outlive it.
    fn opt_out(&mut self, uses: Uses) -> Action {
        self.out = self.out.and(uses);
        for slot in &mut self.slots {
            if let Some(answer) = &mut slot.answer {
                answer.despite = answer.despite.without(uses);
            }
        }
        Action::Withdraw
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
            // A yes to everything is none to what asks for itself.
            if state != State::Granted || self.slots.get(position).is_some_and(|slot| !slot.each) {
                self.set(position, state, at);
            }
        }
    }

    fn answer(&mut self, position: usize, state: State, at: Timestamp, action: Action) -> Option<Action> {
        self.set(position, state, at);
        Some(action)
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
    pub(super) fn set(&mut self, position: usize, state: State, at: Timestamp) {
        let bars = self.bars;
        for (number, slot) in self.slots.iter_mut().enumerate() {
            if slot.necessary || number != position && slot.category != position {
                continue;
            }
            // A yes to more than itself does not reach what no click opens, or only its own.
            let apart = slot.is_shut(bars) || slot.each && number != position;
            if state == State::Granted && apart {
                continue;
            }
            if number == position {
                let despite = if state == State::Granted { self.despite } else { Uses::NONE };
                self.excepts |= slot.uses.meet(despite) && slot.uses.meet(self.signal);
                slot.answer = Some(Answered { state, at, despite, parent: false });
            } else if slot.answer.is_some_and(|own| !own.is_no()) {
                slot.answer = None;
            }
            slot.declared = tokens(&self.policy, number);
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
        for slot in &mut self.slots {
            slot.wish = None;
        }
        let (mut insists, mut waits) = (false, false);
        let bars = self.bars;
        let old_enough = self.is_grown(&mut Vec::new());
        for (id, yes) in named {
            let Some(slot) = self.decision.position(id).and_then(|position| self.slots.get_mut(position)) else {
                effects.push(Effect::Decline(Refusal::UnknownId(id.clone())));
                return None;
            };
            if slot.necessary {
                if !yes {
                    effects.push(Effect::Decline(Refusal::Necessary(id.clone())));
                }
            } else if *yes && slot.is_shut(bars) {
                effects.push(Effect::Decline(Refusal::Barred(id.clone())));
            } else if *yes && !free {
                insists = true;
            } else if *yes && !old_enough {
                waits = true;
            } else {
                // Named twice: of two equals the denial.
                slot.wish = Some(*yes && slot.wish != Some(false));
            }
        }
        if waits {
            _ = self.is_grown(effects);
        }
        let mut taken = !(insists || waits);
        for yes in [false, true] {
            for position in 0..self.slots.len() {
                if self.wish(position) == Some(yes) || !(yes || insists || waits) && self.is_left_open(position) {
                    taken = true;
                    self.set(position, if yes { State::Granted } else { State::Refused }, at);
                }
            }
        }
        if taken && self.is_all_refused() {
            self.refuse_what_comes();
        }
        if insists {
            self.insist(effects);
        }
        taken.then_some(Action::Save)
    }

    fn wish(&self, position: usize) -> Option<bool> {
        self.slots.get(position)?.wish
    }

    /// Whether a question was asked for the first time and the save passes it over.
    fn is_left_open(&self, position: usize) -> bool {
        let Some(slot) = self.slots.get(position) else { return false };
        let is_first = slot.asked && slot.answer.is_none() && slot.declared.is_empty();
        is_first && slot.wish.or(self.wish(slot.category)).is_none()
    }

    /// Closing the notice is a no to every open question, and to nothing else.
    fn dismiss(&mut self, at: Timestamp) -> Option<Action> {
        let mut action = None;
        for position in 0..self.slots.len() {
            // What is asked with its category is answered with it.
            let is_asked = |position: usize| self.slots.get(position).is_some_and(|slot| slot.asked);
            let category = self.slots.get(position).map_or(position, |slot| slot.category);
            if is_asked(position) && (category == position || !is_asked(category)) {
                self.set(position, State::Refused, at);
                action = Some(Action::Dismiss);
            }
        }
        action
    }

    /// Where a default of on may count, now or at another place later, a no to everything is one to what is declared later,
    /// too.
    pub(super) fn refuse_what_comes(&mut self) {
        if self.jurisdiction.regime < Regime::OptIn || self.keeps_default() {
            self.out = Uses::ALL;
        }
    }

    /// Ends every grant; what was never answered is refused.
    fn withdraw_all(&mut self, at: Timestamp) -> Option<Action> {
        self.refuse_what_comes();
        // Services first: a category without a grant of its own is withdrawn when one of its services had one.
        for position in (0..self.slots.len()).rev() {
            let Some(slot) = self.slots.get(position) else { continue };
            let (category, answer) = (slot.category, slot.answer.map(|answer| answer.state));
            match answer {
                Some(State::Granted) => self.set(category, State::Withdrawn, at),
                None | Some(State::Lapsed) if category == position => self.set(position, State::Refused, at),
                None | Some(State::Refused | State::Withdrawn | State::Lapsed) => {}
            }
        }
        Some(Action::Withdraw)
    }
}

/// Says what is missing where a grant is not free to be taken.
pub(super) fn decline_unless(free: bool, effects: &mut Vec<Effect>) -> bool {
    if !free {
        effects.push(Effect::Decline(Refusal::NoGesture));
    }
    free
}
