//! The cookie mirror, where there is no record: it is believed for refusals only.

mod site;

use consentry_core::{decision::Reason, effect::Effect, event::Answer, time::DAY};
use site::{Device, OPTIONAL, Page, START, day, policy};

fn facts(cookie: &str) -> String {
    format!("z=Europe/Berlin l=de g=0 d= n=0 m={cookie}")
}

/// The cookie that was written so many days after the start.
fn cookie(days: u32, ids: &str) -> String {
    format!("1.{}{ids}", day(days) / 60)
}

#[test]
fn a_refusal_of_everything_stands_and_is_written_down() {
    let mut device = Device::default();
    let (mut page, effects) = Page::open_in(&policy(), &mut device, day(9), &facts(&cookie(1, "")));
    assert_eq!((page.engine.asking(), page.allowed_ids()), (&[][..], Vec::new()));
    assert!(OPTIONAL.iter().all(|id| page.reason(id) == Reason::Refused));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Show(_))), "{effects:?}");
    assert!(device.record.as_ref().is_some_and(|text| text.contains(" a=import ")), "{:?}", device.record);
    // From now on the record counts, whatever a cookie says.
    let (again, _) = Page::open_in(&policy(), &mut device, day(10), &facts(&cookie(10, ".analytics.counter")));
    assert_eq!(again.reason("analytics"), Reason::Refused);
    // The pause runs from the day of the refusal.
    let (later, _) = Page::open(&policy(), &mut device, day(1 + 183));
    assert!(!later.engine.asking().is_empty());
    page.answer(&mut device, Answer::AcceptAll, day(20));
    assert_eq!(page.allowed_ids(), OPTIONAL);
}

#[test]
fn what_it_lists_is_asked_for_and_never_allowed() {
    let mut device = Device::default();
    let (page, effects) =
        Page::open_in(&policy(), &mut device, day(9), &facts(&cookie(1, ".analytics.marketing.counter.video.tweet")));
    assert_eq!(page.allowed_ids(), [""; 0]);
    assert_eq!(page.engine.asking(), ["analytics", "marketing"]);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Show(_))), "{effects:?}");
    assert_eq!((page.reason("functional"), page.reason("analytics")), (Reason::Refused, Reason::Unanswered));
    // Refused on its own, within a category that was granted.
    assert_eq!(page.reason("heatmap"), Reason::Refused);
}

#[test]
fn of_any_other_shape_it_says_nothing() {
    for odd in ["", "1", "1.", "2.29000000", "x.29000000", "1.x", "1.-5", "1.1e3", "1.99999999999999", "01.29000000"] {
        let mut device = Device::default();
        let (page, _) = Page::open_in(&policy(), &mut device, START, &facts(odd));
        assert_eq!(page.engine.asking(), ["functional", "analytics", "marketing"], "{odd}");
        assert_eq!((device.record, page.reason("map")), (None, Reason::Unanswered), "{odd}");
    }
}

#[test]
fn one_of_the_future_counts_from_today() {
    let mut device = Device::default();
    let (page, _) = Page::open_in(&policy(), &mut device, START, &facts(&cookie(900, "")));
    assert_eq!(page.engine.asking(), [""; 0]);
    let (later, _) = Page::open(&policy(), &mut device, START + 184 * DAY);
    assert!(!later.engine.asking().is_empty());
}

#[test]
fn beside_a_record_only_a_later_no_to_everything_counts() {
    let yes = || {
        let mut device = Device::default();
        Page::open(&policy(), &mut device, day(5)).0.answer(&mut device, Answer::AcceptAll, day(5));
        device
    };
    for (cookie, allowed) in [
        (cookie(6, ""), false),
        (cookie(4, ""), true),
        // Its own, of the same minute.
        (cookie(5, ""), true),
        // What it lists proves nothing, and what it does not list no more than that it was not granted there.
        (cookie(6, ".analytics"), true),
        (cookie(6, ".functional.marketing"), true),
        ("1.x".into(), true),
        ("2.99999999".into(), true),
    ] {
        let mut device = yes();
        let (mut page, _) = Page::open_in(&policy(), &mut device, day(9), &facts(&cookie));
        assert_eq!(page.allowed_ids().is_empty(), !allowed, "{cookie}");
        assert_eq!((page.engine.asking(), page.reason("video") == Reason::Refused), (&[][..], !allowed), "{cookie}");
        let text = device.record.clone();
        assert_eq!(text.as_ref().is_some_and(|text| text.contains(" a=import ")), !allowed, "{cookie}: {text:?}");
        // Said once, however often one looks; and who says yes then is believed.
        page.read(&mut device, day(9));
        page.hear(&mut device, &facts(&cookie));
        assert_eq!(device.record, text, "{cookie}");
        page.answer(&mut device, Answer::AcceptAll, day(9));
        page.read(&mut device, day(9));
        page.hear(&mut device, &facts(&cookie));
        assert_eq!(page.allowed_ids(), OPTIONAL, "{cookie}");
        assert_eq!(
            Page::open_in(&policy(), &mut device, day(9), &facts(&cookie)).0.allowed_ids(),
            OPTIONAL,
            "{cookie}"
        );
    }
}

#[test]
fn a_no_said_at_another_host_while_the_page_is_open_counts() {
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&policy(), &mut device, day(5), &facts(""));
    page.answer(&mut device, Answer::AcceptAll, day(5));
    page.read(&mut device, day(6));
    page.hear(&mut device, &facts(&cookie(6, "")));
    assert_eq!((page.allowed_ids(), page.reason("video")), (vec![], Reason::Refused));
    // Two hosts do not say it to each other for ever.
    let refused = device.record.clone();
    page.read(&mut device, day(7));
    page.hear(&mut device, &facts(&cookie(7, "")));
    assert_eq!(device.record, refused);
}

#[test]
fn where_the_browser_keeps_nothing_it_still_stands() {
    let mut device = Device { full: true, ..Device::default() };
    let (mut page, _) = Page::open_in(&policy(), &mut device, day(9), &facts(&cookie(1, "")));
    page.read(&mut device, day(9));
    assert_eq!((page.engine.asking(), page.reason("analytics")), (&[][..], Reason::Refused));
}

#[test]
fn where_things_are_on_by_default_a_whole_refusal_is_an_opt_out() {
    let mut lenient = policy();
    lenient.rules.floor = consentry_core::jurisdiction::Regime::Notice;
    let american = |cookie: &str| format!("z=America/Los_Angeles l=en-US g=0 d= n=0 m={cookie}");
    let mut device = Device::default();
    let (page, _) = Page::open_in(&lenient, &mut device, day(9), &american(&cookie(1, "")));
    assert_eq!(page.allowed_ids(), [""; 0]);
    assert_ne!(page.engine.opted_out(), consentry_core::uses::Uses::NONE);
    let (fresh, _) = Page::open_in(&lenient, &mut Device::default(), day(9), &american(""));
    assert_ne!(fresh.allowed_ids(), [""; 0], "the control");
}

#[test]
fn a_later_no_ends_older_grants_whatever_was_refused_here_since() {
    let mut device = Device::default();
    let (mut page, _) = Page::open(&policy(), &mut device, day(5));
    page.answer(&mut device, Answer::AcceptAll, day(5));
    page.answer(&mut device, Answer::Refuse("video".into()), day(7));
    let (next, _) = Page::open_in(&policy(), &mut device, day(8), &facts(&cookie(6, "")));
    assert_eq!(next.allowed_ids(), [""; 0]);
    // What was granted after it stays.
    let (mut page, _) = Page::open(&policy(), &mut device, day(9));
    page.answer(&mut device, Answer::AcceptAll, day(9));
    let (next, _) = Page::open_in(&policy(), &mut device, day(10), &facts(&cookie(6, "")));
    assert_eq!(next.allowed_ids(), OPTIONAL);
}
