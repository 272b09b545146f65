//! Owns the engine and the record's place: feeds events in, keeps what is to be kept, hands the other orders on.

use consentry_core::{
    effect::Effect,
    engine::Engine,
    event::{Event, Stored},
    jurisdiction::Regime,
    policy::Policy,
    time::Timestamp,
};

use crate::storage::Store;

/// One page's engine with its storage.
pub(crate) struct Session {
    /// What decides.
    pub(crate) engine: Engine,
    store: Store,
    kept: bool,
}

impl Session {
    /// A session that has read nothing yet.
    pub(crate) fn new(policy: Policy) -> Self {
        let store = Store::new(&policy.record);
        Self { engine: Engine::new(policy, env!("CARGO_PKG_VERSION")), store, kept: true }
    }

    /// The key of the present subject's record.
    pub(crate) fn key(&self) -> &str {
        self.store.key()
    }

    /// Somebody else sits here now; the empty subject is nobody in particular.
    pub(crate) fn change(&mut self, subject: &str, locked: Vec<(String, bool)>, at: Timestamp) -> Vec<Effect> {
        self.store.turn_to(subject);
        self.step(Event::Subject(locked));
        self.read(at)
    }

    /// Whether the browser keeps the record beyond this page.
    pub(crate) const fn kept(&self) -> bool {
        self.kept
    }

    /// Reads the record, which another tab may have written, and steps.
    pub(crate) fn read(&mut self, at: Timestamp) -> Vec<Effect> {
        let mut stored = self.store.read();
        // Where things are on until somebody says no, the place must be able to keep a no.
        let is_lenient = self.engine.jurisdiction().regime < Regime::OptIn;
        if is_lenient && stored == Stored::Empty && !self.store.has_room() {
            stored = Stored::Denied;
        }
        // A place that refuses even the look keeps nothing; one that was full may have room by now.
        self.kept = self.kept && !matches!(stored, Stored::Denied);
        self.store.beside(|text| {
            self.engine.step(Event::Beside(text));
        });
        self.step(Event::Read { stored, at })
    }

    /// Steps, keeps what is to be kept, and answers the orders that are for others.
    pub(crate) fn step(&mut self, event: Event) -> Vec<Effect> {
        let mut rest = Vec::new();
        let mut newer_is_safe = true;
        for effect in self.engine.step(event) {
            match effect {
                Effect::SetAside { major, text } => newer_is_safe = self.store.set_aside(major, &text),
                Effect::Persist(text) => {
                    // A newer record that found no second place is not overwritten.
                    self.kept = newer_is_safe && self.store.write(&text);
                    rest.extend(self.engine.step(Event::Kept(self.kept)));
                }
                Effect::Decide
                | Effect::Show(_)
                | Effect::Hide
                | Effect::Announce(_)
                | Effect::Release(_)
                | Effect::Decline(_)
                | Effect::Warn(_) => rest.push(effect),
            }
        }
        rest
    }
}
