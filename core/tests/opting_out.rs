//! Regimes where things are on until somebody opts out, and what the browser's signals do in each regime.
#![allow(clippy::indexing_slicing, clippy::too_many_lines)] // a test may panic; a table is as long as its rows

mod site;

use consentry_core::{
    decision::Reason::{self, Default as On, Granted, Necessary, Refused, Signal, Unanswered, Withdrawn},
    effect::{Effect, Warning},
    event::{
        Answer::{self, AcceptAll, Dismiss, RejectAll, Withdraw},
        Proof,
    },
    jurisdiction::Regime,
    policy::Policy,
    record::Action,
    uses::Uses,
};
use site::{
    Device, FUNCTIONAL, MARKETING, OPTIONAL, Page, START, act, allow, day, load_once, policy, save, service, withdraw,
};

/// A site under `"floor": "law"`, whose counsel knows Japan and Canada: the map only serves the site, the counter profiles, the video is shared, the heatmap is
/// sensitive, the tweet declares nothing.
fn lenient() -> Policy {
    let mut policy = policy();
    policy.rules.floor = Regime::Notice;
    policy.rules.regimes = vec![("JP".into(), Regime::Notice), ("CA".into(), Regime::OptOut)];
    let uses = [Uses::NONE, Uses::NONE, Uses(8), Uses::SENSITIVE, Uses(2), Uses::UNDECLARED];
    policy.services.iter_mut().zip(uses).for_each(|(service, uses)| service.uses = uses);
    policy
}

/// Reasons of functional, analytics, marketing, map, counter, heatmap, video, tweet.
type Row = [Reason; 8];

fn reasons(page: &Page) -> Row {
    OPTIONAL.map(|id| page.reason(id))
}

fn opt_out() -> Answer {
    withdraw("sale share targetedAds")
}

/// Every switch off.
const OFF: [(&str, bool); 3] = [("functional", false), ("analytics", false), ("marketing", false)];

/// Facts, answers before and under them, reasons, what is opted out of.
type Case<'case> = (&'case str, &'case [Answer], &'case [Answer], Row, &'case str);

#[test]
fn every_place_signal_and_answer_comes_to_its_reasons() {
    let (g, r, w, u, d, s) = (Granted, Refused, Withdrawn, Unanswered, On, Signal);
    // Facts, answers of an earlier page without a signal, answers under these facts; reasons, what is opted out of.
    let table: &[Case<'_>] = &[
        // Opt-in: nothing is on, whatever the browser says, and the notice asks.
        ("h=DE", &[], &[], [u; 8], ""),
        ("h=DE g=1", &[], &[], [u; 8], "sale share targetedAds"),
        ("h=DE d=1", &[], &[], [u; 8], "sale share targetedAds"),
        ("h=BR d=1", &[], &[], [u; 8], ""),
        // A grant from before the signal waits; it is no grant while it does.
        ("h=DE g=1", &[AcceptAll], &[], [g, g, s, g, g, g, s, s], "sale share targetedAds"),
        ("h=DE g=1", &[AcceptAll], &[AcceptAll], [g; 8], ""),
        ("h=DE g=1", &[AcceptAll], &[Dismiss], [g, g, r, g, g, g, r, r], "sale share targetedAds"),
        ("h=DE g=1", &[AcceptAll], &[allow("video")], [g, g, s, g, g, g, g, s], "sale share targetedAds"),
        ("h=DE g=1", &[RejectAll], &[], [r; 8], "sale share targetedAds"),
        ("h=DE d=1", &[AcceptAll], &[], [g, g, s, g, g, g, s, s], "sale share targetedAds"),
        ("h=BR d=1", &[AcceptAll], &[], [g; 8], ""),
        // Opt-out: on, but the sensitive; a signal denies sale, sharing and targeted ads alone.
        ("h=US-CA", &[], &[], [d, u, d, d, d, u, d, d], ""),
        ("h=US-CA g=0", &[], &[], [d, u, d, d, d, u, d, d], ""),
        ("h=US-CA g=1", &[], &[], [d, u, s, d, d, u, s, s], "sale share targetedAds"),
        ("h=US-CA d=1", &[], &[], [d, u, d, d, d, u, d, d], ""),
        ("h=JP", &[], &[], [d, u, d, d, d, u, d, d], ""),
        ("h=JP g=1", &[], &[], [d, u, s, d, d, u, s, s], "sale share targetedAds"),
        ("h=US-CA", &[], &[opt_out()], [d, u, r, d, d, u, r, r], "sale share targetedAds"),
        ("h=US-CA", &[], &[withdraw("profiling")], [d, r, r, d, r, u, d, r], "profiling"),
        ("h=US-CA", &[], &[save(&[("heatmap", true)]), withdraw("sensitive")], [d, r, d, d, d, r, d, d], "sensitive"),
        ("h=US-CA", &[], &[save(&[("heatmap", true)])], [d, u, d, d, d, g, d, d], ""),
        ("h=US-CA", &[], &[save(&[("marketing", false)])], [d, u, r, d, d, u, r, r], ""),
        ("h=US-CA", &[], &[RejectAll], [r; 8], "sale share targetedAds profiling sensitive"),
        ("h=US-CA", &[], &[Withdraw(None)], [r; 8], "sale share targetedAds profiling sensitive"),
        ("h=US-CA", &[], &[RejectAll, AcceptAll], [g; 8], ""),
        ("h=US-CA", &[], &[withdraw("video")], [d, u, d, d, d, u, w, d], ""),
        ("h=US-CA", &[], &[save(&OFF)], [r; 8], "sale share targetedAds profiling sensitive"),
        ("h=US-CA", &[], &[save(&OFF), AcceptAll], [g; 8], ""),
        // An opt-out takes back what was granted before it, and ends when it is granted after it.
        ("h=US-CA", &[AcceptAll], &[opt_out()], [g, g, r, g, g, g, r, r], "sale share targetedAds"),
        ("h=US-CA", &[], &[opt_out(), allow("video")], [d, u, r, d, d, u, g, r], "sale share targetedAds"),
        ("h=US-CA", &[], &[opt_out(), AcceptAll], [g; 8], ""),
        ("h=US-CA", &[], &[opt_out(), AcceptAll, opt_out()], [g, g, r, g, g, g, r, r], "sale share targetedAds"),
        ("h=US-CA g=1", &[AcceptAll], &[], [g, g, s, g, g, g, s, s], "sale share targetedAds"),
        ("h=US-CA g=1", &[AcceptAll], &[allow("tweet")], [g, g, s, g, g, g, s, g], "sale share targetedAds"),
        ("h=US-CA g=1", &[], &[AcceptAll], [g; 8], ""),
    ];
    for (facts, before, answers, row, opted_out) in table {
        let mut device = Device::default();
        let policy = lenient();
        let place = facts.split(' ').next().unwrap_or_default();
        for answer in *before {
            let mut page = Page::open_in(&policy, &mut device, START, place).0;
            page.answer(&mut device, answer.clone(), START);
        }
        let mut page = Page::open_in(&policy, &mut device, START, facts).0;
        for answer in *answers {
            page.answer(&mut device, answer.clone(), START);
        }
        let name = format!("{facts} {before:?} {answers:?}");
        assert_eq!(&reasons(&page), row, "{name}");
        assert_eq!(page.engine.opted_out().words(), *opted_out, "{name}");
        assert_eq!((page.reason("necessary"), page.reason("login")), (Necessary, Necessary));
        let next = Page::open_in(&policy, &mut device, START + 1, facts).0;
        assert_eq!(reasons(&next), reasons(&page), "{name}: the next page");
        // An absent signal brings nothing back.
        let later = Page::open_in(&policy, &mut device, START + 2, place).0.allowed_ids();
        assert!(later.iter().all(|id| page.allowed(id)), "{name}: without the signal {later:?}");
    }
}

#[test]
fn asks_nobody_where_things_are_on_by_law() {
    for facts in ["h=US-CA", "h=US-CA g=1", "h=JP", "h=CA g=0 d=1"] {
        let mut device = Device::default();
        let (page, effects) = Page::open_in(&lenient(), &mut device, START, facts);
        assert_eq!(
            (page.engine.asking(), page.engine.opted_out()),
            (&[][..], if facts.contains("g=1") { Uses::SOLD } else { Uses::NONE })
        );
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Show(_))), "{facts}: {effects:?}");
        assert_eq!(device.record.is_some(), facts.contains("g=1"), "{facts}: writes only what a signal denies");
    }
}

#[test]
fn the_default_of_on_needs_a_record_that_was_empty_and_can_be_kept() {
    let on = |device: &mut Device| Page::open_in(&lenient(), device, START, "h=US-CA").0.allowed_ids();
    assert!(!on(&mut Device::default()).is_empty());
    let mut written = Device::default();
    Page::open_in(&lenient(), &mut written, START, "h=US-CA").0.answer(&mut written, withdraw("video"), START);
    assert!(on(&mut written).contains(&"map".into()), "it goes on for what was not answered");
    let text = written.record.clone().unwrap_or_default();
    let with = |record: &str| Device { record: Some(record.into()), ..Device::default() };
    for (name, mut device) in [
        ("denied", Device { denied: true, ..Device::default() }),
        ("cut", with(&text[..text.len() - 9])),
        ("foreign", with("hello")),
        ("newer", with("consentry/2 what will be")),
    ] {
        let (page, effects) = Page::open_in(&lenient(), &mut device, START, "h=US-CA");
        assert_eq!(page.allowed_ids(), [""; 0], "{name}");
        assert!(
            !page.engine.asking().is_empty() && effects.iter().any(|effect| matches!(effect, Effect::Show(_))),
            "{name}"
        );
    }
    // Written where only a yes counts: there was no default that could go on elsewhere.
    let mut traveler = Device::default();
    Page::open_in(&lenient(), &mut traveler, START, "h=DE").0.answer(&mut traveler, allow("video"), START);
    assert_eq!(on(&mut traveler), ["video"]);
    // Erased by another tab while the page is open.
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA");
    page.answer(&mut device, withdraw("video"), START);
    device.record = None;
    page.read(&mut device, START);
    assert_eq!(page.allowed_ids(), [""; 0], "erased");
    // Full: the first no finds no room.
    let mut device = Device { full: true, ..Device::default() };
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA");
    let effects = page.answer(&mut device, withdraw("video"), START);
    assert!(effects.contains(&Effect::Warn(Warning::NotKept)) && page.allowed_ids().is_empty(), "full");
}

#[test]
fn a_signal_is_written_down_once_and_stands_when_it_is_gone() {
    let mut device = Device::default();
    let (mut page, effects) = Page::open_in(&lenient(), &mut device, START, "h=US-CA g=1");
    let text = device.record.clone().unwrap_or_default();
    assert_eq!(effects, [Effect::Persist(text.clone()), Effect::Decide]);
    assert!(text.contains(" g=1 ") && text.contains(" a=signal ") && !text.contains(" i="), "{text}");
    assert_eq!(page.hear(&mut device, "h=US-CA g=1"), []);
    let (page, effects) = Page::open_in(&lenient(), &mut device, day(400), "h=US-CA");
    assert_eq!((page.reason("video"), page.engine.is_signaled(), effects), (Refused, false, vec![Effect::Decide]));
    // What is declared later and does the same is opted out of, too; what does not is not.
    let mut more = lenient();
    more.services.push(service("pixel", MARKETING, "Pixel Inc.", &[], &["pixel.example"]));
    more.services.push(service("chat", FUNCTIONAL, "Chat Inc.", &[], &["chat.example"]));
    more.services[7].uses = Uses::NONE;
    let (page, _) = Page::open_in(&more, &mut device, day(401), "h=US-CA");
    assert_eq!((page.reason("pixel"), page.reason("chat")), (Refused, On));
}

#[test]
fn a_yes_after_being_told_is_an_exception_and_a_scripts_is_not() {
    let mut device = Device::default();
    let mut policy = lenient();
    policy.record.script_grants = true;
    let (mut page, _) = Page::open_in(&policy, &mut device, START, "h=DE g=1");
    page.act(&mut device, act(AcceptAll, Proof::None, START));
    assert_eq!((page.reason("video"), page.reason("map")), (Signal, Granted));
    let effects = page.answer(&mut device, AcceptAll, START + 1);
    assert!(effects.contains(&Effect::Announce(Action::UserAfterGpc)) && page.allowed("video"));
    let text = device.record.clone().unwrap_or_default();
    assert!(text.contains(" a=user_after_gpc ") && text.contains("marketing:x7"), "{text}");
    let next = Page::open_in(&policy, &mut device, day(1), "h=DE g=1").0;
    assert!(next.allowed("video") && next.engine.asking().is_empty());
    // The exception ends with the grant.
    let (mut page, _) = Page::open_in(&policy, &mut device, day(2), "h=DE g=1");
    page.answer(&mut device, withdraw("marketing"), day(2));
    assert_eq!(Page::open_in(&policy, &mut device, day(3), "h=DE").0.reason("video"), Withdrawn);
    // Loading once opens one element, and needs no exception.
    assert!(page.answer(&mut device, load_once("video"), day(3)).contains(&Effect::Release("video".into())));
}

#[test]
fn dnt_does_what_the_site_says_and_is_an_objection_in_europe() {
    let rows: &[(Uses, &str, &[&str])] = &[
        (Uses::NONE, "h=DE d=1", &["functional", "analytics", "map", "counter", "heatmap"]),
        (Uses::NONE, "h=GB d=1", &["functional", "analytics", "map", "counter", "heatmap"]),
        (Uses::NONE, "d=1", &["functional", "analytics", "map", "counter", "heatmap"]),
        (Uses::NONE, "h=BR d=1", &OPTIONAL),
        (Uses::NONE, "h=US-CA d=1", &OPTIONAL),
        (Uses::SOLD, "h=US-CA d=1", &["functional", "analytics", "map", "counter", "heatmap"]),
        (Uses::ALL, "h=US-CA d=1", &[]),
        (Uses::ALL, "h=DE d=1", &[]),
        (Uses::ALL, "h=DE", &OPTIONAL),
    ];
    for (dnt, facts, allowed) in rows {
        let mut policy = lenient();
        policy.rules.dnt = *dnt;
        let mut device = Device::default();
        let place = facts.trim_end_matches("d=1");
        Page::open_in(&policy, &mut device, START, place).0.answer(&mut device, AcceptAll, START);
        let page = Page::open_in(&policy, &mut device, START, facts).0;
        assert_eq!(page.allowed_ids(), *allowed, "{dnt:?} {facts}");
    }
}

#[test]
fn after_an_opt_out_in_the_states_nobody_asks_for_a_year() {
    for (facts, days) in
        [("h=US-CA", 365), ("h=DE", 183), ("z=UTC l=en-US", 183), ("z=America/Los_Angeles l=de-DE", 365)]
    {
        let mut device = Device::default();
        Page::open_in(&policy(), &mut device, START, facts).0.answer(&mut device, RejectAll, START);
        assert_eq!(Page::open_in(&policy(), &mut device, day(days) - 1, facts).0.engine.asking(), [""; 0], "{facts}");
        assert_eq!(Page::open_in(&policy(), &mut device, day(days), facts).0.engine.asking().len(), 3, "{facts}");
    }
}

#[test]
fn a_link_is_offered_where_a_law_asks_for_it_and_a_service_gives_a_reason() {
    let offered = |policy: &Policy, facts: &str| {
        Page::open_in(policy, &mut Device::default(), START, facts).0.engine.offered().words()
    };
    assert_eq!(offered(&lenient(), "h=US-CA"), "sale share targetedAds profiling sensitive");
    assert_eq!(offered(&policy(), "h=US-TX"), "sale share targetedAds profiling", "under the floor of opt-in, too");
    let mut directed = lenient();
    directed.services.retain(|service| ["map", "tweet"].contains(&service.id.as_str()));
    assert_eq!(offered(&directed, "h=US-CA"), "sale share targetedAds profiling");
    directed.services[1].each = true;
    assert_eq!(offered(&directed, "h=US-CA"), "", "at the visitor's own direction");
    directed.services[1].uses = Uses(2);
    assert_eq!(offered(&directed, "h=US-CA"), "share", "unless the site says that it shares");
    assert_eq!((offered(&lenient(), "h=DE"), offered(&policy(), "")), (String::new(), String::new()));
    let mut harmless = lenient();
    harmless.services.iter_mut().for_each(|service| service.uses = Uses::NONE);
    assert_eq!(offered(&harmless, "h=US-CA"), "");
}
