//! Of one URL: whose it is, which line of the config says so, and what the gate does with it.

use consentry_core::{decision::Decision, jurisdiction::Regime, matching::HostPattern, value::Value};
use url::Url;

use super::visit::Visit;
use crate::{
    config::Config,
    owner::{Owner, Site},
};

/// The explanation, and whether the config knows the URL.
pub(super) fn explain(config: &Config, site: &Site, url: &str) -> (String, bool) {
    let Some(whole) = site.resolve(url, None) else {
        return (format!("{url}\n  is no URL: nothing that can be asked for\n"), true);
    };
    let shown = if site.address().is_none() && whole.host_str() == Some("own.invalid") { url } else { whole.as_str() };
    let (text, is_known) = match site.owner(&whole) {
        Owner::Nobody => ("  makes no request to anybody: never held\n".to_owned(), true),
        Owner::Own => (own(config, site, &whole), true),
        Owner::Services(services) => {
            (services.iter().map(|index| service(config, site, *index, &whole)).collect(), true)
        }
        Owner::Unknown(entry) => (unknown(site, entry.as_deref(), &whole), false),
    };
    (format!("{shown}\n{text}"), is_known)
}

fn own(config: &Config, site: &Site, url: &Url) -> String {
    let hosts = config.value.at("site").at("hosts").items();
    let line = deciding(hosts, site, url).map_or_else(
        || "the same site as the page".to_owned(),
        |(index, pattern)| format!("site.hosts[{index}] = \"{pattern}\""),
    );
    format!("  your own: {line}\n  never held\n")
}

fn service(config: &Config, site: &Site, index: usize, url: &Url) -> String {
    let declared = config.value.at("services").items().get(index).unwrap_or(&Value::Null);
    let (entry, place) = match declared.text() {
        Some(id) => (config.catalog.at(id), format!("services[{index}] = \"{id}\", whose entry in the catalog has ")),
        None => (declared, format!("services[{index}].")),
    };
    let Some(service) = site.policy.services.get(index) else { return String::new() };
    let Some(category) = site.policy.categories.get(service.category) else { return String::new() };
    let vendor = if service.vendor.is_empty() { String::new() } else { format!(" of {}", service.vendor) };
    let line = deciding(entry.at("hosts").items(), site, url)
        .map_or_else(String::new, |(at, pattern)| format!("{place}hosts[{at}] = \"{pattern}\""));
    let (id, category_id) = (&service.id, &category.id);
    let fate = if category.necessary {
        format!("never held: the category \"{category_id}\" is necessary")
    } else {
        format!("held until the visitor allows \"{id}\", alone or with the category \"{category_id}\"")
    };
    format!("  service \"{id}\"{vendor}, category \"{category_id}\"\n  by {line}\n  {fate}\n")
}

fn unknown(site: &Site, entry: Option<&str>, url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let cure = match entry {
        Some(id) => format!("the catalog knows it: add \"{id}\" to services"),
        None => {
            format!("to have it asked for, add \"{host}\" to the hosts of a service; if it is your own, to site.hosts")
        }
    };
    let doubt = if site.address().is_some() { "" } else { "\n  or name your site: --site https://www.example.com" };
    format!(
        "  a third party that no service declares\n  held for good where unknown third parties are held\n  {cure}{doubt}\n"
    )
}

/// The pattern that decides, and its place in the list: a host before a wildcard, the longer before the shorter.
fn deciding<'a>(hosts: &'a [Value], site: &Site, url: &Url) -> Option<(usize, &'a str)> {
    let port = url.port().map(|port| port.to_string()).unwrap_or_default();
    let is_origin = site.page("/").is_some_and(|page| page.origin() == url.origin());
    let host = url.host_str().unwrap_or_default();
    let fitting = hosts.iter().enumerate().filter_map(|(index, text)| {
        let text = text.text()?;
        HostPattern::parse(text).ok()?.matches(host, &port, url.path(), is_origin).then_some((index, text))
    });
    fitting.max_by_key(|(index, text)| (text.starts_with('/'), !text.starts_with('*'), text.len(), usize::MAX - index))
}

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

/// What becomes of the URL for one visitor now, at each level of the gate.
pub(super) fn fate(config: &Config, site: &Site, url: &str, visit: &Visit) -> String {
    let Some(whole) = site.resolve(url, None) else { return String::new() };
    let decision = visit.engine.decision();
    match site.owner(&whole) {
        Owner::Nobody | Owner::Own => "  now: asked for, at every level\n".to_owned(),
        Owner::Services(services) => {
            let ids: Vec<&str> = services
                .iter()
                .filter_map(|index| site.policy.services.get(*index))
                .map(|one| one.id.as_str())
                .collect();
            owned(config, &ids, decision)
        }
        Owner::Unknown(_) => stranger(config, visit),
    }
}

fn owned(config: &Config, ids: &[&str], decision: &Decision) -> String {
    let said: Vec<String> = ids
        .iter()
        .map(|id| {
            let choice = decision.choice(id);
            format!("\"{id}\" is {}: {}", if choice.allowed { "on" } else { "off" }, choice.reason.as_str())
        })
        .collect();
    let said = said.join(", ");
    if ids.iter().all(|id| decision.choice(id).allowed) {
        return format!("  now: asked for, at every level ({said})\n");
    }
    let all = if ids.len() > 1 { "; all of them must be on" } else { "" };
    format!("  now: held ({said}{all})\n{}", levels(config, true))
}

/// What `gate.unknownThirdParties` comes to: without a yes, or after a no, only counsel lets anything in. The same rule as
/// in `src/boot/start.js`.
fn stranger(config: &Config, visit: &Visit) -> String {
    let gate = config.value.at("gate");
    let word = gate.at("unknownThirdParties").text().unwrap_or("block");
    let is_free = gate.get("counsel").is_some()
        || visit.engine.jurisdiction().regime != Regime::OptIn && visit.engine.opted_out().words().is_empty();
    match word {
        "allow" | "report" if is_free => {
            let told = if word == "report" { ", and the console names it" } else { "" };
            format!("  now: asked for{told}: gate.unknownThirdParties = \"{word}\"\n")
        }
        "block" => format!("  now: held: gate.unknownThirdParties is \"block\"\n{}", levels(config, false)),
        _ => format!(
            "  now: held: gate.unknownThirdParties = \"{word}\" counts only outside opt-in and while nothing is opted out of\n{}",
            levels(config, false)
        ),
    }
}

/// A line for each level, the config's own marked; what nobody declares nobody can grant.
fn levels(config: &Config, can_be_granted: bool) -> String {
    let gate = config.value.at("gate");
    let own = gate.at("level").text().unwrap_or("auto");
    let mut text = String::new();
    for (level, what, grant) in LEVELS {
        let mark = if level == own { '>' } else { ' ' };
        let then = if can_be_granted { grant } else { "" };
        text.push_str(&format!("  {mark} {level:<9} {what}{then}\n"));
    }
    if let Some(worker) = gate.at("worker").text() {
        text.push_str(&format!("  + worker    {worker} refuses it, too, from the second page on\n"));
    }
    text
}
