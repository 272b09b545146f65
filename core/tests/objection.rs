//! The basis `objection`: in Britain, and for a use of the site's own, it decides alone until somebody objects.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason::{Default as On, Objection, Refused, Unanswered, Withdrawn},
    event::Answer::{self, RejectAll},
    jurisdiction::Regime,
    policy::Policy,
    uses::Uses,
};
use site::{ANALYTICS, Device, Page, START, category, policy, service, withdraw};

/// Statistics of the site's own.
fn british() -> Policy {
    let mut policy = policy();
    policy.rules.floor = Regime::Notice;
    policy.categories[ANALYTICS].objection = true;
    policy.services.iter_mut().for_each(|service| service.uses = Uses::NONE);
    policy
}

#[test]
fn an_objection_decides_alone_only_where_the_law_says_so() {
    let mut policy = british();
    let reason = |policy: &Policy, facts: &str| {
        Page::open_in(policy, &mut Device::default(), START, facts).0.reason("analytics")
    };
    for (facts, expected) in [
        ("h=GB", Objection),
        ("z=Europe/London l=en-GB", Objection),
        ("z=Europe/London l=en-GB,fr-FR", Unanswered),
        ("h=DE", Unanswered),
        ("", Unanswered),
        ("h=GB g=1", Unanswered),
        ("h=GB d=1", Unanswered),
        ("h=US-CA", On),
    ] {
        assert_eq!(reason(&policy, facts), expected, "{facts}");
    }
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&policy, &mut device, START, "h=GB");
    assert_eq!(page.engine.asking(), ["functional", "marketing"]);
    page.answer(&mut device, withdraw("analytics"), START);
    assert_eq!(page.reason("counter"), Withdrawn);
    // What else is answered, and telling an age, is no objection.
    for answer in [withdraw("marketing"), Answer::Age(40)] {
        policy.rules.age = Some(Vec::new()).filter(|_: &Vec<_>| answer == Answer::Age(40));
        let mut device = Device::default();
        Page::open_in(&policy, &mut device, START, "h=GB").0.answer(&mut device, answer.clone(), START);
        let page = Page::open_in(&policy, &mut device, START + 1, "h=GB").0;
        assert_eq!(page.reason("analytics"), Objection, "{answer:?}");
    }
    policy.rules.age = None;
    policy.rules.floor = Regime::OptIn;
    assert_eq!(reason(&policy, "h=GB"), Unanswered, "under the floor of opt-in");
}

/// Consent is the basis only of what somebody is asked for: nobody consented to what ran until an objection, and nobody
/// objected to what never ran by itself.
#[test]
fn says_what_each_choice_rests_on() {
    let with = |facts: &str, answer: Option<Answer>| {
        let mut policy = british();
        policy.services[5].uses = Uses::SENSITIVE;
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&policy, &mut device, START, facts);
        if let Some(answer) = answer {
            page.answer(&mut device, answer, START);
        }
        let ids: Vec<&str> = page.engine.decision().iter().map(|(id, _)| id).collect();
        ["login", "analytics", "counter", "video", "tweet"]
            .map(|id| page.engine.basis(ids.iter().position(|one| *one == id).unwrap_or(99)))
    };
    let (n, o, c) = ("necessary", "objection", "consent");
    for (facts, answer, expected) in [
        ("h=GB", None, [n, o, o, c, c]),
        ("h=GB", Some(RejectAll), [n, o, o, c, c]),
        ("h=GB", Some(withdraw("analytics")), [n, o, o, c, c]),
        ("h=GB", Some(Answer::AcceptAll), [n, c, c, c, c]),
        ("h=DE", None, [n, c, c, c, c]),
        ("h=DE", Some(RejectAll), [n, c, c, c, c]),
        ("h=US-CA", None, [n, o, o, o, c]),
        // What is sensitive never ran without a yes.
        ("h=US-CA", Some(RejectAll), [n, o, o, o, c]),
        ("h=US-CA g=1", None, [n, o, o, o, c]),
    ] {
        assert_eq!(with(facts, answer.clone()), expected, "{facts} {answer:?}");
    }
}

/// What goes beyond the site's own use is not what the act is about.
#[test]
fn nothing_else_rests_on_it() {
    let reasons = |change: fn(&mut Policy)| {
        let mut policy = british();
        change(&mut policy);
        let page = Page::open_in(&policy, &mut Device::default(), START, "h=GB").0;
        ["analytics", "counter", "heatmap"].map(|id| page.reason(id))
    };
    assert_eq!(reasons(|_| ()), [Objection; 3], "the control");
    for uses in [Uses(1), Uses(2), Uses(4), Uses(8), Uses::SENSITIVE, Uses::UNDECLARED] {
        let mut policy = british();
        policy.services[2].uses = uses;
        let page = Page::open_in(&policy, &mut Device::default(), START, "h=GB").0;
        let found = ["analytics", "counter", "heatmap"].map(|id| page.reason(id));
        assert_eq!(found, [Unanswered, Unanswered, Objection], "{uses:?}");
    }
    assert_eq!(reasons(|policy| policy.services[2].each = true), [Objection, Unanswered, Objection]);
    assert_eq!(reasons(|policy| policy.categories[ANALYTICS].each = true), [Unanswered; 3]);
    assert_eq!(reasons(|policy| policy.categories[ANALYTICS].uses = Uses(8)), [Unanswered, Objection, Objection]);
}

#[test]
fn a_no_to_everything_is_one_to_what_is_declared_later() {
    let mut later = british();
    later.categories.push(category("appearance", &["comfort"]));
    later.categories[4].objection = true;
    later.services.push(service("font", 4, "Example s.r.o.", &[], &["/font"]));
    later.services[6].uses = Uses::NONE;
    for (answer, expected) in
        [(None, Objection), (Some(withdraw("analytics")), Objection), (Some(RejectAll), Unanswered)]
    {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&british(), &mut device, START, "h=GB");
        if let Some(answer) = answer.clone() {
            page.answer(&mut device, answer, START);
        }
        assert_eq!(Page::open_in(&later, &mut device, START + 1, "h=GB").0.reason("font"), expected, "{answer:?}");
    }
}

#[test]
fn a_visitor_who_comes_to_britain_within_a_page_gets_it_on_the_next() {
    for place in ["h=DE", "", "h=BR", "z=Europe/London l=fr-FR"] {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&british(), &mut device, START, place);
        page.hear(&mut device, "h=GB");
        assert_eq!(page.reason("analytics"), Unanswered, "{place}: looser");
        assert_eq!(Page::open_in(&british(), &mut device, START, "h=GB").0.reason("analytics"), Objection, "{place}");
        let (mut page, _) = Page::open_in(&british(), &mut device, START, "h=GB");
        page.hear(&mut device, place);
        assert_eq!(page.reason("analytics"), Unanswered, "{place}: stricter");
    }
    let mut device = Device::default();
    Page::open_in(&british(), &mut device, START, "h=GB").0.answer(&mut device, RejectAll, START);
    assert_eq!(Page::open_in(&british(), &mut device, START, "h=GB").0.reason("counter"), Refused);
}
