//! The chain over a record's sections: it shows damage, and that nothing was taken out.
//!
//! Each value is the hash of the one before and of the next section, so the oldest entries can go without a trace of their
//! content: the value that they led to stays in the head. Whoever can run a script in the origin can make a new chain.

use alloc::{string::String, vec::Vec};

use super::{
    sha256::sha256,
    text::{base64, field, join, parts},
};

/// Length of a hash that only names something, in characters of six bits.
const NAME: usize = 22;

/// The chain's next value.
pub(super) fn link(chain: &str, section: &str) -> String {
    hash(&join(&[chain, ";", section]))
}

/// The value that seals a text of sections: every section in order, the head last.
pub(super) fn seal(body: &str) -> String {
    let mut sections = parts(body, b';');
    let head = sections.next().unwrap_or_default();
    let mut chain = String::from(field(head, b'p').unwrap_or_default());
    for section in sections {
        chain = link(&chain, section);
    }
    link(&chain, head)
}

/// A hash short enough to name a text, 132 bits of it.
#[must_use]
pub fn name(text: &str) -> String {
    let mut name = hash(text);
    name.truncate(NAME);
    name
}

fn hash(text: &str) -> String {
    let mut bytes = Vec::new();
    for word in sha256(text.as_bytes()) {
        bytes.extend_from_slice(&word.to_be_bytes());
    }
    base64(&bytes)
}
