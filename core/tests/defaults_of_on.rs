//! Where things are on before anybody answers: what ends that for good, and what is said of it to the rest of the page.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason::{self, Default as On, Granted, Refused, Signal, Unanswered, Withdrawn},
    effect::Effect,
    event::{
        Answer::{self, AcceptAll, RejectAll, Withdraw},
        Proof, Screen,
    },
    jurisdiction::Regime,
    policy::Policy,
    record::Action,
    uses::Uses,
};
use site::{
    ANALYTICS, Device, FUNCTIONAL, MARKETING, OPTIONAL, Page, START, act, allow, category, policy, save, service,
    withdraw,
};

/// Everything that can be opted out of.
const EVERYTHING: &str = "sale share targetedAds profiling sensitive";

fn lenient() -> Policy {
    let mut policy = policy();
    policy.rules.floor = Regime::Notice;
    policy
}

/// The same site, which declares more: a category, a service in it, and one in an old category.
fn later() -> Policy {
    let mut policy = lenient();
    policy.categories.push(category("looks", &["comfort"]));
    policy.services.push(service("font", 4, "Font Inc.", &[], &["font.example"]));
    policy.services.push(service("chat", FUNCTIONAL, "Chat Ltd.", &[], &["chat.example"]));
    policy
}

fn off() -> Answer {
    save(&[("functional", false), ("analytics", false), ("marketing", false)])
}

#[test]
fn whoever_says_no_to_everything_says_it_to_what_comes() {
    // Where the visitor was before, without a word; where the no is said; the no.
    for (first, place) in
        [("", "h=US-CA"), ("h=US-CA", "h=DE"), ("h=US-CA", ""), ("", "h=GB"), ("h=US-CA", "h=GB"), ("", "h=DE")]
    {
        for no in [RejectAll, Withdraw(None), off()] {
            let mut device = Device::default();
            if !first.is_empty() {
                Page::open_in(&lenient(), &mut device, START, first).0.answer(&mut device, withdraw("video"), START);
            }
            Page::open_in(&lenient(), &mut device, START + 1, place).0.answer(&mut device, no.clone(), START + 1);
            let page = Page::open_in(&later(), &mut device, START + 2, "h=US-CA").0;
            assert_eq!(page.allowed_ids(), [""; 0], "{first} {place} {no:?}");
            assert_eq!(page.engine.opted_out().words(), EVERYTHING, "{first} {place} {no:?}");
        }
    }
    // The control: a no to some of it is none to the rest.
    let mut device = Device::default();
    let some = save(&[("functional", false), ("analytics", false)]);
    Page::open_in(&lenient(), &mut device, START, "h=US-CA").0.answer(&mut device, some, START);
    let page = Page::open_in(&later(), &mut device, START, "h=US-CA").0;
    assert_eq!((page.reason("font"), page.reason("video"), page.reason("chat")), (On, On, Refused));
    assert_eq!(page.engine.opted_out(), Uses::NONE);
}

#[test]
fn with_every_switch_off_but_one_the_one_stays_on() {
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA");
    page.answer(
        &mut device,
        save(&[("functional", false), ("analytics", false), ("marketing", false), ("video", true)]),
        START,
    );
    assert_eq!(Page::open_in(&lenient(), &mut device, START, "h=US-CA").0.allowed_ids(), ["video"]);
    // What nobody can switch does not stand in the way.
    let mut locked = lenient();
    locked.rules.locked = vec!["marketing".into()];
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&locked, &mut device, START, "h=US-CA");
    page.answer(&mut device, save(&[("functional", false), ("analytics", false)]), START);
    assert_eq!(page.engine.opted_out().words(), EVERYTHING);
}

#[test]
fn where_no_default_counts_everything_is_opted_out_of() {
    let opted_out = |device: &mut Device| {
        let page = Page::open_in(&lenient(), device, START + 9, "h=US-CA").0;
        assert_eq!(page.allowed_ids(), [""; 0]);
        page.engine.opted_out().words()
    };
    for answers in
        [vec![Answer::Erase], vec![withdraw("sale share targetedAds"), Answer::Erase], vec![AcceptAll, Answer::Erase]]
    {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA");
        for answer in answers.clone() {
            page.answer(&mut device, answer, START);
        }
        assert_eq!(page.engine.opted_out().words(), EVERYTHING, "{answers:?}: at once");
        assert_eq!(opted_out(&mut device), EVERYTHING, "{answers:?}");
    }
    let mut kept = Device::default();
    Page::open_in(&lenient(), &mut kept, START, "h=US-CA").0.answer(&mut kept, withdraw("sale"), START);
    let text = kept.record.clone().unwrap_or_default();
    for broken in ["", &text[..text.len() / 2], &text.replace(" f=", " f=0"), "consentry/2 from the future"] {
        assert_eq!(opted_out(&mut Device { record: Some(broken.into()), ..Device::default() }), EVERYTHING, "{broken}");
    }
    assert_eq!(opted_out(&mut Device { denied: true, ..Device::default() }), EVERYTHING, "denied");
    // What is granted then is not opted out of; at places of opt-in nothing is said that nobody said.
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA");
    page.answer(&mut device, Answer::Erase, START);
    page.answer(&mut device, AcceptAll, START);
    assert_eq!((page.allowed_ids().len(), page.engine.opted_out().words().as_str()), (OPTIONAL.len(), "sensitive"));
    let page = Page::open_in(&lenient(), &mut Device { denied: true, ..Device::default() }, START, "h=DE").0;
    assert_eq!(page.engine.opted_out(), Uses::NONE);
}

#[test]
fn a_service_that_moves_is_not_on_by_itself() {
    let mut moved = lenient();
    moved.services[2].category = MARKETING;
    assert_eq!(Page::open_in(&moved, &mut Device::default(), START, "h=US-CA").0.reason("counter"), On, "the control");
    let mut device = Device::default();
    Page::open_in(&lenient(), &mut device, START, "h=US-CA").0.answer(&mut device, withdraw("analytics"), START);
    let (mut page, _) = Page::open_in(&moved, &mut device, START + 1, "h=US-CA");
    assert_eq!((page.reason("counter"), page.reason("video")), (Unanswered, On));
    // Nor after another answer, nor when it moves on or back.
    page.answer(&mut device, withdraw("tweet"), START + 2);
    assert_eq!(Page::open_in(&moved, &mut device, START + 3, "h=US-CA").0.reason("counter"), Unanswered);
    let mut on = lenient();
    on.services[2].category = FUNCTIONAL;
    assert_eq!(Page::open_in(&on, &mut device, START + 4, "h=US-CA").0.reason("counter"), Unanswered);
    assert_eq!(Page::open_in(&lenient(), &mut device, START + 5, "h=US-CA").0.reason("counter"), Withdrawn);
    // It opens with what it is in now.
    let (mut page, _) = Page::open_in(&moved, &mut device, START + 6, "h=US-CA");
    page.answer(&mut device, allow("marketing"), START + 6);
    assert_eq!(Page::open_in(&moved, &mut device, START + 7, "h=US-CA").0.reason("counter"), Granted);
    assert_eq!(moved.categories[ANALYTICS].id, "analytics");
}

/// Where a screen says that a signal is honored, a yes there is an exception from it; elsewhere it waits for one that says so.
#[test]
fn only_who_was_told_of_the_signal_makes_an_exception() {
    let table: &[(Screen, Answer, Reason)] = &[
        (Screen::Notice, AcceptAll, Granted),
        (Screen::Preferences, allow("video"), Granted),
        (Screen::Placeholder, allow("video"), Granted),
        (Screen::Api, AcceptAll, Signal),
        (Screen::Api, allow("video"), Signal),
        (Screen::Api, save(&[("marketing", true)]), Signal),
    ];
    for (screen, answer, reason) in table {
        for place in ["h=DE g=1", "h=US-CA g=1"] {
            let mut device = Device::default();
            let (mut page, _) = Page::open_in(&lenient(), &mut device, START, place);
            let mut given = act(answer.clone(), Proof::Gesture, START);
            given.shown.screen = *screen;
            let effects = page.act(&mut device, given);
            assert_eq!(page.reason("video"), *reason, "{screen:?} {answer:?} {place}");
            let is_exception = effects.contains(&Effect::Announce(Action::UserAfterGpc));
            assert_eq!(is_exception, *reason == Granted, "{screen:?} {answer:?} {place}");
            // Told of it, the visitor may say so.
            page.answer(&mut device, allow("video"), START + 1);
            assert_eq!(page.reason("video"), Granted, "{screen:?} {answer:?} {place}");
        }
    }
}
