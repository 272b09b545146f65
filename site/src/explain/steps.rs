//! The steps from a config to the decisions, each as text.

use consentry_core::{
    effect::Warning,
    jurisdiction::{Regime, law},
    policy::Policy,
    record::{ConsentRecord, Entry},
    value::Value,
};

use super::{
    reason,
    visit::{Visit, day},
};
use crate::{check, config::Config};

/// Every step in front of the URL.
pub(super) fn all(config: &Config, policy: &Policy, visit: &Visit) -> String {
    [
        step(1, "Config", &declared(config, policy, visit)),
        step(2, "Place", &place(config, policy, visit)),
        step(3, "Record", &record(visit)),
        step(4, "Signals", &signals(config, visit)),
        step(5, "Age", &age(policy, visit)),
        step(6, "Decisions", &reason::table(config, policy, visit)),
    ]
    .concat()
}

/// A step with its number and heading; what it says, indented.
pub(super) fn step(number: u32, heading: &str, said: &str) -> String {
    let lines: String = said.lines().map(|line| format!("   {line}\n")).collect();
    format!("{number}. {heading}\n{lines}")
}

fn declared(config: &Config, policy: &Policy, visit: &Visit) -> String {
    let floor = config.value.at("floor").text().unwrap_or("opt-in");
    let level = config.value.at("gate").at("level").text().unwrap_or("auto");
    // Notes are for `check`.
    let report = check::report(config);
    let mut text: String =
        report.lines().filter(|line| !line.contains(": note: ")).map(|line| format!("{line}\n")).collect();
    text.push_str(&format!("policy.version \"{}\", floor \"{floor}\", gate.level \"{level}\"\n", policy.version));
    if let Some(next) = &policy.rules.upcoming {
        let rules = if next.effective <= visit.at { "rules since" } else { "will rule from" };
        text.push_str(&format!("policy.upcoming: version \"{}\" {rules} {}\n", next.version, day(next.effective)));
    }
    if !policy.rules.counsel.is_empty() {
        text.push_str(&format!("counsel behind looser settings: {}\n", policy.rules.counsel));
    }
    text
}

fn place(config: &Config, policy: &Policy, visit: &Visit) -> String {
    let found = visit.engine.jurisdiction();
    let by = match found.how {
        "visitor" => "by the visitor's own word in the record: nothing stricter applies without it".to_owned(),
        "hint" if found.place == "unknown" => "--place names no place: the strictest law counts".to_owned(),
        "hint" => "by --place: your server's word for the request decides alone".to_owned(),
        "config" => format!("by the config: jurisdiction = \"{}\"", policy.rules.jurisdiction),
        "zone" => format!("by the time zone {}", visit.zone),
        "language" => format!("by the languages {}", visit.languages),
        _ => "nothing says a place with a law of its own: the strictest law counts".to_owned(),
    };
    let mut text = format!("{}, {by}\n", found.place);
    if visit.place.is_none() {
        text.push_str("without a server's word, the strictest of config, time zone and languages\n");
    }
    let regimes = config.value.at("regimes").items();
    let own = regimes.iter().position(|one| one.at("place").text() == Some(&found.place));
    let here = match own.and_then(|at| regimes.get(at).map(|one| (at, one))) {
        Some((at, one)) => format!("regimes[{at}].regime = \"{}\"", one.at("regime").text().unwrap_or_default()),
        None => format!("the law there: {} (docs: jurisdictions)", law(&found.place).as_str()),
    };
    let floor = if policy.rules.floor == Regime::OptIn {
        "floor \"opt-in\": no place is treated more loosely"
    } else {
        "floor \"law\": each place has its own"
    };
    text + &format!("{here}; {floor}\nso the regime is {}\n", found.regime.as_str())
}

fn record(visit: &Visit) -> String {
    let Some((source, _)) = &visit.record else { return "none: nobody has answered yet\n".to_owned() };
    let warned = |warning| visit.warnings.contains(&warning);
    if warned(Warning::DamagedRecord) {
        return format!(
            "{source}: its seal does not fit: cut, edited or no record at all. It counts as never answered, and nothing is on by default\n"
        );
    }
    if warned(Warning::NewerRecord) {
        return format!(
            "{source}: of a newer major version: kept aside untouched. It counts as never answered, and nothing is on by default\n"
        );
    }
    let Some(record) = visit.engine.record() else { return format!("{source}: is empty\n") };
    let mut text = match record.latest() {
        None => format!("{source}: erased by its visitor: nothing is on by default\n"),
        Some(latest) => format!("{source}: whole, {}, the last of {}\n", count(record), day(latest.time())),
    };
    for entry in record.entries() {
        text.push_str(&format!("{}\n", line(entry)));
    }
    if warned(Warning::ClockAhead) {
        text.push_str("it is dated more than a day ahead of the clock: its grants count as expired\n");
    }
    text
}

fn count(record: &ConsentRecord) -> String {
    match record.entries().count() {
        1 => "1 entry".to_owned(),
        more => format!("{more} entries"),
    }
}

fn line(entry: Entry<'_>) -> String {
    let (screen, version) = (entry.screen(), entry.policy_version());
    format!(
        "{} {} on \"{screen}\", policy version \"{version}\", {} until {}",
        day(entry.time()),
        entry.action(),
        if entry.id().is_some() { "stands" } else { "no question" },
        day(entry.expires())
    )
}

fn signals(config: &Config, visit: &Visit) -> String {
    let engine = &visit.engine;
    let on = |is| if is { "on" } else { "off" };
    let mut text = format!("GPC is {}: it is honored everywhere, and its absence grants nothing\n", on(visit.gpc));
    let word = config.value.at("signals").at("dnt").text().unwrap_or("ignore");
    let effect = match word {
        "asGpc" => "does what GPC does",
        "asReject" => "is a no to everything optional",
        _ if engine.jurisdiction().objects => {
            "is an objection in the European Economic Area and Britain, and does what GPC does"
        }
        _ => "does nothing",
    };
    text.push_str(&format!("DNT is {}: signals.dnt \"{word}\": it {effect}\n", on(visit.dnt)));
    let out = engine.opted_out().words();
    if out.is_empty() {
        text.push_str("nothing is opted out of\n");
    } else {
        text.push_str(&format!("opted out of: {out}\n"));
    }
    let offered = engine.offered().words();
    if !offered.is_empty() {
        text.push_str(&format!("the page offers to opt out of: {offered}\n"));
    }
    text
}

fn age(policy: &Policy, visit: &Visit) -> String {
    let Some(stage) = visit.engine.stage() else {
        let surplus = if visit.years.is_some() { ", and --age says nothing" } else { "" };
        return format!("the config has no \"age\": it plays no part{surplus}\n");
    };
    let ages = visit.engine.ages();
    let raised = policy.rules.age.as_ref().is_some_and(|own| !own.is_empty());
    let of = if raised { "age.thresholds and the table" } else { "the table" };
    let told =
        visit.years.map_or_else(|| "nobody said how old the visitor is".to_owned(), |years| format!("{years} years"));
    let means = match stage.as_str() {
        "unknown" => "counts as below the first threshold until the question is answered",
        "child" => "below the first threshold: only a parent grants",
        "teen" => "below the second threshold: nothing is on without the visitor's own yes",
        _ => "an adult",
    };
    let mut text = format!(
        "thresholds here {} and {} (docs: age; {of})\n{told}: {}, {means}\n",
        ages.first,
        ages.second,
        stage.as_str()
    );
    let bars = ages.bars.words();
    if !bars.is_empty() {
        text.push_str(&format!("between the two the law bars, whoever agrees: {bars}\n"));
    }
    text
}

/// The path of the first entry of a list that fits.
pub(super) fn path(list: &Value, name: &str, fits: impl Fn(&Value) -> bool) -> Option<String> {
    list.items().iter().position(fits).map(|at| format!("{name}[{at}]"))
}
