//! From a config to the policy: what the table cannot say, names that must be known or must not be taken, is checked
//! here. It reads a faulty config too, so that all mistakes are told at once; what is wrong already is passed over.

use alloc::{string::String, vec::Vec};

use super::{
    check,
    form::Form,
    report::{Place, Report, quote},
    table::SERVICE,
};
use crate::{
    index::Index,
    issue::Severity,
    matching::HostPattern,
    policy::{Category, Policy, RecordRules, Service},
    value::Value,
};

/// The categories that every site has, in the order shown.
pub const CATEGORIES: [&str; 4] = [NECESSARY, "functional", "analytics", "marketing"];

const NECESSARY: &str = "necessary";

/// The policy that a config declares. It counts only if nothing was reported as an error.
pub(super) fn policy(config: &Value, catalog: &Value, report: &mut Report) -> Policy {
    let mut declaration =
        Declaration { catalog, report, taken: Index::default(), categories: Vec::new(), services: Vec::new() };
    declaration.read_categories(config.at("categories"));
    declaration.read_services(config.at("services"));
    let Declaration { categories, services, .. } = declaration;
    let (site, policy, record) = (config.at("site"), config.at("policy"), config.at("record"));
    let days =
        |key, default| if let Value::Number(days) = record.at("expiresDays").at(key) { *days as u32 } else { default };
    Policy {
        version: string(policy.at("version")),
        material: policy.at("material").is_true(),
        controller: string(site.at("controller")),
        hosts: hosts(site.at("hosts")),
        categories,
        services,
        record: RecordRules {
            scope: string(record.at("scope")),
            granted_days: days("granted", 365),
            refused_days: days("refused", 183),
            script_grants: record.at("scriptGrants").is_true(),
        },
    }
}

fn string(value: &Value) -> String {
    value.text().unwrap_or_default().into()
}

fn hosts(value: &Value) -> Vec<HostPattern> {
    value.items().iter().filter_map(|host| HostPattern::parse(host.text()?).ok()).collect()
}

fn id(value: &Value) -> Option<&str> {
    value.text().filter(|text| Form::Id.fits(text))
}

struct Declaration<'a> {
    catalog: &'a Value,
    report: &'a mut Report,
    /// Ids that the config has used, and those of the default categories.
    taken: Index,
    categories: Vec<Category>,
    services: Vec<Service>,
}

impl Declaration<'_> {
    fn read_categories(&mut self, list: &Value) {
        self.categories =
            CATEGORIES.map(|id| Category { id: id.into(), necessary: id == NECESSARY, purposes: Vec::new() }).into();
        let list_place = Place::Key(&Place::Root, "categories");
        for (index, item) in list.items().iter().enumerate() {
            let place = Place::Item(&list_place, index);
            let Some(id) = id(item.at("id")) else { continue };
            self.take(id, &Place::Key(&place, "id"));
            let necessary = self.is_necessary(id, item.at("purposes"), &Place::Key(&place, "purposes"));
            let purposes = self.ids(item.at("purposes"), true, &Place::Key(&place, "purposes"));
            let category = Category { id: id.into(), necessary, purposes };
            match self.categories.iter_mut().find(|known| known.id == id) {
                Some(known) => *known = category,
                None => self.categories.push(category),
            }
        }
        for id in CATEGORIES {
            self.taken.insert(id);
        }
    }

    /// Whether a category needs no consent. A visitor answers it as a whole, so its purposes must share one basis.
    fn is_necessary(&mut self, id: &str, purposes: &Value, place: &Place<'_>) -> bool {
        let has = |basis| purposes.items().iter().any(|purpose| purpose.at("basis").text() == Some(basis));
        let necessary = id == NECESSARY || has("necessary");
        if necessary && has("consent") {
            self.error(place, "must not need consent in part: a visitor answers a category as a whole".into());
        }
        necessary
    }

    fn read_services(&mut self, list: &Value) {
        let list_place = Place::Key(&Place::Root, "services");
        for (index, item) in list.items().iter().enumerate() {
            let place = Place::Item(&list_place, index);
            if let Some(name) = id(item) {
                self.look_up(name, &place);
            } else if let Some(id) = id(item.at("id")) {
                self.take(id, &Place::Key(&place, "id"));
                self.declare(id, item, &place);
            }
        }
    }

    fn look_up(&mut self, id: &str, place: &Place<'_>) {
        let catalog = self.catalog;
        self.take(id, place);
        let Some(entry) = catalog.get(id) else {
            let mut ids = catalog.entries().iter().map(|(id, _)| id.as_str());
            return self.unknown("the catalog has no service ", id, place, &mut ids);
        };
        let root = Place::Key(&Place::Root, "catalog");
        let place = Place::Key(&root, id);
        if let Value::Map(_) = entry {
            check::keys(entry, &SERVICE, &place, Severity::Error, self.report);
            // Its id is its key already.
            check::missing(entry, SERVICE.keys.get(1..).unwrap_or_default(), &place, Severity::Error, self.report);
        } else {
            self.report.wrong(Severity::Error, &place, &["an object"], entry);
        }
        if entry.get("id").is_some_and(|own| own.text() != Some(id)) {
            self.report.wrong(Severity::Error, &Place::Key(&place, "id"), &["\"", id, "\""], entry.at("id"));
        }
        self.declare(id, entry, &place);
    }

    fn declare(&mut self, id: &str, item: &Value, place: &Place<'_>) {
        let name = self::id(item.at("category"));
        let category = self.categories.iter().position(|category| Some(category.id.as_str()) == name);
        if let (None, Some(name)) = (category, name) {
            let known: Vec<String> = self.categories.iter().map(|category| category.id.clone()).collect();
            self.unknown(
                "unknown category ",
                name,
                &Place::Key(place, "category"),
                &mut known.iter().map(String::as_str),
            );
        }
        let purposes = self.ids(item.at("purposes"), false, &Place::Key(place, "purposes"));
        self.services.push(Service {
            id: id.into(),
            category: category.unwrap_or_default(),
            vendor: string(item.at("vendor")),
            purposes,
            hosts: hosts(item.at("hosts")),
        });
    }

    /// The ids of purposes, given as objects with an id or as ids.
    fn ids(&mut self, list: &Value, objects: bool, place: &Place<'_>) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for (index, item) in list.items().iter().enumerate() {
            let Some(id) = id(if objects { item.at("id") } else { item }) else { continue };
            let item = Place::Item(place, index);
            let key = Place::Key(&item, "id");
            if ids.iter().any(|known| known == id) {
                self.duplicate(id, if objects { &key } else { &item });
            }
            ids.push(id.into());
        }
        ids
    }

    fn take(&mut self, id: &str, place: &Place<'_>) {
        if !self.taken.insert(id).1 {
            self.duplicate(id, place);
        }
    }

    fn duplicate(&mut self, id: &str, place: &Place<'_>) {
        self.error(place, ["the id \"", id, "\" is taken already"].concat());
    }

    fn unknown(&mut self, what: &str, word: &str, place: &Place<'_>, known: &mut dyn Iterator<Item = &str>) {
        let mut message = String::from(what);
        quote(word, &mut message);
        self.report.unknown(Severity::Error, place, &message, word, known);
    }

    fn error(&mut self, place: &Place<'_>, message: String) {
        self.report.say(Severity::Error, place, message);
    }
}
