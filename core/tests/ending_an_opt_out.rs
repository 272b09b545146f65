//! How long an opt-out stands: until a yes that was told of it, and no signal is older than the yes from before it.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    decision::Reason::{Refused, Signal, Unanswered},
    event::{
        Answer::{self, AcceptAll, RejectAll, Withdraw},
        Proof,
    },
    jurisdiction::Regime,
    policy::Policy,
    uses::Uses,
};
use site::{Device, MARKETING, Page, START, act, allow, day, policy, save, service, withdraw, young::asking};

/// A site under `"floor": "law"`: the map only serves the site, the video is shared, the heatmap is sensitive.
fn lenient() -> Policy {
    let mut policy = policy();
    policy.rules.floor = Regime::Notice;
    let uses = [Uses::NONE, Uses::NONE, Uses(8), Uses::SENSITIVE, Uses(2), Uses::UNDECLARED];
    policy.services.iter_mut().zip(uses).for_each(|(service, uses)| service.uses = uses);
    policy
}

fn opt_out() -> Answer {
    withdraw("sale share targetedAds")
}

/// Every switch off.
const OFF: [(&str, bool); 3] = [("functional", false), ("analytics", false), ("marketing", false)];

#[test]
fn a_yes_to_everything_ends_a_no_to_everything() {
    for no in [RejectAll, Withdraw(None), opt_out(), save(&OFF)] {
        let mut policy = lenient();
        policy.services.truncate(2);
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&policy, &mut device, START, "h=US-CA");
        page.answer(&mut device, no.clone(), START);
        assert_ne!(page.engine.opted_out(), Uses::NONE, "{no:?}: the control");
        // A script's yes ends none.
        page.act(&mut device, act(AcceptAll, Proof::None, START + 1));
        assert_ne!(page.engine.opted_out(), Uses::NONE, "{no:?}: by a script");
        page.answer(&mut device, AcceptAll, START + 1);
        assert_eq!(
            page.engine.opted_out(),
            Uses::NONE,
            "{no:?}: nothing is left that hosts nobody declares could go against"
        );
        let (page, _) = Page::open_in(&policy, &mut device, day(1), "h=US-CA");
        assert_eq!((page.engine.opted_out(), page.engine.asking()), (Uses::NONE, &[][..]), "{no:?}: on later pages");
        // A signal that comes then is newer than the yes, and stands when it is gone.
        let with = |device: &mut Device, facts: &str| Page::open_in(&policy, device, day(2), facts).0;
        assert_eq!(with(&mut device, "h=US-CA g=1").engine.opted_out(), Uses::SOLD, "{no:?}: then a signal");
        assert_eq!(with(&mut device, "h=US-CA").engine.opted_out(), Uses::SOLD, "{no:?}: then none");
    }
    // Told of the signal, nobody has ended what it says.
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient(), &mut device, START, "h=US-CA g=1");
    page.answer(&mut device, RejectAll, START);
    page.answer(&mut device, AcceptAll, START);
    let mut more = lenient();
    more.services.push(service("pixel", MARKETING, "Pixel Inc.", &[], &["pixel.example"]));
    let page = Page::open_in(&more, &mut device, START, "h=US-CA").0;
    assert_eq!((page.allowed("pixel"), page.engine.opted_out()), (false, Uses::SOLD));
}

#[test]
fn a_signal_is_newer_than_an_exception_from_before_it() {
    let mut device = Device::default();
    let policy = lenient();
    let (mut page, _) = Page::open_in(&policy, &mut device, START, "h=US-CA");
    page.answer(&mut device, opt_out(), START);
    page.answer(&mut device, allow("video"), START + 1);
    assert!(page.allowed("video"), "the control");
    let page = Page::open_in(&policy, &mut device, day(1), "h=US-CA g=1").0;
    assert_eq!((page.reason("video"), page.engine.opted_out()), (Signal, Uses::SOLD));
    assert_eq!(
        Page::open_in(&policy, &mut device, day(2), "h=US-CA").0.reason("video"),
        Refused,
        "and stands when it is gone"
    );
    let (mut page, _) = Page::open_in(&policy, &mut device, day(3), "h=US-CA g=1");
    page.answer(&mut device, allow("video"), day(3));
    for facts in ["h=US-CA", "h=US-CA g=1"] {
        assert!(
            Page::open_in(&policy, &mut device, day(4), facts).0.allowed("video"),
            "{facts}: told of it, an exception"
        );
    }
}

/// A signal is an opt-out of whoever sends it: what it denies is asked of nobody, and no age makes a question of it.
#[test]
fn a_signal_is_not_asked_about_while_the_age_is_unknown() {
    for (facts, asked, reason) in [
        ("h=US-CA", &["functional", "analytics", "marketing"][..], Unanswered),
        ("h=US-CA g=1", &["functional"][..], Signal),
        ("h=DE g=1", &["functional", "analytics", "marketing"][..], Unanswered),
    ] {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&asking(), &mut device, START, facts);
        assert_eq!(page.engine.asking(), asked, "{facts}");
        assert_eq!(page.reason("video"), reason, "{facts}");
        assert_eq!(page.allowed_ids(), [""; 0], "{facts}");
        // What is left is answered like anything else, and nothing is asked any more.
        page.answer(&mut device, Answer::Dismiss, START);
        assert_eq!(page.engine.asking(), [""; 0], "{facts}");
        assert_eq!(
            Page::open_in(&asking(), &mut device, day(1), "h=US-CA").0.engine.asking(),
            [""; 0],
            "{facts}: later"
        );
    }
}
