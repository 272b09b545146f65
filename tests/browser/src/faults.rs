//! `www/docs/fault-table.md`: what was seen after each fault, alike in every engine. A promise compares what it saw with it;
//! `CONSENTRY_ACCEPT=1` writes what was seen instead.

use crate::world::World;

const PAGE: &str = "www/docs/fault-table.md";

/// Stands in front of a group's rows.
const COLUMNS: &str = "| Fault | Phase | The visitor sees | The console says |\n|---|---|---|---|\n";

/// What browsers say in words of their own, inside one of our lines.
const OWN_WORDS: [&str; 3] = ["SyntaxError", "TypeError", "ReferenceError"];

/// What a page shows after a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is broken.
    pub name: String,
    /// `snapshot().phase`, or `absent` where there is no `consentry`.
    pub phase: String,
    /// `snapshot().view`: what our part of the page is.
    pub view: String,
    /// Consentry's own lines of the console.
    pub said: Vec<String>,
}

impl Fault {
    fn row(&self) -> String {
        let sees = if self.view == "none" { "the page alone" } else { "the page and the notice" };
        let said: Vec<String> = self.said.iter().map(|line| quoted(line)).collect();
        let said = if said.is_empty() { "nothing".to_owned() } else { said.join("; ") };
        format!("| {} | `{}` | {sees} | {said} |\n", self.name, self.phase)
    }
}

/// A line of the console without what differs from run to run and from browser to browser: ports and the browser's words.
fn quoted(line: &str) -> String {
    let mut text = line.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let local = "http://127.0.0.1:";
    while let Some(at) = text.find(local) {
        let port = text[at + local.len()..].chars().take_while(char::is_ascii_digit).count();
        text.replace_range(at..at + local.len() + port, "");
    }
    for own in OWN_WORDS {
        if let Some((before, after)) = text.split_once(&format!("({own}: ")) {
            let after = after.split_once("). ").map_or("", |(_, after)| after);
            text = format!("{before}(…). {after}");
        } else if let Some((before, _)) = text.split_once(&format!(". {own}: ")) {
            text = format!("{before}. …");
        }
    }
    format!("`{text}`")
}

/// Compares what an engine saw of a group with the published table.
///
/// # Panics
/// Where the table says otherwise.
#[track_caller]
pub fn assert_published(group: &str, faults: &[Fault]) {
    let page = World::file(PAGE);
    let start = page.find(&format!("## {group}\n")).unwrap_or_else(|| panic!("{PAGE} has no group \"{group}\""));
    let start = start + page[start..].find(COLUMNS).map_or(0, |at| at + COLUMNS.len());
    let rows: String = page[start..].split_inclusive('\n').take_while(|line| line.starts_with('|')).collect();
    let seen: String = faults.iter().map(Fault::row).collect();
    if std::env::var_os("CONSENTRY_ACCEPT").is_some() {
        World::write(PAGE, &[&page[..start], &seen, &page[start + rows.len()..]].concat());
        return;
    }
    let news: Vec<&str> = seen.lines().filter(|line| !rows.contains(line)).collect();
    assert!(rows == seen, "{PAGE} says otherwise; CONSENTRY_ACCEPT=1 writes it anew:\n{}", news.join("\n"));
}
