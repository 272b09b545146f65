//! When a question comes back by time, or since everything changed: and never for anything else.
#![allow(clippy::too_many_lines, clippy::indexing_slicing)] // a test may panic; a table is as long as its rows

mod site;

use consentry_core::{
    decision::Reason::{Changed, Expired, Granted, Refused, Unanswered, Withdrawn},
    effect::{Effect, Warning},
    event::Answer::{AcceptAll, RejectAll},
    policy::Policy,
    time::DAY,
};
use site::{
    Device, Page, START, allow, day, policy,
    rows::{check, row},
    save, withdraw,
};

const EVERY: &[&str] = &["functional", "analytics", "marketing"];

fn nothing(_: &mut Policy) {}

#[test]
fn time_ends_grants_and_pauses_but_no_refusal() {
    let yes = || vec![(AcceptAll, START)];
    let no = || vec![(RejectAll, START)];
    let first = || vec![(RejectAll, START), (allow("video"), day(100))];
    check(vec![
        row("never answered", vec![], nothing, START, EVERY, &[("analytics", Unanswered), ("video", Unanswered)]),
        row("grant, last second", yes(), nothing, day(365) - 1, &[], &[("analytics", Granted), ("video", Granted)]),
        row("grant, over", yes(), nothing, day(365), EVERY, &[("analytics", Expired), ("video", Expired)]),
        row("grant, long over", yes(), nothing, day(10_000), EVERY, &[("analytics", Expired)]),
        row("refusal, pause", no(), nothing, day(183) - 1, &[], &[("analytics", Refused), ("video", Refused)]),
        row("refusal, asked", no(), nothing, day(183), EVERY, &[("analytics", Refused), ("video", Refused)]),
        row("refusal, long ago", no(), nothing, day(10_000), EVERY, &[("analytics", Refused)]),
        row(
            "withdrawal",
            vec![(AcceptAll, START), (withdraw("analytics"), day(9))],
            nothing,
            day(183),
            &[],
            &[("counter", Withdrawn), ("video", Granted)],
        ),
        row(
            "withdrawal, asked",
            vec![(AcceptAll, START), (withdraw("analytics"), day(9))],
            nothing,
            day(192),
            &["analytics"],
            &[("counter", Withdrawn)],
        ),
        row("allowed service", first(), nothing, day(182), &[], &[("video", Granted), ("tweet", Refused)]),
        row(
            "allowed service, over",
            first(),
            nothing,
            day(465),
            &["functional", "analytics", "marketing", "video"],
            &[("video", Expired)],
        ),
        row("renewed", vec![(AcceptAll, START), (AcceptAll, day(300))], nothing, day(400), &[], &[("video", Granted)]),
        row(
            "partly renewed",
            vec![(AcceptAll, START), (save(&[("marketing", true)]), day(300))],
            nothing,
            day(400),
            &["functional", "analytics"],
            &[("video", Granted), ("counter", Expired)],
        ),
        row(
            "refused service",
            vec![(save(&[("analytics", true), ("heatmap", false)]), START)],
            nothing,
            day(183),
            &["functional", "marketing", "heatmap"],
            &[("heatmap", Refused), ("counter", Granted)],
        ),
    ]);
}

#[test]
fn a_clock_that_was_set_back_prolongs_no_grant_by_more_than_a_day() {
    let yes = || vec![(AcceptAll, START)];
    check(vec![
        row("a day back", yes(), nothing, START - DAY, &[], &[("analytics", Granted)]),
        row("further", yes(), nothing, START - DAY - 1, EVERY, &[("analytics", Expired), ("video", Expired)]),
        row(
            "older grants in it too",
            vec![(AcceptAll, START), (withdraw("map"), day(50))],
            nothing,
            day(20),
            EVERY,
            &[("analytics", Expired), ("map", Withdrawn)],
        ),
        row(
            "granted by a wrong clock, before one that was right",
            vec![(AcceptAll, day(10)), (withdraw("map"), START)],
            nothing,
            START,
            EVERY,
            &[("analytics", Expired), ("map", Withdrawn)],
        ),
        row("a refusal stays", vec![(RejectAll, START)], nothing, START - 900 * DAY, &[], &[("analytics", Refused)]),
    ]);
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, AcceptAll, START);
    let (mut page, effects) = Page::open(&policy(), &mut device, START - 2 * DAY);
    assert!(effects.contains(&Effect::Warn(Warning::ClockAhead)));
    assert!(!page.read(&mut device, START - 2 * DAY).contains(&Effect::Warn(Warning::ClockAhead)), "once a page");
    // Who answers then is believed, whatever the record says about the future.
    page.answer(&mut device, AcceptAll, START - 2 * DAY);
    assert!(Page::open(&policy(), &mut device, START - DAY).0.allowed("video"));
}

#[test]
fn what_time_has_ended_no_clock_brings_back() {
    // When it was granted, when it was seen to be over, and where the clock goes then.
    for (granted, seen, later) in [
        (START, day(400), day(200)),
        (START, day(365), START),
        (day(10), START, day(9)),
        (day(10), START, day(10)),
        (day(2), START, day(1)),
    ] {
        let mut device = Device::default();
        Page::open(&policy(), &mut device, granted).0.answer(&mut device, AcceptAll, granted);
        let (mut page, effects) = Page::open(&policy(), &mut device, seen);
        let text = device.record.clone().unwrap_or_default();
        assert!(effects.contains(&Effect::Persist(text.clone())) && text.contains(" a=expire "), "{text}");
        assert_eq!(page.read(&mut device, seen), [], "written once");
        assert!(
            page.read(&mut device, later).iter().all(|effect| *effect == Effect::Warn(Warning::ClockAhead)),
            "in this page"
        );
        let (mut next, _) = Page::open(&policy(), &mut device, later);
        assert_eq!((next.reason("video"), next.allowed_ids()), (Expired, vec![]), "in the next");
        assert_eq!(device.record.as_deref(), Some(text.as_str()), "nothing more to write");
        assert_eq!(next.engine.asking(), EVERY);
        next.answer(&mut device, AcceptAll, later);
        assert!(Page::open(&policy(), &mut device, later).0.allowed("video"), "a new yes counts");
    }
    // Of two grants the one that is over, with a service's own.
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, allow("video"), START);
    Page::open(&policy(), &mut device, day(300)).0.answer(&mut device, allow("map"), day(300));
    let (page, _) = Page::open(&policy(), &mut device, day(365));
    assert_eq!((page.reason("video"), page.reason("map")), (Expired, Granted));
    let (mut page, _) = Page::open(&policy(), &mut device, day(365) - 60);
    assert_eq!((page.reason("video"), page.reason("map")), (Expired, Granted));
    page.answer(&mut device, save(&[("marketing", true)]), day(365));
    assert_eq!(page.reason("video"), Granted, "answered anew with its category");
}

#[test]
fn without_storage_a_grant_that_is_over_stays_so_on_the_page() {
    let mut device = Device { denied: true, ..Device::default() };
    let (mut page, _) = Page::open(&policy(), &mut device, START);
    page.answer(&mut device, AcceptAll, START);
    for (at, allowed) in [(day(1), true), (day(400), false), (day(200), false), (day(500), false)] {
        let effects = page.read(&mut device, at);
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Persist(_))), "{effects:?}");
        assert_eq!(page.allowed("video"), allowed, "at {at}");
    }
}

#[test]
fn tabs_that_see_the_same_end_write_it_and_agree() {
    let mut device = Device::default();
    let mut tabs = [0, 1].map(|_| Page::open(&policy(), &mut device, START).0);
    tabs[0].answer(&mut device, AcceptAll, START);
    tabs[1].read(&mut device, START);
    // Both read before either writes.
    let (granted, mut texts) = (device.record.clone(), Vec::new());
    for tab in &mut tabs {
        device.record.clone_from(&granted);
        tab.read(&mut device, day(400));
        texts.push(device.record.clone());
    }
    for _ in 0..4 {
        tabs[0].read(&mut device, day(400));
        tabs[1].read(&mut device, day(400));
    }
    let settled = device.record.clone();
    assert!(tabs[0].read(&mut device, day(400)).is_empty() && tabs[1].read(&mut device, day(400)).is_empty());
    assert_eq!(device.record, settled, "nobody writes any more");
    assert!(settled.as_deref().is_some_and(|text| text.matches(" a=expire ").count() <= 2), "{settled:?}");
    assert_eq!((tabs[0].allowed_ids(), tabs[1].allowed_ids()), (vec![], vec![]));
}

#[test]
fn a_material_version_or_another_controller_asks_for_grants_again() {
    let material: fn(&mut Policy) = |p| (p.version, p.material) = ("2027".into(), true);
    let controller: fn(&mut Policy) = |p| p.controller = "Buyer Inc.".into();
    for change in [material, controller] {
        let partly = || vec![(save(&[("analytics", true)]), START)];
        check(vec![
            row(
                "grants",
                vec![(AcceptAll, START)],
                change,
                day(1),
                EVERY,
                &[("video", Changed), ("analytics", Changed)],
            ),
            row("refusals", vec![(RejectAll, START)], change, day(1), &[], &[("video", Refused)]),
            row("refusals, pause over", vec![(RejectAll, START)], change, day(183), EVERY, &[("video", Refused)]),
            row("both", partly(), change, day(1), &["analytics"], &[("counter", Changed), ("video", Refused)]),
        ]);
    }
}
