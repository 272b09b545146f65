//! The engine: facts in, orders out.

use alloc::{string::String, vec::Vec};

use crate::{decision::Decision, effect::Effect, event::Event, policy::Policy, record::ConsentRecord};

/// Decides what is allowed. It has no clock, no storage and no screen: all it knows, events tell it.
#[derive(Debug)]
pub struct Engine {
    policy: Policy,
    decision: Decision,
    asking: Vec<String>,
    record: Option<ConsentRecord>,
}

impl Engine {
    /// An engine that knows the policy and nothing else: everything optional is denied.
    #[must_use]
    pub fn new(policy: Policy, code_version: &str) -> Self {
        let decision = Decision::unanswered(&policy);
        _ = code_version;
        Self { policy, decision, asking: Vec::new(), record: None }
    }

    /// Takes one event and says what is to be done, in order.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        _ = event;
        Vec::new()
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
