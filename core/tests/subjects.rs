//! Several people at one device: each has a record of their own, no grant is another's, and a refusal holds for all.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use std::collections::BTreeMap;

use consentry_core::{
    decision::Reason::{Granted, Locked, Refused, Unanswered, Withdrawn},
    effect::Effect,
    engine::Engine,
    event::{Answer, Event, Proof, Stored},
    jurisdiction::{Facts, Regime},
    policy::Policy,
    time::Timestamp,
};
use proptest::{collection::vec, prelude::*, sample::select};
use site::{
    OPTIONAL, START, act, policy,
    turns::{answers, proofs},
};

/// A device with a record for each subject, and a page on it.
struct Shared {
    engine: Engine,
    records: BTreeMap<&'static str, String>,
    subject: &'static str,
    facts: &'static str,
}

impl Shared {
    fn new(policy: &Policy, facts: &'static str) -> Self {
        let mut shared =
            Self { engine: Engine::new(policy.clone(), "1.0.0"), records: BTreeMap::new(), subject: "", facts };
        shared.engine.step(Event::Told(Facts::new(facts.into())));
        shared.read(START);
        shared
    }

    fn step(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.engine.step(event);
        for effect in &effects {
            if let Effect::Persist(text) = effect {
                self.records.insert(self.subject, text.clone());
                self.engine.step(Event::Kept(true));
            }
        }
        effects
    }

    fn read(&mut self, at: u32) -> Vec<Effect> {
        for (_, text) in self.records.iter().filter(|(subject, _)| **subject != self.subject) {
            self.engine.step(Event::Beside(text.clone()));
        }
        let stored = self.records.get(self.subject).cloned().map_or(Stored::Empty, Stored::Text);
        self.step(Event::Read { stored, at: Timestamp(at) })
    }

    fn turn(&mut self, subject: &'static str, locked: &[&str], at: u32) -> Vec<Effect> {
        self.subject = subject;
        self.step(Event::Subject(locked.iter().map(|id| (String::from(*id), true)).collect()));
        self.read(at)
    }

    fn answer(&mut self, answer: Answer, proof: Proof, at: u32) {
        self.read(at);
        self.step(Event::Answered(act(answer, proof, at)));
    }

    fn says(&mut self, answer: Answer, at: u32) {
        self.answer(answer, Proof::Gesture, at);
    }

    fn reason(&self, id: &str) -> consentry_core::decision::Reason {
        self.engine.decision().choice(id).reason
    }

    fn allowed(&self) -> Vec<String> {
        let all = self.engine.decision().iter().filter(|(id, choice)| choice.allowed && OPTIONAL.contains(id));
        all.map(|(id, _)| id.to_owned()).collect()
    }
}

#[test]
fn no_grant_crosses_and_each_keeps_their_own() {
    let mut device = Shared::new(&policy(), "h=DE");
    device.says(Answer::AcceptAll, START);
    let effects = device.turn("ann", &[], START + 1);
    assert_eq!(device.allowed(), [""; 0]);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Show(_))), "Ann is asked: {effects:?}");
    device.says(Answer::Allow("video".into()), START + 2);
    device.turn("bob", &[], START + 3);
    assert_eq!((device.allowed(), device.reason("video")), (vec![], Unanswered));
    device.turn("ann", &[], START + 4);
    assert_eq!(device.allowed(), ["video"]);
    device.turn("", &[], START + 5);
    assert_eq!(device.allowed().len(), OPTIONAL.len());
}

#[test]
fn a_refusal_holds_for_all_until_they_say_yes_themselves() {
    let mut device = Shared::new(&policy(), "h=DE");
    device.turn("ann", &[], START);
    device.says(Answer::AcceptAll, START);
    device.turn("bob", &[], START + 1);
    device.says(Answer::RejectAll, START + 10);
    device.turn("ann", &[], START + 11);
    assert_eq!((device.allowed(), device.reason("map")), (vec![], Refused));
    device.says(Answer::Allow("map".into()), START + 12);
    assert_eq!(device.allowed(), ["map"]);
    device.turn("bob", &[], START + 13);
    device.says(Answer::Withdraw(Some("map".into())), START + 14);
    device.turn("", &[], START + 15);
    assert_eq!((device.reason("map"), device.reason("video")), (Withdrawn, Refused));
    device.turn("ann", &[], START + 16);
    assert_eq!(device.reason("map"), Withdrawn);
}

#[test]
fn a_later_yes_to_everything_is_one_to_what_somebody_else_refused() {
    let mut device = Shared::new(&policy(), "h=DE");
    device.turn("bob", &[], START);
    device.says(Answer::AcceptAll, START);
    device.says(Answer::Withdraw(Some("map".into())), START + 14);
    device.turn("ann", &[], START + 15);
    device.says(Answer::AcceptAll, START + 20);
    device.turn("bob", &[], START + 21);
    assert_eq!(device.reason("map"), Withdrawn);
    device.turn("ann", &[], START + 22);
    assert_eq!(device.reason("map"), Granted);
}

#[test]
fn an_opt_out_holds_for_all_where_things_are_on_by_default() {
    let mut lenient = policy();
    lenient.rules.floor = Regime::Notice;
    let mut device = Shared::new(&lenient, "h=US-CA");
    assert_eq!(device.allowed().len(), OPTIONAL.len());
    device.turn("ann", &[], START);
    assert_eq!(device.allowed().len(), OPTIONAL.len(), "nobody said no");
    device.says(Answer::Withdraw(Some("sale share targetedAds".into())), START);
    device.turn("bob", &[], START + 1);
    assert!(!device.allowed().contains(&"video".into()));
}

#[test]
fn what_befalls_the_record_of_one_opens_nothing_for_another() {
    let mut lenient = policy();
    lenient.rules.floor = Regime::Notice;
    type Fault = fn(&str) -> String;
    let faults: [(&str, Fault); 4] = [
        ("erased", |_| "consentry/1 erased".into()),
        ("cut", |text| text[..text.len() / 2].into()),
        ("emptied", |_| String::new()),
        ("newer", |_| "consentry/2 from the future".into()),
    ];
    for (name, fault) in faults {
        let mut device = Shared::new(&lenient, "h=US-CA");
        device.turn("ann", &[], START);
        device.says(Answer::RejectAll, START);
        device.turn("bob", &[], START + 1);
        assert_eq!(device.allowed(), [""; 0], "{name}: a refusal holds for all");
        let text = fault(&device.records["ann"]);
        device.records.insert("ann", text);
        device.turn("bob", &[], START + 2);
        assert_eq!(device.allowed(), [""; 0], "{name}: it may have been a no");
        device.says(Answer::Allow("video".into()), START + 3);
        assert_eq!(device.allowed(), ["video"], "{name}");
        // What Bob wrote meanwhile says so as well.
        device.records.remove("ann");
        device.turn("bob", &[], START + 4);
        assert_eq!(device.allowed(), ["video"], "{name}");
    }
}

#[test]
fn locks_come_and_go_with_their_subject() {
    let mut site = policy();
    site.rules.locked = vec!["tweet".into()];
    let mut device = Shared::new(&site, "h=DE");
    device.turn("ann", &["analytics"], START);
    device.says(Answer::AcceptAll, START);
    assert_eq!((device.reason("counter"), device.reason("tweet"), device.reason("video")), (Locked, Locked, Granted));
    device.turn("bob", &[], START + 1);
    device.says(Answer::AcceptAll, START + 2);
    assert_eq!((device.reason("counter"), device.reason("tweet")), (Granted, Locked));
    device.turn("ann", &["analytics", "nothing"], START + 3);
    assert_eq!(device.reason("counter"), Locked);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever others do at the device, nothing is on for somebody that is not on where they are alone.
    #[test]
    fn others_only_take_away(
        facts in select(vec!["h=DE", "h=US-CA", "g=1 h=DE"]),
        lives in vec((select(vec!["", "ann", "bob"]), answers(), proofs()), 0..10),
    ) {
        let mut lenient = policy();
        lenient.rules.floor = Regime::Notice;
        let mut shared = Shared::new(&lenient, facts);
        let mut alone = Shared::new(&lenient, facts);
        alone.turn("ann", &[], START);
        // What the others refused, or an erased record, leaves other questions open: the same save or dismissal says other things.
        let lives = lives.into_iter().filter(|(_, answer, _)| !matches!(answer, Answer::Erase | Answer::Dismiss | Answer::Save(_) | Answer::Import(_)));
        for (second, (subject, answer, proof)) in (START..).zip(lives) {
            shared.turn(subject, &[], second);
            shared.answer(answer.clone(), proof, second);
            if subject == "ann" {
                alone.answer(answer, proof, second);
            }
        }
        shared.turn("ann", &[], START + 99);
        alone.read(START + 99);
        let (with, without) = (shared.allowed(), alone.allowed());
        prop_assert!(with.iter().all(|id| without.contains(id)), "{:?}, alone {:?} {}", with, without, shared.facts);
    }
}
