//! Age: the thresholds as they are published, what each stage of age allows, and what schools may open.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;

use consentry_core::{
    age::{Ages, Stage},
    decision::Reason::{self, Age, Default as On, Educational, Granted, Refused, Unanswered},
    effect::{Effect, Refusal},
    event::{
        Answer::{self, AcceptAll, RejectAll},
        Proof,
    },
    jurisdiction::{Facts, Jurisdiction},
    policy::Policy,
    time::{DAY, Timestamp},
    uses::Uses,
};
use proptest::{collection::vec, prelude::*, sample::select};
use site::{
    Device, OPTIONAL, Page, START, act, allow, day, load_once, save,
    turns::{answers, proofs},
    withdraw,
    young::asking,
};

/// Rows of the published table: places, the two ages, what is barred, sources.
fn published() -> Vec<[String; 5]> {
    let text = include_str!("../../www/docs/age.md");
    let rows = text.split("## The table").nth(1).unwrap_or_default().split("\n## ").next().unwrap_or_default();
    let rows = rows.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.filter(|row| !row.starts_with("Places") && !row.starts_with('-'));
    cells.map(|row| core::array::from_fn(|cell| row.split('|').nth(cell).unwrap_or_default().trim().into())).collect()
}

#[test]
fn has_the_thresholds_of_the_published_table() {
    let rows = published();
    let mut listed = Vec::new();
    for [places, first, second, barred, sources] in &rows {
        assert!(!sources.is_empty(), "{places}: a row needs a source");
        for place in places.split(' ') {
            let law = Ages::law(place);
            assert_eq!((law.first.to_string(), law.second.to_string()), (first.clone(), second.clone()), "{place}");
            assert_eq!(law.bars == Uses::UNDECLARED, !barred.is_empty(), "{place}");
            listed.push(place.to_owned());
        }
    }
    assert!(listed.len() > 35 && rows.len() >= 8, "{listed:?}");
    for code in ["XX", "CH", "IN", "", "unknown"] {
        assert_eq!((Ages::law(code).first, Ages::law(code).second), (18, 18), "{code}: nobody read its law");
    }
    assert_eq!((Ages::law("US-TX"), Ages::law("DE-BY").first), (Ages::law("US"), 16));
}

#[test]
fn takes_the_highest_of_all_places_that_it_may_be() {
    type Row = (&'static str, &'static [(&'static str, u32)], u32, u32, bool);
    let rows: &[Row] = &[
        ("h=US-CA", &[], 13, 16, false),
        ("h=US-OR", &[], 13, 16, true),
        ("h=US", &[], 13, 18, true),
        ("h=DE", &[], 16, 16, false),
        ("h=ES", &[], 14, 14, false),
        ("h=", &[], 18, 18, false),
        ("", &[], 18, 18, false),
        ("z=Europe/Berlin l=de-DE", &[], 16, 16, false),
        ("z=Europe/London l=en-GB", &[], 13, 13, false),
        ("z=America/Los_Angeles l=en-US", &[], 13, 18, true),
        ("z=America/Los_Angeles l=en-US,de-DE", &[], 16, 18, true),
        ("z=Asia/Kolkata l=en-IN", &[], 18, 18, false),
        // Of the continent's zones only those of the European Economic Area have its law.
        ("z=Europe/Vaduz l=de", &[], 16, 16, false),
        ("z=Europe/Zurich l=de", &[], 18, 18, false),
        ("z=Europe/Istanbul l=tr-TR", &[], 18, 18, false),
        ("z=Europe/Belgrade l=sr", &[], 18, 18, false),
        ("z=Europe/Atlantis l=en", &[], 18, 18, false),
        ("h=US-CA", &[("US", 14)], 14, 16, false),
        ("h=US-CA", &[("*", 16)], 16, 16, false),
        ("h=US-CA", &[("*", 18)], 18, 18, false),
        ("h=DE", &[("*", 13)], 16, 16, false),
        ("h=DE", &[("DE", 14), ("*", 13)], 14, 16, false),
        // In any order, and for whoever may be there.
        ("h=DE", &[("*", 18), ("DE", 16)], 18, 18, false),
        ("h=DE", &[("DE", 16), ("*", 18)], 18, 18, false),
        ("h=US-TX", &[("US", 15), ("US-TX", 14)], 15, 18, true),
        ("h=US", &[("US-TX", 16)], 16, 18, true),
        ("z=America/New_York l=en-US", &[("US-TX", 16)], 16, 18, true),
        ("z=Europe/Berlin l=de", &[("DE", 18)], 18, 18, false),
        ("z=Europe/Zurich l=de", &[("US-TX", 20)], 20, 20, false),
        ("h=US-OR", &[("US", 12)], 13, 16, true),
        ("h=US-NV", &[("US", 12)], 12, 18, true),
    ];
    for (facts, own, first, second, bars) in rows {
        let mut rules = asking().rules;
        rules.age = Some(own.iter().map(|(place, years)| (String::from(*place), *years)).collect());
        let ages = Jurisdiction::of(&Facts::new(String::from(*facts)), "", &rules).ages;
        assert_eq!((ages.first, ages.second, ages.bars != Uses::NONE), (*first, *second, *bars), "{facts} {own:?}");
        rules.age = None;
        assert_eq!(Jurisdiction::of(&Facts::new(String::from(*facts)), "", &rules).ages, Ages::default(), "not asked");
    }
}

#[test]
fn what_was_said_at_one_place_may_leave_another_open() {
    let at = Timestamp(START);
    let california = Ages::law("US-CA");
    for (years, stages) in [
        // California, Germany, Maryland, nobody knows where
        (12, [Stage::Child, Stage::Child, Stage::Child, Stage::Child]),
        (14, [Stage::Teen, Stage::Child, Stage::Teen, Stage::Child]),
        (16, [Stage::Adult, Stage::Adult, Stage::Teen, Stage::Unknown]),
        (40, [Stage::Adult, Stage::Adult, Stage::Teen, Stage::Unknown]),
    ] {
        let band = Some(california.band(years, at));
        let found = ["US-CA", "DE", "US-MD", ""].map(|place| Ages::law(place).stage(band));
        assert_eq!(found, stages, "{years}");
    }
    assert_eq!(california.stage(None), Stage::Unknown);
}

/// Place, age, answers of one visit; reasons of functional, analytics, marketing, map, counter, heatmap, video, tweet.
type Case<'case> = (&'case str, Option<u32>, &'case [Answer], [Reason; 8]);

#[test]
fn every_place_age_and_answer_comes_to_its_reasons() {
    let (a, g, u, d, r) = (Age, Granted, Unanswered, On, Refused);
    let table: &[Case<'_>] = &[
        // Unknown counts as below the lowest threshold: nothing is on by default, and no yes is taken.
        ("h=DE", None, &[], [u; 8]),
        ("h=US-CA", None, &[], [u; 8]),
        ("h=US-CA", None, &[AcceptAll], [u; 8]),
        ("h=US-CA", None, &[allow("map")], [u; 8]),
        ("h=US-CA", None, &[save(&[("analytics", true), ("marketing", false)])], [u, u, r, u, u, u, r, r]),
        ("h=US-CA", None, &[RejectAll], [r; 8]),
        // Below the first.
        ("h=US-CA", Some(12), &[], [a; 8]),
        ("h=DE", Some(15), &[AcceptAll, allow("map")], [a; 8]),
        ("h=DE", Some(15), &[save(&[("functional", false)])], [r, a, a, r, a, a, a, a]),
        ("", Some(17), &[AcceptAll], [a; 8]),
        // Between the two: the own opt-in, and what the law bars stays barred.
        ("h=US-CA", Some(14), &[], [u; 8]),
        ("h=US-CA", Some(14), &[AcceptAll], [g; 8]),
        ("h=US-OR", Some(14), &[AcceptAll], [g, a, a, g, u, a, a, a]),
        ("h=US-OR", Some(14), &[allow("video"), allow("counter")], [u, a, a, u, g, a, a, a]),
        ("h=US-OR", Some(16), &[], [d; 8]),
        ("h=US-MD", Some(17), &[AcceptAll], [g, a, a, g, u, a, a, a]),
        // Neither.
        ("h=US-CA", Some(16), &[], [d; 8]),
        ("h=DE", Some(16), &[], [u; 8]),
        ("h=DE", Some(16), &[AcceptAll], [g; 8]),
    ];
    for (place, years, answers, reasons) in table {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&asking(), &mut device, START, place);
        if let Some(years) = years {
            page.answer(&mut device, Answer::Age(*years), START);
        }
        for answer in *answers {
            page.answer(&mut device, answer.clone(), START);
        }
        assert_eq!(OPTIONAL.map(|id| page.reason(id)), *reasons, "{place} {years:?} {answers:?}");
        let next = Page::open_in(&asking(), &mut device, day(1), place).0;
        assert_eq!(OPTIONAL.map(|id| next.reason(id)), *reasons, "{place} {years:?} {answers:?}: the next day");
    }
}

#[test]
fn asks_only_when_the_answer_decides_something_and_once_a_visit() {
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&asking(), &mut device, START, "h=US-CA");
    assert_eq!(page.engine.asking(), ["functional", "analytics", "marketing"]);
    for answer in [AcceptAll, allow("map"), load_once("map"), save(&[("analytics", true)])] {
        let effects = page.answer(&mut device, answer.clone(), START);
        assert!(effects.contains(&Effect::Decline(Refusal::Age)), "{answer:?}: {effects:?}");
        assert!(!effects.contains(&Effect::Hide), "the question waits");
    }
    for answer in [RejectAll, withdraw("map"), save(&[("analytics", false)]), Answer::Dismiss] {
        let effects = page.answer(&mut device, answer.clone(), START);
        assert!(!effects.contains(&Effect::Decline(Refusal::Age)), "{answer:?}: {effects:?}");
    }
    assert_eq!(page.act(&mut device, act(Answer::Age(30), Proof::None, START)), [Effect::Decline(Refusal::NoGesture)]);
    page.answer(&mut device, Answer::Age(9), START);
    assert_eq!((page.engine.stage(), page.engine.asking().len()), (Some(Stage::Child), 0));
    let text = device.record.clone().unwrap_or_default();
    assert!(text.contains(&format!(" p=0.13.{START} ")) && text.contains(" a=age "), "{text}");
    // Not again in the visit, on any page of it, whatever is erased.
    page.answer(&mut device, Answer::Age(30), START);
    page.answer(&mut device, Answer::Erase, START);
    page.answer(&mut device, Answer::Age(30), START);
    assert_eq!(page.engine.stage(), Some(Stage::Child));
    let mut told = String::from("h=US-CA a=");
    page.engine.told_age().unwrap_or_default().push(&mut told);
    let (mut next, _) = Page::open_in(&asking(), &mut device, START, &told);
    next.answer(&mut device, Answer::Age(30), START);
    assert_eq!(next.engine.stage(), Some(Stage::Child));
    // In a later visit somebody may say something else, where the site asks.
    let (mut later, _) = Page::open_in(&asking(), &mut device, day(1), "h=US-CA");
    later.answer(&mut device, Answer::Age(30), day(1));
    assert_eq!((later.engine.stage(), later.reason("map")), (Some(Stage::Adult), Unanswered));
}

#[test]
fn a_band_lapses_and_an_older_yes_waits_for_the_age() {
    let mut device = Device::default();
    let old = Policy { rules: Default::default(), ..asking() };
    Page::open_in(&old, &mut device, START, "h=DE").0.answer(&mut device, AcceptAll, START);
    let (mut page, _) = Page::open_in(&asking(), &mut device, day(1), "h=DE");
    assert_eq!((page.reason("map"), page.engine.asking().len()), (Age, 3));
    page.answer(&mut device, Answer::Age(40), day(1));
    assert_eq!(page.reason("map"), Granted);
    page.answer(&mut device, AcceptAll, day(300));
    let (page, _) = Page::open_in(&asking(), &mut device, day(366), "h=DE");
    assert_eq!((page.engine.stage(), page.reason("map")), (Some(Stage::Unknown), Age));
    assert_eq!(page.engine.asking().len(), 3, "asked afresh");
    let (page, _) = Page::open_in(&asking(), &mut device, START - 2 * DAY, "h=DE");
    assert_eq!(page.reason("map"), Age, "a clock set back extends nothing");
}

#[test]
fn a_school_opens_what_teaches_and_a_pupils_no_stays() {
    let mut policy = asking();
    // The map does not teach, the video is used for more than that, and the tweet is locked.
    policy.rules.opened = ["map", "counter", "video", "tweet"].map(String::from).to_vec();
    policy.services.iter_mut().filter(|service| service.id != "map").for_each(|service| service.educational = true);
    policy.rules.locked = vec!["tweet".into()];
    for age in [None, Some(9), Some(40)] {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(&policy, &mut device, START, "h=DE");
        if let Some(years) = age {
            page.answer(&mut device, Answer::Age(years), START);
        }
        assert_eq!((page.reason("counter"), page.reason("tweet")), (Educational, Reason::Locked), "{age:?}");
        assert_eq!(page.allowed_ids(), ["counter"]);
        page.answer(&mut device, withdraw("counter"), START);
        assert_eq!(page.allowed_ids(), [""; 0]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Nobody below a threshold is granted anything optional without a parent's or a school's word.
    #[test]
    fn nobody_below_the_first_threshold_grants(
        uses in vec(0..32_u8, 6),
        place in select(vec!["h=DE", "h=US-CA", "h=US-MD", "h=GB", "h=JP", "h=", "z=Europe/Madrid l=es-ES", ""]),
        signals in select(vec!["", "g=1 ", "d=1 "]),
        before in vec((answers(), proofs()), 0..4),
        years in prop_oneof![Just(None), (0..13_u32).prop_map(Some)],
        acts in vec((answers(), proofs()), 0..6),
        days in 0..800_u32,
    ) {
        let mut policy = asking();
        policy.services.iter_mut().zip(uses).for_each(|(service, uses)| service.uses = Uses(uses));
        let plain = Policy { rules: consentry_core::policy::Rules { age: None, ..policy.rules.clone() }, ..policy.clone() };
        let own = |(answer, _): &(Answer, Proof)| !matches!(answer, Answer::Age(_) | Answer::Parent(..));
        let mut device = Device::default();
        let facts = format!("{signals}{place}");
        for (answer, proof) in &before {
            Page::open_in(&plain, &mut device, START, &facts).0.act(&mut device, act(answer.clone(), *proof, START));
        }
        let (mut page, _) = Page::open_in(&policy, &mut device, START, &facts);
        if let Some(years) = years {
            page.answer(&mut device, Answer::Age(years), START);
        }
        for (answer, proof) in acts.into_iter().filter(own) {
            page.act(&mut device, act(answer, proof, START));
            prop_assert_eq!(page.allowed_ids(), [""; 0]);
        }
        prop_assert_eq!(Page::open_in(&policy, &mut device, day(days), &facts).0.allowed_ids(), [""; 0]);
    }

    /// Whatever is on where age plays a part is on where it plays none, but for what a parent opened.
    #[test]
    fn age_only_takes_away(
        place in select(vec!["h=DE", "h=US-CA", "h=US-OR", "h=JP", ""]),
        years in 0..30_u32,
        acts in vec((answers(), proofs()), 0..6),
    ) {
        let policy = asking();
        let plain = Policy { rules: consentry_core::policy::Rules { age: None, ..policy.rules.clone() }, ..policy.clone() };
        let own = |(answer, _): &(Answer, Proof)| !matches!(answer, Answer::Age(_) | Answer::Parent(..) | Answer::Erase);
        let acts: Vec<_> = acts.into_iter().filter(own).collect();
        let live = |policy: &Policy| {
            let mut device = Device::default();
            let (mut page, _) = Page::open_in(policy, &mut device, START, place);
            page.answer(&mut device, Answer::Age(years), START);
            for (answer, proof) in &acts {
                page.act(&mut device, act(answer.clone(), *proof, START));
            }
            page.allowed_ids()
        };
        let (with, without) = (live(&policy), live(&plain));
        prop_assert!(with.iter().all(|id| without.contains(id)), "{:?}, without age {:?}", with, without);
    }
}
