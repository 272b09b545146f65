//! What the engine learns of the visitor's place and signals.

use alloc::{string::String, vec::Vec};
use core::mem;

use super::{Engine, answer::decline_unless};
use crate::{
    age::Band,
    effect::Effect,
    event::{Act, Answer, Proof, Screen, Shown},
    jurisdiction::{Facts, Jurisdiction, Regime, SAID},
    record::{
        Action, State,
        text::{number, parts},
    },
    time::Timestamp,
    uses::Uses,
};

/// Pages of one visit on which the notice shows up by itself.
pub(super) const PAGES: u32 = 3;

impl Engine {
    /// Takes what server and browser say.
    pub(super) fn told(&mut self, facts: Facts, effects: &mut Vec<Effect>) {
        self.told = self.told.or(Band::of(facts.get(b'a')));
        self.facts = facts;
        let said = mem::take(&mut self.said);
        self.locate(said, false);
        if self.started {
            if self.record.is_some() {
                self.mirror(effects);
            }
            self.look(Action::Signal, effects);
        }
    }

    /// Takes what is stricter at once; what is looser waits for the next page. Where the visitor's word `must_count`, nothing
    /// is taken and the answer is no if what is known without it is stricter.
    pub(super) fn locate(&mut self, said: String, must_count: bool) -> bool {
        let mut found = Jurisdiction::of(&self.facts, &said, &self.policy.rules);
        if must_count && !said.is_empty() && found.how != SAID {
            return false;
        }
        self.said = said;
        let before = &self.jurisdiction;
        if self.started {
            found.ages.widen(before.ages);
            found.objects |= before.objects;
            found.states |= before.states;
            found.britain &= before.britain;
        }
        let ages = found.ages;
        if !self.started || found.regime >= before.regime {
            self.jurisdiction = found;
        }
        self.jurisdiction.ages = ages;
        if self.facts.get(b'g') == "1" {
            self.signal = self.signal.and(Uses::SOLD);
        }
        if self.facts.get(b'd') == "1" {
            let objection = if self.jurisdiction.objects { Uses::SOLD } else { Uses::NONE };
            self.signal = self.signal.and(self.policy.rules.dnt).and(objection);
        }
        true
    }

    /// Takes the visitor's own word for where they are, unless what is known without it is stricter; no place takes the word
    /// back.
    pub(super) fn settle(&mut self, place: &str, act: &Act, effects: &mut Vec<Effect>) -> Option<Action> {
        if !decline_unless(act.proof == Proof::Gesture, effects) {
            return None;
        }
        // Nothing is answered by it: what may be on by default where the visitor is without it may be so afterwards.
        let fresh = self.keeps_default();
        if self.said == place || !self.locate(place.into(), true) {
            return None;
        }
        self.fresh = fresh;
        Some(Action::Place)
    }

    /// Ends what a visitor granted despite an opt-out while there was no signal, as far as there is one now.
    fn bind(&mut self) -> bool {
        let signal = self.signal;
        let mut binds = false;
        for slot in &mut self.slots {
            if let Some(answer) = &mut slot.answer
                && answer.despite.meet(Uses::UNSIGNALED)
                && answer.despite.meet(signal)
            {
                answer.despite = answer.despite.without(signal);
                binds = true;
            }
        }
        binds
    }

    /// Writes down what a signal denies: it stands when the signal is gone. Where nothing was answered and nothing can ever
    /// be on without an answer, there is nothing to write.
    pub(super) fn heed(&mut self, effects: &mut Vec<Effect>) {
        let is_new = self.bind() || self.signal.without(self.out) != Uses::NONE;
        let matters = match &self.record {
            // Nothing is on after an erased record, and nothing is written into it but the visitor's own answers.
            Some(record) => record.latest().is_some(),
            None => self.policy.rules.floor < Regime::OptIn,
        };
        if is_new && matters && !self.unkept {
            self.note(Action::Signal, effects);
        }
    }

    /// Without a record, what the cookie mirror does not list was refused; what it lists is asked for, since nothing but a
    /// record shows that it was granted. Beside a record it only tells of a later no to everything, said at another host.
    pub(super) fn mirror(&mut self, effects: &mut Vec<Effect>) {
        let mirror = String::from(self.facts.get(b'm'));
        let mut listed: Vec<&str> = parts(&mirror, b'.').collect();
        if listed.len() < 2 || listed.remove(0) != "1" {
            return;
        }
        let Some(minutes) = number(listed.remove(0)) else { return };
        let at = Timestamp(minutes.saturating_mul(60)).min(self.now);
        if let Some(record) = &self.record {
            // What was written since without a yes is no newer answer.
            let granted =
                self.slots.iter().filter_map(|slot| slot.answer.filter(|answer| answer.state == State::Granted));
            let newest = granted.map(|answer| answer.at).max();
            let is_later = record.latest().is_some_and(|latest| at > newest.unwrap_or(latest.time()));
            if !is_later || !listed.is_empty() || self.is_all_refused() {
                return;
            }
        }
        if listed.is_empty() {
            self.refuse_what_comes();
        }
        for position in 0..self.slots.len() {
            let category = self.slots.get(position).map_or(position, |slot| slot.category);
            let is_listed = |position: usize| listed.contains(&self.decision.id(position));
            // A service goes with its category where that was refused.
            if !is_listed(position) && (category == position || is_listed(category)) {
                self.set(position, State::Refused, at);
            }
        }
        self.note(Action::Import, effects);
    }

    /// Adds an entry that no visitor's act has made.
    pub(super) fn note(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let shown = Shown { screen: Screen::Api, locale: String::new(), texts: String::new() };
        let (answer, proof) = (Answer::Dismiss, Proof::None);
        let act = Act { answer, proof, at: self.now, nonce: [0; 16], shown };
        self.write(&act, action, effects);
    }

    /// Where the visitor says they are; empty for nowhere.
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The uses that the visitor or a signal opted out of, and that nothing is put to by the visitor's own exception.
    #[must_use]
    pub const fn opted_out(&self) -> Uses {
        self.opted_out
    }

    /// Whether a signal of the browser is honored now.
    #[must_use]
    pub fn is_signaled(&self) -> bool {
        self.signal != Uses::NONE
    }

    /// The declared uses that the visitor has a right to opt out of by a link of its own: none where the law asks for no
    /// such link. What runs at the visitor's own direction alone, and declares nothing, sells and shares nothing by it
    /// (California Civil Code §1798.140(ad)(2)(A), (ah)(2)(A)).
    #[must_use]
    pub fn offered(&self) -> Uses {
        let mut uses = Uses::NONE;
        if self.jurisdiction.place.starts_with("US") || self.jurisdiction.regime < Regime::OptIn {
            for service in &self.policy.services {
                let directed = service.each && service.uses == Uses::UNDECLARED;
                uses = uses.and(if directed { Uses::NONE } else { service.uses });
            }
        }
        uses
    }
}
