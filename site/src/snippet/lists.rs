//! What a policy is made of: the hosts that it lets in always, those that open with a yes, and what it cannot keep to.

use consentry_core::{
    matching::HostPattern,
    policy::{Policy, Service},
    uses::Uses,
};
use url::Url;

use crate::config::{Config, forbidden_hosts};

/// What a page's own content may do: everything but reach others.
const OWN: &str = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

/// One host of a policy that opens only with a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The host as a config writes it.
    host: HostPattern,
    /// The host as a source of a policy.
    pub(crate) source: String,
    /// The services that all have to be granted: a policy has no exceptions for what lies under it.
    pub(crate) ids: Vec<String>,
    /// Whether one of its services may sell, share or target.
    pub(crate) sells: bool,
}

/// What a policy is made of.
pub(crate) struct Lists {
    /// The policy before any consent; hosts may follow.
    pub(crate) csp: String,
    /// Hosts beside the page's own origin that are always open.
    own: Vec<HostPattern>,
    /// What opens.
    pub(crate) rows: Vec<Row>,
    /// What this config cannot have in a policy, each with its place.
    pub(crate) remarks: Vec<String>,
}

impl Lists {
    /// Whether the policy lets in what lies at another origin than the page's, where these services are on; `has_signal`
    /// says whether the browser sends Global Privacy Control.
    pub(crate) fn lets(&self, url: &Url, is_on: impl Fn(&str) -> bool, has_signal: bool) -> bool {
        let port = url.port().map(|port| port.to_string()).unwrap_or_default();
        let means = |host: &HostPattern| host.matches(url.host_str().unwrap_or_default(), &port, url.path(), false);
        let opens = |row: &Row| row.ids.iter().all(|id| is_on(id)) && !(row.sells && has_signal);
        self.own.iter().any(means) || self.rows.iter().any(|row| means(&row.host) && opens(row))
    }
}

/// The policy of a config and what opens it; `None` if the config has errors.
pub(crate) fn lists(config: &Config) -> Option<Lists> {
    let policy = config.policy.as_ref()?;
    let forbidden: Vec<(usize, HostPattern)> = forbidden_hosts(policy).collect();
    let mut remarks: Vec<String> = forbidden
        .iter()
        .filter(|(_, host)| host.text().starts_with('/'))
        .map(|(at, _)| format!("policy.forbidden[{at}]: is on your own origin, which this level leaves open: mark it"))
        .collect();
    let mut own: Vec<(String, HostPattern)> = sources(&policy.hosts, "site", &forbidden, &mut remarks);
    let mut rows: Vec<Row> = Vec::new();
    for (index, service) in policy.services.iter().enumerate() {
        for (source, host) in sources(&service.hosts, &format!("services[{index}]"), &forbidden, &mut remarks) {
            if !is_optional(policy, service) {
                own.push((source, host));
            } else if let Some(row) = rows.iter_mut().find(|row| row.source == source) {
                row.sells |= service.uses.meet(Uses::SOLD);
            } else if forbidden.iter().all(|(_, wide)| !covers(wide, &host)) {
                let under = |one: &&Service| one.id == service.id || one.hosts.iter().any(|other| covers(&host, other));
                let all = policy.services.iter().filter(|one| is_optional(policy, one));
                let ids = all.filter(under).map(|one| one.id.clone()).collect();
                rows.push(Row { host, source, ids, sells: service.uses.meet(Uses::SOLD) });
            }
        }
    }
    let mut seen = Vec::new();
    own.retain(|(source, _)| {
        !seen.contains(source) && {
            seen.push(source.clone());
            true
        }
    });
    rows.retain(|row| !seen.contains(&row.source));
    remarks.extend(overlaps(policy));
    let hosts: String = seen.iter().map(|source| format!(" {source}")).collect();
    // A host without a scheme lets in no socket.
    let sockets: String = seen.iter().map(|source| format!(" ws://{source}")).collect();
    let csp = format!("base-uri 'self'{hosts}; default-src {OWN}{hosts}{sockets}");
    Some(Lists { csp, own: own.into_iter().map(|(_, host)| host).collect(), rows, remarks })
}

fn is_optional(policy: &Policy, service: &Service) -> bool {
    policy.categories.get(service.category).is_some_and(|category| !category.necessary)
}

/// Hosts as a policy's sources, without those that would let in what the policy rules out.
fn sources(
    hosts: &[HostPattern],
    place: &str,
    forbidden: &[(usize, HostPattern)],
    remarks: &mut Vec<String>,
) -> Vec<(String, HostPattern)> {
    let mut list = Vec::new();
    for (index, host) in hosts.iter().enumerate() {
        let text = host.text().trim_end_matches('/');
        let path_at = text.find('/').unwrap_or(text.len());
        let (authority, path) = text.split_at(path_at);
        let ruled_out = forbidden.iter().find(|(_, narrow)| covers(host, narrow));
        let why = if authority.is_empty() {
            "is on your own origin, which this level leaves open: mark it".to_owned()
        } else if authority.starts_with('[') {
            "no policy can name an IPv6 address, so it stays shut for good".to_owned()
        } else if let Some((at, narrow)) = ruled_out {
            format!(
                "{text} would let in {}, which policy.forbidden[{at}] rules out, so it stays shut for good: name what else \
                 you need of it",
                narrow.text()
            )
        } else {
            let port = if authority.contains(':') { "" } else { ":*" };
            let base = format!("{authority}{port}{}", encode(path));
            // A path in a policy means itself alone, and with a slash at its end only what is under it.
            let under = format!("{base}/");
            list.push((base, host.clone()));
            if !path.is_empty() {
                list.push((under, host.clone()));
            }
            continue;
        };
        remarks.push(format!("{place}.hosts[{index}]: {why}"));
    }
    list
}

/// A path without what would end a source, or its attribute.
fn encode(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$()*+=:@[]".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// What one host opens of another's: a policy has no exceptions.
fn overlaps(policy: &Policy) -> Vec<String> {
    let mut remarks = Vec::new();
    for (index, service) in policy.services.iter().enumerate().filter(|(_, service)| is_optional(policy, service)) {
        for host in &service.hosts {
            let wider = |hosts: &[HostPattern]| hosts.iter().find(|wide| covers(wide, host)).cloned();
            let mut say = |what: String| remarks.push(format!("services[{index}]: {} {what}", host.text()));
            if let Some(wide) = wider(&policy.hosts) {
                say(format!("lies under {} of site.hosts, which is always open: mark what is there", wide.text()));
            }
            for other in policy.services.iter().filter(|other| other.id != service.id) {
                let Some(wide) = wider(&other.hosts) else { continue };
                let id = &other.id;
                say(if is_optional(policy, other) {
                    format!("lies under a host of \"{id}\", which therefore opens only together with it")
                } else {
                    format!(
                        "lies under {} of \"{id}\", which is necessary and always open: mark what is there",
                        wide.text()
                    )
                });
            }
        }
    }
    remarks
}

/// Whether a pattern means all that another means.
fn covers(wide: &HostPattern, narrow: &HostPattern) -> bool {
    let text = narrow.text().replacen('*', "x", 1);
    let (authority, path) = text.split_at(text.find('/').unwrap_or(text.len()));
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    wide.matches(host, port, if path.is_empty() { "/" } else { path }, false)
}
