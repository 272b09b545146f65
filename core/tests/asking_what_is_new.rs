//! What is new in a policy is asked for, what is not is not, and no other answer settles it by the way.
#![allow(clippy::indexing_slicing, clippy::too_many_lines)] // a test may panic; a table is as long as its rows

mod site;

use consentry_core::{
    decision::Reason::{self, Changed, Granted, Refused, Unanswered},
    event::Answer::{AcceptAll, Dismiss, RejectAll},
    policy::{Policy, Service},
};
use site::{
    ANALYTICS, Device, FUNCTIONAL, MARKETING, Page, START, allow, category, day, policy,
    rows::{check, row},
    save, service, withdraw,
};

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

/// `/player/` and `/player` mean the same.
#[test]
fn a_slash_less_is_not_new() {
    let mut device = Device::default();
    let mut slashed = policy();
    slashed.services.iter_mut().for_each(|service| service.hosts.clear());
    host(&mut slashed, "video", "video.example/embed/");
    Page::open(&slashed, &mut device, START).0.answer(&mut device, AcceptAll, START);
    slashed.services.iter_mut().for_each(|service| service.hosts.clear());
    host(&mut slashed, "video", "video.example/embed");
    let (page, _) = Page::open(&slashed, &mut device, START);
    assert_eq!((page.reason("video"), page.engine.asking()), (Granted, &[][..]));
}

fn add_service(policy: &mut Policy) {
    policy.services.push(service("chat", FUNCTIONAL, "Chat Ltd.", &[], &["chat.example"]));
}

fn edit(policy: &mut Policy, id: &str, change: fn(&mut Service)) {
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
