//! The record's text: what it holds, what survives a rewrite, and that damage never grants anything.
#![allow(clippy::indexing_slicing, clippy::expect_used)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason,
    effect::{Effect, Warning},
    event::{Act, Answer, Event, Proof, Screen, Shown, Stored, View},
    record::Action,
    time::{DAY, Timestamp},
};
use sha2::{Digest, Sha256};
use site::{Device, OPTIONAL, Page, START, act, day, load_once, policy, save, withdraw};

/// Base64url without padding, written apart from the core's.
fn base64(bytes: &[u8]) -> String {
    let digits: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']).collect();
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    bits.chunks(6).map(|six| digits[(0..6).fold(0, |n, bit| n << 1 | usize::from(six.get(bit) == Some(&1)))]).collect()
}

fn hash(text: &str) -> String {
    base64(&Sha256::digest(text))
}

/// Seals a body as the format's description says.
fn sealed(body: &str) -> String {
    let (head, sections) = body.split_once(';').unwrap_or((body, ""));
    let start = head.split(' ').find_map(|field| field.strip_prefix("p=")).unwrap_or_default();
    let chain = sections.split(';').fold(String::from(start), |chain, section| hash(&format!("{chain};{section}")));
    format!("{body};h={}", hash(&format!("{chain};{head}")))
}

fn body(text: &str) -> &str {
    text.rsplit_once(";h=").expect("a seal").0
}

fn sections(text: &str) -> Vec<&str> {
    text.split(';').collect()
}

/// A device whose record came about by these answers, a day apart.
fn after(answers: &[Answer]) -> Device {
    let mut device = Device::default();
    for (days, answer) in (0..).zip(answers) {
        let (mut page, _) = Page::open(&policy(), &mut device, day(days));
        page.answer(&mut device, answer.clone(), day(days));
    }
    device
}

fn text(device: &Device) -> String {
    device.record.clone().expect("a record")
}

fn open(text: &str, at: u32) -> (Page, Vec<Effect>) {
    Page::open(&policy(), &mut Device { record: Some(text.into()), ..Device::default() }, at)
}

/// The text of version 1 is frozen: records out there must stay readable.
#[test]
fn the_text_is_the_one_described() {
    let device = after(&[save(&[("analytics", true), ("heatmap", false)]), load_once("video")]);
    let tokens = text(&device).split_once(";d=").map(|(_, rest)| rest.split(';').next().unwrap_or_default().to_owned());
    let tokens = tokens.expect("a declared set");
    let shown = &hash("May we?")[..22];
    let facts = format!(
        "j=unknown r=opt-in w=default v=2026-11-01 c=Example%32.s.r.o. s={} u={shown} b=1.0.0 l=en n=notice",
        &hash(&tokens)[..22]
    );
    let id = base64(&[7; 16]);
    let (one, two) = (START, day(1));
    let expected = sealed(&format!(
        "consentry/1 p=;e=1 t={one} x={} i={id} {facts} a=save y=click \
         k=necessary:n,functional:r,analytics:g,marketing:r,login:n,map,counter,heatmap:r,video,tweet;\
         e=1 t={two} x={} i={id} q={id} {facts} a=load_once o=video y=click \
         k=necessary:n,functional:r:{one},analytics:g:{one},marketing:r:{one},login:n,map,counter,heatmap:r:{one},video,tweet;\
         d={tokens}",
        one + 365 * DAY,
        one + 365 * DAY,
    ));
    assert_eq!(text(&device), expected);
    let rows: Vec<(&str, usize)> =
        tokens.split(',').map(|row| row.split_once(':').expect("a row")).map(|(id, set)| (id, set.len())).collect();
    assert_eq!(
        rows,
        [
            ("functional", 16),
            ("analytics", 16),
            ("marketing", 20),
            ("map", 24),
            ("counter", 28),
            ("heatmap", 28),
            ("video", 32),
            ("tweet", 32),
        ]
    );
}

#[test]
fn entries_tell_a_snapshot_what_it_shows() {
    let device = after(&[Answer::AcceptAll, withdraw("map"), Answer::RejectAll]);
    let (page, _) = open(&text(&device), day(3));
    let record = page.engine.record().expect("a record");
    let entries: Vec<_> = record
        .entries()
        .map(|entry| (entry.action(), entry.time().0, entry.expires().0, entry.screen(), entry.policy_version()))
        .collect();
    let version = || String::from("2026-11-01");
    assert_eq!(
        entries,
        [
            ("accept_all", START, day(365), "notice", version()),
            ("withdraw", day(1), day(365), "notice", version()),
            ("reject_all", day(2), day(185), "notice", version()),
        ]
    );
    assert_eq!(record.entries().map(|entry| entry.id().is_some()).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(record.latest().map(|entry| entry.action()), Some("reject_all"));
}

#[test]
fn who_refuses_everything_gets_no_identifier() {
    for answers in [
        vec![Answer::RejectAll],
        vec![Answer::Dismiss, Answer::RejectAll],
        vec![Answer::Withdraw(None)],
        vec![save(&[("analytics", false)])],
    ] {
        let text = text(&after(&answers));
        assert!(!text.contains(" i=") && !text.contains(" q=") && !text.contains(&base64(&[7; 16])), "{text}");
    }
    let text = text(&after(&[Answer::AcceptAll, Answer::RejectAll]));
    let last = sections(&text)[2];
    assert!(last.contains("a=reject_all") && !last.contains(" i=") && !last.contains(" q="), "{last}");
}

#[test]
fn what_a_later_version_added_survives_a_rewrite() {
    let device = after(&[Answer::AcceptAll]);
    let before = text(&device);
    let parts = sections(body(&before));
    let entry = format!("{} zz=new age=13 k2=a,b", parts[1]);
    let body = format!("{} later=1 z;{entry};{};ext=one two;unknown", parts[0], parts[2]);
    let mut device = Device { record: Some(sealed(&body)), ..Device::default() };
    let (mut page, effects) = Page::open(&policy(), &mut device, day(1));
    assert_eq!((effects, page.allowed("video")), (vec![Effect::Decide], true));
    page.answer(&mut device, withdraw("video"), day(1));
    let after = text(&device);
    let parts = sections(&after);
    assert_eq!((parts[0], parts[1]), ("consentry/1 p= later=1 z", entry.as_str()));
    assert_eq!(parts[4..6], ["ext=one two", "unknown"]);
    assert_eq!(sealed(self::body(&after)), after);
    assert!(!open(&after, day(1)).0.allowed("video"));
}

#[test]
fn words_of_a_later_version_never_grant() {
    let text = text(&after(&[Answer::AcceptAll]));
    let body = body(&text).replace("analytics:g", "analytics:z").replace("a=accept_all", "a=guess");
    let (page, _) = open(&sealed(&body), day(1));
    assert_eq!((page.allowed("analytics"), page.allowed("counter"), page.allowed("video")), (false, false, true));
    assert_eq!(page.engine.record().and_then(|record| record.latest()).map(|entry| entry.action()), Some("guess"));
}

#[test]
fn every_action_has_its_word() {
    let words = "accept_all reject_all save dismiss load_once allow_service withdraw signal user_after_gpc import expire parent";
    for word in words.split(' ') {
        assert_eq!(Action::of(word).map(Action::as_str), Some(word));
    }
    assert_eq!(Action::of("").or(Action::of("accept")), None);
}

#[test]
fn a_newer_record_is_set_aside_and_never_lost() {
    for (newer, major) in [("consentry/2 anything", 2), ("consentry/2", 2), ("consentry/40;h=x", 40)] {
        let mut device = Device { record: Some(newer.into()), ..Device::default() };
        let (mut page, effects) = Page::open(&policy(), &mut device, START);
        assert_eq!(effects, [Effect::Warn(Warning::NewerRecord), Effect::Decide, Effect::Show(View::Notice)]);
        assert_eq!((page.allowed_ids(), device.record.as_deref()), (vec![], Some(newer)), "reading writes nothing");
        let effects = page.answer(&mut device, Answer::AcceptAll, START);
        assert_eq!(effects[0], Effect::SetAside { major, text: newer.into() });
        assert!(matches!(effects[1], Effect::Persist(_)));
        assert_eq!(device.shelf, [(major, newer.into())]);
        page.answer(&mut device, withdraw("map"), START);
        assert_eq!(device.shelf.len(), 1, "once");
        assert!(open(&text(&device), START).0.allowed("video"));
    }
    // As long as nothing could be kept, the newer record stays to be put away.
    let (mut page, _) = open("consentry/2", START);
    for _ in 0..2 {
        let effects = page.engine.step(Event::Answered(act(Answer::AcceptAll, Proof::Gesture, START)));
        assert_eq!(effects[0], Effect::SetAside { major: 2, text: "consentry/2".into() });
        page.engine.step(Event::Kept(false));
    }
}

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

#[test]
fn free_text_is_kept_as_written() {
    for version in
        ["", "2026-11-01", "v 1;2,3:4=5%", "Zásady – verze č. 7", "政策 第三版", "\u{0}\n\u{1f600}\"<script>"]
    {
        let mut policy = policy();
        policy.version = version.into();
        let mut device = Device::default();
        Page::open(&policy, &mut device, START).0.answer(&mut device, Answer::AcceptAll, START);
        assert!(text(&device).bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()));
        let (page, _) = Page::open(&policy, &mut device, START);
        let latest = page.engine.record().and_then(|record| record.latest());
        assert_eq!(latest.map(|entry| entry.policy_version()), Some(version.into()));
        assert!(page.allowed("video"));
    }
}

#[test]
fn bounds_hold_and_the_chain_stays_whole() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    let mut dropped = String::new();
    for turn in 0..60 {
        let before = device.record.clone();
        let answer = if turn % 2 == 0 { Answer::AcceptAll } else { withdraw("map") };
        page.answer(&mut device, answer, START + turn);
        let text = text(&device);
        let count = page.engine.record().map_or(0, |record| record.entries().count());
        assert!(
            text.len() <= 8_000 && count <= 20 && (count >= 15 || count > turn as usize),
            "{count}, {}",
            text.len()
        );
        assert_eq!(sealed(body(&text)), text);
        // What was dropped left its hash: the chain goes on from there.
        if let Some(before) = before.filter(|before| sections(before)[1] != sections(&text)[1]) {
            dropped = hash(&format!("{dropped};{}", sections(&before)[1]));
        }
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
    let (mut page, _) = Page::open(&policy(), &mut device, day(396));
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
        huge.services.push(site::service(&format!("service-{number}"), 2, "Vendor", &["ads"], &["a.example"]));
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
