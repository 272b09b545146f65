//! The files to hand out: an npm tarball and a zip for site owners.

use crate::build;
use crate::failure::Result;
use crate::program::{Program, progress};
use crate::workspace::{VERSION, Workspace, empty};

/// Builds and packs.
pub(crate) fn package(workspace: &Workspace) -> Result {
    build::release(workspace)?;
    let out = workspace.built().join("package");
    empty(&out)?;
    Program::new("npm")
        .args(["pack", "--ignore-scripts", "--silent", "--pack-destination"])
        .arg(&out)
        .within(&workspace.dist().join("npm"))
        .output()?;
    let zip = out.join(format!("consentry-{VERSION}.zip"));
    Program::new("node").arg(workspace.root.join("xtask/join/zip.mjs")).arg(&zip).arg(&workspace.root).output()?;
    progress(&format!("wrote the npm tarball and {}", zip.display()));
    Ok(())
}
