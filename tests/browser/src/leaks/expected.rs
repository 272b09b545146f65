//! `leaks/expected.txt`: what is known to get through, cell by cell, so that a test can tell when a cell gets worse.

use super::cell::{Cell, Reach};
use super::level::Level;
use super::report::Table;
use super::surface::Surface;
use crate::engine::Engine;
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "tests/browser/leaks/expected.txt";
const HEAD: &str =
    "What is known to get through: level | engine | when | surfaces. Written by `cargo xtask leaks --accept`.
`before`: before a choice; `refused`: on the next load after a refusal; `lost`: does not come back after a grant.
`name~`: a bare connection, without a request. `name?`, `name~?`: now and then; written by hand, and not counted.
";

/// Stands behind the name of what only connected.
const BARE: char = '~';

/// Stands behind the name of what gets through only where our script comes late to a race with the browser's look-ahead.
const RACE: char = '?';

/// When something was seen.
pub(super) const WHEN: [&str; 3] = ["before", "refused", "lost"];

/// The surfaces of one line.
pub(super) type Names = BTreeSet<String>;

/// In front of the browsers that it was measured in.
const BROWSERS: &str = "Measured in ";

/// The known leaks of every cell.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    cells: BTreeMap<(String, &'static str, &'static str), Names>,
    /// `Chromium 156.0, …`.
    pub(super) browsers: String,
}

impl Expected {
    /// What is committed.
    #[must_use]
    pub fn committed() -> Expected {
        let mut all = Expected::default();
        for line in World::file(FILE).lines() {
            if let Some(browsers) = line.strip_prefix(BROWSERS) {
                all.browsers = browsers.to_owned();
            }
            let words: Vec<&str> = line.split('|').map(str::trim).collect();
            let [level, engine, when, names] = words[..] else { continue };
            let engine = Engine::ALL.into_iter().find(|one| one.name() == engine);
            let when = WHEN.into_iter().find(|one| *one == when);
            if let (Some(engine), Some(when)) = (engine, when) {
                all.add(level, engine, when, names.split(' ').filter(|name| !name.is_empty()).map(str::to_owned));
            }
        }
        all
    }

    /// What is known of one cell.
    pub(super) fn of(&self, level: &Level, engine: Engine, when: &'static str) -> Names {
        self.cells.get(&(level.name.to_owned(), engine.name(), when)).cloned().unwrap_or_default()
    }

    /// What is known of one cell, as one run would have seen it.
    pub(super) fn cell(&self, level: &Level, engine: Engine) -> Cell {
        let reach = |when| {
            let mut reach = Reach::new();
            for name in self.of(level, engine, when) {
                let id = name.trim_end_matches([BARE, RACE]).to_owned();
                *reach.entry(id).or_default() |= !name.contains(BARE);
            }
            reach
        };
        let mut cell = Cell { before: reach("before"), refused: reach("refused"), ..Cell::default() };
        cell.lost = self.of(level, engine, "lost");
        if level.is_control() {
            let known = Surface::all().into_iter().filter(|one| one.known_to(engine));
            cell.before = known.map(|one| (one.id, true)).collect();
        }
        cell
    }

    /// What is known not to come back after a grant.
    #[must_use]
    pub fn lost(&self, level: &Level, engine: Engine) -> BTreeSet<String> {
        self.of(level, engine, "lost").into_iter().map(|name| name.trim_end_matches(RACE).to_owned()).collect()
    }

    /// The page that publishes it.
    #[must_use]
    pub fn page(&self) -> String {
        Table::known(self).page(&self.browsers)
    }

    /// What is known to get through while nothing is granted. The gate is shut in the same way before a choice and after a
    /// refusal: which of the two saw a race lost is chance.
    fn ungranted(&self, level: &Level, engine: Engine) -> Names {
        self.of(level, engine, "before").union(&self.of(level, engine, "refused")).cloned().collect()
    }

    /// Adds what a run saw.
    pub fn note(&mut self, level: &Level, engine: Engine, cell: &Cell) {
        for when in WHEN {
            self.add(level.name, engine, when, seen(cell, when));
        }
    }

    /// What a run saw that is not known: `level, when: surface`.
    #[must_use]
    pub fn worse(&self, level: &Level, engine: Engine, cell: &Cell) -> Vec<String> {
        let news = WHEN.map(|when| {
            let known = if when == "lost" { self.of(level, engine, when) } else { self.ungranted(level, engine) };
            // Where a request is known, a bare connection is no news.
            let is_known = move |name: &String| {
                let plain = name.trim_end_matches(BARE);
                [name, plain].iter().any(|name| known.contains(*name) || known.contains(&format!("{name}{RACE}")))
            };
            let new = seen(cell, when).into_iter().filter(move |name| !is_known(name));
            new.map(|name| format!("{}, {when}: {name}", level.name)).collect::<Vec<_>>()
        });
        news.concat()
    }

    /// How many of the counted surfaces are known to get through before a choice or after a refusal. As in the reference, a
    /// bare connection counts where it is all that the surface is for.
    #[must_use]
    pub fn counted(&self, level: &Level, engine: Engine) -> usize {
        let known = self.ungranted(level, engine);
        let asks = |id: &String| known.contains(id);
        let connects = |one: &Surface| one.group == "hint" && known.contains(&format!("{}{BARE}", one.id));
        Surface::all().iter().filter(|one| one.counted && (asks(&one.id) || connects(one))).count()
    }

    fn add(&mut self, level: &str, engine: Engine, when: &'static str, names: impl IntoIterator<Item = String>) {
        let known = self.cells.entry((level.to_owned(), engine.name(), when)).or_default();
        for name in names {
            if !known.contains(&format!("{name}{RACE}")) {
                known.insert(name);
            }
        }
    }

    /// Forgets one cell, to be told anew; what was written by hand stays.
    pub fn forget(&mut self, level: &Level, engine: Engine) {
        let cells = self.cells.iter_mut().filter(|((name, one, _), _)| name == level.name && *one == engine.name());
        cells.for_each(|(_, names)| names.retain(|name| name.ends_with(RACE)));
    }

    /// The file's text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}{BROWSERS}{}\n", self.browsers);
        for level in Level::ALL {
            for engine in Engine::ALL {
                for when in WHEN {
                    let names = self.of(level, engine, when).into_iter().collect::<Vec<_>>().join(" ");
                    if !names.is_empty() {
                        text.push_str(&format!("{} | {} | {when} | {names}\n", level.name, engine.name()));
                    }
                }
            }
        }
        text
    }
}

/// What a run saw, by name.
#[must_use]
pub(super) fn seen(cell: &Cell, when: &str) -> Names {
    let named = |reach: &Reach| {
        reach.iter().map(|(id, asked)| if *asked { id.clone() } else { format!("{id}{BARE}") }).collect()
    };
    match when {
        "before" => named(&cell.before),
        "refused" => named(&cell.refused),
        _ => cell.lost.clone(),
    }
}
