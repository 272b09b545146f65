//! What holds below opt-in, where things are on before anybody answers: laws, checked on random lives in places that change,
//! with everything that can befall the record. No no turns into a yes.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use std::collections::BTreeSet;

use consentry_core::{
    decision::Reason,
    event::{Answer, Proof},
    jurisdiction::Regime,
    policy::Policy,
    uses::Uses,
};
use proptest::{collection::vec, prelude::*, sample::select};
use site::{
    ANALYTICS, Device, Page, START, act, category, service,
    turns::{Fault, answers, policies, proofs},
};

/// What happens next.
#[derive(Debug, Clone)]
enum Turn {
    Answer(Answer, Proof),
    /// The visitor says where they are, or takes that back.
    State(&'static str),
    /// Somebody finds out where the visitor is, while the page is open.
    Hear(&'static str),
    /// A page is opened anew, there, under one of the site's policies.
    Reopen(&'static str, usize),
    Days(u32),
    Fault(Fault),
}

fn places() -> impl Strategy<Value = &'static str> {
    select(vec!["h=US-CA", "h=US-CA", "h=US-CA g=1", "h=JP", "h=GB", "h=DE", ""])
}

fn turns() -> impl Strategy<Value = Turn> {
    let fault = select(vec![Fault::Erase, Fault::Newer, Fault::Full, Fault::Denied]);
    prop_oneof![
        5 => (answers(), proofs()).prop_map(|(answer, proof)| Turn::Answer(answer, proof)),
        1 => Just(Turn::Answer(Answer::Erase, Proof::Gesture)),
        1 => Just(Turn::Answer(Answer::RejectAll, Proof::Gesture)),
        1 => select(vec!["DE", "GB", "US-CA", ""]).prop_map(Turn::State),
        2 => places().prop_map(Turn::Hear),
        4 => (places(), 0..lenient().len()).prop_map(|(place, policy)| Turn::Reopen(place, policy)),
        1 => (0..500_u32).prop_map(Turn::Days),
        1 => fault.prop_map(Turn::Fault),
        1 => any::<prop::sample::Index>().prop_map(|end| Turn::Fault(Fault::Cut(end))),
        1 => (any::<prop::sample::Index>(), 0..7_u8).prop_map(|(at, bit)| Turn::Fault(Fault::Flip(at, bit))),
    ]
}

/// What the site declares over the years, under the law of each place; statistics rest on an objection where they may.
fn lenient() -> Vec<Policy> {
    let mut policies = policies();
    policies.truncate(4);
    let mut more = policies[1].clone();
    more.controller = "Buyer Inc.".into();
    more.categories.push(category("looks", &["comfort"]));
    more.services.push(service("font", 4, "Example s.r.o.", &[], &["/font"]));
    policies.push(more);
    for policy in &mut policies {
        policy.rules.floor = Regime::Notice;
        policy.rules.regimes = vec![("JP".into(), Regime::Notice)];
        policy.categories[ANALYTICS].objection = true;
        let uses = [Uses::NONE, Uses::NONE, Uses::NONE, Uses::SENSITIVE, Uses(2), Uses(8), Uses::NONE, Uses::NONE];
        policy.services.iter_mut().zip(uses).for_each(|(service, uses)| service.uses = uses);
    }
    policies
}

/// A browser, and what stands against what.
struct Life {
    device: Device,
    page: Page,
    policies: Vec<Policy>,
    /// Whether the page has the map in another category than the first one had.
    moved: bool,
    now: u32,
    /// What somebody said no to, or a signal, and nobody yes to since.
    denied: BTreeSet<String>,
    /// Of these, what had an answer of its own or of its category: a no to everything it has not.
    answered: BTreeSet<String>,
    /// Whether there was a no to everything, so that nothing is on by itself any more.
    all: bool,
    /// Whether the record was erased: then nothing is, either.
    erased: bool,
    /// The browser keeps nothing, and has lost what it kept.
    lost: bool,
}

impl Life {
    fn new() -> Self {
        let (mut device, policies) = (Device::default(), lenient());
        let page = Page::open_in(&policies[0], &mut device, START, "h=US-CA").0;
        Self {
            device,
            page,
            policies,
            moved: false,
            now: START,
            denied: BTreeSet::new(),
            answered: BTreeSet::new(),
            all: false,
            erased: false,
            lost: false,
        }
    }

    fn turn(&mut self, turn: &Turn) -> Result<(), TestCaseError> {
        match turn {
            Turn::Answer(answer, proof) => self.answer(answer, *proof),
            Turn::State(place) => self.answer(&Answer::Place((*place).into()), Proof::Gesture),
            Turn::Hear(place) => drop(self.page.hear(&mut self.device, place)),
            Turn::Reopen(place, policy) => {
                if std::mem::take(&mut self.lost) {
                    // Nobody can know any more what was said.
                    self.device = Device::default();
                    (self.denied, self.all, self.erased) = (BTreeSet::new(), false, false);
                }
                self.moved = *policy == 3;
                let policy = &self.policies[*policy];
                self.page = Page::open_in(policy, &mut self.device, self.now, place).0;
            }
            Turn::Days(days) => {
                self.now += days * 86_400;
                self.page.read(&mut self.device, self.now);
            }
            Turn::Fault(fault) => self.suffer(fault),
        }
        self.check(turn)?;
        self.note();
        Ok(())
    }

    fn answer(&mut self, answer: &Answer, proof: Proof) {
        let before = self.page.allowed_ids();
        self.page.act(&mut self.device, act(answer.clone(), proof, self.now));
        if proof == Proof::Gesture {
            let yes = |id: &String| self.page.reason(id) == Reason::Granted && !before.contains(id);
            let given: Vec<_> = self.denied.iter().filter(|id| yes(id)).cloned().collect();
            self.denied.retain(|id| !given.contains(id));
            self.answered.retain(|id| !given.contains(id));
            // A yes to everything ends a no to everything, but none to what nobody declares now.
            if *answer == Answer::AcceptAll {
                self.all = false;
                self.denied.retain(|id| self.answered.contains(id));
            }
        }
        self.all |= matches!(answer, Answer::RejectAll | Answer::Withdraw(None));
        self.erased |= *answer == Answer::Erase;
    }

    /// No id that was denied is on, and nothing by itself after a no to everything.
    fn check(&self, turn: &Turn) -> Result<(), TestCaseError> {
        for (id, choice) in self.page.engine.decision().iter() {
            let by_itself = matches!(choice.reason, Reason::Default | Reason::Objection);
            prop_assert!(
                !(choice.allowed && self.denied.contains(id)),
                "{} is {:?} after {:?}",
                id,
                choice.reason,
                turn
            );
            prop_assert!(
                !(by_itself && (self.all || self.erased)),
                "{} is {:?} after a no to everything and {:?}",
                id,
                choice.reason,
                turn
            );
            // What is off for want of an answer is none that the rest of the page may take for a yes.
            let is_off = self.all
                && self.page.engine.jurisdiction().regime < Regime::OptIn
                && self.page.allowed_ids().is_empty();
            prop_assert!(
                !is_off || self.page.engine.opted_out() == Uses(31),
                "nothing is on, and no opt-out after {:?}",
                turn
            );
        }
        Ok(())
    }

    fn note(&mut self) {
        let is_no = |reason| matches!(reason, Reason::Refused | Reason::Withdrawn | Reason::Signal);
        // The map, which two categories have in turn, has only its own no: what it takes from the one goes with it.
        let around = if self.moved { "marketing" } else { "functional" };
        let follows = |id: &str| id == "map" && self.page.choice(id).since == self.page.choice(around).since;
        let ids = self.page.engine.decision().iter().filter(|(id, choice)| is_no(choice.reason) && !follows(id));
        for (id, choice) in ids {
            self.denied.insert(id.into());
            if choice.since.is_some() {
                self.answered.insert(id.into());
            }
        }
    }

    fn suffer(&mut self, fault: &Fault) {
        let text = self.device.record.clone().unwrap_or_default();
        match fault {
            // Another tab, or the browser's own button, takes the whole record away.
            Fault::Erase => (self.device.record, self.lost) = (None, true),
            Fault::Cut(_) | Fault::Flip(..) if text.is_empty() => {}
            Fault::Cut(end) => self.device.record = text.get(..end.index(text.len())).map(String::from),
            Fault::Flip(at, bit) => {
                let mut bytes = text.into_bytes();
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
                self.device.record = String::from_utf8(bytes).ok();
            }
            Fault::Newer if text.is_empty() => {}
            Fault::Newer => self.device.record = Some("consentry/2 from the future".into()),
            Fault::Full => (self.device.full, self.lost) = (true, true),
            Fault::Denied => (self.device.denied, self.lost) = (true, true),
        }
        self.page.read(&mut self.device, self.now);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_place_time_or_fault_turns_a_no_into_a_yes(turns in vec(turns(), 1..40)) {
        let mut life = Life::new();
        for turn in &turns {
            life.turn(turn)?;
        }
    }
}
