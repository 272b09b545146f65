//! What becomes of one URL for one visitor now, at each level of the gate.

use consentry_core::{
    age::Stage,
    decision::{Decision, Reason},
    jurisdiction::Regime,
};

use super::visit::Visit;
use crate::{
    config::Config,
    owner::{Owner, Site},
    snippet::{Lists, lists},
};

/// How each level of the gate keeps an address out that is not allowed, and what a grant does then.
const LEVELS: [(&str, &str, &str); 5] = [
    (
        "auto",
        "stopped by the script once it runs; what the browser looks ahead for in the markup gets through",
        AT_ONCE,
    ),
    ("auto-csp", "the same, and refused by the policy that the script writes", AGAIN),
    ("marked", "an element that is marked for it waits; what is not marked is asked for", AT_ONCE),
    ("sealed", "refused by the policy in the page's head", AGAIN),
    ("header", "refused by the policy that the server sends", AGAIN),
];

const AT_ONCE: &str = "; a grant opens it at once";
const AGAIN: &str = "; a grant loads the page again, once";

/// What levels with a policy from the page's first byte do with what they always let in.
const OPEN: &str = "let in: the policy always lets in its host; mark what is there";

/// What becomes of the URL for one visitor now, at each level of the gate.
pub(super) fn fate(config: &Config, site: &Site, url: &str, visit: &Visit) -> String {
    let Some(whole) = site.resolve(url, None) else { return String::new() };
    let decision = visit.engine.decision();
    let lets = |lists: Lists| lists.lets(&whole, |id| decision.choice(id).allowed, visit.gpc);
    let is_open = site.is_same_host(&whole) || lists(config).is_some_and(lets);
    match site.owner(&whole) {
        Owner::Nobody => asked("", true, ""),
        Owner::Own => asked("", is_open, "site.hosts does not name its host"),
        Owner::Forbidden => {
            format!("  now: held: policy.forbidden rules it out\n{}", levels(config, false, is_open))
        }
        Owner::Services(services) => {
            let ids: Vec<&str> = services
                .iter()
                .filter_map(|index| site.policy.services.get(*index))
                .map(|one| one.id.as_str())
                .collect();
            owned(config, &ids, decision, is_open)
        }
        Owner::Unknown(_) => stranger(config, visit),
    }
}

/// What the gate lets through, and what a policy makes of it.
fn asked(said: &str, is_open: bool, why: &str) -> String {
    if is_open {
        return format!("  now: asked for, at every level{said}\n");
    }
    format!("  now: asked for{said}, but at sealed and header, where the policy refuses it: {why}\n")
}

fn owned(config: &Config, ids: &[&str], decision: &Decision, is_open: bool) -> String {
    let said: Vec<String> = ids
        .iter()
        .map(|id| {
            let choice = decision.choice(id);
            format!("\"{id}\" is {}: {}", if choice.allowed { "on" } else { "off" }, choice.reason.as_str())
        })
        .collect();
    let said = said.join(", ");
    if ids.iter().all(|id| decision.choice(id).allowed) {
        return asked(&format!(" ({said})"), is_open, "`consentry snippet` tells which hosts it cannot open");
    }
    let all = if ids.len() > 1 { "; all of them must be on" } else { "" };
    format!("  now: held ({said}{all})\n{}", levels(config, true, is_open))
}

/// What `gate.unknownThirdParties` comes to: the same rule as in `src/boot/unknown.js`.
fn stranger(config: &Config, visit: &Visit) -> String {
    let gate = config.value.at("gate");
    let word = gate.at("unknownThirdParties").text().unwrap_or("block");
    let engine = &visit.engine;
    let said_no = |reason| matches!(reason, Reason::Refused | Reason::Withdrawn);
    let has_counsel = gate.at("counsel").text().is_some_and(|counsel| !counsel.is_empty());
    let is_advised = has_counsel && engine.decision().iter().all(|(_, choice)| !said_no(choice.reason));
    let is_open = engine.jurisdiction().regime != Regime::OptIn || is_advised;
    let is_adult = engine.stage().is_none_or(|stage| stage == Stage::Adult);
    match word {
        "allow" | "report" if is_open && is_adult && engine.opted_out().words().is_empty() => {
            let told = if word == "report" { ", and the console names it" } else { "" };
            format!(
                "  now: asked for{told}: gate.unknownThirdParties = \"{word}\"; policies (auto-csp, sealed, header) refuse it\n"
            )
        }
        "block" => format!("  now: held: gate.unknownThirdParties is \"block\"\n{}", levels(config, false, false)),
        _ => format!(
            "  now: held: gate.unknownThirdParties = \"{word}\" counts only outside opt-in, or with counsel before any no; \
             while nothing is opted out of, and for adults\n{}",
            levels(config, false, false)
        ),
    }
}

/// A line for each level, the config's own marked; what nobody declares nobody can grant, and `is_open` is what the
/// policies of `sealed` and `header` let in all the same.
fn levels(config: &Config, can_be_granted: bool, is_open: bool) -> String {
    let gate = config.value.at("gate");
    let own = gate.at("level").text().unwrap_or("auto");
    let mut text = String::new();
    for (level, what, grant) in LEVELS {
        let mark = if level == own { '>' } else { ' ' };
        let (what, grant) = if is_open && matches!(level, "sealed" | "header") { (OPEN, "") } else { (what, grant) };
        let then = if can_be_granted { grant } else { "" };
        text.push_str(&format!("  {mark} {level:<9} {what}{then}\n"));
    }
    if let Some(worker) = gate.at("worker").text() {
        text.push_str(&format!("  + worker    {worker} refuses it, too, from the second page on\n"));
    }
    text
}
