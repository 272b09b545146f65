//! Changes to a page: what is not named in one stays as it is, byte for byte.

use std::ops::Range;

/// Puts bytes in the place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patch {
    /// What goes; empty to put something in between.
    pub(super) range: Range<usize>,
    /// What comes.
    pub(super) bytes: Vec<u8>,
}

impl Patch {
    /// Puts a text in between.
    pub(super) fn insert(at: usize, text: &str) -> Self {
        Self { range: at..at, bytes: text.as_bytes().to_vec() }
    }

    /// Puts a text in the place of another.
    pub(super) fn replace(range: Range<usize>, text: &str) -> Self {
        Self { range, bytes: text.as_bytes().to_vec() }
    }
}

/// Carries patches out. They do not overlap; those at one place stand in the order made.
pub(super) fn apply(html: &[u8], mut patches: Vec<Patch>) -> Vec<u8> {
    patches.sort_by_key(|patch| patch.range.start);
    let mut out = Vec::with_capacity(html.len() + 64 * patches.len());
    let mut at = 0;
    for Patch { range, bytes } in patches {
        out.extend_from_slice(html.get(at..range.start).unwrap_or_default());
        out.extend_from_slice(&bytes);
        at = range.end;
    }
    out.extend_from_slice(html.get(at..).unwrap_or_default());
    out
}
