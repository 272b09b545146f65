//! The files to hand out: an npm tarball and a zip for site owners.

pub(crate) mod installed;

use std::path::{Path, PathBuf};

use crate::build;
use crate::failure::Result;
use crate::program::{Program, progress};
use crate::workspace::{VERSION, Workspace, empty};

/// Builds, packs, and tries what was packed.
pub(crate) fn package(workspace: &Workspace) -> Result {
    build::release(workspace)?;
    let out = workspace.built().join("package");
    tarball(workspace, &out)?;
    let zip = out.join(format!("consentry-{VERSION}.zip"));
    Program::new("node").arg(workspace.root.join("xtask/join/zip.mjs")).arg(&zip).arg(&workspace.root).output()?;
    installed::try_out(workspace)?;
    progress(&format!("wrote the npm tarball and {}", zip.display()));
    Ok(())
}

/// Packs what is built for npm into an empty directory; gives the file.
pub(crate) fn tarball(workspace: &Workspace, out: &Path) -> Result<PathBuf> {
    empty(out)?;
    let said = Program::new("npm")
        .args(["pack", "--ignore-scripts", "--silent", "--pack-destination"])
        .arg(out)
        .within(&workspace.dist().join("npm"))
        .output()?;
    Ok(out.join(said.trim()))
}
