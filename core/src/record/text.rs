//! How numbers, free text and hashes are written in printable ASCII, and read again.

use alloc::{string::String, vec::Vec};

use super::sha256::sha256;
use crate::time::push_number;

/// Most bytes that one free text takes in an entry; what is longer is cut, so that no config can fill the storage.
const LONGEST: usize = 120;

/// Length of a hash that names something, in characters of six bits.
const NAME: usize = 22;

/// Appends ` tag=`.
pub(crate) fn push_tag(out: &mut String, tag: char) {
    out.push(' ');
    out.push(tag);
    out.push('=');
}

/// Appends ` tag=number`.
pub(crate) fn push_numbered(out: &mut String, tag: char, number: u32) {
    push_tag(out, tag);
    push_number(out, number);
}

/// Appends ` tag=text`, escaped and cut.
pub(crate) fn push_text(out: &mut String, tag: char, text: &str) {
    push_tag(out, tag);
    let end = out.len() + LONGEST;
    let mut buffer = [0; 4];
    for character in text.chars() {
        push_escaped(out, character.encode_utf8(&mut buffer));
        if out.len() >= end {
            break;
        }
    }
}

/// Appends a text so that no separator of the format is left in it: `%` and two digits for every other byte.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(if digit < 10 { b'0' + digit } else { b'A' - 10 + digit }));
            }
        }
    }
}

/// What [`push_escaped`] was given; of what it cannot have written, no more than the readable part.
pub(crate) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        match part.split_at_checked(2).and_then(|(digits, rest)| Some((u8::from_str_radix(digits, 16).ok()?, rest))) {
            Some((byte, rest)) => {
                bytes.push(byte);
                bytes.extend_from_slice(rest.as_bytes());
            }
            None => bytes.extend_from_slice(part.as_bytes()),
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The value of a tag among fields separated by spaces.
pub(crate) fn field(fields: &str, tag: char) -> Option<&str> {
    fields.split(' ').find_map(|field| field.strip_prefix(tag)?.strip_prefix('='))
}

/// Bytes in base64url without padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let mut bits = three.iter().fold(0, |bits: u32, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for _ in 0..=three.len() {
            bits <<= 6;
            out.push(digit(bits >> 24 & 63));
        }
    }
    out
}

fn digit(six: u32) -> char {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    DIGITS.get(six as usize).map_or('A', |digit| char::from(*digit))
}

/// The whole hash of some texts that follow each other.
pub(crate) fn hash(texts: &[&str]) -> String {
    base64(&sha256(texts.concat().into_bytes()))
}

/// A hash short enough to name a text, 132 bits of it.
pub(crate) fn name(text: &str) -> String {
    let mut name = hash(&[text]);
    name.truncate(NAME);
    name
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writes_the_examples_of_rfc_4648_without_padding() {
        let examples =
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("foobar", "Zm9vYmFy")];
        for (bytes, text) in examples {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "-__-");
    }

    #[test]
    fn finds_a_field_by_its_whole_tag() {
        assert_eq!(field("e=1 t=5 tt=6 v=t=7", 't'), Some("5"));
        assert_eq!(field("e=1 v=t=7", 'v'), Some("t=7"));
        assert_eq!(field("e=1 v=t=7", 't'), None);
    }

    #[test]
    fn keeps_the_readable_part_of_what_it_cannot_have_written() {
        for (text, read) in [("%", ""), ("a%", "a"), ("%zz", "zz"), ("%41%2", "A2"), ("%\u{20ac}uro", "\u{20ac}uro"), ("%FF", "")] {
            assert_eq!(unescape(text), read);
        }
    }

    proptest! {
        #[test]
        fn escapes_any_text_into_printable_ascii_and_back(text: String) {
            let mut escaped = String::new();
            push_escaped(&mut escaped, &text);
            prop_assert!(escaped.bytes().all(|byte| byte.is_ascii_graphic() && !b" ;,:=".contains(&byte)));
            prop_assert_eq!(unescape(&escaped), text);
        }

        #[test]
        fn cuts_long_texts_at_a_character(text in "\\PC{0,300}") {
            let mut fields = String::new();
            push_text(&mut fields, 'v', &text);
            let kept = unescape(field(fields.trim_start(), 'v').unwrap_or_default());
            prop_assert!(text.starts_with(&kept) && fields.len() < LONGEST + 16);
            prop_assert!(kept == text || fields.len() >= LONGEST);
        }

        #[test]
        fn reads_any_text_without_a_panic(text: String) {
            _ = unescape(&text);
            _ = field(&text, 'a');
        }
    }
}
