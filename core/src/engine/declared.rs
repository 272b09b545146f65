//! What an answer covers: the declared set, as short hashes.
//!
//! Everything that a visitor agrees to with a category or service is a fact: who is responsible, under which version of
//! the policy, its category, its vendor, each purpose, each host. A fact becomes a token of 24 bits, and an answer keeps
//! the tokens of its day. Later it covers what is declared then if each fact's token is among them: less is never new.

use alloc::{string::String, vec::Vec};

use crate::{policy::Policy, record::text::base64, uses::Uses};

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
    Uses,
}

/// The tokens of a category or service as it is declared now.
pub(super) fn tokens(policy: &Policy, position: usize) -> String {
    let (mut tokens, mut uses) = (String::new(), String::new());
    for (kind, text) in facts(policy, position, &mut uses) {
        tokens.push_str(&token(kind, text));
    }
    tokens
}

/// Whether an answer with these tokens covers a category or service as it is declared now.
pub(super) fn covers(policy: &Policy, position: usize, tokens: &str) -> bool {
    hold(policy, position, tokens, if policy.material { !0 } else { !(1 << Kind::Version as u8) })
}

/// Whether these tokens name the category that a service is in now.
pub(super) fn name_category(policy: &Policy, position: usize, tokens: &str) -> bool {
    hold(policy, position, tokens, 1 << Kind::Category as u8)
}

/// Whether these tokens name every purpose that a category or service has now.
pub(super) fn name_purposes(policy: &Policy, position: usize, tokens: &str) -> bool {
    hold(policy, position, tokens, 1 << Kind::Purpose as u8)
}

/// Whether every fact of these kinds, a bit for each, is among the tokens, or, of a host, a pattern that takes it in, or,
/// of uses, a set that has them all.
fn hold(policy: &Policy, position: usize, tokens: &str, kinds: u16) -> bool {
    let mut uses = String::new();
    for (kind, mut text) in facts(policy, position, &mut uses) {
        if kinds & 1 << kind as u8 == 0 {
            continue;
        }
        let is_known = |text: &str| {
            let token = token(kind, text);
            tokens.as_bytes().chunks(TOKEN).any(|known| known == token.as_bytes())
        };
        if kind == Kind::Uses {
            let uses = Uses::named(text).unwrap_or_default();
            let wider = |more: u8| uses.without(Uses(more)) == Uses::NONE && is_known(&Uses(more).words());
            if !(0..Uses::ANY.0).any(wider) {
                return false;
            }
            continue;
        }
        while !is_known(text) {
            text = if kind == Kind::Host { wider(text) } else { "" };
            if text.is_empty() {
                return false;
            }
        }
    }
    true
}

/// What is declared, in order; `uses` is where the words of the uses stand. A list and no closure that is called for each:
/// without calls through pointers the module has no table of functions, which would hold what nobody calls, too.
fn facts<'a>(policy: &'a Policy, position: usize, uses: &'a mut String) -> Vec<(Kind, &'a str)> {
    let mut facts = Vec::new();
    let mut see = |kind, text| facts.push((kind, text));
    see(Kind::Controller, policy.controller.as_str());
    see(Kind::Version, &policy.version);
    let service = position.checked_sub(policy.categories.len()).and_then(|index| policy.services.get(index));
    let category = policy.categories.get(service.map_or(position, |service| service.category));
    let category_s = || category.map_or(Uses::NONE, |category| category.uses);
    *uses = service.map_or_else(category_s, |service| service.uses).words();
    if let Some(service) = service {
        see(Kind::Category, category.map_or("", |category| &category.id));
        see(Kind::Vendor, &service.vendor);
        if !uses.is_empty() {
            see(Kind::Uses, uses);
        }
        for purpose in &service.purposes {
            see(Kind::Purpose, purpose);
        }
        for host in &service.hosts {
            see(Kind::Host, bare(host.text()));
        }
    } else {
        // A service's answer must not become that of a category which takes over its id.
        see(Kind::IsCategory, "");
        if !uses.is_empty() {
            see(Kind::Uses, uses);
        }
    }
    for purpose in category.map_or(&[][..], |category| &category.purposes) {
        see(Kind::Purpose, purpose);
    }
    facts
}

/// Whether a host pattern means nothing that the other does not mean.
pub(super) fn is_within(pattern: &str, other: &str) -> bool {
    let (mut pattern, other) = (bare(pattern), bare(other));
    while !pattern.is_empty() && pattern != other {
        pattern = wider(pattern);
    }
    !pattern.is_empty()
}

/// A pattern without its star, and without a slash at the end: `.example.com` stands for every subdomain.
fn bare(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix("*").unwrap_or(pattern);
    pattern.strip_suffix("/").unwrap_or(pattern)
}

/// The next pattern that takes this one in: a shorter path, any port, a higher wildcard; empty for none.
fn wider(pattern: &str) -> &str {
    let wider = match pattern.bytes().rposition(|byte| matches!(byte, b'/' | b':')) {
        Some(end) => pattern.get(..end),
        None => pattern.bytes().skip(1).position(|byte| byte == b'.').and_then(|label| pattern.get(label + 1..)),
    };
    wider.unwrap_or_default()
}

/// 24 bits of FNV-1a: nobody but the site itself could gain by a collision, and it could as well declare the host.
fn token(kind: Kind, text: &str) -> String {
    let start = (0x811c_9dc5 ^ kind as u32).wrapping_mul(0x0100_0193);
    let hash = text.bytes().fold(start, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let [_, bits @ ..] = (hash ^ hash >> 24).to_be_bytes();
    base64(&bits)
}
