//! Replaying the history gives the present decision: the acts that it is of, one by one on pages of their own, and its
//! entries, of which each holds all that stood then.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    decision::Choice,
    event::{Act, Answer, Proof},
    jurisdiction::Regime,
    policy::Policy,
};
use proptest::{collection::vec, prelude::*, sample::select};
use site::{
    Device, OPTIONAL, Page, START, act, policy,
    sealed::{body, sealed, sections},
    turns::{answers, proofs},
};

/// Where a default is off, and where it is on; without a signal, and with one.
const FACTS: [&str; 4] = ["h=DE", "h=US-CA", "h=US-CA g=1", "h=JP d=1"];

fn lenient() -> Policy {
    let mut policy = policy();
    policy.rules.floor = Regime::Notice;
    policy
}

fn choices(page: &Page) -> Vec<Choice> {
    OPTIONAL.iter().map(|id| page.choice(id)).collect()
}

/// What was done in turn, so many hours apart; nothing that erases, since that ends a history.
fn acts() -> impl Strategy<Value = Vec<(Answer, Proof, u32)>> {
    let lasting = answers().prop_filter("an erased history has nothing to replay", |answer| *answer != Answer::Erase);
    vec((lasting, proofs(), 0..600_u32), 1..12)
}

/// The acts that a history is of, and what was decided after each.
struct Lived {
    device: Device,
    acts: Vec<Act>,
    decided: Vec<Vec<Choice>>,
}

/// Lives it all on one page that stays open.
fn live(policy: &Policy, facts: &str, turns: &[(Answer, Proof, u32)]) -> Lived {
    let mut lived = Lived { device: Device::default(), acts: Vec::new(), decided: Vec::new() };
    let (mut page, _) = Page::open_in(policy, &mut lived.device, START, facts);
    let mut at = START;
    for (answer, proof, hours) in turns {
        at += hours * 3_600;
        let before = lived.device.record.clone();
        let one = act(answer.clone(), *proof, at);
        page.act(&mut lived.device, one.clone());
        if lived.device.record != before {
            lived.acts.push(one);
            lived.decided.push(choices(&page));
        }
    }
    lived
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What was taken, done again on a new device, each act on a page of its own.
    #[test]
    fn the_acts_one_by_one_come_to_the_same(facts in select(FACTS.to_vec()), turns in acts()) {
        let policy = lenient();
        let lived = live(&policy, facts, &turns);
        let mut device = Device::default();
        if let Some(first) = lived.acts.first() {
            // The first look, at which a signal is written down.
            Page::open_in(&policy, &mut device, START, facts);
            prop_assert!(first.at.0 >= START);
        }
        for (act, decided) in lived.acts.iter().zip(&lived.decided) {
            let (mut page, _) = Page::open_in(&policy, &mut device, act.at.0, facts);
            page.act(&mut device, act.clone());
            prop_assert_eq!(&choices(&page), decided, "after {:?}", act);
        }
        if !lived.acts.is_empty() {
            prop_assert_eq!(device.record, lived.device.record, "the same history, word for word");
        }
    }

    /// The history up to each of its entries, sealed there, is the record of that day.
    #[test]
    fn each_entry_holds_all_that_stood_then(facts in select(FACTS.to_vec()), turns in acts()) {
        let policy = lenient();
        let lived = live(&policy, facts, &turns);
        let Some(text) = &lived.device.record else { return Ok(()) };
        let parts = sections(body(text));
        let entries: Vec<&str> = parts.iter().copied().filter(|part| part.starts_with("e=")).collect();
        let rest: Vec<&str> = parts.iter().skip(1).copied().filter(|part| !part.starts_with("e=")).collect();
        // A signal has an entry of its own in front of the acts'; what no longer fits has gone from the beginning.
        let kept = entries.len().min(lived.acts.len());
        for back in 0..kept {
            let (until, at) = (entries.len() - back, lived.acts.len() - back - 1);
            let history: Vec<&str> = [&parts[..1], &entries[..until], &rest].concat();
            let mut device = Device { record: Some(sealed(&history.join(";"))), ..Device::default() };
            let (page, _) = Page::open_in(&policy, &mut device, lived.acts[at].at.0, facts);
            prop_assert_eq!(&choices(&page), &lived.decided[at], "up to entry {} of {}", until, entries.len());
        }
    }
}
