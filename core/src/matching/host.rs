//! The form of a host pattern.

use alloc::{borrow::ToOwned, string::String};

use crate::config::form::HOST;

/// A host name, with an optional wildcard, port and path prefix.
///
/// | Written | Means |
/// |---|---|
/// | `www.example.com` | this host alone |
/// | `*.example.com` | every subdomain, however deep, but not `example.com` itself |
/// | `example.com:8080` | this port alone. Without a port every port is meant: cookies know no ports, so what a visitor agrees to for a host cannot be told apart by port, and a second port is no way around the gate |
/// | `example.com/ads` | `/ads` and everything under `/ads/`, but not `/adsense`; a slash at the end makes no difference |
/// | `/collect` | the same on the site's own origin |
///
/// Hosts are written as browsers write them: lower case, international names in punycode, IPv4 in four parts, IPv6
/// shortened and in brackets. No scheme, user, query or fragment, and no dot segments or percent signs in paths. A wildcard needs a
/// domain of its own: `*`, `*.com` say nothing about who is meant; `*.localhost` is for work in progress.
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
    /// [`NotAHost`] for a text that is none.
    pub fn parse(text: &str) -> Result<Self, NotAHost> {
        if HOST.fits(text) { Ok(Self { text: text.to_owned() }) } else { Err(NotAHost) }
    }

    /// The pattern as the config spells it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its host (a wildcard without the star: `.example.com`), port and path, each empty if it is not there.
    pub(super) fn parts(&self) -> [&str; 3] {
        let text = self.text.strip_suffix('/').unwrap_or(&self.text);
        let text = text.strip_prefix('*').unwrap_or(text);
        let (authority, path) = text.split_at(position(text, b'/', 0));
        // The colons of an address stand in brackets.
        let bracket = position(authority, b']', 0) % authority.len().max(1);
        let (host, port) = authority.split_at(position(authority, b':', bracket));
        [host, port.strip_prefix(':').unwrap_or(port), path]
    }

    /// Whether this pattern means a URL, given its parts as the browser names them (`hostname`, `port`, `pathname`) and
    /// whether its origin is the page's own.
    #[must_use]
    pub fn matches(&self, host: &str, port: &str, path: &str, own_origin: bool) -> bool {
        let [name, declared, prefix] = self.parts();
        let host = host.strip_suffix('.').unwrap_or(host);
        let is_host = match name.bytes().next() {
            None => own_origin,
            Some(b'.') => host.ends_with(name) && !host.starts_with('.'),
            Some(_) => host == name,
        };
        is_host && is_under(prefix, path) && is_port(declared, port)
    }
}

/// Where the byte first stands, from a place on; the length if nowhere.
fn position(text: &str, sign: u8, from: usize) -> usize {
    text.bytes().skip(from).position(|byte| byte == sign).map_or(text.len(), |at| at + from)
}

/// Whether a URL's port, empty for its scheme's own, is the one declared, empty for any.
pub(super) fn is_port(declared: &str, port: &str) -> bool {
    declared.is_empty() || declared == port || port.is_empty() && matches!(declared, "80" | "443")
}

/// Whether a path is the declared one or beneath it.
pub(super) fn is_under(declared: &str, path: &str) -> bool {
    let rest = path.strip_prefix(declared);
    rest.is_some_and(|rest| declared.is_empty() || rest.is_empty() || rest.starts_with('/'))
}
