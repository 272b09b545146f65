//! Damage to the record's text never grants anything, and never panics.
#![allow(clippy::indexing_slicing, clippy::expect_used)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason,
    effect::{Effect, Warning},
    event::{Answer, Event, Proof, Stored},
    record::Action,
    time::Timestamp,
};
use proptest::{collection::vec, prelude::*};
use site::{
    Device, OPTIONAL, Page, START, act, day, load_once, policy,
    sealed::{after, open, sealed, sections, text},
    withdraw,
};

#[test]
fn no_cut_grants_anything() {
    let text = text(&after(&[Answer::AcceptAll, withdraw("map"), load_once("map")]));
    for end in 0..text.len() {
        let (page, effects) = open(&text[..end], day(4));
        assert_eq!(page.allowed_ids(), [""; 0], "cut at {end}");
        assert!(effects.contains(&Effect::Warn(Warning::DamagedRecord)), "cut at {end}");
        assert_eq!(OPTIONAL.map(|id| page.reason(id)), [Reason::Unanswered; 8]);
    }
    assert!(open(&text, day(4)).0.allowed("video"));
}

#[test]
fn no_flipped_bit_grants_anything() {
    let text = text(&after(&[Answer::AcceptAll, withdraw("map")]));
    for position in 0..text.len() {
        for bit in 0..7 {
            let mut bytes = text.clone().into_bytes();
            bytes[position] ^= 1 << bit;
            let damaged = String::from_utf8(bytes).expect("seven bits are text");
            let (page, effects) = open(&damaged, day(4));
            assert_eq!(page.allowed_ids(), [""; 0], "bit {bit} of {position}: {damaged}");
            let warned = effects
                .iter()
                .any(|effect| matches!(effect, Effect::Warn(Warning::DamagedRecord | Warning::NewerRecord)));
            assert!(warned, "bit {bit} of {position}");
        }
    }
}

#[test]
fn no_section_can_be_taken_out_swapped_or_doubled() {
    let text = text(&after(&[Answer::AcceptAll, withdraw("map"), withdraw("video")]));
    let parts = sections(&text);
    for position in 0..parts.len() {
        let mut without = parts.clone();
        without.remove(position);
        let mut doubled = parts.clone();
        doubled.insert(position, parts[position]);
        let mut swapped = parts.clone();
        swapped.swap(position, (position + 1) % parts.len());
        for parts in [without, doubled, swapped] {
            assert_eq!(open(&parts.join(";"), day(4)).0.allowed_ids(), [""; 0], "{parts:?}");
        }
    }
}

#[test]
fn a_sealed_text_that_says_nothing_is_damage() {
    for body in [
        "consentry/1",
        "consentry/1 p=;d=",
        "consentry/1 p=;e=1",
        "consentry/1 p=;e=1 t=x k=analytics:g",
        "consentry/0 p=;e=1 t=5 k=",
    ] {
        let (page, effects) = open(&sealed(body), START);
        assert!(effects.contains(&Effect::Warn(Warning::DamagedRecord)), "{body}");
        assert!(page.engine.record().is_none());
    }
}

#[test]
fn a_damaged_record_is_replaced_by_the_next_answer() {
    let mut device = Device { record: Some("garbage".into()), ..Device::default() };
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, Answer::AcceptAll, START);
    assert!(open(&text(&device), START).0.allowed("video"));
    device.record = Some("garbage".into());
    let effects = page.read(&mut device, START);
    assert!(effects.contains(&Effect::Announce(Action::Expire)) && page.allowed_ids().is_empty(), "damaged meanwhile");
}

/// Texts that once were of interest; the fuzz target starts from them too.
#[test]
fn the_seeds_of_the_fuzz_target_never_grant_what_nobody_granted() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/record");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).expect("the seed corpus") {
        let bytes = std::fs::read(file.expect("a seed").path()).expect("a seed");
        let seed = String::from_utf8_lossy(&bytes);
        let mut page = open("", START).0;
        page.engine.step(Event::Read { stored: Stored::Text(seed.clone().into_owned()), at: Timestamp(START) });
        let whole = seed.rsplit_once(";h=").is_some_and(|(body, _)| sealed(body) == seed);
        assert!(whole || page.allowed_ids().is_empty(), "{seed}");
        page.engine.step(Event::Answered(act(Answer::RejectAll, Proof::None, START)));
        assert_eq!(page.allowed_ids(), [""; 0]);
        seen += 1;
    }
    assert!(seen >= 8, "{seen} seeds");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Nonsense under a right seal: it may be believed, but it never panics, and a refusal ends all of it.
    #[test]
    fn sealed_nonsense_is_survived(
        head in "( ?p=[a-z]{0,3}| [a-z=:]{0,4}){0,3}",
        sections in vec("(e=1 t=[0-9]{1,11}|e=|d=|[a-z])([ ,:=%.gra0-9]|analytics|video|k=){0,12}", 0..5),
        now: u32,
    ) {
        let text = sealed(&format!("consentry/1{head};{}", sections.join(";")));
        let mut device = Device { record: Some(text), ..Device::default() };
        let (mut page, _) = Page::open(&policy(), &mut device, now);
        page.answer(&mut device, withdraw("map"), now);
        page.answer(&mut device, Answer::RejectAll, now);
        prop_assert_eq!(page.allowed_ids(), [""; 0]);
        let (page, effects) = Page::open(&policy(), &mut device, now);
        prop_assert!(!effects.contains(&Effect::Warn(Warning::DamagedRecord)));
        prop_assert_eq!(page.reason("analytics"), Reason::Refused);
    }
}
