//! Builds, and serves the demo with its fake third parties on loopback.

use std::process::ExitCode;

use crate::build;
use crate::failure::{Failure, Result};
use crate::program::{Program, progress};
use crate::workspace::Workspace;

/// Runs until it is interrupted.
pub(crate) fn serve(workspace: &Workspace, options: &[&str]) -> Result<ExitCode> {
    build::release(workspace)?;
    progress("compiling the server");
    let cargo = |command: &str| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Program::new(cargo).args([command, "--quiet", "--package", "loopback"]).within(&workspace.root)
    };
    cargo("build").run()?;
    let mut server = cargo("run").arg("--").args(options).into_command();
    let status = server.status().map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
