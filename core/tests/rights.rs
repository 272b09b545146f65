//! What a visitor may do with their record: bring a copy in, and have it erased.

mod site;

use consentry_core::{
    decision::Reason,
    effect::{Effect, Refusal},
    event::{Answer, Proof},
    record::Action,
};
use site::{Device, Page, START, act, day, policy};

fn wishes(wishes: &[(&str, bool)]) -> Vec<(String, bool)> {
    wishes.iter().map(|(id, yes)| (String::from(*id), *yes)).collect()
}

#[test]
fn a_copy_counts_as_an_answer_of_its_own_kind() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    let copy = Answer::Import(wishes(&[("analytics", true), ("marketing", false)]));
    let effects = page.answer(&mut device, copy, START);
    assert!(effects.contains(&Effect::Announce(Action::Import)), "{effects:?}");
    assert_eq!((page.reason("counter"), page.reason("tweet")), (Reason::Granted, Reason::Refused));
    assert!(device.record.is_some_and(|text| text.contains(" a=import ")));
}

#[test]
fn a_copy_alone_grants_nothing() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    let effects = page.act(&mut device, act(Answer::Import(wishes(&[("analytics", true)])), Proof::None, START));
    assert!(effects.contains(&Effect::Decline(Refusal::NoGesture)), "{effects:?}");
    assert_eq!(page.reason("analytics"), Reason::Unanswered);
    assert_eq!(device.record, None);
}

#[test]
fn an_erased_record_says_nothing_but_that_there_was_one() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, Answer::AcceptAll, START);
    let effects = page.act(&mut device, act(Answer::Erase, Proof::None, day(1)));
    assert!(effects.contains(&Effect::Announce(Action::Withdraw)), "{effects:?}");
    assert_eq!(page.allowed_ids(), [""; 0]);
    assert_eq!(device.record.as_deref(), Some("consentry/1 erased"));
    let (next, effects) = Page::open(&policy(), &mut device, day(2));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Warn(_))), "{effects:?}");
    assert_eq!((next.allowed_ids(), next.reason("analytics")), (Vec::new(), Reason::Unanswered));
    assert!(!next.engine.asking().is_empty(), "asked as on the first day");
    assert_eq!(next.engine.record().map(|record| record.entries().count()), Some(0));
}

#[test]
fn a_new_record_begins_after_an_erased_one() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, Answer::RejectAll, START);
    page.answer(&mut device, Answer::Erase, day(1));
    page.answer(&mut device, Answer::AcceptAll, day(2));
    let (next, effects) = Page::open(&policy(), &mut device, day(3));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Warn(_))), "{effects:?}");
    assert!(next.allowed("analytics"));
    assert_eq!(next.engine.record().map(|record| record.entries().count()), Some(1));
}

#[test]
fn erasing_where_nothing_is_kept_ends_this_page_too() {
    let mut device = Device { denied: true, ..Device::default() };
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, Answer::AcceptAll, START);
    assert!(page.allowed("analytics"));
    page.answer(&mut device, Answer::Erase, START);
    page.read(&mut device, day(1));
    assert_eq!(page.allowed_ids(), [""; 0]);
}
