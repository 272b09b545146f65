//! Which service a URL belongs to: by its most specific host pattern, in time that does not grow with their number.

use alloc::vec::Vec;

pub use self::host::{HostPattern, NotAHost};
use crate::{index::Index, policy::Policy};

mod host;

/// Finds the service of a URL among any number of hosts.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    /// Hosts: `example.com`, `.example.com` for a wildcard, nothing for the own origin.
    hosts: Index,
    /// By number of the host: who declares it.
    claims: Vec<Vec<(HostPattern, usize)>>,
}

impl Matcher {
    /// Builds the index, once per policy.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let mut matcher = Self::default();
        for (service, declared) in policy.services.iter().enumerate() {
            for pattern in &declared.hosts {
                let (number, is_new) = matcher.hosts.insert(pattern.parts()[0]);
                if is_new {
                    matcher.claims.push(Vec::new());
                }
                if let Some(claims) = matcher.claims.get_mut(number) {
                    claims.push((pattern.clone(), service));
                }
            }
        }
        matcher
    }

    /// Index in [`Policy::services`] of the service that a URL belongs to, given its parts as the browser names them
    /// (`hostname`, `port`, `pathname`) and whether its origin is the page's own.
    ///
    /// The most specific pattern decides: a path on the own origin, then the longest host, then the longest path; of
    /// several services that declare the same, the first.
    #[must_use]
    pub fn service_of(&self, host: &str, port: &str, path: &str, own_origin: bool) -> Option<usize> {
        self.services_of(host, port, path, own_origin).first().copied()
    }

    /// All services that declare that most specific pattern, in the order declared: several may load one script.
    #[must_use]
    pub fn services_of(&self, host: &str, port: &str, path: &str, own_origin: bool) -> Vec<usize> {
        let mut services = Vec::new();
        let mut name = if own_origin { Some("") } else { None };
        // No subdomain has an empty name, and a host that starts with a dot would be taken for a wildcard's key.
        let mut next = if host.starts_with('.') { "" } else { host.strip_suffix('.').unwrap_or(host) };
        loop {
            // The longest path among those who declare this host.
            let mut longest = 0;
            let claims = name.and_then(|name| self.hosts.get(name)).and_then(|number| self.claims.get(number));
            for (pattern, service) in claims.into_iter().flatten() {
                let [_, declared, prefix] = pattern.parts();
                if host::is_port(declared, port) && host::is_under(prefix, path) && prefix.len() >= longest {
                    if prefix.len() > longest {
                        services.clear();
                    }
                    longest = prefix.len();
                    services.push(*service);
                }
            }
            if next.is_empty() || !services.is_empty() {
                return services;
            }
            // From the whole host to its wildcards, dot by dot.
            name = Some(next);
            let dot = next.bytes().skip(1).position(|byte| byte == b'.');
            next = dot.and_then(|dot| next.get(dot + 1..)).unwrap_or_default();
        }
    }
}
