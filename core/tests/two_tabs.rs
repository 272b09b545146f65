//! Two tabs that write at once: the later text stays, and no refusal that it does not know is lost.

mod site;

use consentry_core::{
    age::Stage,
    decision::Reason::{Granted, Refused, Withdrawn},
    effect::Effect,
    event::{Answer, Event, Proof, Stored},
    jurisdiction::Regime,
    time::Timestamp,
};
use proptest::{collection::vec, prelude::*};
use site::{Device, OPTIONAL, Page, START, act, allow, policy, save, turns::answers, withdraw, young::asking};

/// Answers on a page that does not see what storage holds now; what it writes replaces that.
fn blindly(page: &mut Page, device: &mut Device, answer: Answer, at: u32) {
    for effect in page.engine.step(Event::Answered(act(answer, Proof::Gesture, at))) {
        if let Effect::Persist(text) = effect {
            device.record = Some(text);
            page.engine.step(Event::Kept(true));
        }
    }
}

/// The text of a page's newest entry.
fn newest(page: &Page) -> Option<String> {
    let text = page.engine.record()?.text();
    text.split(';').rfind(|section| section.starts_with("e=")).map(String::from)
}

/// Both tabs look until nothing is new to either.
fn settle(tabs: &mut [&mut Page], device: &mut Device, at: u32) {
    for _ in 0..4 {
        tabs.iter_mut().for_each(|tab| _ = tab.read(device, at));
    }
}

#[test]
fn a_refusal_that_was_overwritten_is_said_again() {
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, Answer::AcceptAll, START);
    let (mut one, mut two) = (Page::open(&policy(), &mut device, START).0, Page::open(&policy(), &mut device, START).0);
    blindly(&mut one, &mut device, withdraw("video"), START + 5);
    blindly(&mut two, &mut device, save(&[("analytics", false)]), START + 5);
    settle(&mut [&mut one, &mut two], &mut device, START + 6);
    for page in [&one, &two, &Page::open(&policy(), &mut device, START + 7).0] {
        assert_eq!((page.reason("video"), page.reason("analytics"), page.reason("map")), (Withdrawn, Refused, Granted));
    }
    let text = device.record.clone().unwrap_or_default();
    assert!(text.ends_with(text.rsplit(';').next().unwrap_or_default()) && text.contains(" a=withdraw "), "{text}");
    // A yes that comes later knows of the no, and counts.
    two.answer(&mut device, allow("video"), START + 8);
    settle(&mut [&mut one, &mut two], &mut device, START + 9);
    assert_eq!((one.reason("video"), two.reason("video")), (Granted, Granted));
}

#[test]
fn a_no_stands_where_the_other_has_no_answer() {
    let mut lenient = policy();
    lenient.rules.floor = Regime::Notice;
    for (policy, place) in [(lenient, "h=US-CA"), (policy(), "h=DE")] {
        let mut device = Device::default();
        let mut tab = || Page::open_in(&policy, &mut device, START, place).0;
        let (mut one, mut two) = (tab(), tab());
        blindly(&mut one, &mut device, Answer::Refuse("analytics".into()), START + 5);
        blindly(&mut two, &mut device, Answer::Refuse("marketing".into()), START + 6);
        settle(&mut [&mut one, &mut two], &mut device, START + 7);
        for page in [&one, &two, &Page::open_in(&policy, &mut device, START + 8, place).0] {
            assert_eq!((page.reason("analytics"), page.reason("marketing")), (Refused, Refused), "{place}");
            assert!(!page.allowed_ids().iter().any(|id| id == "analytics"), "{place}");
        }
    }
}

#[test]
fn age_and_place_are_kept_by_whoever_heard_of_them_later() {
    let policy = asking();
    for (first, second) in [("age", "place"), ("place", "age")] {
        let mut device = Device::default();
        let mut tab = || Page::open_in(&policy, &mut device, START, "h=US-TX").0;
        let (mut one, mut two) = (tab(), tab());
        for (tab, what, at) in [(&mut one, first, 5), (&mut two, second, 6)] {
            let said = if what == "age" { Answer::Age(10) } else { Answer::Place("DE".into()) };
            blindly(tab, &mut device, said, START + at);
        }
        settle(&mut [&mut one, &mut two], &mut device, START + 7);
        for page in [&one, &two, &Page::open_in(&policy, &mut device, START + 8, "h=US-TX").0] {
            assert_eq!((page.engine.stage(), page.engine.said()), (Some(Stage::Child), "DE"), "{first}, then {second}");
        }
    }
    // Whatever else was said at the same time, the last word about the place counts, also one that takes it back.
    for (base, first, second, expected) in [
        ("DE", Answer::RejectAll, Answer::Place(String::new()), ""),
        ("FR", Answer::Place("DE".into()), Answer::RejectAll, "DE"),
        ("DE", Answer::Place("FR".into()), Answer::Place(String::new()), ""),
        ("DE", Answer::Place(String::new()), Answer::Place("FR".into()), "FR"),
    ] {
        let mut device = Device::default();
        Page::open(&policy, &mut device, START).0.answer(&mut device, Answer::Place(base.into()), START);
        let (mut one, mut two) = (Page::open(&policy, &mut device, START).0, Page::open(&policy, &mut device, START).0);
        blindly(&mut one, &mut device, first.clone(), START + 5);
        blindly(&mut two, &mut device, second.clone(), START + 6);
        settle(&mut [&mut one, &mut two], &mut device, START + 7);
        let next = Page::open(&policy, &mut device, START + 8).0;
        assert_eq!(next.engine.said(), expected, "{base}, {first:?}, {second:?}");
    }
}

#[test]
fn what_the_other_overwrote_stays_in_the_history() {
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, Answer::RejectAll, START);
    let (mut one, mut two) = (Page::open(&policy(), &mut device, START).0, Page::open(&policy(), &mut device, START).0);
    for (at, id) in [(5, "map"), (6, "tweet")] {
        blindly(&mut one, &mut device, allow(id), START + at);
    }
    // Later than all of that: its answers count, and what it did not know of was still done.
    device.record = two.engine.record().map(|record| record.text().into());
    two.answer(&mut device, allow("video"), START + 7);
    settle(&mut [&mut one, &mut two], &mut device, START + 8);
    let record = one.engine.record().cloned().unwrap_or_default();
    let times: Vec<u32> = record.entries().map(|entry| entry.time().0 - START).collect();
    assert_eq!(times, [0, 5, 6, 7], "in order, once each");
    assert_eq!(device.record.as_deref(), Some(record.text()));
    assert_eq!(two.engine.record(), Some(&record));
    assert_eq!(["map", "tweet", "video"].map(|id| one.reason(id)), [Refused, Refused, Granted]);
}

#[test]
fn entries_that_the_bounds_dropped_do_not_come_back() {
    let mut device = Device::default();
    let (mut one, mut two) = (Page::open(&policy(), &mut device, START).0, Page::open(&policy(), &mut device, START).0);
    one.answer(&mut device, allow("map"), START);
    for at in 1..40 {
        two.answer(&mut device, allow("video"), START + at);
    }
    let written = device.record.clone();
    settle(&mut [&mut one, &mut two], &mut device, START + 41);
    assert_eq!(device.record, written);
}

#[test]
fn of_two_at_once_the_denial_and_what_is_later_wins() {
    for (no, yes, reason) in [(5, 5, Withdrawn), (6, 5, Withdrawn), (5, 6, Granted)] {
        let mut device = Device::default();
        Page::open(&policy(), &mut device, START).0.answer(&mut device, Answer::RejectAll, START);
        let (mut one, mut two) =
            (Page::open(&policy(), &mut device, START).0, Page::open(&policy(), &mut device, START).0);
        blindly(&mut one, &mut device, withdraw("video"), START + no);
        blindly(&mut two, &mut device, allow("video"), START + yes);
        settle(&mut [&mut one, &mut two], &mut device, START + 9);
        assert_eq!((one.reason("video"), two.reason("video")), (reason, reason), "{no} {yes}");
    }
}

#[test]
fn an_erased_or_older_text_is_no_others_answer() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, Answer::AcceptAll, START);
    let granted = device.record.clone();
    page.answer(&mut device, withdraw("video"), START + 1);
    device.record = granted;
    page.read(&mut device, START + 2);
    assert_eq!(Page::open(&policy(), &mut device, START + 3).0.reason("video"), Withdrawn, "an older text came back");
    device.record = Some("consentry/1 erased".into());
    let effects =
        page.engine.step(Event::Read { stored: Stored::Text("consentry/1 erased".into()), at: Timestamp(START + 4) });
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Persist(_))), "{effects:?}");
}

#[test]
fn what_was_erased_does_not_come_back_with_the_next_answer() {
    let mut device = Device::default();
    let (mut one, mut two) = (Page::open(&policy(), &mut device, START).0, Page::open(&policy(), &mut device, START).0);
    one.answer(&mut device, Answer::AcceptAll, START);
    two.answer(&mut device, Answer::Erase, START + 1);
    two.answer(&mut device, withdraw("video"), START + 2);
    settle(&mut [&mut one, &mut two], &mut device, START + 3);
    assert_eq!(one.engine.record().map(|record| record.entries().count()), Some(1));
    assert_eq!(device.record.as_deref(), one.engine.record().map(consentry_core::record::ConsentRecord::text));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// However two tabs interleave, they end with the same decision, which the next page reads, and no no is lost.
    #[test]
    fn tabs_agree_in_the_end(lives in vec((any::<bool>(), any::<bool>(), answers()), 0..24)) {
        let mut device = Device::default();
        let (mut one, mut two) = (Page::open(&policy(), &mut device, START).0, Page::open(&policy(), &mut device, START).0);
        let mut made: Vec<String> = Vec::new();
        for (at, (first, blind, answer)) in (START..).zip(lives) {
            let tab = if first { &mut one } else { &mut two };
            let (erases, before) = (answer == Answer::Erase, newest(tab));
            // An erasure cannot tell that something was written at the same time.
            if blind && !erases {
                blindly(tab, &mut device, answer, at);
            } else {
                tab.answer(&mut device, answer, at);
            }
            if erases {
                made.clear();
            }
            made.extend(newest(tab).filter(|_| newest(tab) != before));
        }
        settle(&mut [&mut one, &mut two], &mut device, START + 99);
        let (next, effects) = Page::open(&policy(), &mut device, START + 99);
        prop_assert!(!effects.iter().any(|effect| matches!(effect, Effect::Warn(_))), "damaged: {:?}", effects);
        // Until the bounds drop the oldest, everything that was done is in the history.
        let kept = device.record.unwrap_or_default();
        for entry in made.iter().filter(|_| kept.starts_with("consentry/1 p=;")) {
            prop_assert!(kept.contains(entry.as_str()), "lost: {} of {}", entry, kept);
        }
        for id in OPTIONAL {
            prop_assert_eq!((one.allowed(id), two.allowed(id)), (next.allowed(id), next.allowed(id)), "{}", id);
        }
    }
}
