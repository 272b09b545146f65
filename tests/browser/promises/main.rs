//! Every promise of Consentry, in every engine. Each file states one promise and keeps it on pages of its own.

mod harness;

use consentry_browser_tests::{Promise, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    let promises: Vec<Promise> = [harness::PROMISES].concat();
    run(&promises)
}
