//! Proves that the bytes depend on the commit alone: builds it twice, at different paths.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::manifest;
use crate::program::{Program, progress};
use crate::workspace::{Workspace, empty, make};

/// Builds two copies of the present commit and compares every file of their `dist/`.
pub(crate) fn reproducible(workspace: &Workspace) -> Result {
    crate::setup::for_build(workspace)?;
    let place = workspace.built().join("reproducible");
    empty(&place)?;
    let first = dist(workspace, &place.join("one"))?;
    let second = dist(workspace, &place.join("another place/with a longer name"))?;
    let (files, others) = (manifest::files(&first)?, manifest::files(&second)?);
    if files.len() != others.len() {
        return Err(Failure::new("the two copies do not hold the same files"));
    }
    let differing: Vec<String> =
        files.iter().zip(&others).filter(|(one, other)| differ(one, other)).map(shown).collect();
    if !differing.is_empty() {
        return Err(Failure::new(format!("these files differ with the checkout's path: {}", differing.join(", "))));
    }
    progress(&format!("{} files are the same at both paths", files.len()));
    fs::remove_dir_all(&place).map_err(|error| Failure::at(&place, &error))
}

/// Clones and builds at a path; gives the finished directory.
fn dist(workspace: &Workspace, path: &Path) -> Result<PathBuf> {
    progress(&format!("building a copy in {}", path.display()));
    if let Some(parent) = path.parent() {
        make(parent)?;
    }
    Program::new("git").args(["clone", "--quiet"]).arg(&workspace.root).arg(path).run()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Program::new(cargo).args(["xtask", "build"]).within(path).env("CARGO_TARGET_DIR", path.join("target")).run()?;
    Ok(path.join("dist"))
}

fn differ(one: &Path, other: &Path) -> bool {
    !matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}

fn shown((file, _): (&PathBuf, &PathBuf)) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
