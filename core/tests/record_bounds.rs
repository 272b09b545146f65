//! The record stays small, and its chain whole, however long the visitor's life and however large the site.
#![allow(clippy::indexing_slicing, clippy::expect_used)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason,
    event::{Act, Answer, Proof, Screen, Shown},
    time::Timestamp,
};
use site::{
    Device, Page, START, day, policy,
    sealed::{after, body, hash, sealed, sections, text},
    service, withdraw,
};

#[test]
fn bounds_hold_and_the_chain_stays_whole() {
    let mut device = Device::default();
    let mut site = policy();
    site.controller = "x".repeat(100); // so that bytes run out before twenty entries do
    let (mut page, _) = Page::open(&site, &mut device, START);
    let mut dropped = String::new();
    for turn in 0..60 {
        let before = device.record.clone();
        let answer = if turn % 2 == 0 { Answer::AcceptAll } else { withdraw("map") };
        page.answer(&mut device, answer, START + turn);
        let text = text(&device);
        let count = page.engine.record().map_or(0, |record| record.entries().count());
        assert!(text.len() <= 8_000 && count < 20 && (count >= 12 || count > turn as usize), "{count}, {}", text.len());
        assert_eq!(sealed(body(&text)), text);
        // What was dropped left its hash: the chain goes on from there.
        let before = before.unwrap_or_default();
        let gone =
            sections(&before).into_iter().filter(|section| section.starts_with("e=") && !text.contains(*section));
        dropped = gone.fold(dropped, |chain, section| hash(&format!("{chain};{section}")));
        assert!(text.starts_with(&format!("consentry/1 p={dropped};")), "{text}");
    }
    assert!(!dropped.is_empty());
}

#[test]
fn at_most_twenty_entries() {
    let mut small = policy();
    small.services.clear();
    let mut device = Device::default();
    let (mut page, _) = Page::open(&small, &mut device, START);
    for turn in 0..30 {
        page.answer(&mut device, Answer::RejectAll, START + turn);
    }
    let times = page.engine.record().map(|record| record.entries().map(|entry| entry.time().0).collect::<Vec<_>>());
    assert_eq!(times, Some((START + 10..START + 30).collect()));
}

#[test]
fn superseded_entries_go_after_thirteen_months() {
    let mut device = after(&[Answer::AcceptAll, withdraw("map")]);
    let mut lasting = policy();
    lasting.record.granted_days = 36_500;
    let (mut page, _) = Page::open(&lasting, &mut device, day(396));
    assert_eq!(page.engine.record().map(|record| record.entries().count()), Some(2), "nothing goes without a write");
    page.answer(&mut device, withdraw("video"), day(396));
    let actions = |page: &Page| -> Vec<u32> {
        page.engine.record().into_iter().flat_map(|record| record.entries()).map(|entry| entry.time().0).collect()
    };
    assert_eq!(actions(&page), [day(1), day(396)], "13 months are 395 days");
    page.answer(&mut device, withdraw("tweet"), day(1000));
    assert_eq!(actions(&page), [day(1000)]);
    // An entry dated in the future keeps no older one alive.
    for (id, at) in [("counter", 5000), ("analytics", 1001), ("marketing", 1400)] {
        page.answer(&mut device, withdraw(id), day(at));
    }
    assert_eq!(actions(&page), [day(1400)]);
}

#[test]
fn a_huge_policy_keeps_its_newest_entry() {
    let mut huge = policy();
    for number in 0..3_000 {
        huge.services.push(service(&format!("service-{number}"), 2, "Vendor", &["ads"], &["a.example"]));
    }
    let mut device = Device::default();
    let (mut page, _) = Page::open(&huge, &mut device, START);
    page.answer(&mut device, Answer::AcceptAll, START);
    page.answer(&mut device, withdraw("service-7"), START + 1);
    let (page, _) = Page::open(&huge, &mut device, START + 1);
    assert_eq!(page.engine.record().map(|record| record.entries().count()), Some(1));
    assert_eq!((page.allowed("service-6"), page.allowed("service-7")), (true, false));
}

#[test]
fn long_texts_are_cut_and_still_told_apart() {
    let mut long = policy();
    long.controller = "x".repeat(50_000);
    long.version = "č".repeat(50_000);
    let mut device = Device::default();
    let (mut page, _) = Page::open(&long, &mut device, START);
    let shown = Shown { screen: Screen::Preferences, locale: "l".repeat(5_000), texts: "t".repeat(50_000) };
    let act = Act { answer: Answer::AcceptAll, proof: Proof::Gesture, at: Timestamp(START), nonce: [1; 16], shown };
    page.act(&mut device, act);
    assert!(text(&device).len() < 2_000);
    assert!(Page::open(&long, &mut device, START).0.allowed("video"));
    long.controller.push('y');
    assert_eq!(Page::open(&long, &mut device, START).0.reason("video"), Reason::Changed);
}
