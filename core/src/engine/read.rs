//! What the engine learns from storage.

use alloc::{string::String, vec::Vec};

use super::Engine;
use crate::{
    effect::{Effect, Warning},
    event::{Stored, View},
    record::{Action, Answered, ConsentRecord, Fault, State},
    time::Timestamp,
};

impl Engine {
    /// Takes what storage held as the truth, unless it is known to have missed the visitor's last answers.
    pub(super) fn read(&mut self, stored: Stored, at: Timestamp, effects: &mut Vec<Effect>) {
        self.now = at;
        let mut cause = Action::Expire;
        match stored {
            Stored::Denied => {
                self.unkept = true;
                self.warn(Warning::NotKept, effects);
            }
            // Storage missed the last answers and still shows what was there before: another try.
            Stored::Empty if self.unkept => self.persist(effects),
            Stored::Text(text) if self.unkept && text == self.seen => self.persist(effects),
            Stored::Empty => {
                self.seen = String::new();
                self.forget();
            }
            Stored::Text(text) => {
                let is_new = text != self.seen;
                self.adopt(text, effects);
                let latest = self.record.as_ref().and_then(ConsentRecord::latest);
                cause = latest.and_then(|latest| Action::of(latest.action())).filter(|_| is_new).unwrap_or(cause);
            }
        }
        if self.is_ahead() {
            self.warn(Warning::ClockAhead, effects);
        }
        self.look(cause, effects);
    }

    fn look(&mut self, cause: Action, effects: &mut Vec<Effect>) {
        let had_questions = !self.asking.is_empty();
        let is_first = !self.started;
        self.started = true;
        let weighed = self.weigh();
        if weighed.differs || is_first {
            effects.push(Effect::Decide);
        }
        if weighed.differs && !is_first {
            effects.push(Effect::Announce(cause));
        }
        if self.view.is_none() && (weighed.asks_more || is_first && !self.asking.is_empty()) {
            self.view = Some(View::Notice);
            effects.push(Effect::Show(View::Notice));
        } else if self.view == Some(View::Notice) && had_questions && self.asking.is_empty() {
            self.view = None;
            effects.push(Effect::Hide);
        }
    }

    fn adopt(&mut self, text: String, effects: &mut Vec<Effect>) {
        let denials = if self.unkept { self.denials() } else { Vec::new() };
        self.unkept = false;
        self.forget();
        match ConsentRecord::decode(&text) {
            Ok(record) => {
                self.believe(record);
                self.unkept = self.uphold(&denials);
            }
            Err(Fault::Damaged) => self.warn(Warning::DamagedRecord, effects),
            Err(Fault::Newer(major)) => {
                self.warn(Warning::NewerRecord, effects);
                self.aside = Some((major, text.clone()));
            }
        }
        self.seen = text;
    }

    fn forget(&mut self) {
        self.record = None;
        self.aside = None;
        for slot in &mut self.slots {
            slot.answer = None;
            slot.declared = String::new();
        }
    }

    fn believe(&mut self, record: ConsentRecord) {
        for (id, answer) in record.latest().into_iter().flat_map(|latest| latest.answers()) {
            if let Some(slot) = self.decision.position(&id).and_then(|position| self.slots.get_mut(position)) {
                slot.answer = answer.filter(|_| !slot.necessary);
            }
        }
        for (id, tokens) in record.declared() {
            if let Some(slot) = self.decision.position(&id).and_then(|position| self.slots.get_mut(position)) {
                slot.declared = tokens.into();
            }
        }
        self.record = Some(record);
    }

    /// By position, the denial that stands there.
    fn denials(&self) -> Vec<Option<Answered>> {
        let denial = |answer: &Answered| answer.state != State::Granted;
        self.slots.iter().map(|slot| self.answer_of(slot).filter(denial)).collect()
    }

    /// Of a denial that storage never kept and a grant from elsewhere the newer wins, of two equals the denial; says
    /// whether a denial won.
    fn uphold(&mut self, denials: &[Option<Answered>]) -> bool {
        let mut upheld = false;
        for (position, denial) in denials.iter().enumerate() {
            let Some(answer) = self.slots.get(position).and_then(|slot| self.answer_of(slot)) else { continue };
            if let Some(denial) = denial.filter(|no| answer.state == State::Granted && no.at >= answer.at)
                && let Some(slot) = self.slots.get_mut(position)
            {
                slot.answer = Some(denial);
                upheld = true;
            }
        }
        upheld
    }

    /// Warns once a page.
    pub(super) fn warn(&mut self, warning: Warning, effects: &mut Vec<Effect>) {
        if !self.warned.contains(&warning) {
            self.warned.push(warning);
            effects.push(Effect::Warn(warning));
        }
    }
}
