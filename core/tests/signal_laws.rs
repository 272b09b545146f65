//! What holds of places and signals, whatever a visitor answers: laws, checked on random lives.

mod site;

use consentry_core::{
    decision::Reason,
    event::{Answer, Proof},
    jurisdiction::Regime,
    policy::Policy,
    uses::Uses,
};
use proptest::{collection::vec, prelude::*, sample::select};
use site::{
    Device, OPTIONAL, Page, START, act, day, policy,
    turns::{answers, proofs},
};

/// A site with services of all kinds, of which the places' laws decide.
fn lenient(uses: &[u8]) -> Policy {
    let mut policy = policy();
    policy.rules.floor = Regime::Notice;
    policy.services.iter_mut().zip(uses).for_each(|(service, uses)| service.uses = Uses(*uses));
    policy
}

fn places() -> impl Strategy<Value = &'static str> {
    select(vec!["h=DE", "h=US-CA", "h=GB", "h=JP", "h=CA", "h=", "z=America/Los_Angeles l=en-US"])
}

/// Answers of some visits, each on a page of its own.
fn live(policy: &Policy, device: &mut Device, facts: &str, acts: &[(Answer, Proof)]) -> Vec<String> {
    for (answer, proof) in acts {
        let mut page = Page::open_in(policy, device, START, facts).0;
        page.act(device, act(answer.clone(), *proof, START));
    }
    Page::open_in(policy, device, START, facts).0.allowed_ids()
}

fn with(facts: &str, signals: &str) -> String {
    format!("{signals} {facts}")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is on under a signal is on without it.
    #[test]
    fn a_signal_grants_nothing(uses in vec(0..32_u8, 6), place in places(), signals in select(vec!["g=1", "d=1", "g=1 d=1"]), acts in vec((answers(), proofs()), 0..6)) {
        let policy = lenient(&uses);
        // After an erased record other questions are open under a signal than without: the same save says other things.
        let acts: Vec<_> = acts.into_iter().filter(|(answer, _)| *answer != Answer::Erase).collect();
        let under = live(&policy, &mut Device::default(), &with(place, signals), &acts);
        let without = live(&policy, &mut Device::default(), place, &acts);
        prop_assert!(under.iter().all(|id| without.contains(id)), "{:?} but without {:?}", under, without);
    }

    /// A signal that is gone, a page later or a year, brings nothing back.
    #[test]
    fn an_absent_signal_turns_no_no_into_a_yes(uses in vec(0..32_u8, 6), place in places(), before in vec((answers(), proofs()), 0..4), acts in vec((answers(), proofs()), 0..4), days in 0..800_u32) {
        let policy = lenient(&uses);
        let mut device = Device::default();
        live(&policy, &mut device, place, &before);
        let under = live(&policy, &mut device, &with(place, "g=1"), &acts);
        let later = Page::open_in(&policy, &mut device, day(days), place).0.allowed_ids();
        prop_assert!(later.iter().all(|id| under.contains(id)), "{:?}, then {:?}", under, later);
    }

    /// The floor of opt-in is as if there were no place: nothing is on without a visitor's yes.
    #[test]
    fn under_the_floor_nothing_is_on_by_itself(uses in vec(0..32_u8, 6), place in places(), signals in select(vec!["", "g=1", "d=1"]), acts in vec(answers(), 0..6)) {
        let mut policy = lenient(&uses);
        policy.rules.floor = Regime::OptIn;
        let scripts: Vec<_> = acts.into_iter().map(|answer| (answer, Proof::None)).collect();
        prop_assert_eq!(live(&policy, &mut Device::default(), &with(place, signals), &scripts), [""; 0]);
    }

    /// Of a denial stays a denial: no script, no time and no place that is stricter opens anything under any law.
    #[test]
    fn what_is_denied_stays_denied(uses in vec(0..32_u8, 6), place in places(), acts in vec((answers(), proofs()), 0..5), scripts in vec(answers(), 0..3), days in 0..800_u32) {
        let policy = lenient(&uses);
        let mut device = Device::default();
        live(&policy, &mut device, place, &acts);
        let page = Page::open_in(&policy, &mut device, START, place).0;
        let denied: Vec<_> = OPTIONAL.into_iter().filter(|id| matches!(page.reason(id), Reason::Refused | Reason::Withdrawn | Reason::Signal)).collect();
        let (mut page, _) = Page::open_in(&policy, &mut device, day(days), place);
        for answer in scripts {
            page.act(&mut device, act(answer, Proof::None, day(days)));
        }
        page.hear(&mut device, "h=DE");
        for id in denied {
            prop_assert!(!page.allowed(id), "{} is {:?}", id, page.reason(id));
        }
    }
}
