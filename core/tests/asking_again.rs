//! When a question comes back: by time, by what is new in the policy, and never for anything else.

#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason::{self, Changed, Expired, Granted, Refused, Unanswered, Withdrawn},
    effect::{Effect, Warning},
    event::{
        Answer::{self, AcceptAll, Dismiss, RejectAll},
        View,
    },
    policy::Policy,
    time::DAY,
};
use site::{
    ANALYTICS, Device, FUNCTIONAL, MARKETING, Page, START, allow, category, day, policy, save, service, withdraw,
};

/// One row: what was answered, what changed since, when the next page opens, and what it finds.
struct Row {
    name: &'static str,
    answers: Vec<(Answer, u32)>,
    change: fn(&mut Policy),
    at: u32,
    asking: &'static [&'static str],
    reasons: &'static [(&'static str, Reason)],
}

fn check(rows: Vec<Row>) {
    for Row { name, answers, change, at, asking, reasons } in rows {
        let mut device = Device::default();
        for (answer, at) in answers {
            let (mut page, _) = Page::open(&policy(), &mut device, at);
            page.answer(&mut device, answer, at);
        }
        let mut changed = policy();
        change(&mut changed);
        let (mut page, effects) = Page::open(&changed, &mut device, at);
        assert_eq!(page.engine.asking(), asking, "{name}");
        for (id, reason) in reasons {
            assert_eq!(page.reason(id), *reason, "{name}: {id}");
        }
        assert_eq!(effects.contains(&Effect::Show(View::Notice)), !asking.is_empty(), "{name}: notice");
        // Whatever is asked, one answer settles it, and a denial opens nothing.
        let before = page.allowed_ids();
        page.answer(&mut device, Dismiss, at);
        assert_eq!(page.engine.asking(), [""; 0], "{name}: still asking after dismissal");
        assert!(page.allowed_ids().iter().all(|id| before.contains(id)), "{name}: dismissal opened something");
        let (next, mut effects) = Page::open(&changed, &mut device, at);
        effects.retain(|effect| !matches!(effect, Effect::Warn(_)));
        assert_eq!((next.allowed_ids(), effects), (page.allowed_ids(), vec![Effect::Decide]), "{name}: next page");
    }
}

fn row(
    name: &'static str,
    answers: Vec<(Answer, u32)>,
    change: fn(&mut Policy),
    at: u32,
    asking: &'static [&'static str],
    reasons: &'static [(&'static str, Reason)],
) -> Row {
    Row { name, answers, change, at, asking, reasons }
}

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
fn what_is_new_is_asked_for_and_nothing_else() {
    let yes = || vec![(AcceptAll, START)];
    let at = day(1);
    check(vec![
        row("new service", yes(), add_service, at, &["chat"], &[("chat", Changed), ("video", Granted)]),
        row(
            "new category",
            yes(),
            |p| p.categories.push(category("social", &[])),
            at,
            &["social"],
            &[("social", Unanswered), ("video", Granted)],
        ),
        row(
            "new purpose of a service",
            yes(),
            |p| edit(p, "video", |s| s.purposes.push("ads2".into())),
            at,
            &["video"],
            &[("video", Changed), ("marketing", Granted), ("tweet", Granted)],
        ),
        row(
            "new purpose of a category",
            yes(),
            |p| p.categories[ANALYTICS].purposes.push("ai".into()),
            at,
            &["analytics"],
            &[("analytics", Changed), ("counter", Changed), ("video", Granted)],
        ),
        row(
            "changed vendor",
            yes(),
            |p| edit(p, "map", |s| s.vendor = "Other Ltd.".into()),
            at,
            &["map"],
            &[("map", Changed), ("functional", Granted)],
        ),
        row("moved category", yes(), |p| edit(p, "map", |s| s.category = MARKETING), at, &["map"], &[("map", Changed)]),
        row(
            "necessary no more",
            yes(),
            |p| edit(p, "login", |s| s.category = MARKETING),
            at,
            &["login"],
            &[("login", Changed)],
        ),
        row("new host", yes(), |p| host(p, "map", "tiles.other.example"), at, &["map"], &[("map", Changed)]),
        row("wider host", yes(), |p| host(p, "map", "*.map.example"), at, &["map"], &[("map", Changed)]),
        row(
            "whole host instead of a path",
            yes(),
            |p| host(p, "video", "cdn.video.example"),
            at,
            &["video"],
            &[("video", Changed)],
        ),
        row(
            "several",
            yes(),
            |p| {
                add_service(p);
                host(p, "map", "x.example");
            },
            at,
            &["map", "chat"],
            &[("chat", Changed), ("map", Changed), ("video", Granted)],
        ),
        row(
            "a service's id taken over by a category",
            vec![(allow("map"), START), (AcceptAll, START)],
            |p| {
                p.services.retain(|service| service.id != "map");
                p.categories.push(category("map", &[]));
            },
            at,
            &["map"],
            &[("map", Unanswered)],
        ),
        row(
            "an allowed service's id taken over by a category",
            vec![(AcceptAll, START), (allow("map"), START)],
            |p| {
                p.services.retain(|service| service.id != "map");
                p.categories.push(category("map", &[]));
            },
            at,
            &["map"],
            &[("map", Changed)],
        ),
    ]);
}

#[test]
fn what_is_not_new_is_not_asked_for() {
    let yes = || vec![(AcceptAll, START)];
    let granted: &[(&str, Reason)] = &[("map", Granted), ("counter", Granted), ("video", Granted), ("tweet", Granted)];
    let at = day(1);
    check(vec![
        row("other version", yes(), |p| p.version = "2027".into(), at, &[], granted),
        row("fewer purposes", yes(), |p| p.categories[MARKETING].purposes.truncate(1), at, &[], granted),
        row("fewer hosts", yes(), |p| edit(p, "video", |s| s.hosts.truncate(1)), at, &[], granted),
        row("narrower host", yes(), |p| host(p, "counter", "eu.counter.example"), at, &[], granted),
        row("narrower wildcard", yes(), |p| host(p, "counter", "*.eu.counter.example"), at, &[], granted),
        row("narrower path", yes(), |p| host(p, "video", "cdn.video.example/player/v2"), at, &[], granted),
        row("narrower port", yes(), |p| host(p, "video", "video.example:8443"), at, &[], granted),
        row("a slash at the end", yes(), |p| host(p, "video", "cdn.video.example/player/"), at, &[], granted),
        row("other order", yes(), |p| p.services.reverse(), at, &[], granted),
        row(
            "a purpose that the category names now",
            yes(),
            |p| {
                edit(p, "tweet", |s| s.purposes.clear());
                edit(p, "video", |s| s.purposes.push("ads".into()));
            },
            at,
            &[],
            granted,
        ),
        row("a service that is gone", yes(), |p| p.services.retain(|s| s.id != "heatmap"), at, &[], granted),
        row("material, same version", yes(), |p| p.material = true, at, &[], granted),
    ]);
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

#[test]
fn a_refusal_covers_new_services_but_not_new_purposes() {
    let no = || vec![(RejectAll, START)];
    let at = day(1);
    check(vec![
        row("new service", no(), add_service, at, &[], &[("chat", Refused)]),
        row(
            "with a known purpose",
            no(),
            |p| {
                add_service(p);
                edit(p, "chat", |s| s.purposes.push("measurement".into()));
            },
            at,
            &[],
            &[("chat", Refused)],
        ),
        row(
            "with a new purpose",
            no(),
            |p| {
                add_service(p);
                edit(p, "chat", |s| s.purposes.push("advice".into()));
            },
            at,
            &["chat"],
            &[("chat", Refused), ("functional", Refused)],
        ),
        row(
            "new purpose of a category",
            no(),
            |p| p.categories[FUNCTIONAL].purposes.push("ai".into()),
            at,
            &["functional"],
            &[("functional", Refused), ("map", Refused)],
        ),
        row(
            "refused service, new purpose",
            vec![(AcceptAll, START), (save(&[("map", false)]), START)],
            |p| {
                edit(p, "map", |s| s.purposes.push("ai".into()));
            },
            at,
            &["map"],
            &[("map", Refused), ("functional", Granted)],
        ),
        row(
            "moved from refused to granted",
            vec![(save(&[("marketing", true)]), START)],
            |p| {
                edit(p, "map", |s| s.category = MARKETING);
            },
            at,
            &["map"],
            &[("map", Changed), ("video", Granted)],
        ),
    ]);
}

/// An answer to one thing must not become an answer to what was not asked then.
#[test]
fn other_answers_do_not_bring_a_stale_grant_into_force() {
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, AcceptAll, START);
    let mut changed = policy();
    add_service(&mut changed);
    host(&mut changed, "video", "new.example");
    (changed.version, changed.material) = ("2027".into(), true);
    let (mut page, _) = Page::open(&changed, &mut device, day(1));
    page.answer(&mut device, withdraw("analytics"), day(1));
    page.answer(&mut device, allow("tweet"), day(1));
    let (page, _) = Page::open(&changed, &mut device, day(2));
    assert_eq!(page.allowed_ids(), ["tweet"]);
    assert_eq!((page.reason("chat"), page.reason("video")), (Changed, Changed));
}

#[test]
fn what_went_and_came_back_is_new() {
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, AcceptAll, START);
    let mut without = policy();
    without.services.retain(|service| service.id != "map");
    Page::open(&without, &mut device, day(1)).0.answer(&mut device, withdraw("tweet"), day(1));
    let (page, _) = Page::open(&policy(), &mut device, day(2));
    assert_eq!((page.reason("map"), page.engine.asking()), (Changed, &["map".into()][..]));
}

#[test]
fn a_new_question_is_settled_by_each_answer() {
    for (answer, chat) in [
        (AcceptAll, Granted),
        (RejectAll, Refused),
        (Dismiss, Refused),
        (save(&[("chat", true)]), Granted),
        (save(&[("functional", true)]), Granted),
        (save(&[]), Refused),
    ] {
        let mut device = Device::default();
        Page::open(&policy(), &mut device, START).0.answer(&mut device, AcceptAll, START);
        let mut changed = policy();
        add_service(&mut changed);
        let (mut page, _) = Page::open(&changed, &mut device, day(1));
        page.answer(&mut device, answer.clone(), day(1));
        assert_eq!((page.reason("chat"), page.engine.asking()), (chat, &[][..]), "{answer:?}");
        let others = page.allowed("map") && page.allowed("video");
        assert_eq!(others, answer != RejectAll, "{answer:?}");
    }
}

fn add_service(policy: &mut Policy) {
    policy.services.push(service("chat", FUNCTIONAL, "Chat Ltd.", &[], &["chat.example"]));
}

fn edit(policy: &mut Policy, id: &str, change: fn(&mut consentry_core::policy::Service)) {
    policy.services.iter_mut().filter(|service| service.id == id).for_each(change);
}

fn host(policy: &mut Policy, id: &str, text: &str) {
    let hosts = service(id, 0, "", &[], &[text]).hosts;
    policy
        .services
        .iter_mut()
        .filter(|service| service.id == id)
        .for_each(|service| service.hosts.extend(hosts.clone()));
}
