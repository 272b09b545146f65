//! The command: fills the table, prints it, and writes what is published of it.

use super::cell::Cell;
use super::expected::{Expected, WHEN};
use super::level::Level;
use super::report::Table;
use super::sheet::Sheet;
use crate::engine::Engine;
use crate::runner::visit;
use std::collections::BTreeSet;
use std::process::ExitCode;

const USAGE: &str = "leaks [--level NAME] [--engine NAME] [--runs N] [--json FILE] [--accept]

  --level NAME    only this level, or these: may stand more than once (another row is named in full: 'auto, worker')
  --engine NAME   chromium, firefox or webkitgtk
  --runs N        how often each cell is filled; 3 unless told
  --json FILE     write everything seen as JSON, too
  --accept        write what was seen to tests/browser/leaks/expected.txt, and the page of it to www/docs/leaks.md
  --page          fill nothing: only write that page";

/// What is published of it.
const PAGE: &str = "www/docs/leaks.md";

/// What the command line asks for.
#[derive(Debug)]
struct Wish {
    levels: Vec<Level>,
    engines: Vec<Engine>,
    runs: usize,
    json: Option<String>,
    accept: bool,
    page: bool,
}

/// Runs the command with these arguments.
#[must_use]
pub fn command(arguments: &[String]) -> ExitCode {
    let Some(wish) = wish(arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    let mut table = Table::default();
    let mut known = Expected::committed();
    if wish.page {
        return write([(PAGE.to_owned(), known.page())]);
    }
    for engine in &wish.engines {
        visit(*engine, |world| {
            table.browsers.push(format!("{} {}", title(*engine), world.version()));
            for level in &wish.levels {
                known.forget(level, *engine);
                for run in 1..=wish.runs {
                    let sheet = Sheet::new(world, true);
                    let cell = Cell::run(world, &sheet, level, &BTreeSet::new());
                    eprintln!("{} | {} | run {run}: {}", level.name, engine.name(), summary(&cell));
                    if level.is_control() {
                        compare(&sheet, *engine, &cell);
                    } else {
                        known.note(level, *engine, &cell);
                    }
                    table.add(level, *engine, &sheet, cell);
                }
            }
        });
    }
    println!("{}", table.text());
    let mut files = Vec::new();
    files.extend(wish.json.map(|path| (path, table.json())));
    if wish.accept {
        if wish.engines.len() == Engine::ALL.len() {
            known.browsers = table.browsers.join(", ");
        }
        files.push(("tests/browser/leaks/expected.txt".into(), known.text()));
        files.push((PAGE.to_owned(), known.page()));
    }
    write(files)
}

fn write(files: impl IntoIterator<Item = (String, String)>) -> ExitCode {
    for (path, text) in files {
        if let Err(error) = std::fs::write(&path, text) {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Says where the table of surfaces and the control differ on what an engine knows.
fn compare(sheet: &Sheet, engine: Engine, cell: &Cell) {
    for surface in &sheet.surfaces {
        match (surface.known_to(engine), cell.before.contains_key(&surface.id)) {
            (true, false) => eprintln!("  {} did not come: does {} not know it?", surface.id, engine.name()),
            (false, true) => eprintln!("  {} came: {} knows it, too", surface.id, engine.name()),
            _ => {}
        }
    }
}

/// The engine's name as its makers write it.
fn title(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "Chromium",
        Engine::Firefox => "Firefox",
        Engine::WebKitGtk => "WebKitGTK",
    }
}

fn summary(cell: &Cell) -> String {
    let count = |when: &str| super::expected::seen(cell, when).len();
    WHEN.map(|when| format!("{} {when}", count(when))).join(", ")
}

fn wish(arguments: &[String]) -> Option<Wish> {
    let existing = Level::existing();
    let mut named = Vec::new();
    let mut wish =
        Wish { levels: existing.clone(), engines: Engine::ALL.into(), runs: 3, json: None, accept: false, page: false };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--level" => {
                let name = words.next()?;
                named.push(*existing.iter().find(|level| level.name == name)?);
            }
            "--engine" => {
                let name = words.next()?;
                wish.engines.retain(|engine| engine.name() == name);
            }
            "--runs" => wish.runs = words.next()?.parse().ok()?,
            "--json" => wish.json = Some(words.next()?.clone()),
            "--accept" => wish.accept = true,
            "--page" => wish.page = true,
            _ => return None,
        }
    }
    if !named.is_empty() {
        wish.levels = named;
    }
    (!wish.engines.is_empty() && wish.runs > 0).then_some(wish)
}
