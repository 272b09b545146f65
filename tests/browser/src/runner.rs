//! Runs every promise in every engine: the engines side by side, each engine's tests one after the other.

use crate::driver::Driver;
use crate::engine::Engine;
use crate::session::Session;
use crate::world::World;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Instant;

/// One promise: what must hold, in whichever engine.
#[derive(Clone, Copy)]
pub struct Promise {
    /// The module that keeps it.
    pub file: &'static str,
    /// The function's name.
    pub name: &'static str,
    /// Whether its browser sends Global Privacy Control, where the engine has one that does.
    pub signals: bool,
    /// Whether no two engines may keep such promises at once: each asks for the whole machine.
    pub alone: bool,
    /// Keeps it, or panics.
    pub keep: fn(&World),
}

impl Promise {
    fn title(&self, engine: Engine) -> String {
        let file = self.file.rsplit("::").next().unwrap_or(self.file);
        format!("{}::{file}::{}", engine.name(), self.name)
    }
}

/// After so many failures in a row a build does not work at all, and waiting for the rest tells nothing more.
const ENOUGH: usize = 12;

/// What failed beside two other engines is tried so often again, alone: a machine that was too busy is no broken promise.
/// Each time must succeed, and the report names it. More failures than [`ENOUGH`] are no accidents.
const ALONE: usize = 2;

/// A driver that has stopped to answer says nothing about the promise: so often it is asked once more. A page that hangs
/// does so each time.
const HANGS: usize = 2;

/// What is said of a driver that did not answer.
const NO_ANSWER: &str = "timeout: global";

/// So many promises are kept in one browser, each on a site of its own: a new browser takes longer than most of them, and
/// an old one gets slow.
const IN_ONE_BROWSER: usize = 25;

/// Held by the engine that keeps a promise which asks for the whole machine.
static MACHINE: Mutex<()> = Mutex::new(());

/// A promise that was not kept, and the test's last words.
struct Failure {
    engine: Engine,
    promise: Promise,
    words: String,
}

thread_local! {
    static LAST_WORDS: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

/// Runs the promises that the command line asks for (`-- chromium placeholder` runs those with both words in the title).
#[must_use]
pub fn run(promises: &[Promise]) -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let chosen = |engine: Engine| -> Vec<Promise> {
        let wanted = |promise: &&Promise| wanted_by(&words, &promise.title(engine));
        promises.iter().filter(wanted).copied().collect()
    };
    if std::env::args().any(|word| word == "--list") {
        for engine in Engine::ALL {
            chosen(engine).iter().for_each(|promise| println!("{}: test", promise.title(engine)));
        }
        return ExitCode::SUCCESS;
    }
    if !World::product().is_file() {
        eprintln!("dist/consentry.js is missing: run `cargo xtask build` first");
        return ExitCode::FAILURE;
    }
    keep_last_words();
    let begun = Instant::now();
    let failures = Mutex::new(Vec::new());
    let total = Engine::ALL.map(|engine| chosen(engine).len()).iter().sum::<usize>();
    println!("\nrunning {total} tests");
    std::thread::scope(|scope| {
        for (number, engine) in Engine::ALL.into_iter().enumerate() {
            let mut chosen = chosen(engine);
            // Each begins elsewhere, so that what asks much of the machine comes at another time in each engine.
            let first = chosen.len() * number / Engine::ALL.len();
            chosen.rotate_left(first);
            let failures = &failures;
            scope.spawn(move || run_engine(engine, &chosen, failures));
        }
    });
    let failures = failures.into_inner().unwrap_or_default();
    for Failure { engine, promise, words } in &failures {
        println!("\n---- {} ----\n{words}", promise.title(*engine));
    }
    let (kept, broken): (Vec<_>, Vec<_>) = failures.iter().partition(|one| failures.len() <= ENOUGH && kept_alone(one));
    let verdict = if broken.is_empty() { "ok" } else { "FAILED" };
    let (failed, seconds) = (broken.len(), begun.elapsed().as_secs_f32());
    if !kept.is_empty() {
        let titles: Vec<String> = kept.iter().map(|one| one.promise.title(one.engine)).collect();
        println!("\nnot kept at first, kept {ALONE} times alone: {}", titles.join(", "));
    }
    println!("\ntest result: {verdict}. {} passed; {failed} failed; finished in {seconds:.1}s\n", total - failed);
    if failed == 0 && total > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether a title has every word, or one of a word's alternatives: `chromium placeholder,partial`.
fn wanted_by(words: &[String], title: &str) -> bool {
    words.iter().all(|word| word.split(',').any(|one| title.contains(one)))
}

/// A browser that has kept promises already.
#[derive(Default)]
struct Open {
    session: Option<Rc<Session>>,
    /// Of the last one.
    file: &'static str,
    kept: usize,
}

impl Open {
    /// Whether it may keep this promise, too: an engine with a memory of sites begins each file anew.
    fn fits(&self, engine: Engine, promise: &Promise) -> bool {
        let signals = self.session.as_ref().is_some_and(|session| session.signals() == promise.signals);
        signals && self.kept < IN_ONE_BROWSER && (self.file == promise.file || !engine.connects_ahead())
    }
}

fn run_engine(engine: Engine, promises: &[Promise], failures: &Mutex<Vec<Failure>>) {
    let Some(mut driver) = (!promises.is_empty()).then(|| Driver::new(engine)) else { return };
    let failed = |promise: &Promise, words: String| {
        let failure = Failure { engine, promise: *promise, words };
        failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
    };
    let mut broken = 0;
    let mut browser: Option<Open> = None;
    let mut queue: VecDeque<&Promise> = promises.iter().collect();
    while let Some((promise, machine)) = next(&mut queue) {
        if broken == ENOUGH {
            failed(promise, "not tried: too much is broken already".to_owned());
            continue;
        }
        let open = browser.take().filter(|open| open.fits(engine, promise)).unwrap_or_default();
        match keep(&mut driver, engine, promise, open.session) {
            Ok(session) => {
                browser = Some(Open { session: Some(session), file: promise.file, kept: open.kept + 1 });
                broken = 0;
            }
            Err(words) => {
                failed(promise, words);
                broken += 1;
            }
        }
        drop(machine);
    }
}

/// The next promise to keep, with the machine where it asks for it. While another engine has it, such a promise is put off;
/// where nothing else is left to do, it waits.
fn next<'a>(queue: &mut VecDeque<&'a Promise>) -> Option<(&'a Promise, Option<MutexGuard<'static, ()>>)> {
    for _ in 0..queue.len() {
        let promise = queue.pop_front()?;
        if !promise.alone {
            return Some((promise, None));
        }
        match MACHINE.try_lock() {
            Err(TryLockError::WouldBlock) => queue.push_back(promise),
            Err(TryLockError::Poisoned(machine)) => return Some((promise, Some(machine.into_inner()))),
            Ok(machine) => return Some((promise, Some(machine))),
        }
    }
    let promise = queue.pop_front()?;
    Some((promise, Some(MACHINE.lock().unwrap_or_else(PoisonError::into_inner))))
}

/// Keeps one promise, in this browser or in a new one: the browser, or the test's last words.
fn keep(
    driver: &mut Driver,
    engine: Engine,
    promise: &Promise,
    browser: Option<Rc<Session>>,
) -> Result<Rc<Session>, String> {
    let begun = Instant::now();
    let kept = catch_unwind(AssertUnwindSafe(|| {
        let session = browser.unwrap_or_else(|| Rc::new(driver.session(promise.signals)));
        session.signal(promise.signals);
        (promise.keep)(&World::new(engine, Rc::clone(&session)));
        // Kept for the next promise: a new site has an origin, so a storage, of its own.
        session.forget();
        session
    }));
    let verdict = if kept.is_ok() { "ok" } else { "FAILED" };
    println!("test {} ... {verdict} ({:.1}s)", promise.title(engine), begun.elapsed().as_secs_f32());
    kept.map_err(|_| {
        let words = LAST_WORDS.with(|words| words.borrow().clone());
        println!("{words}");
        words
    })
}

fn kept_alone(failure: &Failure) -> bool {
    println!("\nonce more, alone:");
    let (mut kept, mut hung) = (0, 0);
    while kept < ALONE {
        match keep(&mut Driver::new(failure.engine), failure.engine, &failure.promise, None) {
            Ok(_) => kept += 1,
            Err(words) if hung < HANGS && words.contains(NO_ANSWER) => hung += 1,
            Err(_) => return false,
        }
    }
    true
}

/// Gives a new browser of an engine to a command.
pub(crate) fn visit(engine: Engine, act: impl FnOnce(&World)) {
    let mut driver = Driver::new(engine);
    act(&World::new(engine, Rc::new(driver.session(false))));
}

/// Keeps each thread's panic message for the report at the end, instead of mixing three engines' words on the way.
fn keep_last_words() {
    std::panic::set_hook(Box::new(|panic| LAST_WORDS.with(|words| *words.borrow_mut() = panic.to_string())));
}
