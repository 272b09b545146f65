//! The filled table, as text and as JSON.

use super::cell::{Cell, Reach};
use super::expected::Expected;
use super::level::Level;
use super::sheet::Sheet;
use super::surface::Surface;
use crate::engine::Engine;
use serde_json::json;
use std::collections::BTreeMap;

/// Every cell that was filled.
#[derive(Debug, Default)]
pub(super) struct Table {
    cells: Vec<(Level, Engine, Vec<Cell>)>,
    surfaces: BTreeMap<String, Surface>,
    /// `Chromium 156.0`, in the order of their coming.
    pub(super) browsers: Vec<String>,
}

/// Reads one column of a cell.
pub(super) type Column = fn(&Cell) -> Reach;

pub(super) const BEFORE: Column = |cell| cell.before.clone();
pub(super) const REFUSED: Column = |cell| cell.refused.clone();
pub(super) const LOST: Column = |cell| cell.lost.iter().map(|id| (id.clone(), true)).collect();

impl Table {
    pub(super) fn add(&mut self, level: &Level, engine: Engine, sheet: &Sheet, cell: Cell) {
        self.surfaces.extend(sheet.surfaces.iter().map(|one| (one.id.clone(), one.clone())));
        match self.cells.iter_mut().find(|(one, of, _)| one.name == level.name && *of == engine) {
            Some((.., cells)) => cells.push(cell),
            None => self.cells.push((*level, engine, vec![cell])),
        }
    }

    /// What is known, as the table of one run.
    pub(super) fn known(known: &Expected) -> Table {
        let mut table = Table::default();
        table.surfaces.extend(Surface::all().into_iter().map(|one| (one.id.clone(), one)));
        for level in Level::existing() {
            for engine in Engine::ALL {
                table.cells.push((level, engine, vec![known.cell(&level, engine)]));
            }
        }
        table
    }

    pub(super) fn levels(&self) -> Vec<Level> {
        Level::ALL.iter().filter(|level| self.cells.iter().any(|(one, ..)| one.name == level.name)).copied().collect()
    }

    pub(super) fn runs(&self, level: &Level, engine: Engine) -> &[Cell] {
        let found = self.cells.iter().find(|(one, of, _)| one.name == level.name && *of == engine);
        found.map_or(&[], |(.., cells)| cells)
    }

    /// In how many runs a surface was seen, and whether ever by more than a connection.
    pub(super) fn seen(&self, level: &Level, engine: Engine, column: Column, id: &str) -> (usize, bool) {
        let hits: Vec<bool> =
            self.runs(level, engine).iter().filter_map(|cell| column(cell).get(id).copied()).collect();
        (hits.len(), hits.contains(&true))
    }

    /// How many surfaces were seen in any run: of the counted ones, of the others, and of the counted ones those that the
    /// bounds do not count: bare connections.
    fn count(&self, level: &Level, engine: Engine, column: Column) -> [usize; 3] {
        let mut sums = [0; 3];
        for one in self.surfaces.values() {
            let (runs, asked) = self.seen(level, engine, column, &one.id);
            let kind = if !one.counted { 1 } else { usize::from(!asked && one.group != "hint") * 2 };
            sums[kind] += usize::from(runs > 0);
        }
        sums
    }

    /// `26+3/22+0/4+1` for the three engines, with `~2` behind where two more only connected.
    pub(super) fn counts(&self, level: &Level, column: Column) -> String {
        let one = |engine| match (self.runs(level, engine).is_empty(), self.count(level, engine, column)) {
            (true, _) => "?".to_owned(),
            (false, [inside, beyond, bare]) => {
                let more = |sign: &str, count: usize| if count > 0 { format!("{sign}{count}") } else { String::new() };
                format!("{inside}{}{}", more("+", beyond), more("~", bare))
            }
        };
        Engine::ALL.map(one).join("/")
    }

    /// One surface at one level: a digit per engine, how many runs saw it; a small `c` where it was a bare connection.
    pub(super) fn mark(&self, level: &Level, column: Column, surface: &Surface) -> String {
        let one = |engine| {
            if self.runs(level, engine).is_empty() {
                return "?".to_owned();
            }
            match (surface.known_to(engine), self.seen(level, engine, column, &surface.id)) {
                (false, (0, _)) => "-".to_owned(),
                (true, (0, _)) => ".".to_owned(),
                (_, (runs, true)) => runs.to_string(),
                (_, (runs, false)) => format!("{runs}c"),
            }
        };
        let marks = Engine::ALL.map(one);
        if marks.iter().all(|mark| mark == ".") { ".".to_owned() } else { marks.join(" ") }
    }

    pub(super) fn rows(&self) -> Vec<&Surface> {
        let mut rows: Vec<&Surface> = self.surfaces.values().collect();
        let order: Vec<String> = Surface::all().into_iter().map(|one| one.id).collect();
        rows.sort_by_key(|one| order.iter().position(|id| *id == one.id));
        rows
    }

    /// For the terminal.
    pub(super) fn text(&self) -> String {
        let levels = self.levels();
        let mut out = String::from(
            "\nSurfaces that got through, Chromium/Firefox/WebKitGTK; +n: of those beyond the reference\n",
        );
        for level in &levels {
            let [before, refused, lost] = [BEFORE, REFUSED, LOST].map(|column| self.counts(level, column));
            out.push_str(&format!(
                "{:22} before {before:18} refused {refused:18} lost after a grant {lost}\n",
                level.name
            ));
        }
        out.push_str("\nBefore a choice, runs in which each got through (c: connection only, -: not supported)\n");
        out.push_str(&format!("{:28}", "surface"));
        levels.iter().for_each(|level| out.push_str(&format!("{:20}", level.name)));
        for surface in self.rows() {
            out.push_str(&format!("\n{:28}", surface.id));
            levels.iter().for_each(|level| out.push_str(&format!("{:20}", self.mark(level, BEFORE, surface))));
        }
        out
    }

    /// Everything, for other programs.
    pub(super) fn json(&self) -> String {
        let cells: Vec<_> = self
            .cells
            .iter()
            .map(|(level, engine, runs)| {
                let runs: Vec<_> = runs
                    .iter()
                    .map(|cell| json!({ "before": cell.before, "refused": cell.refused, "granted": cell.granted, "lost": cell.lost }))
                    .collect();
                json!({ "level": level.name, "engine": engine.name(), "runs": runs })
            })
            .collect();
        let surfaces: Vec<_> =
            self.rows().iter().map(|one| json!({ "id": one.id, "group": one.group, "counted": one.counted })).collect();
        json!({ "surfaces": surfaces, "cells": cells }).to_string()
    }
}
