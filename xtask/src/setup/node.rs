//! The npm packages of the workshop; none of their install scripts runs.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::program::{Program, find, progress};
use crate::workspace::{Workspace, copy, read};

const LOCK: &str = "package-lock.json";

/// Installs what the workshop's `package-lock.json` names, unless that is what is there.
pub(crate) fn packages(workspace: &Workspace) -> Result {
    packages_of(&workspace.root)
}

/// Installs what the `package-lock.json` of a folder names, unless that is what is there.
pub(crate) fn packages_of(folder: &Path) -> Result {
    if find("node").is_none() || find("npm").is_none() {
        return Err(Failure::new("Node.js with npm is missing: install version 20 or newer, then try again"));
    }
    let wanted = folder.join(LOCK);
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&installed).is_ok_and(|lock| read(&wanted).is_ok_and(|wanted| wanted == lock)) {
        return Ok(());
    }
    progress("installing npm packages");
    Program::new("npm")
        .args(["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"])
        .within(folder)
        .quiet()?;
    copy(&wanted, &installed)
}
