//! What the engine puts into the record.

use alloc::{string::String, vec::Vec};

use super::{
    Engine,
    declared::{name_category, tokens},
};
use crate::{
    effect::Effect,
    event::{Act, Answer},
    jurisdiction::Regime,
    record::{Action, Answered, ConsentRecord, Draft, Entry, KEEPS_DEFAULT, State, push_answer, push_id, text::push},
    time::Timestamp,
};

/// Stands for what was asked about in another category: no token is written so.
const MOVED: &str = "....";

impl Engine {
    /// Adds an entry for an act that was taken, and has the record written.
    pub(super) fn write(&mut self, act: &Act, action: Action, effects: &mut Vec<Effect>) {
        let (mut answers, mut declared) = (String::new(), String::new());
        for (position, slot) in self.slots.iter_mut().enumerate() {
            // What followed another category has no part in what this one is answered from now on; should it ever move
            // back, it is new. That it was asked about once stays.
            if slot.answer.is_none()
                && !slot.declared.is_empty()
                && !name_category(&self.policy, position, &slot.declared)
            {
                slot.declared = MOVED.into();
            }
            let id = self.decision.id(position);
            push_id(&mut answers, id);
            push_answer(&mut answers, slot.necessary, slot.answer, act.at);
            if !slot.declared.is_empty() {
                push_id(&mut declared, id);
                push(&mut declared, b':');
                declared.push_str(&slot.declared);
            }
        }
        answers.push_str(&self.kept);
        declared.push_str(&self.kept_declared);
        self.out = self.out.and(self.signal);
        if action != Action::Place {
            self.fresh = self.keeps_default();
        }
        let standing = self.out.0 | if self.fresh { KEEPS_DEFAULT } else { 0 };
        let once = if let Answer::LoadOnce(id) = &act.answer { Some(id.as_str()) } else { None };
        let first_lapse = self.first_lapse();
        let before = self.record.take().unwrap_or_default();
        let draft = Draft {
            act,
            action,
            once,
            identified: once.is_some() || first_lapse.is_some(),
            previous: before.latest().and_then(Entry::id),
            expires: first_lapse.unwrap_or_else(|| act.at.plus_days(self.pause())),
            policy: &self.policy,
            jurisdiction: &self.jurisdiction,
            facts: &self.facts,
            said: &self.said,
            standing,
            age: self.band(),
            code_version: &self.code_version,
            declared: &self.declared_set(),
            answers: &answers,
        };
        self.record = Some(before.with(&draft.write(), &declared, act.at));
        self.wrote = true;
        self.persist(effects);
    }

    /// Whether a default of on may still count once something was answered here: where something can be on without an
    /// answer, what an answer passes over stays as it was.
    pub(super) fn keeps_default(&self) -> bool {
        let is_lenient = self.jurisdiction.regime < Regime::OptIn || self.is_britain();
        self.has_default() && (is_lenient || self.record.is_some())
    }

    /// All that the site declares now, as rows of ids with their tokens: the record keeps its hash.
    #[must_use]
    pub fn declared_set(&self) -> String {
        let mut set = String::new();
        for position in 0..self.slots.len() {
            push_id(&mut set, self.decision.id(position));
            push(&mut set, b':');
            set.push_str(&tokens(&self.policy, position));
        }
        set
    }

    /// Writes down that the parent's answer was heard now.
    pub(super) fn renew(&mut self, effects: &mut Vec<Effect>) {
        self.heard = self.now;
        self.record = self.record.as_ref().map(|record| record.heard_at(self.now));
        self.persist(effects);
    }

    /// Leaves of the record only that there was one: it is none that nobody ever gave an answer to, so nothing may count
    /// as on by default. The view stays: the visitor sees what became of it.
    pub(super) fn erase(&mut self, effects: &mut Vec<Effect>) {
        self.forget();
        self.fresh = false;
        self.record = Some(ConsentRecord::erased());
        self.wrote = true;
        self.persist(effects);
        if self.weigh().differs {
            effects.extend([Effect::Decide, Effect::Announce(Action::Withdraw)]);
        }
    }

    /// Has the record written as it stands, after a newer version's, found in its place, was put away.
    pub(super) fn persist(&self, effects: &mut Vec<Effect>) {
        if let Some(record) = &self.record {
            if self.aside > 0 {
                effects.push(Effect::SetAside { major: self.aside, text: self.seen.clone() });
            }
            effects.push(Effect::Persist(record.text().into()));
        }
    }

    /// When the first of all grants ends by time; none where nothing is granted.
    fn first_lapse(&self) -> Option<Timestamp> {
        let mut first = None;
        for slot in &self.slots {
            if let Some(Answered { state: State::Granted, at, .. }) = slot.answer
                && first.is_none_or(|first| at < first)
            {
                first = Some(at);
            }
        }
        first.map(|first| first.plus_days(self.policy.record.granted_days))
    }
}
