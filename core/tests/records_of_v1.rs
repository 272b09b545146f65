//! Records that version 1 wrote, one of every kind, frozen: whatever later versions read and write, these are out there, and
//! they mean what they meant. `records/v1/*.txt` is that corpus: facts of the visit, the record, and a line for each decision.
//!
//! A kind that has no file yet is written with `CONSENTRY_ACCEPT=1`; a file that is there is never written again.
#![allow(clippy::panic, clippy::expect_used)] // a test may panic

mod site;

use std::{collections::BTreeMap, path::PathBuf};

use consentry_core::{
    effect::Effect,
    event::{Answer, Proof},
    jurisdiction::Regime,
    policy::Policy,
};
use site::{
    Device, OPTIONAL, Page, START, act, allow, day, load_once, save, withdraw,
    young::{asking, parent},
};

/// Its name, what browser and server say, and what is done.
type Kind = (&'static str, &'static str, Vec<(Answer, Proof)>);

/// Each kind of record: where the visitor is, and what is done there, a day apart.
fn kinds() -> Vec<Kind> {
    let all = Answer::AcceptAll;
    let click = |answers: Vec<Answer>| answers.into_iter().map(|answer| (answer, Proof::Gesture)).collect();
    let young = |years: u32, more: Vec<Answer>| click([vec![Answer::Age(years)], more].concat());
    let wishes = |ids: &[(&str, bool)]| ids.iter().map(|(id, yes)| (String::from(*id), *yes)).collect();
    vec![
        ("accept-all", "h=DE", young(40, vec![all.clone()])),
        ("reject-all", "h=DE", click(vec![Answer::RejectAll])),
        ("dismiss", "h=DE", click(vec![Answer::Dismiss])),
        ("save", "h=DE", young(40, vec![save(&[("analytics", true), ("heatmap", false)])])),
        ("refuse", "h=DE", young(40, vec![all.clone(), Answer::Refuse("marketing".into())])),
        ("allow-service", "h=DE", young(40, vec![allow("video")])),
        ("load-once", "h=DE", young(40, vec![load_once("video")])),
        ("withdraw-all", "h=DE", young(40, vec![all.clone(), Answer::Withdraw(None)])),
        ("withdraw-one", "h=DE", young(40, vec![all.clone(), withdraw("analytics"), withdraw("video")])),
        ("import", "h=DE", young(40, vec![Answer::Import(wishes(&[("analytics", true), ("marketing", false)]))])),
        ("mirror", "h=DE m=1.29891520.analytics", vec![]),
        ("default", "h=US-CA", young(40, vec![])),
        ("opt-out", "h=US-CA", young(40, vec![withdraw("sale share targetedAds")])),
        ("reject-all-opt-out", "h=US-CA", young(40, vec![Answer::RejectAll, allow("map")])),
        ("signal", "h=US-CA g=1", young(40, vec![])),
        ("signal-dnt", "h=DE d=1", young(40, vec![all.clone()])),
        ("user-after-gpc", "h=US-CA g=1", young(40, vec![allow("video")])),
        ("objection", "h=GB", young(40, vec![withdraw("analytics")])),
        ("age-child", "h=US-TX", young(10, vec![])),
        ("age-teen", "h=US-CA", young(14, vec![all])),
        (
            "parent",
            "h=US-TX",
            vec![(Answer::Age(10), Proof::Gesture), (parent(&["functional", "analytics+"], START), Proof::None)],
        ),
        (
            "parent-withdrawn",
            "h=US-TX",
            vec![
                (Answer::Age(10), Proof::Gesture),
                (parent(&["functional", "analytics+"], START), Proof::None),
                (parent(&["functional"], day(2)), Proof::None),
            ],
        ),
        ("erased", "h=US-CA", young(40, vec![Answer::Erase])),
    ]
}

fn policy() -> Policy {
    let mut policy = asking();
    policy.rules.floor = Regime::Notice;
    policy
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/records/v1")
}

/// What the next page decides of a record, so many days after the start.
fn decided(facts: &str, record: &str, days: u32) -> (String, Vec<Effect>) {
    let mut device = Device { record: Some(record.into()), ..Device::default() };
    let (page, effects) = Page::open_in(&policy(), &mut device, day(days), facts);
    let line = |id: &&str| format!("{id} {}\n", page.reason(id).as_str());
    (OPTIONAL.iter().map(line).collect(), effects)
}

/// The record that today's code writes.
fn written(facts: &str, acts: &[(Answer, Proof)]) -> String {
    let mut device = Device::default();
    Page::open_in(&policy(), &mut device, START, facts);
    for (days, (answer, proof)) in (0..).zip(acts) {
        let (mut page, _) = Page::open_in(&policy(), &mut device, day(days), facts);
        page.act(&mut device, act(answer.clone(), *proof, day(days)));
    }
    device.record.expect("a record")
}

/// Facts, record and decisions of each frozen kind.
fn frozen() -> BTreeMap<String, (String, String, String)> {
    let files = std::fs::read_dir(folder()).into_iter().flatten().flatten();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a frozen record");
        let mut parts = text.splitn(3, '\n').map(String::from);
        let mut next = || parts.next().unwrap_or_default();
        (next(), next(), next())
    };
    let name = |path: &PathBuf| path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    files.map(|entry| entry.path()).map(|path| (name(&path), read(path))).collect()
}

#[test]
fn what_version_1_wrote_means_what_it_meant() {
    let mut known = frozen();
    for (kind, facts, acts) in kinds() {
        if !known.contains_key(kind) && std::env::var_os("CONSENTRY_ACCEPT").is_some() {
            let record = written(facts, &acts);
            let text = format!("{facts}\n{record}\n{}", decided(facts, &record, 3).0);
            std::fs::write(folder().join(format!("{kind}.txt")), text).expect("the corpus can be written");
            known = frozen();
        }
        assert!(known.contains_key(kind), "no frozen record of {kind}: CONSENTRY_ACCEPT=1 writes it");
    }
    for (kind, (facts, record, expected)) in known {
        let (found, effects) = decided(&facts, &record, 3);
        assert_eq!(found, expected, "{kind}: {record}");
        let warned = effects.iter().any(|effect| matches!(effect, Effect::Warn(_)));
        assert!(!warned, "{kind}: {effects:?}");
    }
}

/// What is written on top of a frozen record leaves its entries as they are.
#[test]
fn an_answer_on_top_keeps_what_was_there() {
    for (kind, (facts, record, _)) in frozen() {
        let mut device = Device { record: Some(record.clone()), ..Device::default() };
        let (mut page, _) = Page::open_in(&policy(), &mut device, day(3), &facts);
        page.answer(&mut device, Answer::RejectAll, day(3));
        let text = device.record.clone().expect("a record");
        for entry in record.split(';').filter(|section| section.starts_with("e=")) {
            assert!(text.contains(entry), "{kind}: {entry} is gone from {text}");
        }
        let (page, effects) = Page::open_in(&policy(), &mut device, day(4), &facts);
        assert_eq!(page.allowed_ids(), [""; 0], "{kind}");
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Warn(_))), "{kind}: {effects:?}");
    }
}

/// A word, a field or a section that only a later version knows grants nothing, and one that is missing is no grant either.
#[test]
fn every_kind_survives_being_of_a_later_minor_version() {
    for (kind, (facts, record, _)) in frozen() {
        let Some((body, _)) = record.rsplit_once(";h=") else { continue };
        let (before, _) = decided(&facts, &record, 3);
        let more = site::sealed::sealed(&format!("{};zz=later", body.replacen(";e=1 ", ";e=1 Z=new ", 1)));
        let (after, effects) = decided(&facts, &more, 3);
        assert_eq!(after, before, "{kind}");
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Warn(_))), "{kind}: {effects:?}");
    }
}
