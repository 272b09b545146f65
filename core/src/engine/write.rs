//! What the engine puts into the record.

use alloc::{string::String, vec::Vec};

use super::{Engine, declared::names_category};
use crate::{
    effect::Effect,
    event::{Act, Answer},
    record::{Action, Draft, Entry, State, push_answer, push_declared},
    time::Timestamp,
};

impl Engine {
    /// Adds an entry for an act that was taken, and has the record written.
    pub(super) fn write(&mut self, act: &Act, action: Action, effects: &mut Vec<Effect>) {
        let (mut answers, mut declared) = (String::new(), String::new());
        for (position, slot) in self.slots.iter_mut().enumerate() {
            // What followed another category has no part in what this one is answered from now on; should it ever move
            // back, it is new.
            if slot.answer.is_none() && !names_category(&self.policy, position, &slot.declared) {
                slot.declared.clear();
            }
            let id = self.decision.id(position);
            push_answer(&mut answers, id, slot.necessary, slot.answer, act.at);
            if !slot.declared.is_empty() {
                push_declared(&mut declared, id, &slot.declared);
            }
        }
        let once = if let Answer::LoadOnce(id) = &act.answer { Some(id.as_str()) } else { None };
        let first_lapse = self.first_lapse();
        let mut record = self.record.take().unwrap_or_default();
        let draft = Draft {
            act,
            action,
            once,
            identified: once.is_some() || first_lapse.is_some(),
            previous: record.latest().and_then(Entry::id),
            expires: first_lapse.unwrap_or_else(|| act.at.plus_days(self.policy.record.refused_days)),
            policy: &self.policy,
            code_version: &self.code_version,
            declared: &declared,
            answers: &answers,
        };
        let entry = draft.write();
        record.append(entry, declared, act.at);
        self.record = Some(record);
        self.persist(effects);
    }

    /// Has the record written as it stands, after a newer version's, found in its place, was put away.
    pub(super) fn persist(&mut self, effects: &mut Vec<Effect>) {
        let Some(record) = &self.record else { return };
        if let Some((major, text)) = &self.aside {
            effects.push(Effect::SetAside { major: *major, text: text.clone() });
        }
        self.written = record.encode();
        effects.push(Effect::Persist(self.written.clone()));
    }

    /// When the first of all grants ends by time; none where nothing is granted.
    fn first_lapse(&self) -> Option<Timestamp> {
        let answers = self.slots.iter().filter_map(|slot| slot.answer);
        let grants = answers.filter(|answer| answer.state == State::Granted);
        grants.map(|answer| answer.at.plus_days(self.policy.record.granted_days)).min()
    }
}
