//! From a config to the policy. It counts only if nothing was found wrong; what is wrong is passed over.

use alloc::{string::String, vec::Vec};

use crate::{
    matching::HostPattern,
    policy::{Category, Policy, RecordRules, Service},
    value::Value,
};

/// The categories that every site has, in the order shown.
pub const CATEGORIES: [&str; 4] = [NECESSARY, "functional", "analytics", "marketing"];

const NECESSARY: &str = "necessary";

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
            script_grants: record.at("scriptGrants").is_true(),
        },
    }
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
        categories.push(Category { id: id.into(), necessary: id == NECESSARY, purposes: Vec::new() });
    }
    for item in declared {
        let mut category = Category { id: string(item.at("id")), necessary: is_necessary(item), purposes: Vec::new() };
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
        let mut purposes = Vec::new();
        for purpose in item.at("purposes").items() {
            purposes.push(string(purpose));
        }
        let hosts = hosts(item.at("hosts"));
        services.push(Service { id: id.into(), category, vendor: string(item.at("vendor")), purposes, hosts });
    }
    services
}

fn string(value: &Value) -> String {
    value.text().unwrap_or_default().into()
}

fn whole(value: &Value, default: u32) -> u32 {
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
