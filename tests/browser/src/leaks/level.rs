//! The levels of the table, as rows: one more level is one more row.

use crate::engine::Engine;
use crate::world::World;
use serde_json::{Value, json};

/// Which of a surface's markups a level's page has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Markup {
    Plain,
    Marked,
    /// The plain one, as `consentry rewrite` marks it.
    Rewritten,
}

/// One level, and what may get through at it.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    /// Its name in the table.
    pub name: &'static str,
    /// What the site adds to its pages.
    pub adds: &'static str,
    /// `gate.level` of its config; none where the page has no consent manager.
    pub(super) gate: Option<&'static str>,
    pub(super) markup: Markup,
    /// Whether the server sends what comes up to the tag, and the rest when that has run.
    pub(super) flushed: bool,
    /// Whether a service worker stands in front of the page: this is a visitor's second one.
    pub(super) worker: bool,
    /// How many of the counted surfaces may get through before consent, in the order of [`Engine::ALL`].
    pub bound: Option<[usize; 3]>,
}

/// What a row has unless it says otherwise.
const ROW: Level = Level {
    name: "control",
    adds: "nothing",
    gate: None,
    markup: Markup::Plain,
    flushed: false,
    worker: false,
    bound: None,
};

impl Level {
    /// Every row.
    pub const ALL: &'static [Level] = &[
        ROW,
        Level {
            name: "marked",
            adds: "marks on its own third-party elements",
            gate: Some("marked"),
            markup: Markup::Marked,
            bound: Some([0, 0, 0]),
            ..ROW
        },
        Level {
            name: "rewritten",
            adds: "what `consentry rewrite` made of the plain page",
            gate: Some("marked"),
            markup: Markup::Rewritten,
            bound: Some([0, 0, 0]),
            ..ROW
        },
        Level { name: "auto", adds: "the script tag alone", gate: Some("auto"), bound: Some([34, 30, 30]), ..ROW },
        Level {
            name: "auto, worker",
            adds: "the script tag and a service worker, from the second page on",
            gate: Some("auto"),
            bound: Some([3, 4, 2]),
            worker: true,
            ..ROW
        },
        Level {
            name: "auto-csp",
            adds: "the script tag alone, which writes a policy",
            gate: Some("auto-csp"),
            bound: Some([23, 21, 21]),
            ..ROW
        },
        Level {
            name: "auto-csp, head first",
            adds: "the same; the rest of the page is sent when the tag has run",
            gate: Some("auto-csp"),
            bound: Some([23, 21, 21]),
            flushed: true,
            ..ROW
        },
        Level {
            name: "sealed",
            adds: "two lines in the head, then the tag",
            gate: Some("sealed"),
            bound: Some([3, 5, 3]),
            ..ROW
        },
        Level {
            name: "sealed, head first",
            adds: "the same; the rest of the page is sent when the tag has run",
            gate: Some("sealed"),
            bound: Some([3, 3, 3]),
            flushed: true,
            ..ROW
        },
        Level {
            name: "sealed, worker",
            adds: "two lines in the head, the tag and a service worker, from the second page on",
            gate: Some("sealed"),
            worker: true,
            bound: Some([1, 1, 1]),
            ..ROW
        },
        Level {
            name: "header",
            adds: "a policy that the server sends with every page, and the tag",
            gate: Some("header"),
            bound: Some([2, 2, 2]),
            ..ROW
        },
    ];

    /// The row of the page without a consent manager.
    #[must_use]
    pub fn control() -> &'static Level {
        Level::ALL.iter().find(|level| level.is_control()).expect("the table has a control")
    }

    /// Whether this is the page without a consent manager.
    #[must_use]
    pub fn is_control(&self) -> bool {
        self.gate.is_none()
    }

    /// Whether a policy in front of the page keeps third parties out, so that a grant loads it again.
    #[must_use]
    pub(super) fn reloads(&self) -> bool {
        matches!(self.gate, Some("auto-csp" | "sealed" | "header"))
    }

    /// Whether that policy is there before anything of the page is.
    #[must_use]
    pub(super) fn is_shut_first(&self) -> bool {
        matches!(self.gate, Some("sealed" | "header"))
    }

    /// The rows whose level the config reader of this checkout knows.
    #[must_use]
    pub fn existing() -> Vec<Level> {
        let schema: Value = serde_json::from_str(&World::file("www/consentry.schema.json")).unwrap_or_default();
        let known = schema["properties"]["gate"]["properties"]["level"]["enum"].clone();
        let exists = |gate: &str| known.as_array().is_some_and(|levels| levels.contains(&json!(gate)));
        Level::ALL.iter().filter(|level| level.gate.is_none_or(exists)).copied().collect()
    }

    /// How many counted surfaces may get through in this engine.
    #[must_use]
    pub fn bound_in(&self, engine: Engine) -> Option<usize> {
        let at = Engine::ALL.iter().position(|one| *one == engine)?;
        self.bound?.get(at).copied()
    }

    /// The config of its page: every third party belongs to one service. What leads there from the site's own files only
    /// marks can tell, so that only a rewriting site declares it.
    pub(super) fn config(&self) -> Option<Value> {
        let gate = self.gate?;
        let mut hosts = vec!["*.door.localhost"];
        if self.markup == Markup::Rewritten {
            hosts.push("/leaks/own");
        }
        let mut config = json!({
            "policy": { "version": "1" },
            "gate": { "level": gate, "workers": if self.reloads() { "wrap" } else { "own" } },
            "record": if gate == "header" { json!({ "cookie": {} }) } else { json!({}) },
            "services": [{ "id": "leak", "category": "marketing", "label": "Leak", "vendor": "Leak Inc.", "hosts": hosts }],
        });
        if self.worker {
            config["gate"]["worker"] = json!("/consentry-sw.js");
        }
        Some(config)
    }
}
