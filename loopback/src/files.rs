//! Files of a folder as answers, with the headers that the folder's `_headers` file gives them.
//!
//! `_headers` is in the form that static hosts know: a path at the start of a line, its headers indented below it; a
//! path that ends in `*` covers everything that starts with it. `Delay: 300` (milliseconds) and `Status: 204` are
//! instructions to this server, not headers.

use crate::answer::Answer;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder of what any site may be asked for (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// The file at this path of the folder; a path that ends in `/` means its `index.html`.
pub(crate) fn answer(folder: &Path, path: &str) -> Option<Answer> {
    let file = locate(folder, path)?;
    let body = fs::read(&file).ok()?;
    Some(with_headers(folder, path, Answer::new(content_type(&file), body)))
}

/// Whether this can be one folder's name: the `Host` header must not lead out of the folder.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0'])
}

/// The answer with the headers that `_headers` of the folder gives this path.
pub(crate) fn with_headers(folder: &Path, path: &str, mut answer: Answer) -> Answer {
    let rules = fs::read_to_string(folder.join("_headers")).unwrap_or_default();
    let mut applies = false;
    for line in rules.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            applies = covers(line.trim(), path);
        } else if let (true, Some((name, value))) = (applies, line.split_once(':')) {
            answer = with_header(answer, name.trim(), value.trim());
        }
    }
    answer
}

fn with_header(answer: Answer, name: &str, value: &str) -> Answer {
    match (name, value.parse::<u16>()) {
        ("Delay", Ok(milliseconds)) => answer.delay(Duration::from_millis(milliseconds.into())),
        ("Status", Ok(status)) => answer.status(status),
        _ => answer.header(name, value),
    }
}

fn covers(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => pattern == path,
    }
}

fn locate(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut file = folder.to_path_buf();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        // Also keeps `_headers`, dot files and everything above the folder from being served; what is well known is for all.
        if part != WELL_KNOWN && (!is_name(part) || part.starts_with('_')) {
            return None;
        }
        file.push(part);
    }
    if path.ends_with('/') {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

fn content_type(file: &Path) -> String {
    let kind = mime_guess::from_path(file).first_or_octet_stream().to_string();
    if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_covers_its_path_and_with_a_star_all_below() {
        assert!(covers("/a.html", "/a.html") && !covers("/a.html", "/a.html/b"));
        assert!(covers("/a/*", "/a/b.js") && !covers("/a/*", "/b/a/"));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(answer(folder, "/Cargo.toml").is_some());
        for path in ["/../Cargo.toml", "/src/../Cargo.toml", "/.cargo/config.toml", "/src", "/_headers"] {
            assert!(answer(folder, path).is_none(), "{path} was served");
        }
    }
}
