//! From a config to the policy. It counts only if nothing was found wrong; what is wrong is passed over.

use alloc::{string::String, vec::Vec};

use crate::{
    jurisdiction::Regime,
    matching::HostPattern,
    policy::{Category, Policy, RecordRules, Rules, Service, Upcoming},
    time::Timestamp,
    uses::Uses,
    value::Value,
};

/// The categories that every site has, in the order shown.
pub const CATEGORIES: [&str; 4] = [NECESSARY, "functional", "analytics", "marketing"];

const NECESSARY: &str = "necessary";

/// The basis of what runs until the visitor objects.
pub(super) const OBJECTION: &str = "objection";

/// The policy that a config declares.
pub(super) fn policy(config: &Value, catalog: &Value) -> Policy {
    let (site, policy, record) = (config.at("site"), config.at("policy"), config.at("record"));
    let days = record.at("expiresDays");
    let categories = categories(config.at("categories").items());
    Policy {
        version: string(policy.at("version")),
        material: policy.at("material").is_true(),
        controller: string(site.at("controller")),
        hosts: hosts(site.at("hosts")),
        services: services(config.at("services").items(), catalog, &categories),
        categories,
        record: RecordRules {
            scope: string(record.at("scope")),
            granted_days: whole(days.at("granted"), 365),
            refused_days: whole(days.at("refused"), 183),
            session: record.at("store").text() == Some("session"),
            script_grants: record.at("scriptGrants").is_true(),
        },
        rules: rules(config),
    }
}

fn rules(config: &Value) -> Rules {
    let policy = config.at("policy");
    let mut regimes = Vec::new();
    for item in config.at("regimes").items() {
        regimes.push((string(item.at("place")), Regime::of(item.at("regime").text().unwrap_or_default())));
    }
    let (mut locked, mut opened) = (Vec::new(), Vec::new());
    for item in config.at("locked").items() {
        let ids = if item.at("opens").is_true() { &mut opened } else { &mut locked };
        ids.push(string(item.at("id")));
    }
    let age = config.at("age");
    Rules {
        // `law` is no regime: it leaves each place its own.
        floor: if config.at("floor").text() == Some("law") { Regime::Notice } else { Regime::OptIn },
        // `auto` names no place.
        jurisdiction: config.at("jurisdiction").text().filter(|place| *place != "auto").unwrap_or_default().into(),
        regimes,
        counsel: counsel(config),
        dnt: match config.at("signals").at("dnt").text() {
            Some("asGpc") => Uses::SOLD,
            Some("asReject") => Uses::ALL,
            _ => Uses::NONE,
        },
        forbidden: strings(policy.at("forbidden")),
        locked,
        opened,
        age: config.get("age").map(|_| ages(age.at("thresholds"))),
        second_ages: ages(age.at("secondThresholds")),
        last_material: day(policy.at("lastMaterial")),
        upcoming: policy.get("upcoming").map(|next| {
            let or = |key, otherwise| string(next.get(key).unwrap_or(otherwise));
            Upcoming {
                announced: day(next.at("announced")),
                effective: day(next.at("effective")),
                version: or("version", next.at("effective")),
                controller: or("controller", config.at("site").at("controller")),
            }
        }),
    }
}

/// Places with ages.
fn ages(declared: &Value) -> Vec<(String, u32)> {
    let mut ages = Vec::new();
    for (place, years) in declared.entries() {
        ages.push((place.clone(), whole(years, 0)));
    }
    ages
}

/// All advice, wherever it stands, in the order of the config.
fn counsel(value: &Value) -> String {
    let mut advice = Vec::new();
    gather(value, &mut advice);
    advice.join("; ")
}

fn gather<'a>(value: &'a Value, advice: &mut Vec<&'a str>) {
    for (key, item) in value.entries() {
        match item.text() {
            Some(text) if key == "counsel" => advice.push(text),
            _ if key.starts_with("x-") => {}
            _ => gather(item, advice),
        }
    }
    for item in value.items() {
        gather(item, advice);
    }
}

pub(super) fn day(value: &Value) -> Timestamp {
    Timestamp::of_day(value.text().unwrap_or_default())
}

/// Whether a category needs no consent.
pub(super) fn is_necessary(category: &Value) -> bool {
    category.at("id").text() == Some(NECESSARY) || rests_on(category, NECESSARY)
}

/// Whether a purpose of a category has a basis.
pub(super) fn rests_on(category: &Value, basis: &str) -> bool {
    category.at("purposes").items().iter().any(|purpose| purpose.at("basis").text() == Some(basis))
}

fn categories(declared: &[Value]) -> Vec<Category> {
    let mut categories = Vec::new();
    for id in CATEGORIES {
        categories.push(Category { id: id.into(), necessary: id == NECESSARY, ..Category::default() });
    }
    for item in declared {
        let (necessary, objection) = (is_necessary(item), rests_on(item, OBJECTION) && !rests_on(item, "consent"));
        let each = item.at("ask").text() == Some("each");
        let serves = item.at("serviceProvider").is_true();
        // What is declared is all there is to it here: what nobody declares, the engine takes for anything.
        let (id, uses, purposes) = (string(item.at("id")), uses(item, true), Vec::new());
        let mut category = Category { id, necessary, objection, purposes, uses, serves, each };
        for purpose in item.at("purposes").items() {
            category.purposes.push(string(purpose.at("id")));
        }
        match categories.iter_mut().find(|known| known.id == category.id) {
            Some(known) => *known = category,
            None => categories.push(category),
        }
    }
    categories
}

fn services(declared: &[Value], catalog: &Value, categories: &[Category]) -> Vec<Service> {
    let mut services = Vec::new();
    for item in declared {
        let (id, item) = match item.text() {
            Some(id) => (id, catalog.at(id)),
            None => (item.at("id").text().unwrap_or_default(), item),
        };
        let category = item.at("category").text().unwrap_or_default();
        let Some(category) = categories.iter().position(|known| known.id == category) else { continue };
        let purposes = strings(item.at("purposes"));
        let hosts = hosts(item.at("hosts"));
        let serves = serves(item, &hosts);
        let uses = uses(item, serves);
        let each = item.at("ask").text() == Some("each");
        services.push(Service {
            id: id.into(),
            category,
            vendor: string(item.at("vendor")),
            purposes,
            hosts,
            uses,
            each,
            educational: item.at("educational").is_true(),
            discloses: !serves,
        });
    }
    services
}

/// What a service does with data. A third party that declares nothing, and does not only serve the site, may do anything
/// that is not sensitive; what lives on the site's own origin alone is no third party.
fn uses(service: &Value, serves: bool) -> Uses {
    let mut uses = Uses::NONE;
    for word in service.at("uses").items() {
        uses = uses.and(Uses::named(word.text().unwrap_or_default()).unwrap_or_default());
    }
    if uses == Uses::NONE && !serves { Uses::UNDECLARED } else { uses }
}

/// Whether a service works for the site alone.
fn serves(service: &Value, hosts: &[HostPattern]) -> bool {
    let own = !hosts.is_empty() && hosts.iter().all(|host| host.text().starts_with('/'));
    own || service.at("serviceProvider").is_true()
}

fn strings(list: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for item in list.items() {
        texts.push(string(item));
    }
    texts
}

fn string(value: &Value) -> String {
    value.text().unwrap_or_default().into()
}

pub(super) fn whole(value: &Value, default: u32) -> u32 {
    if let Value::Number(number) = value { *number as u32 } else { default }
}

fn hosts(value: &Value) -> Vec<HostPattern> {
    let mut hosts = Vec::new();
    for host in value.items() {
        if let Ok(host) = HostPattern::parse(host.text().unwrap_or_default()) {
            hosts.push(host);
        }
    }
    hosts
}
