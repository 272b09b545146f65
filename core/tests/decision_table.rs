//! What each answer comes to: for every sequence of acts, the reasons that stand afterwards.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason::{self, Granted, Necessary, Refused, Unanswered, Unknown, Withdrawn},
    effect::{Effect, Refusal, Warning},
    event::{
        Answer::{self, AcceptAll, Dismiss, RejectAll, Withdraw},
        Event, Proof, View,
    },
    record::{Action, Entry},
    time::Timestamp,
};
use site::{Device, OPTIONAL, Page, START, act, allow, day, load_once, policy, save, withdraw};

/// Reasons of everything optional: functional, analytics, marketing, map, counter, heatmap, video, tweet.
type Row = [Reason; 8];

fn after(answers: &[Answer]) -> Row {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    for answer in answers {
        // All within one second: the order counts, not the clock.
        page.answer(&mut device, answer.clone(), START);
    }
    let row = OPTIONAL.map(|id| page.reason(id));
    let (again, _) = Page::open(&policy(), &mut device, START + 1);
    assert_eq!(row, OPTIONAL.map(|id| again.reason(id)), "the next page decides differently");
    row
}

#[test]
fn every_answer_comes_to_its_reasons() {
    let (g, r, w, u) = (Granted, Refused, Withdrawn, Unanswered);
    let table: &[(&[Answer], Row)] = &[
        (&[], [u; 8]),
        (&[AcceptAll], [g; 8]),
        (&[RejectAll], [r; 8]),
        (&[Dismiss], [r; 8]),
        (&[AcceptAll, RejectAll], [r; 8]),
        (&[RejectAll, AcceptAll], [g; 8]),
        (&[AcceptAll, Dismiss], [g; 8]),
        (&[AcceptAll, Withdraw(None)], [w; 8]),
        (&[Withdraw(None)], [r; 8]),
        (&[AcceptAll, withdraw("analytics")], [g, w, g, g, w, w, g, g]),
        (&[AcceptAll, withdraw("heatmap")], [g, g, g, g, g, w, g, g]),
        // Save: what is not named keeps its answer, what never had one is refused.
        (&[save(&[("analytics", true)])], [r, g, r, r, g, g, r, r]),
        (&[AcceptAll, save(&[("analytics", false)])], [g, r, g, g, r, r, g, g]),
        (&[save(&[("analytics", true)]), save(&[("marketing", true)])], [r, g, g, r, g, g, g, g]),
        (&[save(&[("counter", true)])], [r, r, r, r, g, r, r, r]),
        (&[save(&[])], [r; 8]),
        // A service's own answer comes before its category's.
        (&[save(&[("analytics", true), ("heatmap", false)])], [r, g, r, r, g, r, r, r]),
        (&[save(&[("heatmap", false)]), save(&[("analytics", true)])], [r, g, r, r, g, r, r, r]),
        (&[save(&[("heatmap", false)]), AcceptAll], [g; 8]),
        (&[save(&[("heatmap", false)]), save(&[("analytics", true), ("heatmap", true)])], [r, g, r, r, g, g, r, r]),
        (&[save(&[("heatmap", false)]), RejectAll, save(&[("analytics", true)])], [r, g, r, r, g, r, r, r]),
        (&[save(&[("analytics", false), ("counter", true)])], [r, r, r, r, g, r, r, r]),
        // An allowed service works although its category is refused or unanswered, until that is refused anew.
        (&[allow("video")], [u, u, u, u, u, u, g, u]),
        (&[RejectAll, allow("video")], [r, r, r, r, r, r, g, r]),
        (&[RejectAll, allow("video"), RejectAll], [r; 8]),
        (&[RejectAll, allow("video"), save(&[("marketing", false)])], [r; 8]),
        (&[RejectAll, allow("video"), withdraw("marketing")], [r, r, w, r, r, r, w, w]),
        (&[RejectAll, allow("video"), withdraw("video")], [r, r, r, r, r, r, w, r]),
        (&[RejectAll, allow("video"), Withdraw(None)], [r, r, w, r, r, r, w, w]),
        (&[allow("video"), Dismiss], [r; 8]),
        (&[AcceptAll, withdraw("video"), allow("video")], [g; 8]),
        (&[allow("analytics")], [u, g, u, u, g, g, u, u]),
        // Named twice: of two equals the denial.
        (&[save(&[("analytics", true), ("analytics", false)])], [r; 8]),
        (&[save(&[("analytics", false), ("analytics", true)])], [r; 8]),
        // Once is no standing grant.
        (&[RejectAll, load_once("video")], [r; 8]),
        (&[load_once("video")], [u; 8]),
    ];
    for (answers, row) in table {
        assert_eq!(&after(answers), row, "{answers:?}");
    }
}

#[test]
fn necessary_is_always_on_and_unknown_never() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    for answer in [RejectAll, Withdraw(None), save(&[("necessary", false), ("login", false)]), AcceptAll] {
        page.answer(&mut device, answer, START);
        assert_eq!((page.reason("necessary"), page.reason("login")), (Necessary, Necessary));
        for id in ["", "nothing", "Analytics", "analytics "] {
            assert_eq!((page.reason(id), page.allowed(id)), (Unknown, false));
        }
    }
}

#[test]
fn every_other_answer_without_a_gesture_only_closes() {
    let (g, r, u) = (Granted, Refused, Unanswered);
    let insists = || vec![Effect::Decline(Refusal::NoGesture), Effect::Show(View::Notice)];
    let declines = || vec![Effect::Decline(Refusal::NoGesture)];
    let table: &[(Answer, Row, Option<Vec<Effect>>)] = &[
        (AcceptAll, [u; 8], Some(insists())),
        (save(&[("analytics", true)]), [u; 8], Some(insists())),
        (allow("video"), [u; 8], Some(declines())),
        (load_once("video"), [u; 8], Some(declines())),
        // The refusals in it are taken, and nothing beside them.
        (save(&[("analytics", true), ("marketing", false)]), [u, u, r, u, u, u, r, r], None),
        (RejectAll, [r; 8], None),
        (Dismiss, [r; 8], None),
        (save(&[("analytics", false)]), [r; 8], None),
    ];
    for (answer, row, effects) in table {
        let mut device = Device::default();
        let (mut page, _) = Page::open(&policy(), &mut device, START);
        let given = page.act(&mut device, act(answer.clone(), Proof::None, START));
        assert_eq!(&OPTIONAL.map(|id| page.reason(id)), row, "{answer:?}");
        if let Some(effects) = effects {
            assert_eq!(&given, effects, "{answer:?}");
            assert_eq!(device.record, None, "{answer:?} left a record");
        }
    }
    let mut device = Device::default();
    let mut lenient = policy();
    lenient.record.script_grants = true;
    let (mut page, _) = Page::open(&lenient, &mut device, START);
    page.act(&mut device, act(AcceptAll, Proof::None, START));
    assert_eq!(OPTIONAL.map(|id| page.reason(id)), [g; 8]);
    assert!(device.record.is_some_and(|text| text.contains(" y=script ")), "the record must say who granted");
}

#[test]
fn a_partly_taken_save_shows_the_notice_for_the_rest() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    let answer = save(&[("analytics", true), ("marketing", false)]);
    let effects = page.act(&mut device, act(answer, Proof::None, START));
    assert!(effects.contains(&Effect::Decline(Refusal::NoGesture)) && effects.contains(&Effect::Show(View::Notice)));
    assert!(effects.contains(&Effect::Announce(Action::Save)) && !effects.contains(&Effect::Hide));
    assert_eq!(page.engine.asking(), ["functional", "analytics"]);
}

#[test]
fn what_cannot_be_answered_is_declined() {
    let unknown = |id: &str| Effect::Decline(Refusal::UnknownId(id.into()));
    let necessary = |id: &str| Effect::Decline(Refusal::Necessary(id.into()));
    let table: &[(Answer, Effect)] = &[
        (save(&[("analytics", true), ("nothing", true)]), unknown("nothing")),
        (withdraw("nothing"), unknown("nothing")),
        (allow("nothing"), unknown("nothing")),
        (load_once("nothing"), unknown("nothing")),
        (withdraw("necessary"), necessary("necessary")),
        (withdraw("login"), necessary("login")),
        (allow("login"), necessary("login")),
    ];
    for (answer, effect) in table {
        let mut device = Device::default();
        let (mut page, _) = Page::open(&policy(), &mut device, START);
        assert_eq!(page.answer(&mut device, answer.clone(), START), std::slice::from_ref(effect), "{answer:?}");
        assert_eq!((device.record, OPTIONAL.map(|id| page.reason(id))), (None, [Unanswered; 8]), "{answer:?}");
    }
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    let effects = page.answer(&mut device, save(&[("necessary", false), ("login", true), ("analytics", true)]), START);
    assert_eq!(effects[0], necessary("necessary"));
    assert!(effects.contains(&Effect::Hide) && page.allowed("analytics"), "the rest is taken");
}

#[test]
fn loading_once_leaves_evidence_and_no_grant() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, RejectAll, START);
    let effects = page.answer(&mut device, load_once("video"), START + 5);
    let record = device.record.clone().unwrap_or_default();
    assert_eq!(effects, [Effect::Persist(record.clone()), Effect::Release("video".into())]);
    assert!(record.contains(" a=load_once o=video "), "{record}");
    let latest = page.engine.record().and_then(|record| record.latest());
    assert_eq!(latest.map(|entry| (entry.action(), entry.time())), Some(("load_once", Timestamp(START + 5))));
    // What is allowed anyway needs no consent.
    page.answer(&mut device, AcceptAll, START + 6);
    assert_eq!(page.answer(&mut device, load_once("video"), START + 7), [Effect::Release("video".into())]);
    assert_eq!(page.answer(&mut device, load_once("login"), START + 7), [Effect::Release("login".into())]);
}

#[test]
fn effects_come_in_the_order_of_their_carrying_out() {
    let mut device = Device::default();
    let (mut page, opened) = Page::open(&policy(), &mut device, START);
    assert_eq!(opened, [Effect::Decide, Effect::Show(View::Notice)]);
    let effects = page.answer(&mut device, AcceptAll, START);
    let text = device.record.clone().unwrap_or_default();
    let announce = Effect::Announce(Action::AcceptAll);
    assert_eq!(effects, [Effect::Persist(text), Effect::Decide, announce, Effect::Hide]);
    assert_eq!(Page::open(&policy(), &mut device, START).1, [Effect::Decide], "nothing to ask, nothing to announce");
    let since = page.choice("video").since;
    assert_eq!(since, Some(Timestamp(START)));
}

#[test]
fn views_follow_the_visitor() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    let step = |page: &mut Page, event| page.engine.step(event);
    assert_eq!(step(&mut page, Event::Requested(View::Preferences)), [Effect::Show(View::Preferences)]);
    assert_eq!(step(&mut page, Event::Closed), [Effect::Show(View::Notice)], "back to the open question");
    assert_eq!(step(&mut page, Event::Closed), [Effect::Hide]);
    assert_eq!(device.record, None, "closing writes nothing");
    assert_eq!(page.read(&mut device, START + 9), [], "asked once a visit");
    step(&mut page, Event::Requested(View::Preferences));
    assert_eq!(step(&mut page, Event::Closed), [Effect::Hide], "nothing was beneath");
    let in_preferences = step(&mut page, Event::Requested(View::Preferences));
    assert_eq!(in_preferences, [Effect::Show(View::Preferences)]);
    let effects = page.act(&mut device, act(AcceptAll, Proof::None, START));
    assert_eq!(effects, [Effect::Decline(Refusal::NoGesture)], "the notice does not push the preference center away");
    assert_eq!(page.answer(&mut device, Dismiss, START).last(), Some(&Effect::Hide));
    step(&mut page, Event::Requested(View::Notice));
    assert_eq!(page.answer(&mut device, Dismiss, START), [Effect::Hide], "nothing asked, nothing refused");
}

#[test]
fn tabs_agree() {
    let mut device = Device::default();
    let (mut one, _) = Page::open(&policy(), &mut device, START);
    let (mut other, _) = Page::open(&policy(), &mut device, START);
    one.answer(&mut device, save(&[("analytics", true)]), START);
    let effects = other.read(&mut device, START + 1);
    assert_eq!(effects, [Effect::Decide, Effect::Announce(Action::Save), Effect::Hide]);
    assert_eq!(one.allowed_ids(), other.allowed_ids());
    other.answer(&mut device, withdraw("counter"), START + 2);
    assert_eq!(one.read(&mut device, START + 3), [Effect::Decide, Effect::Announce(Action::Withdraw)]);
    assert_eq!(one.read(&mut device, START + 4), []);
    assert_eq!(
        one.engine.record().map(|record| record.entries().map(Entry::action).collect::<Vec<_>>()),
        Some(vec!["save", "withdraw"])
    );
    device.record = None;
    let expire = Effect::Announce(Action::Expire);
    assert_eq!(one.read(&mut device, START + 5), [Effect::Decide, expire, Effect::Show(View::Notice)], "erased");
    assert_eq!(OPTIONAL.map(|id| one.reason(id)), [Unanswered; 8]);
}

#[test]
fn without_storage_answers_hold_for_this_page() {
    for (denied, full) in [(true, false), (false, true)] {
        let mut device = Device { denied, full, ..Device::default() };
        let (mut page, opened) = Page::open(&policy(), &mut device, START);
        let warn = Effect::Warn(Warning::NotKept);
        assert_eq!(opened.contains(&warn), denied);
        let effects = page.answer(&mut device, save(&[("analytics", true)]), START);
        assert_eq!(effects.contains(&warn), full, "once");
        for days in 0..3 {
            let effects = page.read(&mut device, day(days));
            assert!(effects.iter().all(|effect| matches!(effect, Effect::Persist(_))), "{effects:?}");
            assert_eq!(effects.is_empty(), denied, "a full storage may have room by now");
            assert_eq!(page.allowed_ids(), ["analytics", "counter", "heatmap"]);
        }
        let (fresh, _) = Page::open(&policy(), &mut device, START);
        assert_eq!(fresh.allowed_ids(), [""; 0], "the next page knows nothing");
    }
}

#[test]
fn a_denial_that_was_not_kept_outlives_what_storage_still_holds() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, AcceptAll, START);
    let granted = device.record.clone();
    device.denied = true;
    page.answer(&mut device, withdraw("analytics"), START + 5);
    device.denied = false;
    assert!(matches!(page.read(&mut device, START + 6)[..], [Effect::Persist(_)]), "another try");
    assert_eq!(page.reason("counter"), Withdrawn, "storage held the same text as before");
    assert_ne!(device.record, granted);
    device.denied = true;
    page.answer(&mut device, withdraw("tweet"), START + 6);
    device.denied = false;
    // Another tab writes on top of the old grants.
    let mut other = Device { record: granted, ..Device::default() };
    Page::open(&policy(), &mut other, START + 6).0.answer(&mut other, withdraw("map"), START + 7);
    device.record = other.record;
    page.read(&mut device, START + 8);
    for id in ["analytics", "counter", "tweet", "map"] {
        assert_eq!(page.reason(id), Withdrawn, "{id}");
    }
    assert_eq!(page.reason("video"), Granted);
    page.read(&mut device, START + 8);
    assert_eq!(page.reason("tweet"), Withdrawn, "and stays so");
    // A grant that is newer than the denial counts.
    Page::open(&policy(), &mut device, START + 9).0.answer(&mut device, AcceptAll, START + 9);
    page.read(&mut device, START + 9);
    assert_eq!(page.reason("counter"), Granted);
}
