//! Where a visitor is taken to be, and what rules there: the table as it is published, and how a place is found.
#![allow(clippy::indexing_slicing)] // a test may panic

mod site;
mod support;

use consentry_core::{
    jurisdiction::{
        Facts, Jurisdiction,
        Regime::{self, Notice, OptIn, OptOut},
        law,
    },
    policy::Rules,
};
use proptest::prelude::*;
use serde_json::json;
use site::{Device, Page, START, policy, save};
use support::{reading, with};

fn found(facts: &str, rules: &Rules) -> Jurisdiction {
    Jurisdiction::of(&Facts::new(facts.into()), "", rules)
}

fn by_law() -> Rules {
    Rules { floor: Notice, ..Rules::default() }
}

/// Rows of the published table: places, regime, own rules, sources.
fn published() -> Vec<[String; 4]> {
    let text = include_str!("../../www/docs/jurisdictions.md");
    let rows = text.split("## The table").nth(1).unwrap_or_default().split("\n## ").next().unwrap_or_default();
    // Behind it stands what its review has looked at.
    let rows = rows.split("\n**Reviewed**").next().unwrap_or_default();
    let rows = rows.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.filter(|row| !row.starts_with("Places") && !row.starts_with('-'));
    cells.map(|row| core::array::from_fn(|cell| row.split('|').nth(cell).unwrap_or_default().trim().into())).collect()
}

#[test]
fn decides_as_the_published_table_says() {
    let rows = published();
    assert_eq!(rows.len(), 6);
    for [places, regime, own, sources] in &rows {
        assert!(!sources.is_empty(), "{places}: a row needs a source");
        for place in places.split(' ') {
            assert_eq!(law(place).as_str(), regime, "{place}");
            let found = found(&format!("h={place}"), &by_law());
            assert_eq!((found.place.as_str(), found.how, found.regime), (place, "hint", Regime::of(regime)));
            assert_eq!(found.objects, own.contains("DNT is an objection"), "{place}");
            assert_eq!(found.states, own.contains("12 months"), "{place}");
            assert_eq!(found.britain, own.contains("may rest on an [objection]"), "{place}");
        }
    }
    let listed = |code: &str| rows.iter().any(|[places, ..]| places.split(' ').any(|place| place == code));
    for first in b'A'..=b'Z' {
        for second in b'A'..=b'Z' {
            let code = String::from_utf8_lossy(&[first, second]).into_owned();
            assert!(listed(&code) || law(&code) == OptIn, "{code} is in no row of the docs, and looser than opt-in");
        }
    }
}

#[test]
fn a_subdivision_has_its_countrys_law_unless_it_has_its_own() {
    for (place, regime) in [
        ("US-CA", OptOut),
        ("US-TX", OptOut),
        ("US-AL", OptOut),
        ("CA-ON", OptIn),
        ("CA-QC", OptIn),
        ("DE-BY", OptIn),
        ("JP-13", OptIn),
    ] {
        assert_eq!(law(place), regime, "{place}");
    }
}

#[test]
fn the_strictest_of_all_signs_decides_and_the_servers_word_alone() {
    let rows: &[(&str, &str, &str, &str, Regime)] = &[
        // config, facts → place, how, regime
        ("", "", "unknown", "default", OptIn),
        ("", "z=America/Los_Angeles l=en-US,en", "US-CA", "zone", OptOut),
        ("", "z=America/Indiana/Knox l=en-US", "US", "zone", OptOut),
        ("", "z=America/Los_Angeles l=en-US,de-DE", "DE", "language", OptIn),
        ("", "z=America/Los_Angeles l=en,de", "US-CA", "zone", OptOut),
        ("", "z=Europe/Berlin l=en-US", "unknown", "default", OptIn),
        ("", "z=Europe/Berlin l=de-DE", "DE", "language", OptIn),
        ("", "z=UTC l=en-US", "unknown", "default", OptIn),
        ("", "z=Europe/London l=en-GB", "GB", "zone", OptIn),
        ("", "z=America/Toronto l=en-CA", "CA", "language", OptIn),
        ("", "z=America/Vancouver l=en-CA", "CA", "zone", OptIn),
        ("", "z=America/New_York l=fr-CA", "CA-QC", "language", OptIn),
        ("", "z=Asia/Tokyo l=ja-JP", "JP", "zone", OptIn),
        ("", "z=Asia/Tokyo l=en-US", "JP", "zone", OptIn),
        ("", "z=Australia/Perth l=en-AU", "AU", "zone", OptIn),
        ("US-CA", "z=America/Los_Angeles l=en-US", "US-CA", "config", OptOut),
        ("US-CA", "z=Europe/Berlin l=en-US", "unknown", "default", OptIn),
        ("DE", "z=America/Los_Angeles l=en-US", "DE", "config", OptIn),
        ("Mars", "z=America/Los_Angeles l=en-US", "unknown", "default", OptIn),
        ("DE", "z=Europe/Berlin l=de-DE h=US-CA", "US-CA", "hint", OptOut),
        ("", "z=America/Los_Angeles l=en-US h=DE", "DE", "hint", OptIn),
        ("", "z=America/Los_Angeles l=en-US h=", "unknown", "hint", OptIn),
        ("", "z=America/Los_Angeles l=en-US h=us", "unknown", "hint", OptIn),
        ("", "z=America/Los_Angeles l=en-US h=US g=0 h=JP", "US", "hint", OptOut),
    ];
    for (config, facts, place, how, regime) in rows {
        let rules = Rules { jurisdiction: (*config).into(), ..by_law() };
        let found = found(facts, &rules);
        assert_eq!((found.place.as_str(), found.how, found.regime), (*place, *how, *regime), "{config:?} {facts}");
    }
}

#[test]
fn what_only_some_signs_say_counts_where_it_is_stricter() {
    let both = found("z=America/Los_Angeles l=en-US,de-DE", &by_law());
    assert!(both.objects && both.states && !both.britain);
    assert!(!found("z=Europe/London l=en-GB,en-US", &by_law()).britain);
    assert!(!found("z=America/Los_Angeles l=en-US", &by_law()).objects);
    assert!(found("", &by_law()).objects, "unknown may be Europe");
}

#[test]
fn the_sites_own_regimes_stand_in_for_the_tables() {
    let regimes = vec![("US-WA".into(), OptIn), ("NZ".into(), Notice)];
    let rules = Rules { regimes, ..by_law() };
    for (facts, regime) in [("h=US-WA", OptIn), ("h=US-CA", OptOut), ("h=NZ", Notice), ("h=SG", OptIn)] {
        assert_eq!(found(facts, &rules).regime, regime, "{facts}");
    }
    let floor = Rules { floor: OptIn, ..rules };
    assert_eq!(found("h=NZ", &floor).regime, OptIn);
}

#[test]
fn what_a_site_says_of_a_place_reaches_whoever_may_be_there() {
    type Row<'row> = (&'row [(&'row str, Regime)], &'row str, Regime);
    let rows: &[Row<'_>] = &[
        // A country stands for its states, and a state for whoever may be in it.
        (&[("US", OptIn)], "h=US-CA", OptIn),
        (&[("US", OptIn)], "z=America/Los_Angeles l=en-US", OptIn),
        (&[("US-WA", OptIn)], "z=America/Los_Angeles l=en-US", OptIn),
        (&[("US-WA", OptIn)], "z=America/New_York l=en-US", OptIn),
        (&[("US-WA", OptIn)], "h=US", OptIn),
        (&[("US-WA", OptIn)], "h=US-OR", OptOut),
        // Of several the strictest, in whatever order.
        (&[("US-CA", OptOut), ("US", OptIn)], "h=US-CA", OptIn),
        (&[("US", OptIn), ("US-CA", OptOut)], "h=US-CA", OptIn),
        // Counsel's word on a country is none on a state with a row of its own; nor one on a state that on its neighbors.
        (&[("CA", OptOut)], "h=CA-ON", OptOut),
        (&[("CA", OptOut)], "z=America/Vancouver l=en-CA", OptOut),
        (&[("CA", OptOut)], "h=CA-QC", OptIn),
        (&[("CA", OptOut)], "z=America/Vancouver l=fr-CA", OptIn),
        (&[("CA", OptOut), ("CA-QC", OptOut)], "h=CA-QC", OptOut),
        (&[("US-CA", Notice)], "z=America/Los_Angeles l=en-US", OptOut),
        (&[("US-CA", Notice)], "h=US-CA", Notice),
        (&[("US", Notice)], "h=US-TX", Notice),
        (&[("US", Notice)], "h=", OptIn),
    ];
    for (regimes, facts, regime) in rows {
        let regimes = regimes.iter().map(|(place, regime)| (String::from(*place), *regime)).collect();
        let rules = Rules { regimes, ..by_law() };
        assert_eq!(found(facts, &rules).regime, *regime, "{:?} {facts}", rules.regimes);
    }
}

#[test]
fn auto_names_no_place() {
    for (word, regime) in [("auto", OptOut), ("US-CA", OptOut), ("Auto", OptIn), ("Mars", OptIn)] {
        let config = with(json!({ "floor": "law", "jurisdiction": word }));
        let rules = reading(&config).policy.map(|policy| policy.rules).unwrap_or_default();
        assert_eq!(found("z=America/Los_Angeles l=en-US", &rules).regime, regime, "{word}");
    }
}

#[test]
fn the_record_says_where_by_which_regime_and_how_it_was_found() {
    let mut lenient = policy();
    lenient.rules = by_law();
    lenient.rules.counsel = "A. Lawyer".into();
    for (policy, facts, expected) in [
        (&policy(), "z=America/Los_Angeles l=en-US g=0", " j=US-CA r=opt-in w=zone g=0 v="),
        (&lenient, "z=America/Los_Angeles l=en-US", " j=US-CA r=opt-out w=zone m=A.%32.Lawyer f=64 v="),
        (&lenient, "z=UTC g=1 d=1 h=XK", " j=XK r=opt-in w=hint g=1 z=1 m=A.%32.Lawyer f=7 v="),
    ] {
        let mut device = Device::default();
        let (mut page, _) = Page::open_in(policy, &mut device, START, facts);
        page.answer(&mut device, save(&[("analytics", false)]), START);
        let text = device.record.unwrap_or_default();
        assert!(text.contains(expected), "{facts}: {text}");
    }
}

#[test]
fn a_place_that_changes_counts_at_once_if_stricter_else_on_the_next_page() {
    let mut lenient = policy();
    lenient.rules = by_law();
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&lenient, &mut device, START, "h=US-CA");
    assert!(page.allowed("video"));
    let effects = page.hear(&mut device, "h=DE");
    assert!(!page.allowed("video") && page.engine.asking().len() == 3 && !effects.is_empty());
    page.hear(&mut device, "h=US-CA");
    assert!(!page.allowed("video"), "looser: not on this page");
    assert!(Page::open_in(&lenient, &mut device, START, "h=US-CA").0.allowed("video"));
}

proptest! {
    /// No floor, sign or override makes a place looser than the floor, and nothing unknown is looser than opt-in.
    #[test]
    fn unknown_is_opt_in(facts in "([zlghd]=[A-Za-z/,-]{0,12} ?){0,5}", hint in "[ -~]{0,8}") {
        prop_assert_eq!(found(&facts, &Rules::default()).regime, OptIn);
        let named = found(&format!("h={hint}"), &by_law());
        let is_row = hint.starts_with("US");
        prop_assert!(named.regime == OptIn || is_row, "{} is {:?}", hint, named);
    }
}
