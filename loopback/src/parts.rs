//! Parts that several pages share: `{{include:header}}` in a page becomes `www/_parts/header.html`.

use std::fs;
use std::path::Path;

/// The text with every part filled in, once: parts hold no parts. A part that is not there stays as written.
pub(crate) fn fill(www: &Path, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{include:") {
        out.push_str(before);
        match after.split_once("}}").and_then(|(name, after)| Some((read(www, name)?, after))) {
            Some((part, after)) => {
                out.push_str(part.trim_end());
                rest = after;
            }
            None => {
                out.push_str("{{include:");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn read(www: &Path, name: &str) -> Option<String> {
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    plain.then(|| fs::read_to_string(www.join("_parts").join(format!("{name}.html"))).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::fill;
    use std::path::Path;

    #[test]
    fn a_part_that_is_not_there_stays_as_written() {
        for text in ["a {{include:../x}} b", "{{include:", "{{include:no-such-part}}"] {
            assert_eq!(fill(Path::new("/nowhere"), text), text);
        }
    }

    #[test]
    fn the_shared_header_is_filled_in() {
        let www = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../www"));
        let page = fill(www, "<body>{{include:header}}</body>");
        assert!(page.starts_with("<body><") && page.contains("<nav") && !page.contains("{{include"), "{page}");
    }
}
