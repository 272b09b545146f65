//! A config as it lies in a file: read, checked, and kept with all that was found wrong.

use consentry_core::{
    config,
    issue::{Issue, Severity},
    matching::HostPattern,
    policy::Policy,
    value::Value,
};

use crate::{contrast, doubt, json};

/// The texts that a config may change, in files of their own.
pub(crate) const TEXTS: [&str; 4] = [
    include_str!("../../locales/en.json"),
    include_str!("../../locales/en.preferences.json"),
    include_str!("../../locales/en.aside.json"),
    include_str!("../../locales/en.failed.json"),
];

/// A config that was read.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it came from, as it is shown to people.
    pub source: String,
    /// Its raw tree; [`Value::Null`] if it is not JSON.
    pub value: Value,
    /// The known services, by id.
    pub catalog: Value,
    /// What it declares; `None` if any issue is an error.
    pub policy: Option<Policy>,
    /// Everything that is wrong: what a browser's console says, and keys that are given twice.
    pub issues: Vec<Issue>,
    /// What is not wrong and may still not be meant; nothing of it stops anything.
    pub notes: Vec<Issue>,
}

impl Config {
    /// Reads a config and the catalogs that its short service names stand for; of two entries with one id the earlier
    /// catalog's counts.
    #[must_use]
    pub fn read(source: &str, text: &str, catalogs: &[&str]) -> Self {
        let error = |message: String| Issue { path: String::new(), message, severity: Severity::Error };
        let mut issues = Vec::new();
        let mut value = Value::Null;
        let mut policy = None;
        let mut entries: Vec<(String, Value)> = Vec::new();
        for catalog in catalogs {
            match json::read(catalog) {
                Ok(document) => {
                    let new =
                        document.value.entries().iter().filter(|(id, _)| entries.iter().all(|(known, _)| known != id));
                    let new: Vec<_> = new.cloned().collect();
                    entries.extend(new);
                }
                Err(not_json) => issues.push(error(format!("the catalog {not_json}"))),
            }
        }
        let catalog = Value::Map(entries);
        match json::read(text) {
            Err(not_json) => issues.push(error(not_json.to_string())),
            Ok(document) => {
                let words = TEXTS.map(|file| json::read(file).map_or(Value::Null, |document| document.value));
                let mut keys: Vec<&str> =
                    words.iter().flat_map(|file| file.entries()).map(|(key, _)| key.as_str()).collect();
                // A category of the site's own has texts by its id.
                keys.push("category.");
                let reading = config::read_with_texts(&document.value, &catalog, &keys.join(" "));
                value = document.value;
                issues.extend(reading.issues);
                issues.extend(contrast::faults(&value));
                policy = reading.policy;
                issues.extend(doubt::repeated(&document.repeated));
            }
        }
        if issues.iter().any(|issue| issue.severity == Severity::Error) {
            policy = None;
        }
        let notes = if policy.is_some() { doubt::notes(&value, &catalog) } else { Vec::new() };
        Self { notes, source: source.to_owned(), value, catalog, policy, issues }
    }

    /// Whether nothing starts with it.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.policy.is_none()
    }

    /// What the catalog's entries would declare, all of them, with nothing else.
    #[must_use]
    pub fn known(&self) -> Option<Policy> {
        self.declaring(self.catalog.entries().iter().map(|(id, _)| text(id)).collect())
    }

    /// The policy with two more services: the site itself, with `site.hosts`, and last what `policy.forbidden` rules out. So
    /// one search finds whose a URL is.
    pub(crate) fn with_other_hosts(&self) -> Option<Policy> {
        let mut services = self.value.at("services").items().to_vec();
        let own = self.value.at("site").at("hosts").items().to_vec();
        let forbidden = self.policy.iter().flat_map(forbidden_hosts).map(|(_, host)| text(host.text())).collect();
        for (id, hosts) in [("own-hosts-of-this-site", own), ("forbidden-hosts-of-this-policy", forbidden)] {
            let mut other = vec![("id".into(), text(id)), ("category".into(), text("necessary"))];
            other.push(("hosts".into(), Value::List(hosts)));
            // Whatever the site calls its own, this is about whose it is.
            other.push(("counsel".into(), text("none is needed")));
            services.push(Value::Map(other));
        }
        self.declaring(services)
    }

    /// The policy that has these services, and of all else what they need.
    fn declaring(&self, services: Vec<Value>) -> Option<Policy> {
        let version = Value::Map(vec![("version".into(), text("1"))]);
        let mut all = vec![("policy".into(), version), ("services".into(), Value::List(services))];
        if let Some(categories) = self.value.get("categories") {
            all.push(("categories".into(), categories.clone()));
        }
        config::read(&Value::Map(all), &self.catalog).policy
    }
}

/// The hosts that a policy rules out, each with its place in `policy.forbidden`; the rest of that list are ids.
pub(crate) fn forbidden_hosts(policy: &Policy) -> impl Iterator<Item = (usize, HostPattern)> {
    let hosts = policy.rules.forbidden.iter().enumerate().filter(|(_, one)| one.contains(['.', '/']));
    hosts.filter_map(|(index, one)| Some((index, HostPattern::parse(one).ok()?)))
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn knows_the_keys_of_both_layers() {
        let text = r#"{ "policy": { "version": "1" }, "texts": { "en": { "notice.acept": "Yes", "center.svae": "Keep",
            "center.save": "Keep", "category.own.label": "Own" } } }"#;
        let config = Config::read("it", text, &[]);
        let said: Vec<_> = config.issues.iter().map(|issue| issue.message.as_str()).collect();
        assert_eq!(
            said,
            ["unknown text; did you mean \"notice.accept\"?", "unknown text; did you mean \"center.save\"?"]
        );
    }
}
