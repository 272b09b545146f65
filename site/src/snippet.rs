//! The head snippet of level `sealed`: a policy for the site's own hosts, and in front of it the fixed script that opens
//! it for what the visitor agreed to.
//!
//! A host without a port means every port, and a path means everything under it, so one host of a config can make two
//! sources of a policy. `src/seal/flag.js` reads them back.

use consentry_core::{
    matching::HostPattern,
    policy::{Policy, Service},
    uses::Uses,
};

use crate::{
    command::{Call, Code, Command, Stop},
    config::Config,
};

/// The script's text. It is the same on every site and for a whole major version.
pub const SCRIPT: &str = include_str!("../../src/seal/snippet.txt");

/// What a site's own Content-Security-Policy lists under `script-src` to allow the script.
pub const HASH: &str = "'sha256-QZrfbxgknVDheLN9o3r0zapjBnNqSkGe6ROdkyxxoBU='";

/// What a page's own content may do: everything but reach others.
const OWN: &str = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

/// `consentry snippet`
pub static COMMAND: Command = Command {
    name: "snippet",
    summary: "the lines for the start of the head that keep a page shut from there on (level sealed)",
    usage: "consentry snippet\n\n\
            Prints the HTML; its Content-Security-Policy hash and what to know about this config go to the error output.",
    options: &[],
    flags: &[],
    run,
};

/// What goes into the head, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The lines for the start of the head, right behind `<meta charset>`.
    pub html: String,
    /// The policy before any consent.
    pub csp: String,
    /// The script's hash, in quotes, for the `script-src` of a site's own policy.
    pub hash: &'static str,
    /// What this config cannot have at this level, each with its place.
    pub remarks: Vec<String>,
}

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    call.no_more(0)?;
    let config = call.valid_config()?;
    let Some(snippet) = snippet(&config) else { return Ok(Code::Issues) };
    call.say(&format!("{}\n", snippet.html));
    let remarks = snippet.remarks.iter().map(|remark| format!("{}: {remark}\n", config.source));
    let remarks: String = remarks.collect();
    call.desk().complain(&format!(
        "Right behind <meta charset>, before anything else. Where your own Content-Security-Policy names script-src, add {}; \
         under require-trusted-types-for, add consentry-snippet to trusted-types.\n{remarks}",
        snippet.hash
    ));
    Ok(Code::Well)
}

/// One host of a policy that opens only with a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
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
    /// What opens.
    pub(crate) rows: Vec<Row>,
    /// What this config cannot have in a policy, each with its place.
    pub(crate) remarks: Vec<String>,
}

/// The policy of a config and what opens it; `None` if the config has errors.
pub(crate) fn lists(config: &Config) -> Option<Lists> {
    let policy = config.policy.as_ref()?;
    let mut remarks = Vec::new();
    let mut own: Vec<String> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    own.extend(sources(policy.hosts.iter(), "site", &mut remarks).into_iter().map(|(_, source)| source));
    let is_optional = |service: &&Service| policy.categories.get(service.category).is_some_and(|one| !one.necessary);
    for (index, service) in policy.services.iter().enumerate() {
        for (at, source) in sources(service.hosts.iter(), &format!("services[{index}]"), &mut remarks) {
            if !is_optional(&service) {
                own.push(source);
            } else if let Some(row) = rows.iter_mut().find(|row| row.source == source) {
                row.sells |= service.uses.meet(Uses::SOLD);
            } else if let Some(host) = service.hosts.get(at) {
                let under = |one: &&Service| one.id == service.id || one.hosts.iter().any(|other| covers(host, other));
                let ids = policy.services.iter().filter(is_optional).filter(under).map(|one| one.id.clone()).collect();
                rows.push(Row { source, ids, sells: service.uses.meet(Uses::SOLD) });
            }
        }
    }
    let mut seen = Vec::new();
    own.retain(|source| {
        !seen.contains(source) && {
            seen.push(source.clone());
            true
        }
    });
    rows.retain(|row| !own.contains(&row.source));
    remarks.extend(overlaps(policy));
    let hosts: String = own.iter().map(|source| format!(" {source}")).collect();
    // A host without a scheme lets in no socket.
    let sockets: String = own.iter().map(|source| format!(" ws://{source}")).collect();
    Some(Lists { csp: format!("base-uri 'self'{hosts}; default-src {OWN}{hosts}{sockets}"), rows, remarks })
}

/// The snippet for a config; `None` if it has errors.
#[must_use]
pub fn snippet(config: &Config) -> Option<Snippet> {
    let policy = config.policy.as_ref()?;
    let Lists { csp, rows, remarks } = lists(config)?;
    let join = |wanted: fn(&Row) -> bool| {
        let chosen: Vec<&str> = rows.iter().filter(|row| wanted(row)).map(|row| row.source.as_str()).collect();
        chosen.join(" ")
    };
    let mut attributes = String::new();
    let texts = [("version", policy.version.clone()), ("scope", policy.record.scope.clone()), ("policy", csp.clone())];
    for (name, value) in texts.into_iter().chain([("hosts", join(|_| true)), ("sale", join(|row| row.sells))]) {
        if !value.is_empty() {
            attributes.push_str(&format!(" data-{name}=\"{}\"", escape(&value)));
        }
    }
    let html = format!(
        "<script{attributes}>{SCRIPT}</script>\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
        escape(&csp)
    );
    Some(Snippet { html, csp, hash: HASH, remarks })
}

/// Hosts as a policy's sources, each with its index.
fn sources<'a>(
    hosts: impl Iterator<Item = &'a HostPattern>,
    place: &str,
    remarks: &mut Vec<String>,
) -> Vec<(usize, String)> {
    let mut list = Vec::new();
    for (index, host) in hosts.enumerate() {
        let text = host.text().trim_end_matches('/');
        let path_at = text.find('/').unwrap_or(text.len());
        let (authority, path) = text.split_at(path_at);
        if authority.is_empty() {
            remarks
                .push(format!("{place}.hosts[{index}]: is on your own origin, which this level leaves open: mark it"));
        } else if authority.starts_with('[') {
            remarks
                .push(format!("{place}.hosts[{index}]: no policy can name an IPv6 address, so it stays shut for good"));
        } else {
            let port = if authority.contains(':') { "" } else { ":*" };
            let base = format!("{authority}{port}{}", encode(path));
            // A path in a policy means itself alone, and with a slash at its end only what is under it.
            let under = format!("{base}/");
            list.push((index, base));
            if !path.is_empty() {
                list.push((index, under));
            }
        }
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What one host opens of another's: a policy has no exceptions.
fn overlaps(policy: &Policy) -> Vec<String> {
    let mut remarks = Vec::new();
    for (index, service) in policy.services.iter().enumerate() {
        let optional = |category: usize| policy.categories.get(category).is_some_and(|category| !category.necessary);
        for host in service.hosts.iter().filter(|_| optional(service.category)) {
            if policy.hosts.iter().any(|own| covers(own, host)) {
                remarks.push(format!(
                    "services[{index}]: {} lies under site.hosts, which are always open: mark what is there",
                    host.text()
                ));
            }
            for other in policy.services.iter().filter(|other| other.id != service.id && optional(other.category)) {
                if other.hosts.iter().any(|wide| covers(wide, host)) {
                    remarks.push(format!(
                        "services[{index}]: {} lies under a host of \"{}\", which therefore opens only together with it",
                        host.text(),
                        other.id
                    ));
                }
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
