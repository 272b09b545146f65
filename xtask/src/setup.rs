//! Sets a machine up, step by step; every step looks first and does only what is missing.

pub(crate) mod compiler;
pub(crate) mod debian;
pub(crate) mod node;
pub(crate) mod sysroot;
pub(crate) mod tools;

use crate::failure::Result;
use crate::recipe::Recipe;
use crate::workspace::Workspace;

/// What `build`, `size`, `package`, `serve` and `env` need: compiler, std, binding generator, npm packages.
pub(crate) fn for_build(workspace: &Workspace) -> Result {
    let recipe = Recipe::read(workspace)?;
    let compiler = compiler::for_release()?;
    node::packages(workspace)?;
    tools::wasm_bindgen(workspace)?;
    sysroot::for_release(workspace, &compiler, &recipe).map(drop)
}

/// What the tests need beside a build: three browser engines with their drivers, and std with messages.
pub(crate) fn for_tests(workspace: &Workspace) -> Result {
    debian::browsers()?;
    tools::geckodriver(workspace)?;
    sysroot::for_development(workspace).map(drop)
}
