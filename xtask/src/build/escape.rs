//! Writes bytes as printable ASCII that brotli still understands, and a JavaScript module that reads them back.
//!
//! 91 characters stand for themselves in a quoted JavaScript string and in HTML: space to `~` without `"`, `<`, `\` and the
//! [`MARK`]. A byte below 89 is one of the first 89 of them; any other is two, the first saying which range it is from. So
//! equal bytes stay equal characters, and the text packs almost as small as the bytes: base64, by contrast, costs a third.
//! Between two marks stands what is text in the bytes already, as it is: it packs with the words of the JavaScript around
//! it (600 bytes of consentry.js).

/// How many of the characters stand for a byte of their own.
const SINGLE: u8 = 89;
/// How many characters there are.
const CHARACTERS: u8 = 91;
/// Stands before and behind what is text already.
const MARK: u8 = b'`';
/// Bytes of text from which on two marks pay.
const SHORTEST: usize = 8;

/// Reads the text back, in its own place; pairs with [`escape`]. It runs once, before any compiler has looked at it: a table
/// and bytes instead of sums and characters take a third of the time.
const DECODER: &str = "\
export function decode(text) {
  const bytes = new TextEncoder().encode(text);
  const values = new Uint8Array(127);
  for (let code = 32; code < 127; code++) values[code] = code - 32 - (code > 34) - (code > 60) - (code > 92) - (code > 96);
  let length = 0;
  let base = 0;
  let plain = false;
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at];
    const value = values[code];
    if (code == 96) plain = !plain;
    else if (plain) bytes[length++] = code;
    else if (!base && value > 88) base = 89 + (value - 89) * 91;
    else {
      bytes[length++] = base + value;
      base = 0;
    }
  }
  return bytes.subarray(0, length);
}
";

/// The JavaScript module `gen/wasm.js`.
pub(crate) fn module(bytes: &[u8]) -> String {
    format!("export const text = \"{}\";\n{DECODER}", escape(bytes))
}

/// The bytes as text.
fn escape(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
    let mut rest = bytes;
    while let Some((&byte, next)) = rest.split_first() {
        let (plain, behind) = rest.split_at(rest.iter().take_while(|byte| is_plain(**byte)).count());
        if plain.len() >= SHORTEST {
            text.push(char::from(MARK));
            text.extend(plain.iter().copied().map(char::from));
            text.push(char::from(MARK));
            rest = behind;
            continue;
        }
        if byte < SINGLE {
            text.push(character(byte));
        } else {
            let above = byte - SINGLE;
            text.push(character(SINGLE + above / CHARACTERS));
            text.push(character(above % CHARACTERS));
        }
        rest = next;
    }
    text
}

/// What has a meaning of its own in a string, in HTML or here.
const LEFT_OUT: [u8; 4] = [b'"', b'<', b'\\', MARK];

/// Whether a byte may stand as it is between two marks.
fn is_plain(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte) && !LEFT_OUT.contains(&byte)
}

/// The character at a place below 91.
fn character(index: u8) -> char {
    let mut code = index + 32;
    for left_out in LEFT_OUT {
        if code >= left_out {
            code += 1;
        }
    }
    char::from(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the JavaScript decoder does, once more.
    fn decode(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut base = 0_u32;
        let mut plain = false;
        for code in text.chars().map(u32::from) {
            let index =
                code.wrapping_sub(32 + [34, 60, 92, 96].into_iter().filter(|left_out| code > *left_out).count() as u32);
            if code == 96 {
                plain = !plain;
            } else if plain {
                bytes.push(u8::try_from(code).unwrap_or(0));
            } else if base == 0 && index > 88 {
                base = 89 + (index - 89) * 91;
            } else {
                bytes.push(u8::try_from(base + index).unwrap_or(0));
                base = 0;
            }
        }
        bytes
    }

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        assert_eq!(decode(&escape(&bytes)), bytes);
    }

    #[test]
    fn text_stays_text() {
        let bytes = b"\0\x80a word or two`and more of them\xff\x7fshort\0";
        let text = escape(bytes);
        assert!(
            text.contains("`a word or two`") && text.contains("`and more of them`") && !text.contains("short"),
            "{text}"
        );
        assert_eq!(decode(&text), bytes);
    }

    #[test]
    fn needs_no_escaping_in_a_string() {
        let text = escape(&(0..=255).collect::<Vec<u8>>());
        assert!(text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && !b"\"<\\".contains(&byte)));
    }
}
