//! `cargo xtask leaks`, without the set-up: fills the leak table.

use std::process::ExitCode;

fn main() -> ExitCode {
    consentry_browser_tests::leaks::command(&std::env::args().skip(1).collect::<Vec<_>>())
}
