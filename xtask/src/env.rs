//! The environment in which plain `wasm-pack build --mode no-install` follows the release recipe.

use crate::failure::Result;
use crate::recipe::Recipe;
use crate::setup::sysroot::quoted;
use crate::setup::{self, compiler, sysroot, tools};
use crate::workspace::Workspace;

/// Prints lines for a shell to evaluate.
pub(crate) fn env(workspace: &Workspace) -> Result {
    setup::for_build(workspace)?;
    tools::wasm_pack(workspace)?;
    let recipe = Recipe::read(workspace)?;
    let sysroot = sysroot::for_release(workspace, &compiler::for_release()?, &recipe)?;
    let flags = recipe.flags()?.join(" ");
    let binaries = [sysroot.bin(), workspace.tools().join("bin"), workspace.root.join("node_modules/.bin")];
    let path: Vec<String> = binaries.iter().map(|directory| quoted(directory)).collect();
    println!("export PATH={}:\"$PATH\"", path.join(":"));
    println!("export RUSTC={}", quoted(&sysroot.program("rustc")));
    println!("export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS='{flags}'");
    Ok(())
}
