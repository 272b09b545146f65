//! The engine: facts in, orders out.

mod answer;
mod declared;
mod read;
mod weigh;
mod write;

use alloc::{string::String, vec::Vec};

use crate::{
    decision::Decision,
    effect::{Effect, Refusal, Warning},
    event::{Act, Answer, Event, View},
    policy::Policy,
    record::{Answered, ConsentRecord},
    time::Timestamp,
};

/// Decides what is allowed. It has no clock, no storage and no screen: all it knows, events tell it.
#[derive(Debug)]
pub struct Engine {
    policy: Policy,
    code_version: String,
    slots: Vec<Slot>,
    decision: Decision,
    asking: Vec<String>,
    record: Option<ConsentRecord>,
    /// The major version of a newer record that `seen` holds; 0 for none.
    aside: u32,
    /// The text that storage showed last.
    seen: String,
    /// Whether storage missed the last answers: then memory knows better.
    unkept: bool,
    started: bool,
    /// Whether the record is dated more than a day ahead of the clock.
    ahead: bool,
    /// One bit for each warning given.
    warned: u8,
    view: Option<View>,
    /// Whether the notice comes back when the preference center is closed.
    beneath: bool,
    now: Timestamp,
}

/// What is known about one category or service; categories come first, in the policy's order, then services.
#[derive(Debug)]
struct Slot {
    /// Position of its category; a category's own.
    category: usize,
    necessary: bool,
    /// Its own answer; a service without one follows its category.
    answer: Option<Answered>,
    /// Tokens of what the answer covers; empty when it was never asked about.
    declared: String,
    /// Whether there is an open question about it.
    asked: bool,
    /// What the save at hand wants of it.
    wish: Option<bool>,
}

impl Engine {
    /// An engine that knows the policy and nothing else: everything optional is denied.
    #[must_use]
    pub fn new(policy: Policy, code_version: &str) -> Self {
        let decision = Decision::unweighed(&policy);
        let mut slots = Vec::new();
        let (categories, services) = (policy.categories.len(), &policy.services);
        for position in 0..categories + services.len() {
            let service = position.checked_sub(categories).and_then(|index| services.get(index));
            let category = service.map_or(position, |service| service.category);
            let necessary = policy.categories.get(category).is_some_and(|category| category.necessary);
            slots.push(Slot { category, necessary, answer: None, declared: String::new(), asked: false, wish: None });
        }
        let mut engine = Self {
            policy,
            code_version: code_version.into(),
            slots,
            decision,
            asking: Vec::new(),
            record: None,
            aside: 0,
            seen: String::new(),
            unkept: false,
            started: false,
            ahead: false,
            warned: 0,
            view: None,
            beneath: false,
            now: Timestamp(0),
        };
        engine.weigh();
        engine
    }

    /// Takes one event and says what is to be done, in order.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Read { stored, at } => self.read(stored, at, &mut effects),
            Event::Answered(act) => self.act(&act, &mut effects),
            Event::Requested(view) => {
                self.beneath = view == View::Preferences && (self.beneath || self.view == Some(View::Notice));
                self.view = Some(view);
                effects.push(Effect::Show(view));
            }
            Event::Closed => self.close(&mut effects),
            Event::Kept(kept) => {
                self.unkept = !kept;
                if kept {
                    self.aside = 0;
                    self.seen = self.record.as_ref().map_or("", ConsentRecord::text).into();
                } else {
                    self.warn(Warning::NotKept, &mut effects);
                }
            }
        }
        effects
    }

    fn act(&mut self, act: &Act, effects: &mut Vec<Effect>) {
        self.now = act.at;
        if act.answer == Answer::Erase {
            return self.erase(effects);
        }
        let action = self.take(act, effects);
        if let Some(action) = action {
            self.write(act, action, effects);
            if self.weigh().differs {
                effects.extend([Effect::Decide, Effect::Announce(action)]);
            }
        }
        if let (Answer::LoadOnce(id), Some(_)) = (&act.answer, action) {
            effects.push(Effect::Release(id.clone()));
        }
        self.leave(act, action.is_some(), effects);
    }

    /// Ends the view that an answer came from, or in which nothing is left to ask.
    fn leave(&mut self, act: &Act, taken: bool, effects: &mut Vec<Effect>) {
        let Some(view) = self.view else { return };
        let insists = effects.iter().any(|effect| matches!(effect, Effect::Decline(Refusal::NoGesture)));
        let ends = match act.answer {
            Answer::AcceptAll | Answer::RejectAll | Answer::Save(_) | Answer::Import(_) => taken && !insists,
            Answer::Dismiss => true,
            Answer::Withdraw(_) | Answer::LoadOnce(_) | Answer::Allow(_) | Answer::Erase => {
                view == View::Notice && taken && self.asking.is_empty()
            }
        };
        if ends {
            self.view = None;
            self.beneath = false;
            effects.push(Effect::Hide);
        }
    }

    fn close(&mut self, effects: &mut Vec<Effect>) {
        let back = self.beneath && self.view == Some(View::Preferences) && !self.asking.is_empty();
        self.beneath = false;
        self.view = if back { Some(View::Notice) } else { None };
        effects.push(self.view.map_or(Effect::Hide, Effect::Show));
    }

    /// The present answers for everything.
    #[must_use]
    pub const fn decision(&self) -> &Decision {
        &self.decision
    }

    /// Ids of the categories and services with an open question.
    #[must_use]
    pub fn asking(&self) -> &[String] {
        &self.asking
    }

    /// The record as it stands, kept by storage or only in memory; none before the first answer.
    #[must_use]
    pub const fn record(&self) -> Option<&ConsentRecord> {
        self.record.as_ref()
    }

    /// What the site declares.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }
}
