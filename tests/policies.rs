//! The five sites of `www/policies/`: every line of a policy ends somewhere, its test exists, its words are the policy's, and
//! nobody keeps the counts by hand. A key that a line names stands in the site's config or says why not.
#![allow(clippy::panic, clippy::expect_used, reason = "a test reports by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const SITES: [(&str, &str); 5] = [
    ("mzinga", "Mzinga"),
    ("kaizenify", "Kaizenify"),
    ("eztalks", "ezTalks"),
    ("inszoom", "INSZoom"),
    ("mindomo", "Mindomo"),
];
/// How a line can end, in the order of the counts.
const ENDS: [&str; 4] = ["kept", "kept in part", "not for software", "not kept"];
/// The head of every site's table.
const HEAD: &str = "| Policy line | What it asks of software | Config | Test | Ends |";
/// Between these marks of the index stands what is counted here.
const MARKS: (&str, &str) = ("<!-- counted -->\n", "<!-- /counted -->");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// One row of a site's table.
struct Row {
    quote: String,
    config: String,
    test: String,
    end: String,
}

fn rows(site: &str) -> Vec<Row> {
    let path = format!("www/policies/{site}/promises.md");
    let text = read(&path);
    let (_, table) = text.split_once(HEAD).unwrap_or_else(|| panic!("{path} has no table"));
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [quote, asks, config, test, ends] = cells.as_slice() else { panic!("{path}: not five cells: {line}") };
        assert!(!asks.is_empty() && !config.is_empty(), "{path}: an empty cell: {line}");
        let quote = quote
            .strip_prefix('“')
            .and_then(|rest| rest.strip_suffix('”'))
            .unwrap_or_else(|| panic!("{path}: no quote: {line}"));
        let end = ends.split('*').nth(1).unwrap_or_default();
        assert!(ENDS.contains(&end), "{path}: ends in no known way: {line}");
        Row {
            quote: quote.to_owned(),
            config: (*config).to_owned(),
            test: test.trim_matches('`').to_owned(),
            end: end.to_owned(),
        }
    };
    lines.map(row).collect()
}

/// Every promise by its name, `mzinga::asks_at_the_form`.
fn promises() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in ["tests/browser/promises", "tests/browser/policies"] {
        for entry in fs::read_dir(root().join(folder)).expect("the folder is there").flatten() {
            let path = entry.path();
            let file = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let text = fs::read_to_string(&path).unwrap_or_default();
            let list =
                text.split_once("promises![").and_then(|(_, rest)| rest.split_once("];")).map_or("", |(list, _)| list);
            let own = list.split([',', '\n', ' ']).map(str::trim).filter(|name| !name.is_empty());
            names.extend(own.map(|name| format!("{file}::{name}")));
        }
    }
    names
}

#[test]
fn every_test_of_a_line_exists_and_every_promise_of_a_site_proves_one() {
    let promises = promises();
    assert!(promises.len() > 100, "the promises were not read");
    let mut wrong = Vec::new();
    for (site, _) in SITES {
        let named: BTreeSet<String> = rows(site).into_iter().map(|row| row.test).collect();
        wrong.extend(
            named
                .iter()
                .filter(|test| *test != "–" && !promises.contains(*test))
                .map(|test| format!("{site}: no promise {test}")),
        );
        let own = promises.iter().filter(|name| name.starts_with(&format!("{site}::")));
        wrong.extend(own.filter(|name| !named.contains(*name)).map(|name| format!("{name} proves no line")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_said_to_be_kept_is_proven() {
    for (site, _) in SITES {
        for row in rows(site) {
            let proven = row.test != "–";
            assert!(proven || !row.end.starts_with("kept"), "{site}: kept without a test: {}", row.quote);
            assert!(
                !proven || row.end != "not for software",
                "{site}: a test of what is not for software: {}",
                row.quote
            );
        }
    }
}

/// Marks of a key that a site's config does not have: what holds without it, and what is written when its day comes.
const UNWRITTEN: [&str; 2] = ["default", "when it happens"];

/// The keys that a cell names, each with what stands in brackets behind it.
fn keys(cell: &str) -> Vec<(&str, &str)> {
    let mut keys = Vec::new();
    let mut rest = cell;
    while let Some((_, from)) = rest.split_once('`') {
        let (key, after) = from.split_once('`').unwrap_or((from, ""));
        let (note, after) = after.strip_prefix(" (").and_then(|note| note.split_once(')')).unwrap_or(("", after));
        keys.push((key, note));
        rest = after;
    }
    // What is called, listened to or written in the page is no key.
    keys.retain(|(key, _)| !key.ends_with("()") && !key.contains("consentry"));
    keys
}

/// Whether a config has `services[].hosts`, under that key of its outermost level, or `ask` anywhere.
fn has(config: &str, key: &str) -> bool {
    let mut parts = key.split('.').map(|part| part.trim_end_matches("[]"));
    let first = parts.next().unwrap_or_default();
    // The configs stand two spaces in, each key of the outermost level on a line of its own.
    let own =
        config.split_once(&format!("\n  \"{first}\": ")).map(|(_, rest)| rest.split("\n  \"").next().unwrap_or(rest));
    let named = |text: &str, part: &str| text.contains(&format!("\"{part}\": "));
    own.map_or_else(|| !key.contains('.') && named(config, first), |own| parts.all(|part| named(own, part)))
}

#[test]
fn every_key_is_in_the_config_or_says_why_not() {
    let mut wrong = Vec::new();
    for (site, _) in SITES {
        let config = read(&format!("www/policies/{site}/consentry.json"));
        for row in rows(site) {
            for (key, note) in keys(&row.config) {
                if UNWRITTEN.iter().any(|mark| note.ends_with(mark)) {
                    continue;
                }
                let values = note.split('`').skip(1).step_by(2);
                let missing = values.filter(|value| !config.contains(&format!("\"{value}\"")));
                wrong.extend(missing.map(|value| format!("{site}: {key} has no {value}")));
                if !has(&config, key) {
                    wrong.push(format!("{site}: no {key} in the config: {}", row.quote));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_test_of_a_line_passes_over_an_engine() {
    for (site, _) in SITES {
        for row in rows(site) {
            let Some((file, name)) = row.test.split_once("::") else { continue };
            let texts = ["promises", "policies"].map(|room| root().join(format!("tests/browser/{room}/{file}.rs")));
            let text: String = texts.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
            let own = text.split_once(&format!("\nfn {name}(")).map_or("", |(_, rest)| rest);
            let own = own.split("\n}\n").next().unwrap_or_default();
            assert!(!own.is_empty() && !own.contains(".engine") && !own.contains("Engine::"), "{}", row.test);
        }
    }
}

/// The words of a page, without its tags.
fn words(html: &str) -> String {
    let text: String = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ");
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_line_stands_on_the_policy_page() {
    for (site, _) in SITES {
        let page = words(&read(&format!("www/policies/{site}/privacy.html")));
        for row in rows(site) {
            assert!(page.contains(&row.quote), "{site}: not on the policy page: {}", row.quote);
        }
    }
}

/// The body of the index's table.
fn counted() -> String {
    let mut lines = String::new();
    let mut sums = [0; 7];
    let cells = |numbers: &[usize]| numbers.iter().map(|number| format!("<td>{number}</td>")).collect::<String>();
    for (site, name) in SITES {
        let rows = rows(site);
        let ends = ENDS.map(|end| rows.iter().filter(|row| row.end == end).count());
        // A promise is one function; the test command runs it in all three engines, and none here passes over one.
        let proven = rows.iter().filter(|row| row.test != "–").count();
        let numbers = [ends[0], ends[1], ends[2], ends[3], proven, proven, proven];
        sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        lines.push_str(&format!(
            "<tr><th scope=\"row\"><a href=\"{site}/\">{name}</a></th><td><a href=\"{site}/promises.md\">{} lines</a></td>{}</tr>\n",
            rows.len(),
            cells(&numbers)
        ));
    }
    let all: usize = sums.iter().take(4).sum();
    lines + &format!("<tr><th scope=\"row\">All</th><td>{all} lines</td>{}</tr>\n", cells(&sums))
}

#[test]
fn the_counts_are_counted() {
    let path = "www/policies/index.html";
    let page = read(path);
    let (before, rest) = page.split_once(MARKS.0).expect("the index has its marks");
    let (found, after) = rest.split_once(MARKS.1).expect("the index has its marks");
    let counted = counted();
    if std::env::var_os("CONSENTRY_ACCEPT").is_some() {
        fs::write(root().join(path), [before, MARKS.0, &counted, MARKS.1, after].concat())
            .expect("the index can be written");
        return;
    }
    assert!(
        found == counted,
        "{path} says otherwise; write it anew: CONSENTRY_ACCEPT=1 cargo test --test policies\n{counted}"
    );
}

#[test]
fn every_site_has_all_its_files() {
    for (site, name) in SITES {
        for file in ["index.html", "privacy.html", "consentry.json", "promises.md"] {
            assert!(Path::new(&root().join("www/policies").join(site).join(file)).is_file(), "{site}/{file}");
        }
        let config = read(&format!("www/policies/{site}/consentry.json"));
        assert!(
            config.contains(&format!("\"name\": \"{name}\"")) && config.contains(&format!("\"scope\": \"{site}\"")),
            "{site}"
        );
        for page in ["index.html", "privacy.html"] {
            let page = read(&format!("www/policies/{site}/{page}"));
            assert!(page.contains("<script src=\"/consentry.js\" data-config=\"consentry.json\"></script>"), "{site}");
        }
    }
}
