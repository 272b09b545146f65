//! The engine: facts in, orders out.

mod age;
mod answer;
mod declared;
mod place;
mod read;
mod slot;
mod weigh;
mod write;

use alloc::{string::String, vec::Vec};
use core::mem;

use self::slot::Slot;
use crate::{
    age::{Ages, Band, Stage},
    decision::Decision,
    effect::{Effect, Refusal, Warning},
    event::{Act, Answer, Event, View},
    jurisdiction::{Facts, Jurisdiction},
    policy::Policy,
    record::{Action, ConsentRecord},
    time::Timestamp,
    uses::Uses,
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
    facts: Facts,
    /// Where the visitor says they are; empty for nowhere.
    said: String,
    /// Rows of the record with a no to what is not declared now, or is necessary, and their tokens: should it come back, or
    /// need a yes again, the no stands. They follow the present rows, a comma before each; of two for one id the last counts.
    kept: String,
    kept_declared: String,
    jurisdiction: Jurisdiction,
    /// What the browser's signals deny; on one page they only grow.
    signal: Uses,
    /// What is opted out of, until the visitor grants it again, by signals before or by the visitor.
    out: Uses,
    /// Of these, what nothing in force goes against.
    opted_out: Uses,
    /// Uses that the act at hand knows to be opted out of.
    despite: Uses,
    /// Whether it grants something that a signal denies.
    excepts: bool,
    /// How many of the locks are the site's, and not the present subject's.
    locks: usize,
    /// The records of the device's other subjects.
    others: Vec<String>,
    /// The age band that the record holds.
    age: Option<Band>,
    /// The one that the visitor gave in this visit; it is not given anew.
    told: Option<Band>,
    /// What the visitor's age comes to.
    stage: Stage,
    /// What nobody can grant at this age.
    bars: Uses,
    /// When the parent's answer was last heard, as it stands.
    heard: Timestamp,
    /// Whether it was heard since this page began: until then nobody knows whether the parent has taken it back.
    vouched: bool,
    /// Whether the act at hand brings nothing new but that.
    renews: bool,
    /// Whether an entry was added, or all were erased, since this was last asked.
    wrote: bool,
    /// Whether the record was read and empty, or says so of its beginning: then a regime's default may count.
    fresh: bool,
}

impl Engine {
    /// An engine that knows the policy and nothing else: everything optional is denied.
    #[must_use]
    pub fn new(policy: Policy, code_version: &str) -> Self {
        let decision = Decision::unweighed(&policy);
        let slots = slot::all(&policy);
        let locks = policy.rules.locked.len();
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
            facts: Facts::default(),
            said: String::new(),
            kept: String::new(),
            kept_declared: String::new(),
            jurisdiction: Jurisdiction::default(),
            signal: Uses::NONE,
            out: Uses::NONE,
            opted_out: Uses::NONE,
            despite: Uses::NONE,
            excepts: false,
            locks,
            others: Vec::new(),
            age: None,
            told: None,
            stage: Stage::Adult,
            bars: Uses::NONE,
            heard: Timestamp(0),
            vouched: false,
            renews: false,
            wrote: false,
            fresh: false,
        };
        engine.weigh();
        engine
    }

    /// Takes one event and says what is to be done, in order.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Told(facts) => self.told(facts, &mut effects),
            Event::Read { stored, at } => self.read(stored, at, &mut effects),
            Event::Subject(locked) => self.change(locked),
            Event::Beside(text) => self.others.push(text),
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
                    // A default of on only counts where a no can be kept.
                    if self.weigh().differs {
                        effects.extend([Effect::Decide, Effect::Announce(Action::Expire)]);
                    }
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
            if !mem::take(&mut self.renews) {
                self.write(act, action, effects);
            }
            if action == Action::Parent {
                self.renew(effects);
            }
        }
        let is_heard = matches!(act.answer, Answer::Parent(..)) && self.stage == Stage::Child;
        let vouches = is_heard && !mem::replace(&mut self.vouched, true);
        if let Some(action) = action.or(vouches.then_some(Action::Parent))
            && (self.weigh().differs || action == Action::Place)
        {
            effects.extend([Effect::Decide, Effect::Announce(action)]);
        }
        if let (Answer::LoadOnce(id), Some(_)) = (&act.answer, action) {
            effects.push(Effect::Release(id.clone()));
        }
        self.leave(act, action.is_some(), effects);
    }

    /// Ends the view that an answer came from, or in which nothing is left to ask.
    fn leave(&mut self, act: &Act, taken: bool, effects: &mut Vec<Effect>) {
        let Some(view) = self.view else { return };
        let insists = effects.iter().any(|effect| matches!(effect, Effect::Decline(Refusal::NoGesture | Refusal::Age)));
        let ends = match act.answer {
            Answer::AcceptAll | Answer::RejectAll | Answer::Save(_) | Answer::Import(_) => taken && !insists,
            Answer::Dismiss => true,
            Answer::Withdraw(_)
            | Answer::LoadOnce(_)
            | Answer::Allow(_)
            | Answer::Refuse(_)
            | Answer::Age(_)
            | Answer::Place(_)
            | Answer::Parent(..)
            | Answer::Erase => view == View::Notice && taken && self.asking.is_empty(),
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

    /// Where the visitor is taken to be, and what rules there.
    #[must_use]
    pub const fn jurisdiction(&self) -> &Jurisdiction {
        &self.jurisdiction
    }

    /// What the visitor's age comes to here, where the site asks for it.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.policy.rules.age.as_ref().map(|_| self.stage)
    }

    /// The thresholds of age that hold here.
    #[must_use]
    pub const fn ages(&self) -> Ages {
        self.jurisdiction.ages
    }

    /// The age band that the visitor gave in this visit: later pages of it are told as fact `a`.
    #[must_use]
    pub const fn told_age(&self) -> Option<Band> {
        self.told
    }

    /// Whether visitors are now to be told of what the policy announces.
    #[must_use]
    pub fn announces(&self) -> bool {
        self.policy.rules.upcoming.as_ref().is_some_and(|next| next.announced <= self.now)
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

    /// Whether an entry was added to the record, or all of it erased, since this was last asked.
    pub const fn wrote(&mut self) -> bool {
        mem::replace(&mut self.wrote, false)
    }

    /// What the site declares.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }
}
