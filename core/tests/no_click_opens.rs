//! What no click opens, what only its own click opens, and what the policy announces.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason::{self, Changed, Default, Forbidden, Granted, Locked, Refused, Unanswered, Withdrawn},
    effect::{Effect, Refusal},
    event::{
        Answer::{self, AcceptAll, Dismiss, RejectAll, Withdraw},
        View,
    },
    jurisdiction::Regime,
    policy::{Policy, Upcoming},
    time::Timestamp,
};
use site::{Device, Page, START, allow, day, load_once, policy, save, withdraw};

/// A site whose policy forbids marketing and the heatmap's host, and whose administrator locks the map.
fn barred() -> Policy {
    let mut policy = policy();
    policy.rules.forbidden = vec!["marketing".into(), "*.heat.example".into(), "heat.example".into()];
    policy.rules.locked = vec!["map".into()];
    policy
}

#[test]
fn nothing_that_is_barred_is_opened_or_asked_about() {
    let expected = [("marketing", Forbidden), ("video", Forbidden), ("heatmap", Forbidden), ("map", Locked)];
    for answers in [
        vec![],
        vec![AcceptAll],
        vec![save(&[
            ("marketing", true),
            ("video", true),
            ("heatmap", true),
            ("map", true),
            ("analytics", true),
            ("functional", true),
        ])],
        vec![allow("video"), allow("map"), load_once("video"), allow("functional"), allow("analytics")],
    ] {
        let mut device = Device::default();
        let (mut page, _) = Page::open(&barred(), &mut device, START);
        assert_eq!(page.engine.asking(), ["functional", "analytics"]);
        for answer in answers.clone() {
            let effects = page.answer(&mut device, answer.clone(), START);
            assert!(!effects.iter().any(|effect| matches!(effect, Effect::Release(_))), "{answer:?}");
        }
        for (id, reason) in expected {
            assert_eq!(page.reason(id), reason, "{answers:?}: {id}");
        }
        if !answers.is_empty() {
            assert!(page.allowed("functional") || page.reason("functional") == Refused, "the rest is taken");
            assert!(page.allowed("counter") && page.engine.asking().is_empty());
        }
        let later = Page::open(&barred(), &mut device, day(3_000)).0;
        assert!(expected.iter().all(|(id, _)| !later.engine.asking().contains(&String::from(*id))));
    }
    let mut device = Device::default();
    let (mut page, _) = Page::open(&barred(), &mut device, START);
    for id in ["video", "map", "heatmap", "marketing"] {
        for answer in [allow(id), load_once(id)] {
            assert_eq!(page.answer(&mut device, answer, START), [Effect::Decline(Refusal::Barred(id.into()))]);
        }
    }
}

/// Whoever accepted all while something was barred has said nothing about it.
#[test]
fn what_is_barred_no_more_is_asked_about() {
    let mut device = Device::default();
    Page::open(&barred(), &mut device, START).0.answer(&mut device, AcceptAll, START);
    let (page, _) = Page::open(&policy(), &mut device, day(1));
    assert_eq!(page.engine.asking(), ["marketing", "map", "heatmap"]);
    assert_eq!(
        ["video", "map", "heatmap", "counter"].map(|id| page.reason(id)),
        [Unanswered, Changed, Changed, Granted]
    );
}

#[test]
fn a_bar_shuts_what_was_granted_and_a_refusal_says_so_before_a_lock() {
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, AcceptAll, START);
    let (mut page, _) = Page::open(&barred(), &mut device, day(1));
    assert_eq!(["map", "video"].map(|id| page.reason(id)), [Locked, Forbidden]);
    page.answer(&mut device, withdraw("map"), day(1));
    page.answer(&mut device, withdraw("video"), day(1));
    assert_eq!(["map", "video"].map(|id| page.reason(id)), [Withdrawn, Forbidden]);
    assert_eq!(Page::open(&policy(), &mut device, day(2)).0.reason("video"), Withdrawn);
}

#[test]
fn what_is_asked_about_on_its_own_is_opened_by_its_own_yes_alone() {
    let mut each = policy();
    each.services[4].each = true;
    let table: &[(Answer, Reason)] = &[
        (AcceptAll, Unanswered),
        (save(&[("marketing", true)]), Unanswered),
        (save(&[("marketing", true), ("video", true)]), Granted),
        (allow("video"), Granted),
        (RejectAll, Refused),
        (Dismiss, Refused),
        (Withdraw(None), Refused),
    ];
    for (answer, reason) in table {
        let mut device = Device::default();
        let (mut page, _) = Page::open(&each, &mut device, START);
        page.answer(&mut device, answer.clone(), START);
        assert_eq!(page.reason("video"), *reason, "{answer:?}");
        assert!(!page.engine.asking().contains(&"video".into()), "{answer:?}: no notice asks about it");
        if *reason == Granted {
            for more in [AcceptAll, save(&[("analytics", true)])] {
                page.answer(&mut device, more, START);
                assert!(page.allowed("video"), "a yes to more takes nothing back");
            }
            page.answer(&mut device, RejectAll, START);
            assert!(!page.allowed("video"));
        }
    }
}

#[test]
fn a_category_that_asks_for_itself_is_no_part_of_a_yes_to_all_and_never_on_by_default() {
    // Marketing, with its two services, by its own word; analytics since all that is in it asks for itself. Functional is
    // the site's own as well, so that its one service may ask for itself.
    let mut each = policy();
    each.rules.floor = Regime::Notice;
    each.rules.regimes = vec![("JP".into(), Regime::Notice)];
    let position = each.categories.iter().position(|category| category.id == "marketing").unwrap_or_default();
    each.categories[position].each = true;
    each.services[1..4].iter_mut().for_each(|service| service.each = true);
    let ids = ["marketing", "video", "analytics", "counter", "functional"];
    let table: &[(&str, &[Answer], [Reason; 5])] = &[
        ("h=DE", &[], [Unanswered; 5]),
        ("h=DE", &[AcceptAll], [Unanswered, Unanswered, Unanswered, Unanswered, Granted]),
        ("h=DE", &[allow("marketing")], [Granted, Unanswered, Unanswered, Unanswered, Unanswered]),
        ("h=DE", &[allow("video")], [Unanswered, Granted, Unanswered, Unanswered, Unanswered]),
        ("h=DE", &[AcceptAll, allow("counter")], [Unanswered, Unanswered, Unanswered, Granted, Granted]),
        ("h=DE", &[RejectAll], [Refused; 5]),
        ("h=DE", &[RejectAll, AcceptAll], [Refused, Refused, Refused, Refused, Granted]),
        ("h=US-CA", &[], [Unanswered, Unanswered, Unanswered, Unanswered, Default]),
        ("h=JP", &[], [Unanswered, Unanswered, Unanswered, Unanswered, Default]),
    ];
    for (facts, answers, reasons) in table {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&each, &mut device, START, facts);
        for answer in *answers {
            page.answer(&mut device, answer.clone(), START);
        }
        assert_eq!(ids.map(|id| page.reason(id)), *reasons, "{facts} {answers:?}");
        let asking = page.engine.asking();
        assert!(!ids[..4].iter().any(|id| asking.contains(&(*id).into())), "no notice asks about it: {asking:?}");
    }
}

fn announced(controller: &str) -> Policy {
    let mut policy = policy();
    let (announced, effective) = (Timestamp(day(10)), Timestamp(day(40)));
    policy.rules.upcoming =
        Some(Upcoming { announced, effective, version: "2027".into(), controller: controller.into() });
    policy
}

#[test]
fn what_is_announced_rules_from_its_day_on() {
    for controller in ["Example s.r.o.", "Buyer Inc."] {
        let mut device = Device::default();
        let policy = announced(controller);
        Page::open(&policy, &mut device, START).0.answer(&mut device, save(&[("marketing", true)]), START);
        for (at, announces, reason) in [
            (day(10) - 1, false, Granted),
            (day(10), true, Granted),
            (day(40) - 1, true, Granted),
            (day(40), false, Changed),
            (day(90), false, Changed),
        ] {
            let (page, _) = Page::open(&policy, &mut device, at);
            assert_eq!((page.engine.announces(), page.reason("video")), (announces, reason), "{controller} at {at}");
            assert_eq!(page.reason("map"), Refused, "a no needs no renewal");
        }
        // A page that stays open over midnight, and what the visitor says then.
        let (mut page, _) = Page::open(&policy, &mut device, day(40) - 1);
        page.read(&mut device, day(40));
        assert_eq!(page.engine.asking(), ["marketing"]);
        page.answer(&mut device, AcceptAll, day(40));
        let latest = page.engine.record().and_then(|record| record.latest()).map(|entry| entry.policy_version());
        assert_eq!(latest.as_deref(), Some("2027"));
        // Nobody is asked again when the site writes down what rules by now.
        let mut written = policy.clone();
        written.rules.upcoming = None;
        (written.version, written.controller, written.material) = ("2027".into(), controller.into(), true);
        assert_eq!(Page::open(&written, &mut device, day(41)).0.reason("video"), Granted);
    }
}

/// A visitor who stayed away while a material version came and went.
#[test]
fn who_skipped_a_material_version_is_asked_too() {
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, save(&[("analytics", true)]), START);
    let mut third = policy();
    (third.version, third.material) = ("3".into(), false);
    assert_eq!(Page::open(&third, &mut device, day(9)).0.reason("counter"), Granted);
    third.rules.last_material = Timestamp(day(5));
    let (mut page, _) = Page::open(&third, &mut device, day(9));
    assert_eq!(
        (page.reason("counter"), page.reason("video"), page.engine.asking()),
        (Changed, Refused, &["analytics".into()][..])
    );
    page.answer(&mut device, AcceptAll, day(9));
    assert!(Page::open(&third, &mut device, day(10)).0.allowed("counter"), "asked once");
}

#[test]
fn the_notice_comes_by_itself_on_three_pages_of_a_visit() {
    for (pages, shows) in [(0, true), (1, true), (2, true), (3, false), (9, false)] {
        let mut device = Device::default();
        let (mut page, effects) = Page::open_in(&policy(), &mut device, START, &format!("h=DE n={pages}"));
        assert_eq!(effects.contains(&Effect::Show(View::Notice)), shows, "after {pages}");
        assert_eq!(page.engine.asking(), ["functional", "analytics", "marketing"], "the question stays open");
        assert_eq!(page.read(&mut device, START), [], "once a page");
    }
}
