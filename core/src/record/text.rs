//! How numbers, free text and hashes are written in printable ASCII, and read again.
//!
//! Written for few bytes of code: one splitter for every separator, no patterns, no formatting.

use alloc::string::String;

use crate::time::push_number;

/// Most bytes that one free text takes in an entry; what is longer is cut, so that no config can fill the storage.
const LONGEST: usize = 120;

/// The parts of a text between bytes of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Parts<'text> {
    rest: Option<&'text str>,
    at: u8,
}

/// Splits a text at each such byte.
pub(crate) const fn parts(text: &str, at: u8) -> Parts<'_> {
    Parts { rest: Some(text), at }
}

impl<'text> Iterator for Parts<'text> {
    type Item = &'text str;

    #[inline(never)] // one copy for all loops
    fn next(&mut self) -> Option<&'text str> {
        let rest = self.rest?;
        let end = rest.bytes().position(|byte| byte == self.at);
        self.rest = end.and_then(|end| rest.get(end + 1..));
        rest.get(..end.unwrap_or(rest.len()))
    }
}

/// The value of a tag among fields separated by spaces.
pub(crate) fn field(fields: &str, tag: u8) -> Option<&str> {
    for field in parts(fields, b' ') {
        if let [first, b'=', ..] = field.as_bytes()
            && *first == tag
        {
            return field.get(2..);
        }
    }
    None
}

/// A number in decimal digits.
pub(crate) fn number(text: &str) -> Option<u32> {
    let mut number = None;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = Some(number.unwrap_or(0_u32).checked_mul(10)?.checked_add(u32::from(digit))?);
    }
    number
}

/// Texts one behind the other; the standard library's `concat` takes four times the bytes.
pub(crate) fn join(pieces: &[&str]) -> String {
    let mut out = String::new();
    for piece in pieces {
        out.push_str(piece);
    }
    out
}

/// Appends an ASCII character.
pub(crate) fn push(out: &mut String, byte: u8) {
    out.push(char::from(byte));
}

/// Appends ` tag=text`, escaped and cut.
pub(crate) fn push_text(out: &mut String, tag: u8, text: &str) {
    push_tag(out, tag);
    push_escaped(out, text, LONGEST);
}

/// Appends ` tag=number`.
pub(crate) fn push_numbered(out: &mut String, tag: u8, number: u32) {
    push_tag(out, tag);
    push_number(out, number);
}

/// Appends ` tag=`.
pub(crate) fn push_tag(out: &mut String, tag: u8) {
    push(out, b' ');
    push(out, tag);
    push(out, b'=');
}

/// Appends a text so that no separator of the format is left in it: `%`, the code point and `.` for every character but
/// letters, digits and three marks. Stops at the first character behind `longest` bytes.
pub(crate) fn push_escaped(out: &mut String, text: &str, longest: usize) {
    let end = out.len().saturating_add(longest);
    for character in text.chars() {
        if out.len() >= end {
            return;
        }
        if character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_') {
            out.push(character);
        } else {
            push(out, b'%');
            push_number(out, character.into());
            push(out, b'.');
        }
    }
}

/// What [`push_escaped`] was given; of what it cannot have written, the readable part.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut code = None;
    for character in text.chars() {
        match code {
            None if character == '%' => code = Some(0_u32),
            None => out.push(character),
            Some(point) if character == '.' => {
                out.extend(char::from_u32(point));
                code = None;
            }
            Some(point) => code = Some(point.wrapping_mul(10).wrapping_add((character as u32).wrapping_sub(48))),
        }
    }
    out
}

/// Bytes in base64url without padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 6 {
            count -= 6;
            push(&mut out, digit(bits >> count & 63));
        }
    }
    if count > 0 {
        push(&mut out, digit(bits << (6 - count) & 63));
    }
    out
}

const fn digit(six: u32) -> u8 {
    let six = six as u8;
    match six {
        0..26 => b'A' + six,
        26..52 => b'a' - 26 + six,
        52..62 => six - 52 + b'0',
        62 => b'-',
        _ => b'_',
    }
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
        assert_eq!(field("e=1 t=5 tt=6 v=t=7", b't'), Some("5"));
        assert_eq!(field("e=1 v=t=7", b'v'), Some("t=7"));
        assert_eq!(field("e=1 v=t=7 t", b't'), None);
    }

    #[test]
    fn reads_only_what_is_a_number() {
        assert_eq!((number("0"), number("007"), number("4294967295")), (Some(0), Some(7), Some(u32::MAX)));
        for text in ["", "4294967296", "99999999999", "+1", "-1", "1 ", "x"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn keeps_the_readable_part_of_what_it_cannot_have_written() {
        for (text, read) in [("%", ""), ("a%", "a"), ("%4294967295.b", "b"), ("%65.%6", "A"), ("%55296.x", "x")] {
            assert_eq!(unescape(text), read);
        }
    }

    proptest! {
        #[test]
        fn escapes_any_text_into_printable_ascii_and_back(text: String) {
            let mut escaped = String::new();
            push_escaped(&mut escaped, &text, usize::MAX);
            prop_assert!(escaped.bytes().all(|byte| byte.is_ascii_graphic() && !b" ;,:=".contains(&byte)));
            prop_assert_eq!(unescape(&escaped), text);
        }

        #[test]
        fn cuts_long_texts_at_a_character(text in "\\PC{0,300}") {
            let mut fields = String::new();
            push_text(&mut fields, b'v', &text);
            let kept = unescape(field(fields.trim_start(), b'v').unwrap_or_default());
            prop_assert!(text.starts_with(&kept) && fields.len() < LONGEST + 16);
            prop_assert!(kept == text || fields.len() >= LONGEST);
        }

        #[test]
        fn splits_like_the_standard_library(text in "[a;]{0,12}") {
            prop_assert!(parts(&text, b';').eq(text.split(';')));
        }

        #[test]
        fn reads_any_text_without_a_panic(text: String) {
            _ = unescape(&text);
            _ = field(&text, b'a');
            _ = number(&text);
        }
    }
}
