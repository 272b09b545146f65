//! A visitor may state a stricter place: it counts at once and from then on, a looser one never does, and whatever is on
//! under a statement is on without it.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    age::Stage,
    decision::Reason::{Default as On, Objection, Refused, Signal, Unanswered},
    effect::{Effect, Refusal},
    event::{
        Answer::{self, AcceptAll, Erase, Place, RejectAll},
        Event, Proof, Screen,
    },
    jurisdiction::Regime,
    policy::Policy,
    record::Action,
    uses::Uses,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use site::{
    ANALYTICS, Device, OPTIONAL, Page, START, act, day, policy, save,
    turns::{answers, proofs},
    young::asking,
};

fn lenient() -> Policy {
    let mut policy = policy();
    policy.rules.floor = Regime::Notice;
    policy
}

fn place(code: &str) -> Answer {
    Place(code.into())
}

/// Where a visitor is taken to be who states a place: place, how, regime, the statement that is remembered.
fn stated(facts: &str, code: &str) -> (String, &'static str, Regime, String) {
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, facts);
    page.answer(&mut device, place(code), START);
    let said = page.engine.said().to_owned();
    let next = Page::open_in(&lenient(), &mut device, day(1), facts).0.engine;
    assert_eq!(next.said(), said, "{facts} {code}: the next page");
    let found = page.engine.jurisdiction();
    assert_eq!(next.jurisdiction(), found, "{facts} {code}: the next page");
    (found.place.clone(), found.how, found.regime, said)
}

#[test]
fn counts_where_nothing_stricter_applies_already() {
    let (out, opt_in) = (Regime::OptOut, Regime::OptIn);
    for (facts, code, found, how, regime, said) in [
        ("h=US-CA", "DE", "DE", "visitor", opt_in, "DE"),
        ("z=America/Los_Angeles l=en-US", "DE", "DE", "visitor", opt_in, "DE"),
        ("h=US-CA", "US-OR", "US-OR", "visitor", out, "US-OR"),
        ("h=DE", "FR", "FR", "visitor", opt_in, "FR"),
        ("", "FR", "FR", "visitor", opt_in, "FR"),
        ("h=DE", "JP", "JP", "visitor", opt_in, "JP"),
        // Looser than what is known without it.
        ("h=DE", "US-CA", "DE", "hint", opt_in, ""),
        ("z=Europe/Berlin l=de-DE", "US", "DE", "language", opt_in, ""),
        ("", "US", "unknown", "default", opt_in, ""),
        ("h=", "US-CA", "unknown", "hint", opt_in, ""),
        // No place at all.
        ("h=US-CA", "Germany", "US-CA", "hint", out, ""),
        ("h=US-CA", "de", "US-CA", "hint", out, ""),
        ("h=DE", "", "DE", "hint", opt_in, ""),
    ] {
        assert_eq!(stated(facts, code), (found.into(), how, regime, said.into()), "{facts} {code}");
    }
}

#[test]
fn it_counts_at_once_is_written_down_and_can_be_taken_back() {
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA");
    assert_eq!(page.reason("video"), On);
    let effects = page.answer(&mut device, place("DE"), START);
    assert!(effects.contains(&Effect::Announce(Action::Place)), "{effects:?}");
    assert_eq!((page.allowed_ids(), page.reason("video")), (vec![], Unanswered));
    assert_eq!(page.engine.asking(), ["functional", "analytics", "marketing"]);
    let text = device.record.clone().unwrap_or_default();
    assert!(text.contains(" j=DE r=opt-in w=visitor h=DE ") && text.contains(" a=place "), "{text}");
    assert!(!text.contains(" i="), "nothing is granted, so nobody is told apart: {text}");
    // Said again it is nothing new.
    page.answer(&mut device, place("DE"), START + 1);
    assert_eq!(device.record.clone().unwrap_or_default(), text);
    // What server and browser say later is no reason to forget it, and what is stricter counts beside it.
    assert_eq!(Page::open_in(&lenient(), &mut device, day(1), "h=US-TX").0.allowed_ids(), [""; 0]);
    let back = page.answer(&mut device, place(""), day(1));
    assert!(back.contains(&Effect::Announce(Action::Place)));
    assert_eq!((page.engine.said(), page.allowed_ids()), ("", vec![]), "looser: from the next page on");
    let text = device.record.clone().unwrap_or_default();
    assert_eq!(text.matches(" h=DE ").count(), 1, "the history keeps it: {text}");
    let next = Page::open_in(&lenient(), &mut device, day(1), "h=US-CA").0;
    assert_eq!((next.reason("video"), next.engine.jurisdiction().how), (On, "hint"), "as if nothing had been said");
}

#[test]
fn only_a_visitors_own_click_states_a_place() {
    for script_grants in [false, true] {
        let mut policy = lenient();
        policy.record.script_grants = script_grants;
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&policy, &mut device, START, "h=US-CA");
        for code in ["DE", "", "US-CA"] {
            let effects = page.act(&mut device, act(place(code), Proof::None, START));
            assert_eq!((effects, page.engine.said()), (vec![Effect::Decline(Refusal::NoGesture)], ""), "{code}");
        }
        assert_eq!(device.record, None);
    }
}

#[test]
fn signals_and_ages_are_judged_by_it() {
    // DNT is an objection in Europe, and stands when the statement is taken back: it was sent there.
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA d=1");
    page.answer(&mut device, AcceptAll, START);
    assert!(page.allowed("video"));
    page.answer(&mut device, place("DE"), START + 1);
    assert_eq!((page.reason("video"), page.engine.opted_out()), (Signal, Uses::SOLD));
    // A band that was enough in California is not in Germany.
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&asking(), &mut device, START, "h=US-CA");
    page.answer(&mut device, Answer::Age(14), START);
    page.answer(&mut device, AcceptAll, START);
    assert_eq!((page.engine.stage(), page.allowed("map")), (Some(Stage::Teen), true));
    page.answer(&mut device, place("DE"), START);
    assert_eq!((page.engine.stage(), page.allowed_ids()), (Some(Stage::Child), vec![]));
    // One that leaves it open there is told more closely, and nobody is older the second time.
    for (years, stage) in [(9, Stage::Child), (14, Stage::Child), (15, Stage::Teen), (40, Stage::Teen)] {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&asking(), &mut device, START, "h=US-CA");
        page.answer(&mut device, Answer::Age(14), START);
        page.answer(&mut device, place("FR"), START);
        assert_eq!(page.engine.stage(), Some(Stage::Unknown));
        page.answer(&mut device, Answer::Age(years), START);
        assert_eq!(page.engine.stage(), Some(stage), "{years}");
        page.answer(&mut device, Answer::Age(40), START);
        assert_eq!(page.engine.stage(), Some(stage), "{years}, and no third time");
    }
    // In Britain what rests on an objection is on; elsewhere it is asked for.
    let mut british = lenient();
    british.categories[ANALYTICS].objection = true;
    british.services.iter_mut().for_each(|service| service.uses = Uses::NONE);
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&british, &mut device, START, "h=GB");
    assert_eq!(page.reason("analytics"), Objection);
    page.answer(&mut device, place("FR"), START);
    assert_eq!(page.reason("analytics"), Unanswered);
    assert_eq!(Page::open_in(&british, &mut device, START, "h=GB").0.reason("analytics"), Unanswered);
}

#[test]
fn tabs_agree_and_subjects_do_not_share_it() {
    let mut device = Device::default();
    let open = |device: &mut Device| Page::open_in(&lenient(), device, START, "h=US-CA").0;
    let (mut one, mut two) = (open(&mut device), open(&mut device));
    one.answer(&mut device, place("DE"), START);
    let effects = two.read(&mut device, START);
    assert!(effects.contains(&Effect::Announce(Action::Place)), "{effects:?}");
    assert_eq!((two.engine.said(), two.allowed_ids()), ("DE", vec![]));
    two.answer(&mut device, place(""), START + 1);
    one.read(&mut device, START + 1);
    assert_eq!(one.engine.said(), "");
    one.answer(&mut device, place("DE"), START + 2);
    one.engine.step(Event::Subject(Vec::new()));
    one.read(&mut Device::default(), START + 2);
    assert_eq!((one.engine.said(), one.engine.jurisdiction().place.as_str()), ("", "US-CA"));
    assert!(one.allowed("video"), "who is new begins as if nobody had been here");
    two.read(&mut device, START + 3);
    two.answer(&mut device, Erase, START + 3);
    assert_eq!((two.engine.said(), device.record.as_deref()), ("", Some("consentry/1 erased")));
}

#[test]
fn what_is_answered_under_it_is_answered_as_everywhere() {
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA");
    page.answer(&mut device, place("DE"), START);
    page.answer(&mut device, save(&[("analytics", true)]), START);
    assert_eq!(page.allowed_ids(), ["analytics", "counter", "heatmap"]);
    page.answer(&mut device, RejectAll, START + 1);
    page.answer(&mut device, place(""), START + 2);
    let next = Page::open_in(&lenient(), &mut device, day(1), "h=US-CA").0;
    assert!(
        OPTIONAL.iter().all(|id| next.reason(id) == Refused),
        "a no to everything outlives the place it was said in"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is on after a place was stated is on without that, on this page and on later ones.
    #[test]
    fn a_statement_opens_nothing(
        facts in select(vec!["h=US-CA", "h=US-CA g=1", "h=GB", "h=DE", "h=JP d=1", "", "z=America/Los_Angeles l=en-US"]),
        codes in vec(option::of(select(vec!["DE", "GB", "US-CA", "US-OR", "CA-QC", "JP", "ZZ", "x"])), 0..3),
        before in vec((answers(), proofs()), 0..4),
        after in vec((answers(), proofs()), 0..4),
    ) {
        let mut policy = lenient();
        policy.categories[ANALYTICS].objection = true;
        policy.services.iter_mut().take(3).for_each(|service| service.uses = Uses::NONE);
        // After it other questions are open: the same answer to what is asked says other things.
        let same = |(answer, _): &(Answer, Proof)| !matches!(answer, Answer::Save(_) | Answer::Import(_) | Answer::Dismiss | Erase);
        let after: Vec<_> = after.into_iter().filter(same).collect();
        let live = |codes: &[Option<&str>]| {
            let mut device = Device::default();
            let (mut page, _) = Page::open_in(&policy, &mut device, START, facts);
            for (answer, proof) in &before {
                page.act(&mut device, act(answer.clone(), *proof, START));
            }
            for code in codes {
                page.answer(&mut device, place(code.unwrap_or_default()), START);
            }
            let here = page.allowed_ids();
            let mut page = Page::open_in(&policy, &mut device, START, facts).0;
            for (answer, proof) in &after {
                let mut told = act(answer.clone(), *proof, START);
                told.shown.screen = Screen::Preferences;
                page.act(&mut device, told);
            }
            (here, Page::open_in(&policy, &mut device, day(1), facts).0.allowed_ids())
        };
        let (with, without) = (live(&codes), live(&[]));
        prop_assert!(with.0.iter().all(|id| without.0.contains(id)), "{:?}, but without {:?}", with.0, without.0);
        prop_assert!(with.1.iter().all(|id| without.1.contains(id)), "later {:?}, but without {:?}", with.1, without.1);
    }
}
