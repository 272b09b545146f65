//! When a question comes back by time, or since everything changed: and never for anything else.
#![allow(clippy::too_many_lines)] // a table is as long as its rows

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
