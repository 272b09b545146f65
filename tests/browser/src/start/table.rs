//! The table of `bench start`: medians, and ratios to the page without a manager and to the peers.

use super::Entry;
use crate::bench::median;

/// The peer that the budget names.
const MEASURE: &str = "orestbida";

/// Prints a table for each language.
pub(super) fn print(entries: &[Entry]) {
    let mut languages: Vec<&str> = entries.iter().map(|entry| entry.language.as_str()).collect();
    languages.dedup();
    for language in languages {
        let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.language == language).collect();
        language_table(language, &entries);
    }
}

/// The median of one figure over a page's loads.
fn figure(entry: &Entry, name: &str) -> f64 {
    median(entry.loads.iter().filter_map(|load| load[name].as_f64()))
}

fn language_table(language: &str, entries: &[&Entry]) {
    let of = |wanted: fn(&Entry) -> bool, name: &str| {
        entries.iter().find(|entry| wanted(entry)).map_or(f64::NAN, |entry| figure(entry, name))
    };
    let bare = |name: &str| of(|entry| entry.notice.is_empty(), name);
    let measure = of(|entry| entry.name == MEASURE, "shown");
    println!("\n`{language}`\n");
    println!(
        "| | notice visible, ms | × {MEASURE} | page's first paint, ms | × none | script, ms | style and layout, ms | longest task, ms | heap, KB | requests | KB | shift | largest paint |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
    for entry in entries {
        let figure = |name: &str| figure(entry, name);
        let (shown, paint) = (figure("shown"), figure("paint"));
        let notice =
            if entry.notice.is_empty() { "| |".to_owned() } else { format!("{shown:.0} | {:.2} |", shown / measure) };
        let longest = figure("longest");
        let longest = if longest < 50.0 { "< 50".to_owned() } else { format!("{longest:.0}") };
        let largest = entry.loads.iter().filter(|load| load["largest"] == true).count();
        println!(
            "| {} {} | {notice} {paint:.0} | {:.2} | {:.0} | {:.0} | {longest} | {:.0} | {:.0} | {:.1} | {:.3} | {} |",
            entry.name,
            entry.version,
            paint / bare("paint"),
            figure("script"),
            figure("layout") + figure("style"),
            figure("heap") / 1000.0,
            figure("requests") - bare("requests"),
            (figure("bytes") - bare("bytes")) / 1000.0,
            figure("shift"),
            if largest * 2 > entry.loads.len() { "the notice" } else { "the page" },
        );
    }
}
