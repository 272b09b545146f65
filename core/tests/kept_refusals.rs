//! A no stands for as long as the record does, also while what it was said to is not declared, or needs no yes.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason::{Granted, Necessary, Refused, Unanswered, Withdrawn},
    event::Answer::{AcceptAll, Erase, RejectAll},
    jurisdiction::Regime,
    policy::Policy,
};
use site::{Device, NECESSARY, Page, START, allow, category, day, policy, save, service, withdraw};

fn without(id: &str) -> Policy {
    let mut policy = policy();
    policy.services.retain(|service| service.id != id);
    policy
}

#[test]
fn a_service_that_comes_back_has_its_own_no() {
    for floor in [Regime::OptIn, Regime::Notice] {
        let lenient = |mut policy: Policy| {
            policy.rules.floor = floor;
            policy
        };
        let mut device = Device::default();
        let open =
            |policy: Policy, device: &mut Device, days| Page::open_in(&lenient(policy), device, day(days), "h=US-CA").0;
        open(policy(), &mut device, 0).answer(&mut device, AcceptAll, START);
        open(policy(), &mut device, 1).answer(&mut device, withdraw("tweet"), day(1));
        // Two entries are written while nobody declares it, one of them a yes to all there is.
        open(without("tweet"), &mut device, 2).answer(&mut device, save(&[("analytics", false)]), day(2));
        open(without("tweet"), &mut device, 3).answer(&mut device, AcceptAll, day(3));
        let page = open(policy(), &mut device, 4);
        assert_eq!((page.reason("tweet"), page.reason("video")), (Withdrawn, Granted), "{floor:?}");
        assert_eq!(page.choice("tweet").since.map(|since| since.0), Some(day(1)), "{floor:?}");
        assert_eq!(page.engine.asking(), [""; 0], "it was answered");
        // It counts like any other no: the visitor's later yes ends it.
        open(policy(), &mut device, 5).answer(&mut device, allow("tweet"), day(5));
        open(without("tweet"), &mut device, 6).answer(&mut device, save(&[]), day(6));
        let text = device.record.clone().unwrap_or_default();
        assert!(
            !text.rsplit(";e=1").next().unwrap_or_default().contains("tweet"),
            "a yes goes with what it was about: {text}"
        );
    }
}

#[test]
fn a_category_that_comes_back_has_its_no() {
    let mut more = policy();
    more.categories.push(category("social", &["talk"]));
    more.services.push(service("share", 4, "Share Inc.", &[], &["share.example"]));
    let mut device = Device::default();
    Page::open(&more, &mut device, START).0.answer(&mut device, save(&[("social", false), ("analytics", true)]), START);
    Page::open(&policy(), &mut device, day(1)).0.answer(&mut device, AcceptAll, day(1));
    let page = Page::open(&more, &mut device, day(2)).0;
    assert_eq!((page.reason("social"), page.reason("share"), page.reason("video")), (Refused, Refused, Granted));
}

#[test]
fn what_was_necessary_for_a_while_has_its_no_again() {
    let mut needed = policy();
    needed.services[5].category = NECESSARY;
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, AcceptAll, START);
    Page::open(&policy(), &mut device, day(1)).0.answer(&mut device, withdraw("tweet"), day(1));
    for days in 2..5 {
        let mut page = Page::open(&needed, &mut device, day(days)).0;
        page.answer(&mut device, AcceptAll, day(days));
        assert_eq!(page.reason("tweet"), Necessary);
    }
    let text = device.record.clone().unwrap_or_default();
    assert_eq!(
        text.rsplit(";e=1").next().unwrap_or_default().matches("tweet:").count(),
        2 + 1,
        "once, and its tokens: {text}"
    );
    assert_eq!(Page::open(&policy(), &mut device, day(5)).0.reason("tweet"), Withdrawn);
}

#[test]
fn an_erased_record_keeps_none() {
    let mut device = Device::default();
    Page::open(&policy(), &mut device, START).0.answer(&mut device, RejectAll, START);
    Page::open(&without("tweet"), &mut device, day(1)).0.answer(&mut device, Erase, day(1));
    assert_eq!(device.record.as_deref(), Some("consentry/1 erased"));
    assert_eq!(Page::open(&policy(), &mut device, day(2)).0.reason("tweet"), Unanswered);
}
