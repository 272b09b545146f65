//! Placeholders in pages, scripts, style sheets and headers, replaced when they are served.
//!
//! | written | becomes |
//! |---|---|
//! | `{{site}}` | the site's origin, `http://127.0.0.1:8080` |
//! | `{{third-party:twitter}}` | that third party's origin, `http://twitter.localhost:8081` |
//! | `{{host:twitter}}` | the same without the scheme, `twitter.localhost:8081` |
//! | `{{random}}` | a number that no other answer of this server had |
//!
//! Anything else in double braces stays as it is.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The addresses that placeholders stand for.
#[derive(Clone, Debug)]
pub(crate) struct Addresses {
    pub(crate) site_port: u16,
    pub(crate) third_party_port: u16,
}

impl Addresses {
    pub(crate) fn site(&self) -> String {
        format!("http://127.0.0.1:{}", self.site_port)
    }

    pub(crate) fn host(&self, name: &str) -> String {
        format!("{name}.localhost:{}", self.third_party_port)
    }

    pub(crate) fn third_party(&self, name: &str) -> String {
        format!("http://{}", self.host(name))
    }

    /// The text with every known placeholder replaced.
    pub(crate) fn replace(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            out.push_str(before);
            let known = after.split_once("}}").and_then(|(name, after)| Some((self.value(name)?, after)));
            match known {
                Some((value, after)) => {
                    out.push_str(&value);
                    rest = after;
                }
                None => {
                    out.push_str("{{");
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn value(&self, placeholder: &str) -> Option<String> {
        match placeholder.split_once(':') {
            Some(("third-party", name)) if is_name(name) => Some(self.third_party(name)),
            Some(("host", name)) if is_name(name) => Some(self.host(name)),
            None if placeholder == "site" => Some(self.site()),
            None if placeholder == "random" => Some(random()),
            Some(_) | None => None,
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

/// Differs between answers and between runs; fake identifiers need no more.
fn random() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let start = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seed = start.as_secs().wrapping_mul(1_000).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
    (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESSES: Addresses = Addresses { site_port: 1, third_party_port: 2 };

    #[test]
    fn known_placeholders_become_addresses() {
        let text = ADDRESSES.replace("a {{site}}/x {{third-party:google-analytics}}/y {{host:a.b}} z");
        assert_eq!(text, "a http://127.0.0.1:1/x http://google-analytics.localhost:2/y a.b.localhost:2 z");
    }

    #[test]
    fn anything_else_in_braces_stays() {
        for text in ["{{", "{{}}", "{{third-party:}}", "{{third-party:a/b}}", "{{other}} }}", "{{ site }}"] {
            assert_eq!(ADDRESSES.replace(text), text);
        }
        assert_eq!(ADDRESSES.replace("{{x {{site}}"), "{{x http://127.0.0.1:1");
    }

    #[test]
    fn random_numbers_differ() {
        assert_ne!(ADDRESSES.replace("{{random}}"), ADDRESSES.replace("{{random}}"));
    }
}
