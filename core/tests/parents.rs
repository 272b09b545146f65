//! What a parent opens for a child: by category, own use and disclosure apart, for a day at a time, until somebody takes it back.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    age::Stage,
    decision::Reason::{Age, Changed, Granted, Refused, Withdrawn},
    effect::Effect,
    event::{Answer, Event, Proof},
    record::Action,
    time::{DAY, Timestamp},
    uses::Uses,
};
use proptest::{collection::vec, prelude::*, sample::select};
use site::{
    Device, OPTIONAL, Page, START, act, day, withdraw,
    young::{asking, child, parent},
};

#[test]
fn a_parent_grants_per_category_own_use_and_disclosure_apart() {
    let (a, g, r) = (Age, Granted, Refused);
    for (wishes, reasons) in [
        (&[][..], [r; 8]),
        (&["functional"], [g, r, r, g, r, r, r, r]),
        (&["analytics"], [r, r, r, r, g, r, r, r]),
        (&["analytics+"], [r, g, r, r, g, g, r, r]),
        (&["marketing"], [r; 8]),
        (&["marketing+", "nothing"], [r, r, g, r, r, r, g, g]),
    ] {
        let mut device = Device::default();
        let page = child(&mut device, parent(wishes, START), START);
        let first = Device { record: device.record.clone(), ..Device::default() };
        assert_eq!(OPTIONAL.map(|id| page.reason(id)), reasons, "{wishes:?}");
        let text = device.record.clone().unwrap_or_default();
        assert!(text.contains(" a=parent ") && (reasons == [r; 8] || text.contains(":p")), "{text}");
        let (mut next, _) = Page::open_in(&asking(), &mut device, START + DAY - 1, "h=US-TX");
        assert_eq!(next.allowed_ids(), [""; 0], "{wishes:?}: the next page has yet to hear that it stands");
        let effects = next.act(&mut device, act(parent(wishes, START), Proof::None, START + DAY - 1));
        assert_eq!(OPTIONAL.map(|id| next.reason(id)), reasons, "{wishes:?}: within the day");
        let opened = effects.contains(&Effect::Decide);
        assert_eq!(opened, reasons.contains(&g), "{wishes:?}: nothing is said of what stays as it was");
        let mut device = first;
        let later = Page::open_in(&asking(), &mut device, day(1), "h=US-TX").0;
        assert_eq!(later.allowed_ids(), [""; 0], "{wishes:?}: nobody answered for a day");
        assert_eq!(later.engine.asking(), [""; 0], "a child is not asked");
        assert!(reasons == [r; 8] || OPTIONAL.iter().any(|id| later.reason(id) == a));
    }
}

#[test]
fn nothing_opens_before_the_page_has_heard_whether_the_parent_took_it_back() {
    let mut device = Device::default();
    child(&mut device, parent(&["functional", "analytics"], START), START);
    let (mut page, effects) = Page::open_in(&asking(), &mut device, START + 60, "h=US-TX");
    assert_eq!(
        (page.reason("map"), page.choice("map").since),
        (Age, Some(Timestamp(START))),
        "it waits, and since when"
    );
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Persist(_))), "nothing is written for it");
    let effects = page.act(&mut device, act(parent(&["analytics"], START + 50), Proof::None, START + 61));
    assert_eq!((page.reason("map"), page.reason("counter")), (Withdrawn, Granted));
    assert!(effects.contains(&Effect::Announce(Action::Parent)));
    page.read(&mut device, START + 62);
    assert!(page.allowed("counter"), "once a page");
    // Whoever sits here next is another child, and nobody's answer but their own parent's counts.
    page.engine.step(Event::Subject(Vec::new()));
    page.read(&mut device, START + 63);
    assert_eq!((page.reason("counter"), page.allowed_ids().len()), (Age, 0));
    let late = Page::open_in(&asking(), &mut device, day(2), "h=US-TX").0;
    assert_eq!(
        (late.reason("counter"), late.choice("counter").since),
        (Age, None),
        "after a day there is nothing to wait for"
    );
}

#[test]
fn a_parents_yes_is_renewed_and_covers_what_it_was_about() {
    let mut device = Device::default();
    child(&mut device, parent(&["functional"], START), START);
    let before = device.record.clone();
    child(&mut device, parent(&["functional"], START), START + 3_600);
    assert_eq!(device.record.as_deref().map(|text| text.matches(";e=1").count()), Some(2), "written down once");
    assert_eq!(device.record, before);
    let page = child(&mut device, parent(&["functional"], START), day(1));
    assert!(page.allowed("map"));
    let mut more = asking();
    more.services.push(site::service("chat", site::FUNCTIONAL, "Chat", &[], &["/chat"]));
    (more.services[6].uses, more.services[6].discloses) = (Uses::NONE, false);
    let (mut page, _) = Page::open_in(&more, &mut device, day(2), "h=US-TX");
    page.act(&mut device, act(parent(&["functional"], START), Proof::None, day(2)));
    assert_eq!((page.reason("chat"), page.reason("map")), (Changed, Granted));
    page.act(&mut device, act(parent(&["functional"], day(2) + 1), Proof::None, day(2) + 2));
    assert_eq!(page.reason("chat"), Granted, "asked and answered anew");
}

#[test]
fn a_parent_takes_back_and_a_childs_own_no_stays() {
    let mut device = Device::default();
    child(&mut device, parent(&["functional", "analytics"], START), START);
    let mut page = child(&mut device, parent(&["analytics"], START), START + 9);
    assert_eq!((page.reason("map"), page.reason("counter")), (Withdrawn, Granted));
    page.answer(&mut device, withdraw("counter"), START + 20);
    let page = child(&mut device, parent(&["functional", "analytics"], START + 15), START + 30);
    assert_eq!((page.reason("map"), page.reason("counter")), (Granted, Withdrawn));
    let page = child(&mut device, parent(&["functional", "analytics"], START + 20), START + 31);
    assert_eq!(page.reason("counter"), Withdrawn, "of two equals the denial");
    let page = child(&mut device, parent(&["functional", "analytics"], START + 21), START + 32);
    assert_eq!(page.reason("counter"), Granted);
    // The grown child is asked afresh.
    let (mut page, _) = Page::open_in(&asking(), &mut device, START + 40, "h=US-TX");
    page.answer(&mut device, Answer::Age(13), START + 40);
    assert_eq!((page.engine.stage(), page.reason("counter")), (Some(Stage::Teen), Changed));
    assert!(page.engine.asking().contains(&"functional".into()) && page.allowed_ids().is_empty());
    let grown = page.act(&mut device, act(parent(&["functional"], START + 50), Proof::None, START + 50));
    assert_eq!((grown, page.allowed_ids()), (vec![], vec![]), "nobody's parent answers for them");
}

#[test]
fn what_the_site_changes_needs_the_parent_again_however_often_the_old_answer_is_heard() {
    let mut device = Device::default();
    child(&mut device, parent(&["functional"], START), START);
    let mut material = asking();
    material.rules.last_material = Timestamp(day(2));
    for (since, at, reason) in
        [(START, day(3), Changed), (START, day(4), Changed), (day(5), day(5), Granted), (day(5), day(6), Granted)]
    {
        let (mut page, _) = Page::open_in(&material, &mut device, at, "h=US-TX");
        page.act(&mut device, act(parent(&["functional"], since), Proof::None, at));
        assert_eq!(page.reason("map"), reason, "{at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A yes that stands is heard again for years, on every page, without an entry of its own; each change has one.
    #[test]
    fn the_history_holds_what_changed(hours in vec((1..30_u32, select(vec![0, 1, 2])), 1..14), told in any::<bool>()) {
        let wishes = [&["functional"][..], &["functional", "analytics"], &["analytics"]];
        let mut device = Device::default();
        let (mut at, mut since, mut last, mut entries) = (START, START, None, 1);
        for (gap, answer) in hours {
            at += gap * 3_600;
            if last != Some(answer) {
                (since, last) = (at, Some(answer));
                entries += 1;
            }
            // Some servers do not know when the parent answered, and say now.
            let page = child(&mut device, parent(wishes[answer], if told { since } else { at }), at);
            let record = page.engine.record().cloned().unwrap_or_default();
            prop_assert_eq!(record.entries().count(), entries, "{}", record.text());
            prop_assert_eq!((page.allowed("map"), page.allowed("counter")), (answer < 2, answer > 0));
            let (again, effects) = Page::open_in(&asking(), &mut device, at + DAY / 2 - 1, "h=US-TX");
            prop_assert!(!effects.iter().any(|effect| matches!(effect, Effect::Warn(_))), "the chain holds: {:?}", effects);
            prop_assert_eq!((again.choice("map").since.is_some(), again.choice("counter").since.is_some()), (true, true));
            prop_assert_eq!(again.allowed_ids(), [""; 0], "not heard on this page");
            let later = Page::open_in(&asking(), &mut device, at + DAY, "h=US-TX").0;
            prop_assert_eq!(later.allowed_ids(), [""; 0]);
        }
    }

    /// A parent's grant ends within a day, at the threshold, and with the parent's or the child's no.
    #[test]
    fn no_parents_yes_outlives_its_day(wishes in vec(select(vec!["functional", "functional+", "analytics", "analytics+", "marketing", "marketing+"]), 0..6), seconds in DAY..9 * DAY) {
        let mut device = Device::default();
        child(&mut device, parent(&wishes, START), START);
        let later = Page::open_in(&asking(), &mut device, START + seconds, "h=US-TX").0;
        prop_assert_eq!(later.allowed_ids(), [""; 0]);
    }
}

#[test]
fn what_the_child_says_after_a_silent_hearing_is_written_down() {
    let mut device = Device::default();
    child(&mut device, parent(&["functional"], START), START);
    let (mut page, _) = Page::open_in(&asking(), &mut device, START + 3600, "h=US-TX");
    // Heard within the day: nothing changes, and nothing is to be written.
    page.act(&mut device, act(parent(&["functional"], START), Proof::None, START + 3600));
    assert_eq!(page.reason("map"), Granted);
    page.act(&mut device, act(withdraw("map"), Proof::Gesture, START + 3601));
    assert_eq!(page.reason("map"), Withdrawn);
    page.read(&mut device, START + 3602);
    assert_eq!(page.reason("map"), Withdrawn, "it was kept");
}

#[test]
fn what_a_parent_takes_back_is_gone_where_nobody_has_said_yet_who_is_here() {
    let mut device = Device::default();
    let years = |years| act(Answer::Age(years), Proof::Gesture, START);
    let (mut page, _) = Page::open_in(&asking(), &mut device, START, "h=FR");
    page.act(&mut device, years(10));
    page.act(&mut device, act(parent(&["functional"], START), Proof::None, START));
    assert_eq!(page.reason("map"), Granted);
    let (mut page, _) = Page::open_in(&asking(), &mut device, START + 3600, "h=US-TX");
    page.act(&mut device, act(parent(&[], START + 3600), Proof::None, START + 3600));
    page.act(&mut device, act(Answer::Age(10), Proof::Gesture, START + 3601));
    assert_ne!(page.reason("map"), Granted);
}
