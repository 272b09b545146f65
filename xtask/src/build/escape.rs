//! Writes bytes as printable ASCII that brotli still understands, and a JavaScript module that reads them back.
//!
//! 92 characters stand for themselves in a quoted JavaScript string and in HTML: space to `~` without `"`, `<` and `\`.
//! A byte below 90 is one of the first 90 of them; any other is two, the first saying which range it is from. So equal
//! bytes stay equal characters, and the text packs almost as small as the bytes: base64, by contrast, costs a third.

/// How many of the characters stand for a byte of their own.
const SINGLE: u8 = 90;
/// How many characters there are.
const CHARACTERS: u8 = 92;

/// Reads the text back; pairs with [`escape`].
const DECODER: &str = "\
export function decode(text) {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let base = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const index = code - 32 - (code > 34) - (code > 60) - (code > 92);
    if (!base && index > 89) base = 90 + (index - 90) * 92;
    else {
      bytes[length++] = base + index;
      base = 0;
    }
  }
  return bytes.slice(0, length);
}
";

/// The JavaScript module `gen/wasm.js`.
pub(crate) fn module(bytes: &[u8]) -> String {
    format!("export const text = \"{}\";\n{DECODER}", escape(bytes))
}

/// The bytes as text.
fn escape(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
    for &byte in bytes {
        if byte < SINGLE {
            text.push(character(byte));
        } else {
            let rest = byte - SINGLE;
            text.push(character(SINGLE + rest / CHARACTERS));
            text.push(character(rest % CHARACTERS));
        }
    }
    text
}

/// The character at a place below 92.
fn character(index: u8) -> char {
    let mut code = index + 32;
    for left_out in [b'"', b'<', b'\\'] {
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
        for code in text.chars().map(u32::from) {
            let index = code - 32 - u32::from(code > 34) - u32::from(code > 60) - u32::from(code > 92);
            if base == 0 && index > 89 {
                base = 90 + (index - 90) * 92;
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
    fn needs_no_escaping_in_a_string() {
        let text = escape(&(0..=255).collect::<Vec<u8>>());
        assert!(text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && !b"\"<\\".contains(&byte)));
    }
}
