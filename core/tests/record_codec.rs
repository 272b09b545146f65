//! The record's text: what it holds, and what survives a rewrite.
#![allow(clippy::indexing_slicing, clippy::expect_used)] // a test may panic

mod site;

use consentry_core::{
    effect::{Effect, Warning},
    engine::Engine,
    event::{Answer, Event, Proof, View},
    record::Action,
    time::DAY,
};
use site::{
    Device, Page, START, act, day, load_once, policy, save,
    sealed::{after, base64, body, hash, open, sealed, sections, text},
    withdraw,
};

/// The text of version 1 is frozen: records out there must stay readable.
#[test]
fn the_text_is_the_one_described() {
    let device = after(&[save(&[("analytics", true), ("heatmap", false)]), load_once("video")]);
    let tokens = text(&device).split_once(";d=").map(|(_, rest)| rest.split(';').next().unwrap_or_default().to_owned());
    let tokens = tokens.expect("a declared set");
    let shown = &hash("May we?")[..22];
    let facts = format!(
        "j=unknown r=opt-in w=default v=2026-11-01 c=Example%32.s.r.o. s={} u={shown} b=1.0.0 l=en n=notice",
        &hash(&Engine::new(policy(), "1.0.0").declared_set())[..22]
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
            ("map", 28),
            ("counter", 32),
            ("heatmap", 32),
            ("video", 36),
            ("tweet", 36),
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
fn the_necessary_is_named_but_never_answered() {
    for answer in [Answer::AcceptAll, Answer::RejectAll] {
        let text = text(&after(&[answer]));
        let declared = text.split_once(";d=").expect("a declared set").1;
        assert!(text.contains("=necessary:n,") && text.contains(",login:n,"), "{text}");
        assert!(!declared.contains("necessary") && !declared.contains("login"), "{declared}");
    }
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
    for (newer, major) in [("consentry/2 anything", 2), ("consentry/2", 2), ("consentry/40 ;h=x", 40)] {
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
fn names_all_that_is_declared_whatever_was_answered() {
    let named = |answers: &[Answer]| {
        let text = text(&after(answers));
        text.split(" s=").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default().to_owned()
    };
    let all = named(&[Answer::AcceptAll]);
    assert_eq!(named(&[load_once("video")]), all);
    assert_eq!(named(&[withdraw("map")]), all);
    let mut more = policy();
    more.services.pop();
    assert_ne!(&hash(&Engine::new(more, "1.0.0").declared_set())[..22], all);
}
