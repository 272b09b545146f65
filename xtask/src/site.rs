//! The commands for site owners, run natively: the program of `site/`, with the catalog of this checkout.

use std::process::ExitCode;

use crate::build::bundle;
use crate::failure::{Failure, Result};
use crate::program::Program;
use crate::workspace::{Workspace, write};

/// Runs one of them in the folder where the command was called; its exit code is ours.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    let catalog = workspace.built().join("catalog.json");
    write(&catalog, bundle::catalog(workspace)?)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Program::new(cargo)
        .args(["run", "--quiet", "--package", "consentry-site", "--bin", "consentry", "--manifest-path"])
        .arg(workspace.root.join("Cargo.toml"))
        .arg("--")
        .args(arguments)
        .env("CONSENTRY_CATALOG", &catalog)
        .into_command()
        .status()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2)))
}
