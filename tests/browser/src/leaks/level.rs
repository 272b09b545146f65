//! The levels of the table, as rows: one more level is one more row.

use crate::engine::Engine;
use crate::world::World;
use serde_json::{Value, json};

/// Which of a surface's markups a level's page has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Markup {
    Plain,
    Marked,
    /// Plain, and then marked by `consentry rewrite`.
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
    /// Whether the server sends what comes up to the tag 300 ms ahead of the rest.
    pub(super) flushed: bool,
    /// How many of the counted surfaces may get through before consent, in the order of [`Engine::ALL`].
    pub bound: Option<[usize; 3]>,
}

impl Level {
    /// Every row.
    pub const ALL: &'static [Level] = &[
        Level::row("control", "no consent manager", None, Markup::Plain, None),
        Level::row("marked", "marks on its own third-party elements", Some("marked"), Markup::Marked, Some([0, 0, 0])),
        Level::row(
            "rewritten",
            "what `consentry rewrite` made of the plain page",
            Some("marked"),
            Markup::Rewritten,
            Some([0, 0, 0]),
        ),
        Level::row("auto", "the script tag alone", Some("auto"), Markup::Plain, Some([34, 30, 30])),
        Level::row(
            "auto, head first",
            "the same, head flushed 300 ms early",
            Some("auto"),
            Markup::Plain,
            Some([34, 30, 30]),
        )
        .head_first(),
        Level::row(
            "auto-csp",
            "the script tag alone, which writes a policy",
            Some("auto-csp"),
            Markup::Plain,
            Some([23, 21, 21]),
        ),
        Level::row(
            "auto-csp, head first",
            "the same, head flushed 300 ms early",
            Some("auto-csp"),
            Markup::Plain,
            Some([23, 21, 21]),
        )
        .head_first(),
    ];

    const fn row(
        name: &'static str,
        adds: &'static str,
        gate: Option<&'static str>,
        markup: Markup,
        bound: Option<[usize; 3]>,
    ) -> Level {
        Level { name, adds, gate, markup, flushed: false, bound }
    }

    const fn head_first(mut self) -> Level {
        self.flushed = true;
        self
    }

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

    /// The config of its page: every third party belongs to one service.
    pub(super) fn config(&self) -> Option<Value> {
        let gate = self.gate?;
        Some(json!({
            "policy": { "version": "1" },
            "gate": { "level": gate },
            "services": [{ "id": "leak", "category": "marketing", "label": "Leak", "vendor": "Leak Inc.",
                           "hosts": ["*.localhost", "/leaks/m-iframe-same.html", "/leaks/m-redirect-img.redirect",
                                     "/leaks/j-worker-same.js", "/leaks/j-sharedworker-same.js"] }],
        }))
    }
}
