//! Where a mistake is, and what may have been meant there.

use alloc::string::String;

use crate::pattern;

/// A place in the config, as the chain of steps that led there.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// The config itself.
    Root,
    /// A key of an object.
    Key(&'a Self, &'a str),
    /// An item of a list.
    Item(&'a Self, usize),
}

impl Place<'_> {
    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.write(out);
                write_key(key, out);
            }
            Self::Item(parent, index) => {
                parent.write(out);
                out.push('[');
                write_number(*index, out);
                out.push(']');
            }
        }
    }
}

/// `.key`, or `["key"]` where dots and brackets in it could be taken for steps.
fn write_key(key: &str, out: &mut String) {
    if pattern::fits("[a-zA-Z0-9_$-]+", key) {
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(key);
        return;
    }
    out.push_str("[\"");
    out.push_str(key);
    out.push_str("\"]");
}

pub(super) fn write_number(number: usize, out: &mut String) {
    if number > 9 {
        write_number(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// The known word nearest to `word`, the first of several; `None` if none is near.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let mut found = None;
    // Of short words half would be "near" with two slips.
    let mut slips = if word.len() > 3 { 2 } else { 1 };
    for candidate in known {
        while slips > 0 && is_within(word.as_bytes(), candidate.as_bytes(), slips) {
            found = Some(*candidate);
            slips -= 1;
        }
    }
    found
}

/// Whether that many letters added, left out or exchanged turn one word into the other. The depth of the recursion is
/// bounded: words of very different or great length are answered at once.
fn is_within(one: &[u8], other: &[u8], slips: usize) -> bool {
    if one.len().abs_diff(other.len()) > slips || one.len() > 64 {
        return false;
    }
    match (one.split_first(), other.split_first()) {
        (Some((a, one_rest)), Some((b, other_rest))) if a == b => is_within(one_rest, other_rest, slips),
        (Some((_, one_rest)), Some((_, other_rest))) => {
            let left = slips.wrapping_sub(1);
            slips > 0
                && (is_within(one_rest, other_rest, left)
                    || is_within(one_rest, other, left)
                    || is_within(one, other_rest, left))
        }
        _ => true, // what is left of one of them has been counted above
    }
}

#[cfg(test)]
mod tests {
    use super::{is_within, nearest};

    #[test]
    fn counts_slips_as_levenshtein_does() {
        let words = [
            "", "a", "ab", "ba", "abc", "cookies", "cokies", "cookeis", "hosts", "host", "ghosts", "kitten", "sitting",
        ];
        for one in words {
            for other in words {
                for slips in 0..4 {
                    let (a, b) = (one.as_bytes(), other.as_bytes());
                    assert_eq!(is_within(a, b, slips), levenshtein(a, b) <= slips, "{one} {other} {slips}");
                }
            }
        }
    }

    #[test]
    fn prefers_the_nearest_and_leaves_strangers_alone() {
        let known = ["hosts", "host", "cookies", "id"];
        let near = |word| nearest(word, &known);
        assert_eq!(near("hots"), Some("hosts"));
        assert_eq!(near("hostt"), Some("hosts"));
        assert_eq!(near("kookies"), Some("cookies"));
        assert_eq!(near("ib"), Some("id"));
        assert_eq!(near("privacy"), None);
    }

    /// The textbook's recursion, without a limit.
    fn levenshtein(one: &[u8], other: &[u8]) -> usize {
        match (one.split_first(), other.split_first()) {
            (Some((a, one_rest)), Some((b, other_rest))) if a == b => levenshtein(one_rest, other_rest),
            (Some((_, one_rest)), Some((_, other_rest))) => {
                1 + levenshtein(one_rest, other_rest)
                    .min(levenshtein(one_rest, other))
                    .min(levenshtein(one, other_rest))
            }
            _ => one.len().max(other.len()),
        }
    }
}
