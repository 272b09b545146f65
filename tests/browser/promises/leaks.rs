//! No way to start a request gets through a level that stopped it before, and no level lets through more than is promised.

use consentry_browser_tests::leaks::{Cell, Expected, Level, Sheet};
use consentry_browser_tests::{World, promises};
use std::collections::BTreeSet;

promises![one engine at a time: the_control_reaches_every_surface, marked, rewritten, auto, auto_worker, auto_csp,
  auto_csp_head_first, sealed, sealed_head_first, sealed_worker, header, known_leaks_are_within_the_bounds,
  every_level_is_tried, the_page_says_what_is_known];

/// A cell that looks worse is filled so often again.
const AGAIN: usize = 3;

/// What comes in so many of these, too, is no accident: what a change of ours lets through comes each time, while a race
/// between the browser's look-ahead and a script has another winner now and then.
const NO_ACCIDENT: usize = 2;

fn the_control_reaches_every_surface(world: &World) {
    let sheet = Sheet::new(world, false);
    let mut missed = sheet.known(world.engine);
    // What is reached once can be reached: a busy machine may take longer than a cell waits.
    for _ in 0..AGAIN {
        let reached = Cell::run(world, &sheet, Level::control(), &BTreeSet::new());
        missed.retain(|id| !reached.before.contains_key(*id));
        if missed.is_empty() {
            return;
        }
    }
    panic!("the leak page proves nothing about {missed:?}");
}

/// One promise a level: no cell gets worse.
macro_rules! levels {
    ($($promise:ident: $name:literal),+) => {
        $(fn $promise(world: &World) {
            no_worse(world, $name);
        })+

        fn every_level_is_tried(_: &World) {
            let tried = [$($name),+];
            let levels = Level::existing().into_iter().filter(|level| !level.is_control());
            assert!(levels.map(|level| level.name).eq(tried), "{tried:?}");
        }
    };
}

levels![
    marked: "marked", rewritten: "rewritten", auto: "auto", auto_worker: "auto, worker", auto_csp: "auto-csp",
    auto_csp_head_first: "auto-csp, head first", sealed: "sealed", sealed_head_first: "sealed, head first",
    sealed_worker: "sealed, worker", header: "header"
];

#[track_caller]
fn no_worse(world: &World, name: &str) {
    let expected = Expected::committed();
    let levels = Level::existing();
    let level = levels.iter().find(|level| level.name == name).expect("the table has this level");
    let worse_now = || {
        let cell = Cell::run(world, &Sheet::new(world, false), level, &expected.lost(level, world.engine));
        expected.worse(level, world.engine, &cell)
    };
    let first = worse_now();
    if first.is_empty() {
        return;
    }
    let again: Vec<String> = (0..AGAIN).flat_map(|_| worse_now()).collect();
    let stays = |one: &String| again.iter().filter(|other| *other == one).count() >= NO_ACCIDENT;
    let (worse, races): (Vec<String>, Vec<String>) = first.into_iter().partition(stays);
    if !races.is_empty() {
        println!("  {}: seen in fewer than {} of {} runs: {races:?}", world.engine.name(), NO_ACCIDENT + 1, AGAIN + 1);
    }
    assert!(worse.is_empty(), "these got worse:\n  {}", worse.join("\n  "));
}

fn known_leaks_are_within_the_bounds(world: &World) {
    let expected = Expected::committed();
    let mut over = Vec::new();
    for level in Level::existing() {
        let (known, bound) = (expected.counted(&level, world.engine), level.bound_in(world.engine));
        if bound.is_some_and(|bound| known > bound) {
            over.push(format!("{}: {known} of {bound:?}", level.name));
        }
    }
    assert!(over.is_empty(), "more gets through than is promised: {over:?}");
}

fn the_page_says_what_is_known(_: &World) {
    assert!(World::file("www/docs/leaks.md") == Expected::committed().page(), "run `cargo xtask leaks --page`");
}
