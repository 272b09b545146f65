//! Which service a URL belongs to: by its most specific host pattern, in time that does not grow with their number.

use alloc::{string::String, vec::Vec};

pub(crate) use self::pattern::is_host;
pub use self::pattern::{HostPattern, NotAHost};
use crate::{index::Index, policy::Policy};

mod pattern;

/// Finds the service of a URL among any number of hosts.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    /// The patterns' keys: `example.com/path`, `.example.com/path` for a wildcard, `/path` on the own origin.
    keys: Index,
    /// By number of the key: who claims it.
    claims: Vec<Vec<Claim>>,
}

#[derive(Debug, Clone, Copy)]
struct Claim {
    port: Option<u16>,
    service: usize,
}

impl Matcher {
    /// Builds the index, once per policy.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let mut matcher = Self::default();
        for (service, declared) in policy.services.iter().enumerate() {
            for host in &declared.hosts {
                matcher.claim(host.key(), Claim { port: host.port(), service });
            }
        }
        matcher
    }

    fn claim(&mut self, key: &str, claim: Claim) {
        let (number, _) = self.keys.insert(key);
        if number == self.claims.len() {
            self.claims.push(Vec::new());
        }
        if let Some(claims) = self.claims.get_mut(number) {
            claims.push(claim);
        }
    }

    /// Index in [`Policy::services`] of the service that a URL belongs to, given its parts as the browser names them
    /// (`hostname`, `port`, `pathname`) and whether its origin is the page's own.
    ///
    /// The most specific pattern decides: a path on the own origin, then the longest host, then the longest path, then
    /// one that names a port; of several services that declare the same pattern, the first.
    #[must_use]
    pub fn service_of(&self, host: &str, port: &str, path: &str, own_origin: bool) -> Option<usize> {
        self.services_of(host, port, path, own_origin).first().copied()
    }

    /// All services that declare that most specific pattern, in the order declared: several may load one script.
    #[must_use]
    pub fn services_of(&self, host: &str, port: &str, path: &str, own_origin: bool) -> Vec<usize> {
        // Every key that could match is a piece of this one text: it starts at the whole host, at a dot in it, or (own
        // origin) behind it, and ends at a segment of the path.
        let host = host.strip_suffix('.').unwrap_or(host);
        let mut address = String::with_capacity(host.len() + path.len());
        address.push_str(host);
        address.push_str(path);
        let dots = host.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(at, _)| at);
        let behind = own_origin.then_some(host.len());
        for start in behind.into_iter().chain([0]).chain(dots) {
            let mut end = address.len();
            loop {
                let services = self.claimants(address.get(start..end).unwrap_or_default(), port);
                if !services.is_empty() {
                    return services;
                }
                if end <= host.len() {
                    break;
                }
                let shorter = path.get(..end - host.len()).and_then(|path| path.rfind('/'));
                end = host.len() + shorter.unwrap_or_default();
            }
        }
        Vec::new()
    }

    fn claimants(&self, key: &str, port: &str) -> Vec<usize> {
        // A URL may have any number of segments; comparing long ones again and again would stall the page.
        let claims = if key.len() > self.keys.longest() { None } else { self.keys.get(key) };
        let claims = claims.and_then(|number| self.claims.get(number)).map(Vec::as_slice).unwrap_or_default();
        let with = |named: bool| {
            let meant = claims.iter().filter(move |claim| claim.port.is_some() == named);
            meant.filter(|claim| pattern::is_port(claim.port, port)).map(|claim| claim.service).collect::<Vec<_>>()
        };
        let exact = with(true);
        if exact.is_empty() { with(false) } else { exact }
    }
}
