//! What a config may say and its owner probably did not mean. A browser has no time to look for it.

use consentry_core::{
    config::CATEGORIES,
    issue::{Issue, Severity},
    value::Value,
};

/// Keys that are given twice.
pub(crate) fn repeated(paths: &[String]) -> Vec<Issue> {
    let issue = |path: &String| note(path.clone(), "is given twice; the last one counts".to_owned());
    paths.iter().map(issue).collect()
}

/// Everything else, for a config without errors.
pub(crate) fn notes(config: &Value, catalog: &Value) -> Vec<Issue> {
    let services: Vec<Service<'_>> = services(config, catalog);
    let mut notes = Vec::new();
    if config.at("site").at("policies").items().is_empty() {
        let text = "no privacy policy is named; visitors look for a link to it in the notice";
        notes.push(note("site.policies".to_owned(), text.to_owned()));
    }
    for (index, item) in config.at("categories").items().iter().enumerate() {
        let id = item.at("id").text().unwrap_or_default();
        if !CATEGORIES.contains(&id) && services.iter().all(|service| service.entry.at("category").text() != Some(id)) {
            let text =
                "no service belongs to it; right only if elements are marked for it, or forms or scripts ask for it";
            notes.push(note(format!("categories[{index}]"), text.to_owned()));
        }
    }
    for (index, service) in services.iter().enumerate() {
        let keeps =
            ["hosts", "cookies", "storage", "permissions"].iter().any(|key| !service.entry.at(key).items().is_empty());
        if !keeps {
            let text =
                "names no hosts, cookies, storage or permissions: nothing can be recognized, held or removed for it";
            notes.push(note(service.place.clone(), text.to_owned()));
        }
        for (at, host) in service.hosts() {
            let place = format!("{}.hosts[{at}]", service.place);
            notes.extend(host_notes(config, &services, index, host).into_iter().map(|text| note(place.clone(), text)));
        }
    }
    notes
}

/// A service with its place in the config.
struct Service<'a> {
    entry: &'a Value,
    place: String,
    is_own: bool,
}

impl<'a> Service<'a> {
    fn hosts(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        self.entry.at("hosts").items().iter().enumerate().filter_map(|(at, host)| Some((at, host.text()?)))
    }
}

fn services<'a>(config: &'a Value, catalog: &'a Value) -> Vec<Service<'a>> {
    let read = |(index, item): (usize, &'a Value)| match item.text() {
        Some(id) => Service { entry: catalog.at(id), place: format!("catalog.{id}"), is_own: false },
        None => Service { entry: item, place: format!("services[{index}]"), is_own: true },
    };
    config.at("services").items().iter().enumerate().map(read).collect()
}

/// What is odd about one host of a service.
fn host_notes(config: &Value, services: &[Service<'_>], index: usize, host: &str) -> Vec<String> {
    let bare = |host: &str| host.trim_end_matches('/').to_owned();
    let mut notes = Vec::new();
    let earlier = services.iter().take(index).find(|other| other.hosts().any(|(_, known)| bare(known) == bare(host)));
    if let Some(other) = earlier {
        let place = &other.place;
        notes.push(format!("\"{host}\" is also a host of {place}: what loads from there waits until both are allowed"));
    }
    let own = config.at("site").at("hosts").items().iter();
    if own.filter_map(Value::text).any(|known| bare(known) == bare(host)) {
        notes.push(format!("\"{host}\" is in site.hosts, too: it waits for the service"));
    }
    let is_own = services.get(index).is_some_and(|service| service.is_own);
    if let Some(domain) = host.strip_prefix("*.").filter(|_| is_own)
        && !services.iter().flat_map(Service::hosts).any(|(_, known)| bare(known) == bare(domain))
    {
        notes.push(format!("\"{host}\" does not mean \"{domain}\" itself; add it if the service loads from there"));
    }
    notes
}

const fn note(path: String, message: String) -> Issue {
    Issue { path, message, severity: Severity::Warning }
}
