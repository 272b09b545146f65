//! No way to start a request gets through a level that stopped it before, and no level lets through more than is promised.

use consentry_browser_tests::leaks::{Cell, Expected, Level, Sheet};
use consentry_browser_tests::{World, promises};
use std::sync::{Mutex, PoisonError};

promises![the_control_reaches_every_surface, no_cell_gets_worse, known_leaks_are_within_the_bounds, the_page_says_what_is_known];

/// One engine's cells at a time: three side by side ask for so much at once that what comes late looks lost.
static ALONE: Mutex<()> = Mutex::new(());

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
        let reached = Cell::run(world, &sheet, Level::control());
        missed.retain(|id| !reached.before.contains_key(*id));
        if missed.is_empty() {
            return;
        }
    }
    panic!("the leak page proves nothing about {missed:?}");
}

fn no_cell_gets_worse(world: &World) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let expected = Expected::committed();
    let worse_now = |level: &Level| {
        let cell = Cell::run(world, &Sheet::new(world, false), level);
        expected.worse(level, world.engine, &cell)
    };
    let mut worse = Vec::new();
    for level in Level::existing().iter().filter(|level| !level.is_control()) {
        let first = worse_now(level);
        if first.is_empty() {
            continue;
        }
        let again: Vec<String> = (0..AGAIN).flat_map(|_| worse_now(level)).collect();
        let stays = |one: &String| again.iter().filter(|other| *other == one).count() >= NO_ACCIDENT;
        let (stay, races): (Vec<String>, Vec<String>) = first.into_iter().partition(stays);
        if !races.is_empty() {
            println!("  {}: seen in fewer than {} of {} runs: {races:?}", world.engine.name(), NO_ACCIDENT + 1, AGAIN + 1);
        }
        worse.extend(stay);
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
