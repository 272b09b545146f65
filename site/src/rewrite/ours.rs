//! Our own tag on a page: it never waits, wherever it comes from, and what it calls the site's own is no stranger.

use consentry_core::matching::HostPattern;
use url::Url;

use super::{role, scan::Tag};

/// What our own tag on a page says.
#[derive(Debug, Clone)]
pub(super) struct Ours {
    /// How the addresses of our files begin.
    files: String,
    /// The hosts of its `data-hosts`.
    hosts: Vec<HostPattern>,
}

impl Ours {
    /// Reads a tag; `None` if it is not ours.
    pub(super) fn of(tag: &Tag, resolve: impl Fn(&str) -> Option<Url>) -> Option<Self> {
        if tag.name != "script" || role::live_script(tag).is_none() {
            return None;
        }
        let url = resolve(tag.value("src")?)?;
        let file = url.path().rsplit('/').next().filter(|file| is_entry(file))?;
        let whole = url.as_str().split(['?', '#']).next().unwrap_or_default();
        let files = format!("{}consentry.", whole.strip_suffix(file)?);
        let hosts = tag.value("data-hosts").unwrap_or_default().split([' ', '\t', '\n', '\r', ',']);
        Some(Self { files, hosts: hosts.filter_map(|host| HostPattern::parse(host).ok()).collect() })
    }

    /// Whether an address is one of our files, or at a host that the tag calls the site's own.
    pub(super) fn has(&self, url: &Url) -> bool {
        let port = url.port().map(|port| port.to_string()).unwrap_or_default();
        let host = url.host_str().unwrap_or_default();
        url.as_str().starts_with(&self.files)
            || self.hosts.iter().any(|own| own.matches(host, &port, url.path(), false))
    }
}

/// Whether a file is one that a tag starts us with: `consentry.js`, or one with a language in it, `consentry.de.js`.
fn is_entry(file: &str) -> bool {
    let language = file.strip_prefix("consentry").and_then(|rest| rest.strip_suffix(".js"));
    language.is_some_and(|language| {
        language.is_empty()
            || language.strip_prefix('.').is_some_and(|name| {
                !name.is_empty() && name.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
            })
    })
}
