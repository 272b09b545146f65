//! The form of a host pattern, and what one pattern means.
//!
//! | Written | Means |
//! |---|---|
//! | `www.example.com` | this host alone |
//! | `*.example.com` | every subdomain, however deep, but not `example.com` itself |
//! | `example.com:8080` | this port alone. Without a port every port is meant: cookies know no ports, so what a visitor agrees to for a host cannot be told apart by port, and a second port is no way around the gate |
//! | `example.com/ads` | `/ads` and everything under `/ads/`, but not `/adsense`; a slash at the end makes no difference |
//! | `/collect` | the same on the site's own origin |
//!
//! Hosts are written as browsers write them: lower case, international names in punycode, IPv4 in four parts, IPv6
//! shortened and in brackets. No scheme, user, query or fragment, and no dot segments in paths.

use alloc::{borrow::ToOwned, string::String};

/// A host name, with an optional wildcard, port and path prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    text: String,
    /// Host and path as the index wants them: a wildcard without its star, no port, no slash at the end.
    key: String,
    port: Option<u16>,
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
        Self::read(text).ok_or(NotAHost)
    }

    fn read(text: &str) -> Option<Self> {
        let (authority, path) = text.split_at(text.find('/').unwrap_or(text.len()));
        let path = path.strip_suffix('/').unwrap_or(path);
        let (name, port) = match authority.rsplit_once(':') {
            Some((name, port)) if !authority.ends_with(']') => (name, Some(read_port(port)?)),
            _ => (authority, None),
        };
        let wide = name.strip_prefix('*');
        let known = match wide {
            Some(base) => base.strip_prefix('.').is_some_and(is_wide_base),
            None if authority.is_empty() => !path.is_empty(),
            None => is_host(name),
        };
        if !known || !is_path(path) {
            return None;
        }
        let mut key = wide.unwrap_or(name).to_owned();
        key.push_str(path);
        Some(Self { text: text.to_owned(), key, port })
    }

    /// The pattern as the config spells it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether this pattern means a URL, given its parts as the browser names them (`hostname`, `port`, `pathname`) and
    /// whether its origin is the page's own.
    #[must_use]
    pub fn matches(&self, host: &str, port: &str, path: &str, own_origin: bool) -> bool {
        let (name, prefix) = self.key.split_at(self.key.find('/').unwrap_or(self.key.len()));
        let host = host.strip_suffix('.').unwrap_or(host);
        let is_host = match name.bytes().next() {
            None => own_origin,
            Some(b'.') => host.len() > name.len() && host.ends_with(name),
            Some(_) => host == name,
        };
        let rest = path.strip_prefix(prefix);
        let is_under = rest.is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with('/'));
        is_host && is_under && is_port(self.port, port)
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(super) const fn port(&self) -> Option<u16> {
        self.port
    }
}

/// Whether a URL's port, empty for its scheme's own, is the one declared.
pub(super) fn is_port(declared: Option<u16>, port: &str) -> bool {
    match declared {
        None => true,
        Some(80 | 443) if port.is_empty() => true,
        Some(number) => read_port(port) == Some(number),
    }
}

fn read_port(text: &str) -> Option<u16> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if digits { text.parse().ok() } else { None }
}

/// Whether a text is a host name or an address as browsers write it.
pub(crate) fn is_host(text: &str) -> bool {
    if let Some(address) = text.strip_prefix('[') {
        let address = address.strip_suffix(']').unwrap_or_default().as_bytes();
        let hex = address.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b':'));
        return hex && (2..=39).contains(&address.len()) && address.contains(&b':');
    }
    is_name(text) || text.split('.').count() == 4 && text.split('.').all(is_octet)
}

fn is_octet(text: &str) -> bool {
    text == "0" || read_port(text).is_some_and(|number| number < 256)
}

/// Browsers take a host whose last part is a number for an IPv4 address: such a name does not exist.
fn is_name(text: &str) -> bool {
    let named = text.rsplit('.').next().is_some_and(|last| last.bytes().any(|byte| !byte.is_ascii_digit()));
    named && text.len() <= 253 && text.split('.').all(is_label)
}

fn is_label(text: &str) -> bool {
    let plain = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'));
    plain && (1..=63).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-')
}

/// A wildcard over a whole top-level domain would say nothing about who is meant.
fn is_wide_base(base: &str) -> bool {
    is_name(base) && (base == "localhost" || base.bytes().any(|byte| byte == b'.'))
}

/// Nothing, or segments that browsers leave as they are.
fn is_path(path: &str) -> bool {
    let encoded = b"\"#*<>?\\^`{|}";
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && !encoded.contains(&byte));
    let dots = path.as_bytes().windows(3).any(|three| three.eq_ignore_ascii_case(b"%2e"));
    plain && !dots && path.split('/').skip(1).all(|part| !matches!(part, "" | "." | ".."))
}
