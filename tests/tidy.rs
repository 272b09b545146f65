//! House rules that a compiler does not check: they keep the taste of the code over the years.
#![allow(clippy::panic, clippy::expect_used, reason = "a test reports by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 300;
/// Folders that hold what tools made.
const MADE: &[&str] = &["target", "node_modules", "dist", "pkg", "artifacts"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of our own below a folder with one of these endings, as path from the root and text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path: PathBuf = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && !name.starts_with('.') && !MADE.contains(&name.as_str()) {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) && path.is_file() {
                let shown = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
                found.push((shown, fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    assert!(!found.is_empty(), "no {endings:?} in {folder}: this rule looks at nothing");
    found.sort();
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[track_caller]
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

/// The part of a Rust file that is shipped: its unit tests cut off.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn every_rust_file_says_what_it_is() {
    let says = |text: &str| {
        let doc: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//!")).collect();
        let first: String = doc.iter().take_while(|line| !line.trim().is_empty()).copied().collect();
        first.trim_end().ends_with(['.', ':', '?']) && first.trim().starts_with(|first: char| !first.is_lowercase())
    };
    let silent: Vec<String> =
        files(".", &[".rs"]).into_iter().filter(|(_, text)| !says(text)).map(|(path, _)| path).collect();
    assert_none("files that do not begin with `//!` and a full sentence", &silent);
}

#[test]
fn every_script_says_what_it_is() {
    let silent: Vec<String> = files("src", &[".js", ".css"])
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//") && !text.starts_with("/*"))
        .map(|(path, _)| path)
        .collect();
    assert_none("files that do not begin with a comment that says what they are", &silent);
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = files(".", &[".rs", ".js", ".css"])
        .into_iter()
        .filter(|(_, text)| text.lines().count() > LONGEST_FILE)
        .map(|(path, text)| format!("{path}: {} lines", text.lines().count()))
        .collect();
    assert_none("files over 300 lines", &long);
}

#[test]
fn names_say_what_is_inside() {
    let vague: Vec<String> = files(".", &[".rs", ".js", ".css"])
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| ["util", "helper", "manager", "common", "misc"].iter().any(|word| path.contains(word)))
        .collect();
    assert_none("files with names that say nothing", &vague);
}

#[test]
fn the_core_knows_no_browser_and_no_library() {
    let manifest = read("core/Cargo.toml");
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    let declared =
        dependencies.lines().take_while(|line| !line.starts_with('[')).filter(|line| line.contains('=')).count();
    assert_eq!(declared, 0, "the core has dependencies");
    assert!(read("core/src/lib.rs").contains("no_std"), "the core is not no_std");
    let foreign = ["web_sys", "js_sys", "wasm_bindgen", "std::", "document.", "window."];
    let mut found = Vec::new();
    for (path, text) in files("core/src", &[".rs"]) {
        for (at, line) in (1..).zip(without_tests(&text).lines()) {
            let code = line.split("//").next().unwrap_or_default().replace("core::", "").replace("no_std", "");
            found.extend(foreign.iter().filter(|word| code.contains(*word)).map(|word| format!("{path}:{at}: {word}")));
        }
    }
    assert_none("words of the browser or of std in the core", &found);
}

#[test]
fn nothing_shipped_can_panic_or_turn_text_into_code() {
    let rust = [".unwrap()", ".expect(", "panic!", "todo!", "unimplemented!", "unreachable!", "dbg!", "println!"];
    // The gate's own work is to stand before these ways in; its copy of one reads markup in an inert template alone.
    let wrapped = ["src/gate/cover.js", "src/gate/natives.js", "src/gate/surfaces.js"];
    let script = ["innerHTML", "outerHTML", "insertAdjacentHTML", "style=", "eval(", "new Function(", "onclick"];
    let mut found = Vec::new();
    for (folder, ending, words) in
        [("src", ".rs", &rust[..]), ("core/src", ".rs", &rust[..]), ("src", ".js", &script[..])]
    {
        for (path, text) in files(folder, &[ending]) {
            for (at, line) in (1..).zip(without_tests(&text).lines()) {
                let comment = line.trim_start().starts_with("//") || line.trim_start().starts_with('*');
                let named = |word: &str| word.ends_with("HTML") && wrapped.contains(&path.as_str());
                let bad = words.iter().filter(|word| !comment && line.contains(*word) && !named(word));
                found.extend(bad.map(|word| format!("{path}:{at}: {word}")));
            }
        }
    }
    assert_none("code that can panic, or markup and styles made of text", &found);
}

#[test]
fn every_text_is_used_and_every_used_text_is_there() {
    let code: String = files("src", &[".js"]).into_iter().map(|(_, text)| text).collect();
    let rust: String = files("core/src", &[".rs"]).into_iter().map(|(_, text)| text).collect();
    let source = code.clone() + &rust;
    let mut keys = BTreeSet::new();
    for file in ["locales/en.json", "locales/en.preferences.json", "locales/en.aside.json", "locales/en.failed.json"] {
        let text = read(file);
        keys.extend(
            text.lines()
                .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\":").map(|(key, _)| key.to_owned())),
        );
    }
    assert!(keys.len() > 20, "the texts were not read");
    // A key may be put together: `text('notice.' + name)` uses every key under `notice.`.
    let whole = |key: &String| source.contains(&format!("'{key}'")) || source.contains(&format!("`{key}`"));
    let joined = |key: &String| {
        key.match_indices('.').any(|(at, _)| {
            let start = key.get(..=at).unwrap_or_default();
            let bare = start.trim_end_matches('.');
            [format!("'{start}' +"), format!("`{start}${{"), format!("plural('{bare}'")]
                .iter()
                .any(|piece| source.contains(piece))
        })
    };
    let unused: Vec<String> = keys.iter().filter(|key| !whole(key) && !joined(key)).cloned().collect();
    assert_none("texts that nothing shows", &unused);
    let asked = code
        .split("text('")
        .skip(1)
        .filter_map(|rest| rest.split_once('\'').map(|(key, rest)| (key, rest.starts_with([',', ')']))));
    let missing: Vec<String> =
        asked.filter(|(key, whole)| *whole && !keys.contains(*key)).map(|(key, _)| key.to_owned()).collect();
    assert_none("texts that are shown and do not exist", &missing);
}

/// The members of the interface `Consentry`.
fn declared_members() -> BTreeSet<String> {
    let types = read("src/consentry.d.ts");
    let body = types
        .split("export interface Consentry {")
        .nth(1)
        .and_then(|rest| rest.split("\n}").next())
        .unwrap_or_default();
    let members = body
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| line.starts_with(|first: char| first.is_lowercase()));
    let name =
        |line: &str| line.trim_start_matches("readonly ").split(['(', ':', '?']).next().unwrap_or_default().to_owned();
    members.map(name).collect()
}

#[test]
fn the_types_declare_exactly_the_api() {
    let declared = declared_members();
    assert!(declared.len() > 15, "the interface was not read: {declared:?}");
    let api = read("src/boot/api.js");
    let body = api.split("\n  return {\n").nth(1).and_then(|rest| rest.split("\n  };").next()).unwrap_or_default();
    let members = body
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|first: char| first.is_lowercase()));
    let mut made: BTreeSet<String> =
        members.map(|line| line.split([':', ',']).next().unwrap_or_default().to_owned()).collect();
    made.insert("push".into()); // the queue's end, added where the API is published
    assert_eq!(declared, made, "left: consentry.d.ts, right: src/boot/api.js");
    let types = read("src/consentry.d.ts");
    let exported = types
        .lines()
        .filter_map(|line| line.strip_prefix("export const ").or_else(|| line.strip_prefix("export function ")));
    let mut exported: BTreeSet<String> =
        exported.map(|line| line.split(['(', ':']).next().unwrap_or_default().to_owned()).collect();
    exported.insert("push".into()); // only the script tag has a queue
    assert_eq!(declared, exported, "left: the interface, right: the module's exports");
}

#[test]
fn every_public_function_is_tested_and_documented() {
    let tests: String = files("tests/browser/promises", &[".rs"]).into_iter().map(|(_, text)| text).collect();
    let docs: String =
        files("www/docs", &[".md", ".html"]).into_iter().map(|(_, text)| text).collect::<String>() + &read("README.md");
    let missing = |text: &str, what: &str| -> Vec<String> {
        declared_members()
            .into_iter()
            .filter(|name| !text.contains(name.as_str()))
            .map(|name| format!("{name}: {what}"))
            .collect()
    };
    assert_none(
        "public functions",
        &[missing(&tests, "in no promise"), missing(&docs, "not in the documentation")].concat(),
    );
}

#[test]
fn every_promise_is_stated_and_kept() {
    let main = read("tests/browser/promises/main.rs");
    let mut wrong = Vec::new();
    for (path, text) in files("tests/browser/promises", &[".rs"]) {
        let name = Path::new(&path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name == "main" {
            continue;
        }
        if !main.contains(&format!("    {name},")) {
            wrong.push(format!("{path} is not run"));
        }
        if !text.starts_with("//! ") || !text.contains("promises![") {
            wrong.push(format!("{path} states no promise"));
        }
    }
    assert_none("promises", &wrong);
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let words = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
    ];
    let mut found = Vec::new();
    for (path, text) in files(".", &[".rs", ".js", ".ts", ".css", ".md", ".toml", ".json", ".html", ".sh"]) {
        if path == "package-lock.json" {
            continue;
        }
        for (at, line) in (1..).zip(text.lines()) {
            found.extend(words.iter().filter(|word| line.contains(*word)).map(|word| format!("{path}:{at}: {word}")));
        }
    }
    assert_none("words about one machine, or about work not done", &found);
}
