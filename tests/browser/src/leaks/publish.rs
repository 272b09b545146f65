//! The page that publishes the table: `leaks/page.md` with what was measured.

use super::level::Level;
use super::report::{BEFORE, Column, LOST, REFUSED, Table};
use super::surface::{Surface, letter};
use crate::engine::Engine;

const PAGE: &str = include_str!("../../leaks/page.md");

/// Where a request starts, what that means, and what helps where it gets through.
const GROUPS: &[(&str, &str, &str)] = &[
    ("hint", "Hints and preloads", "mark them (`data-href`), or seal the page"),
    ("element", "Images, media, icons", "mark them, or seal the page"),
    ("style", "Style sheets", "mark them (a `<template>` around `<style>`), or seal the page"),
    ("script", "Scripts", "mark them, or seal the page"),
    ("frame", "Frames", "mark them; a frame that gets through here opens a connection or has a document of its own"),
    ("call", "Calls", "mark the script that makes them; a policy stops most of the rest"),
    ("worker", "Workers", "start them after `whenGranted()`, or a level with a policy, which they inherit"),
    (
        "own",
        "The site's own files, frames, workers and redirects",
        "they have worlds of their own: mark what loads them, put the tag or the policy on them, or do not let them lead to third parties",
    ),
];

/// What helps behind a policy that stands in front of the page, where it is something else.
const BEHIND: &[(&str, &str)] = &[
    (
        "hint",
        "leave them out, or mark them (`data-href`): no policy is asked about connection hints, nor about rules of speculation",
    ),
    (
        "element",
        "mark them, send the head first, or send the policy as a header: Firefox looks ahead for them without asking one in markup",
    ),
    ("frame", "mark them: it is a bare connection, which Chromium opens before it asks the policy"),
    ("call", "make them after `whenGranted()`: no policy stops them"),
    ("worker", "add their modules after `whenGranted()`"),
    ("own", "they are documents and workers of their own: put the snippet on them, or send the policy with them, too"),
];

impl Table {
    /// The page's text.
    pub(super) fn page(&self, browsers: &str) -> String {
        let all = Surface::all();
        let counted = all.iter().filter(|one| one.counted).count();
        PAGE.replace("[total]", &all.len().to_string())
            .replace("[counted]", &counted.to_string())
            .replace("[browsers]", browsers)
            .replace("[summary]", &self.summary())
            .replace("[exceptions]", &self.exceptions())
            .replace("[table]", &self.every_way())
    }

    fn summary(&self) -> String {
        let mut out =
            "| level | the site adds | before | refused | lost after a grant | promised |\n|---|---|---|---|---|---|\n"
                .to_owned();
        for level in self.levels() {
            let [before, refused, lost] = [BEFORE, REFUSED, LOST].map(|column| self.counts(&level, column));
            let bound = level
                .bound
                .map_or_else(String::new, |bound| format!("≤ {}", bound.map(|one| one.to_string()).join("/")));
            let (refused, lost) = if level.is_control() { (String::new(), String::new()) } else { (refused, lost) };
            out.push_str(&format!("| {} | {} | {before} | {refused} | {lost} | {bound} |\n", level.name, level.adds));
        }
        out.trim_end().to_owned()
    }

    fn exceptions(&self) -> String {
        let gated = self.levels().into_iter().filter(|level| !level.is_control());
        let parts = gated.map(|level| format!("### Level `{}`\n\n{}", level.name, self.leaks_at(&level)));
        parts.collect::<Vec<_>>().join("\n\n")
    }

    fn leaks_at(&self, level: &Level) -> String {
        let mut out = Vec::new();
        for (group, title, remedy) in GROUPS {
            let behind = BEHIND.iter().find(|(one, _)| level.is_shut_first() && one == group);
            let remedy = behind.map_or(remedy, |(_, remedy)| remedy);
            let rows = self.rows().into_iter().filter(|one| one.group == *group);
            let names: Vec<String> = rows.filter_map(|one| self.named(level, BEFORE, one)).collect();
            if !names.is_empty() {
                out.push(format!("- **{title}** ({}): {}. *What helps:* {remedy}.", names.len(), names.join(", ")));
            }
        }
        let lost: Vec<String> = self.rows().into_iter().filter_map(|one| self.named(level, LOST, one)).collect();
        if out.is_empty() {
            out.push("Nothing gets through.\n".to_owned());
        }
        if !lost.is_empty() {
            out.push(format!("- **Does not come back after a grant**: {}.", lost.join(", ")));
        }
        out.join("\n").trim_end().to_owned()
    }

    /// The surface's name with the engines' letters, if it got through in any.
    fn named(&self, level: &Level, column: Column, surface: &Surface) -> Option<String> {
        let seen = |engine: &Engine| self.seen(level, *engine, column, &surface.id).0 > 0;
        let letters: String = Engine::ALL.into_iter().filter(seen).map(letter).collect();
        (!letters.is_empty()).then(|| format!("`{}` {letters}", surface.id))
    }

    fn every_way(&self) -> String {
        let levels = self.levels();
        let names: Vec<&str> = levels.iter().map(|level| level.name).collect();
        let mut out =
            format!("| | where it starts | {} |\n|---|---{}|\n", names.join(" | "), "|---".repeat(names.len()));
        let mut beyond = false;
        for surface in self.rows() {
            if !surface.counted && !beyond {
                beyond = true;
                out.push_str(&format!("| **beyond the reference** | {}|\n", " |".repeat(names.len())));
            }
            let marks =
                levels.iter().map(|level| self.mark(level, BEFORE, surface).replace("1c", "c").replace('1', "x"));
            let marks: Vec<String> = marks.collect();
            out.push_str(&format!("| `{}` | {} | {} |\n", surface.id, surface.group, marks.join(" | ")));
        }
        out.trim_end().to_owned()
    }
}
