//! The chain over a record's sections: it shows damage, and that nothing was taken out.
//!
//! Each value is the hash of the one before and of the next section, so the oldest entries can go without a trace of their
//! content: the value that they led to stays in the head. Whoever can run a script in the origin can make a new chain.

use alloc::string::String;

use super::text::{field, hash};

/// The chain's next value.
pub(super) fn link(chain: &str, section: &str) -> String {
    hash(&[chain, ";", section])
}

/// The value that seals a text of sections: every section in order, the head last.
pub(super) fn seal(body: &str) -> String {
    let mut sections = body.split(';');
    let head = sections.next().unwrap_or_default();
    let start = String::from(field(head, 'p').unwrap_or_default());
    link(&sections.fold(start, |chain, section| link(&chain, section)), head)
}
