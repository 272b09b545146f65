//! One cell of the table: what reaches the third parties at one level in one engine.

use super::level::Level;
use super::sheet::Sheet;
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// After so long without a knock nothing more comes.
const QUIET: Duration = Duration::from_millis(700);
/// How long a page may go on asking.
const PATIENCE: Duration = Duration::from_secs(12);

/// The surfaces that reached their third party; the value says whether by more than a bare connection.
pub type Reach = BTreeMap<String, bool>;

/// What one run saw.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Before a choice.
    pub before: Reach,
    /// On the next load after a refusal.
    pub refused: Reach,
    /// On the same page after a grant, with the reload that the level itself makes.
    pub granted: Reach,
    /// What the engine knows and what did not come after the grant, neither on the same page nor on the next load.
    pub lost: BTreeSet<String>,
}

impl Cell {
    /// Opens the page as a new visitor would, refuses, comes again, and grants. The sheet must be new: what a page of
    /// before still sends, as some do for seconds, then goes to doors that are closed. Nothing waits for what is `known` to be lost.
    #[track_caller]
    pub fn run(world: &World, sheet: &Sheet, level: &Level, known: &BTreeSet<String>) -> Cell {
        let address = sheet.publish(world, level);
        let nowhere = world.site("/leaks/none.html");
        world.open(&nowhere);
        world.run("localStorage.clear(); document.cookie = 'consentry=;max-age=0;path=/';", &[]);
        if level.worker {
            world.first_page(&sheet.publish_empty(world, level));
            world.open(&nowhere);
        }
        sheet.doors.clear();
        let mut cell = Cell::default();
        world.open(&address);
        if level.is_control() {
            cell.before = control(world, sheet);
            return cell;
        }
        settle(world, sheet);
        cell.before = reach(sheet);
        world.reject_all();
        sheet.doors.clear();
        world.open(&nowhere);
        world.open(&address);
        settle(world, sheet);
        assert!(!world.has("leak"), "a refusal was not kept");
        cell.refused = reach(sheet);
        sheet.doors.clear();
        world.run("window.before = true;", &[]);
        world.click("#grant");
        let fresh = if level.reloads() { "!window.before && " } else { "" };
        world.until(&format!("{fresh}window.consentry && consentry.has && consentry.has('leak')"));
        settle(world, sheet);
        cell.granted = reach(sheet);
        cell.lost = missing(world, sheet);
        if !cell.lost.is_subset(known) {
            world.open(&nowhere);
            world.open(&address);
            settle(world, sheet);
            all(world, sheet, known);
            cell.lost = missing(world, sheet);
        }
        if level.worker {
            world.open(&nowhere);
            world.dismiss_workers();
        }
        cell
    }
}

/// Without a consent manager everything that the engine knows comes, some of it when the page is left.
fn control(world: &World, sheet: &Sheet) -> Reach {
    settle(world, sheet);
    world.open(&world.site("/leaks/none.html"));
    all(world, sheet, &BTreeSet::new());
    reach(sheet)
}

/// Waits until everything that the engine knows has come but for this, as long as that may take: some calls are throttled.
fn all(world: &World, sheet: &Sheet, but: &BTreeSet<String>) {
    let mut wanted = sheet.known(world.engine);
    wanted.retain(|id| !but.contains(*id));
    world.wait(sheet.doors.wait_for(|knocks| wanted.iter().all(|id| knocks.contains_key(*id)), PATIENCE));
}

/// What the engine knows and what has not come.
fn missing(world: &World, sheet: &Sheet) -> BTreeSet<String> {
    let reached = reach(sheet);
    sheet.known(world.engine).into_iter().filter(|id| !reached.contains_key(*id)).map(str::to_owned).collect()
}

#[track_caller]
fn settle(world: &World, sheet: &Sheet) {
    world.until("window.settled");
    world.wait(sheet.doors.quiet(QUIET, PATIENCE));
}

fn reach(sheet: &Sheet) -> Reach {
    let knocks = sheet.doors.knocks().into_iter();
    knocks.map(|(id, one)| (id, !one.requests.is_empty() || one.datagrams > 0)).collect()
}
