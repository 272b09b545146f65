//! `cargo xtask bench`, without the set-up: measures what the gate costs.

use std::process::ExitCode;

fn main() -> ExitCode {
    consentry_browser_tests::bench(&std::env::args().skip(1).collect::<Vec<_>>())
}
