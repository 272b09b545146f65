//! The laws that fuzzing tries, tried on its seeds, on every piece of them and on each with a byte changed: what was once of
//! interest stays so in every run of the tests.
#![allow(clippy::expect_used)] // a test may panic

#[path = "../fuzz/laws/config.rs"]
mod config;
#[path = "../fuzz/laws/import.rs"]
mod import;
#[path = "../fuzz/laws/record.rs"]
mod record;
#[path = "../fuzz/laws/site.rs"]
mod site;

use std::path::Path;

/// Every seed of a target, as far as it is text.
fn seeds(target: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a corpus").map(|entry| entry.expect("a seed").path()).collect();
    files.sort();
    files.iter().map(|file| String::from_utf8_lossy(&std::fs::read(file).expect("a seed")).into_owned()).collect()
}

/// Tries a law on each seed, on what is left of it when it is cut, and with one character turned into another.
fn hold(target: &str, least: usize, law: fn(&str)) {
    let seeds = seeds(target);
    assert!(seeds.len() >= least, "{target}: {} seeds", seeds.len());
    for seed in &seeds {
        law(seed);
        // Long ones in steps, so that all of it takes seconds.
        let step = seed.len() / 100 + 1;
        for (at, sign) in seed.char_indices().step_by(step) {
            let (before, after) = seed.split_at(at);
            law(before);
            let rest = after.get(sign.len_utf8()..).unwrap_or_default();
            for other in ['0', '"', ';', '=', '\n'] {
                law(&format!("{before}{other}{rest}"));
            }
        }
    }
}

#[test]
fn the_config_reader_keeps_its_law() {
    hold("config", 3, config::check);
}

#[test]
fn an_import_keeps_its_law() {
    hold("import", 6, import::check);
}

#[test]
fn the_record_keeps_its_law() {
    hold("record", 8, record::check);
}
