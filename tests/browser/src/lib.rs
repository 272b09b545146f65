//! Promises, kept in three real browser engines: the harness behind `tests/browser/promises`.
//!
//! A promise is a function that gets a [`World`]: one engine without memories of the site, one site and its fake third parties
//! on loopback. It builds a page, opens it, acts as a visitor would, and looks at what reached the third parties.
//! The tests run against the finished files of `dist/`; `cargo xtask build` makes them.

mod bench;
mod driver;
mod engine;
mod faults;
mod header;
pub mod leaks;
mod page;
mod process;
mod quiet;
mod runner;
mod sealed;
mod session;
mod start;
mod visitor;
mod widget;
mod worker;
mod world;

pub use bench::bench;
pub use engine::Engine;
pub use faults::{Fault, assert_published};
pub use page::{DENIED_STORAGE, FULL_STORAGE, Page, SHIFTS};
pub use runner::{Promise, run};
pub use session::{Element, Session};
pub use visitor::{ENTER, ESCAPE, SPACE, TAB};
pub use widget::{Kind, Widget};
pub use world::World;

/// Lists the promises of one file; its name and theirs become the tests' names. `where browsers signal:` in front of them
/// asks for browsers that send Global Privacy Control from the first page on, where the engine has one; `one engine at a
/// time:` keeps what asks for the whole machine from being asked for by two engines at once.
#[macro_export]
macro_rules! promises {
    ($($promise:ident),+ $(,)?) => {
        $crate::promises!(false, false: $($promise),+);
    };
    (where browsers signal: $($promise:ident),+ $(,)?) => {
        $crate::promises!(true, false: $($promise),+);
    };
    (one engine at a time: $($promise:ident),+ $(,)?) => {
        $crate::promises!(false, true: $($promise),+);
    };
    ($signals:literal, $alone:literal: $($promise:ident),+) => {
        /// What this file promises.
        pub(crate) const PROMISES: &[$crate::Promise] = &[$($crate::Promise {
            file: module_path!(),
            name: stringify!($promise),
            signals: $signals,
            alone: $alone,
            keep: $promise,
        }),+];
    };
}
