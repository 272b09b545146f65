//! What an answer covers: the declared set, as short hashes.
//!
//! Everything that a visitor agrees to with a category or service is a fact: who is responsible, under which version of
//! the policy, its category, its vendor, each purpose, each host. A fact becomes a token of 24 bits, and an answer keeps
//! the tokens of its day. Later it covers what is declared then if each fact's token is among them: less is never new.

use alloc::string::String;

use crate::{policy::Policy, record::text::base64};

/// Characters of a token.
const TOKEN: usize = 4;

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Controller = 1,
    Version,
    IsCategory,
    Category,
    Vendor,
    Purpose,
    Host,
}

/// The tokens of a category or service as it is declared now.
pub(super) fn tokens(policy: &Policy, position: usize) -> String {
    let mut tokens = String::new();
    each_fact(policy, position, &mut |kind, text| tokens.push_str(&token(kind, text)));
    tokens
}

/// Whether an answer with these tokens covers a category or service as it is declared now.
pub(super) fn covers(policy: &Policy, position: usize, tokens: &str) -> bool {
    let mut covered = true;
    each_fact(policy, position, &mut |kind, text| {
        let waived = kind == Kind::Version && !policy.material;
        covered = covered && (waived || holds(tokens, kind, text) || kind == Kind::Host && holds_wider(tokens, text));
    });
    covered
}

/// Whether these tokens name the category that a service is in now.
pub(super) fn names_category(policy: &Policy, position: usize, tokens: &str) -> bool {
    let mut named = true;
    each_fact(policy, position, &mut |kind, text| {
        named = named && (kind != Kind::Category || holds(tokens, kind, text))
    });
    named
}

/// Whether a category or service has a purpose that `answered` does not know.
pub(super) fn has_new_purpose(policy: &Policy, position: usize, answered: &dyn Fn(&str) -> bool) -> bool {
    let mut new = false;
    each_fact(policy, position, &mut |kind, text| new = new || kind == Kind::Purpose && !answered(&token(kind, text)));
    new
}

/// Whether a token is among others.
pub(super) fn contains(tokens: &str, token: &str) -> bool {
    tokens.as_bytes().chunks(TOKEN).any(|known| known == token.as_bytes())
}

fn each_fact(policy: &Policy, position: usize, see: &mut dyn FnMut(Kind, &str)) {
    see(Kind::Controller, &policy.controller);
    see(Kind::Version, &policy.version);
    let service = position.checked_sub(policy.categories.len()).and_then(|index| policy.services.get(index));
    let category = policy.categories.get(service.map_or(position, |service| service.category));
    if let Some(service) = service {
        see(Kind::Category, category.map_or("", |category| &category.id));
        see(Kind::Vendor, &service.vendor);
        for purpose in &service.purposes {
            see(Kind::Purpose, purpose);
        }
        for host in &service.hosts {
            see(Kind::Host, bare(host.text()));
        }
    } else {
        // A service's answer must not become that of a category which takes over its id.
        see(Kind::IsCategory, "");
    }
    for purpose in category.map_or(&[][..], |category| &category.purposes) {
        see(Kind::Purpose, purpose);
    }
}

fn holds(tokens: &str, kind: Kind, text: &str) -> bool {
    contains(tokens, &token(kind, text))
}

/// A pattern without its star, and without a slash at the end: `.example.com` stands for every subdomain.
fn bare(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('*').unwrap_or(pattern);
    pattern.strip_suffix('/').unwrap_or(pattern)
}

/// Whether a pattern that takes in this one is among the tokens: a shorter path, any port, a higher wildcard.
fn holds_wider(tokens: &str, mut pattern: &str) -> bool {
    while let Some(wider) = wider(pattern) {
        if holds(tokens, Kind::Host, wider) {
            return true;
        }
        pattern = wider;
    }
    false
}

fn wider(pattern: &str) -> Option<&str> {
    if let Some((shorter, _)) = pattern.rsplit_once('/') {
        return Some(shorter).filter(|shorter| !shorter.is_empty());
    }
    if let Some((host, _)) = pattern.rsplit_once(':').filter(|_| !pattern.ends_with(']')) {
        return Some(host);
    }
    let label = pattern.bytes().skip(1).position(|byte| byte == b'.')?;
    pattern.get(label + 1..)
}

/// 24 bits of FNV-1a: nobody but the site itself could gain by a collision, and it could as well declare the host.
fn token(kind: Kind, text: &str) -> String {
    let start = (0x811c_9dc5 ^ kind as u32).wrapping_mul(0x0100_0193);
    let hash = text.bytes().fold(start, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let [_, bits @ ..] = (hash ^ hash >> 24).to_be_bytes();
    base64(&bits)
}
