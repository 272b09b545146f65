//! The visitor's copy is read out of the record in JavaScript (`src/rights/entries.js`): both must say the same of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::wildcard_enum_match_arm)] // a test stops at what it does not expect

mod site;

use std::process::{Command, Stdio};

use consentry_core::{decision::Reason, event::Answer, jurisdiction::Regime, record::ConsentRecord, uses::Uses};
use serde_json::{Value as Json, json};
use site::{Device, Page, START, day, load_once, policy, save, withdraw};

/// Answers what src/rights/entries.js reads in the text on its input, with its times in seconds.
const SCRIPT: &str = "
import { entriesOf } from './src/rights/entries.js';
const seconds = (time) => Date.parse(time) / 1000;
const entries = entriesOf(await new Response(process.stdin).text());
console.log(JSON.stringify(entries.map((entry) => ({ ...entry, at: seconds(entry.time), until: seconds(entry.expires) }))));
";

fn copied(record: &ConsentRecord) -> Vec<Json> {
    let mut node = Command::new("node")
        .args(["--no-warnings", "--input-type=module", "--eval", SCRIPT])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node runs");
    std::io::Write::write_all(&mut node.stdin.take().unwrap(), record.text().as_bytes()).expect("Node reads");
    let output = node.wait_with_output().expect("Node ends");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("a list of entries")
}

/// The state that the copy gives for a reason of the newest decision.
fn state(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::Granted => Some("given"),
        Reason::Refused => Some("refused"),
        Reason::Withdrawn => Some("withdrawn"),
        _ => None,
    }
}

#[track_caller]
fn compare(page: &Page) -> Vec<Json> {
    let record = page.engine.record().expect("a record");
    let copies = copied(record);
    let entries: Vec<_> = record.entries().collect();
    assert_eq!(copies.len(), entries.len());
    for (copy, entry) in copies.iter().zip(&entries) {
        assert_eq!(copy["id"].as_str(), entry.id());
        assert_eq!((&copy["at"], &copy["until"]), (&json!(entry.time().0), &json!(entry.expires().0)));
        let facts = &copy["facts"];
        assert_eq!(facts["action"], entry.action());
        assert_eq!(facts["screen"], entry.screen());
        assert_eq!(facts["policyVersion"], json!(entry.policy_version()));
    }
    let answers = copies.last().unwrap()["answers"].as_object().unwrap().clone();
    for (id, choice) in page.engine.decision().iter() {
        let answer = &answers[id];
        if choice.reason == Reason::Necessary {
            assert_eq!(answer, "necessary", "{id}");
        } else if !answer.is_null() {
            assert_eq!(answer["state"].as_str(), state(choice.reason), "{id}");
        }
    }
    assert_eq!(answers.len(), page.engine.decision().iter().count());
    copies
}

#[test]
fn every_entry_of_a_long_life_reads_the_same() {
    let mut policy = policy();
    policy.version = "Ausgabe 7; 50 % größer 🍪".into();
    policy.controller = "Beispiel & Söhne, s.r.o.".into();
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&policy, &mut device, START, "h=DE g=1 d=1");
    page.answer(&mut device, load_once("video"), START);
    page.answer(&mut device, save(&[("analytics", true), ("heatmap", false), ("marketing", false)]), day(1));
    page.answer(&mut device, withdraw("analytics"), day(2));
    page.answer(&mut device, Answer::AcceptAll, day(3));
    page.answer(&mut device, save(&[("tweet", false)]), day(4));
    let copies = compare(&page);
    assert_eq!(copies.len(), 5);
    assert_eq!(copies[0]["once"], "video");
    let facts = &copies[4]["facts"];
    assert_eq!(facts["controller"], policy.controller.as_str());
    assert_eq!((&facts["globalPrivacyControl"], &facts["doNotTrack"]), (&json!("1"), &json!("1")));
    assert_eq!(copies[4]["answers"]["tweet"]["state"], "refused");
    assert_eq!(copies[4]["answers"]["analytics"]["time"], copies[3]["time"], "an answer keeps its time");
}

#[test]
fn what_is_opted_out_of_has_its_names() {
    let mut policy = policy();
    policy.rules.floor = Regime::Notice;
    policy.rules.counsel = "Dana Law, 2026-10-01".into();
    let mut device = Device::default();
    let (mut page, _) = Page::open_in(&policy, &mut device, START, "h=US-CA");
    page.answer(&mut device, withdraw("sale share targetedAds profiling"), day(1));
    let copies = compare(&page);
    let facts = &copies.last().unwrap()["facts"];
    assert_eq!(facts["optedOut"], Uses(15).words().as_str());
    assert_eq!(facts["counsel"], "Dana Law, 2026-10-01");
    page.answer(&mut device, Answer::RejectAll, day(2));
    let copies = compare(&page);
    assert_eq!(copies.last().unwrap()["facts"]["optedOut"], "sale share targetedAds profiling sensitive optional");
}
