//! Measurements in browsers, run by hand: builds, and lets the browser tests' own programs measure.

use std::process::ExitCode;

use crate::build;
use crate::failure::{Failure, Result};
use crate::program::Program;
use crate::setup;
use crate::workspace::Workspace;

/// Sets up, builds, and runs `leaks` or `bench` as far as the options ask.
pub(crate) fn observe(workspace: &Workspace, program: &str, options: &[&str]) -> Result<ExitCode> {
    if !options.contains(&"--help") {
        setup::for_tests(workspace)?;
        if options.first() == Some(&"start") {
            // Other consent managers: no test needs them.
            setup::node::packages_of(&workspace.root.join("tests/browser/start"))?;
        }
        build::release(workspace)?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let program =
        Program::new(cargo).args(["run", "--quiet", "--package", "consentry-browser-tests", "--bin", program, "--"]);
    let status = program.args(options).within(&workspace.root).into_command().status();
    let status = status.map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
