//! Makes `dist/`: compiles the module, joins it with the JavaScript around it, and writes down what came out.
//!
//! Between the two lie the generated modules that `src/` imports as `gen/…` (declared in `src/boot/generated.d.ts`):
//!
//! - `gen/wasm.js`: `text`, the module as printable ASCII, and `decode(text)`, its bytes;
//! - `gen/glue.js`: `imports()`, what an instance needs, `bind(exports)`, which takes one into use, and the functions
//!   that Rust exports. Instantiation is the caller's: at once, later, or translated to JavaScript;
//! - `gen/fallback.js`: default export, a function from `imports()` to the exports of the translated module;
//! - `gen/parts.js`: `version`, and `parts`, the integrity of each later file.

pub(crate) mod bundle;
mod escape;
mod glue;
mod module;
mod names;

use std::fs::File;

use crate::failure::{Failure, Result};
use crate::manifest;
use crate::program::progress;
use crate::recipe::Recipe;
use crate::setup;
use crate::setup::compiler;
use crate::setup::sysroot;
use crate::workspace::{Workspace, empty, make};

/// Makes the files that are published.
pub(crate) fn release(workspace: &Workspace) -> Result {
    setup::for_build(workspace)?;
    let _alone = alone(workspace)?;
    let recipe = Recipe::read(workspace)?;
    let compiler = compiler::for_release()?;
    let sysroot = sysroot::for_release(workspace, &compiler, &recipe)?;
    progress("compiling the module");
    let made = workspace.built().join("release");
    let module = module::release(workspace, &recipe, &sysroot, &made)?;
    progress("joining the files");
    let dist = workspace.dist();
    empty(&dist)?;
    bundle::bundle(workspace, &recipe, &module, &bundle::Order { made: &made, dist: &dist, minify: true })?;
    progress("compiling the command for Node");
    let (wasm, glue) = module::site(workspace, &recipe, &sysroot, &made)?;
    bundle::command(workspace, &dist, &wasm, &glue)?;
    manifest::write_manifest(workspace, &compiler)
}

/// Makes files for quick work: any compiler, nothing optimized, into the build directory.
pub(crate) fn development(workspace: &Workspace) -> Result {
    setup::node::packages(workspace)?;
    setup::tools::wasm_bindgen(workspace)?;
    let _alone = alone(workspace)?;
    let recipe = Recipe::read(workspace)?;
    let sysroot = sysroot::for_development(workspace)?;
    let made = workspace.built().join("development");
    let module = module::development(workspace, &recipe, sysroot.as_ref(), &made)?;
    let dist = workspace.built().join("dev");
    empty(&dist)?;
    bundle::bundle(workspace, &recipe, &module, &bundle::Order { made: &made, dist: &dist, minify: false })?;
    progress(&format!("made {}", dist.display()));
    Ok(())
}

/// Waits until no other build writes to the same directories; the lock lasts as long as what is returned.
fn alone(workspace: &Workspace) -> Result<File> {
    let path = workspace.built().join("lock");
    make(&workspace.built())?;
    File::create(&path).and_then(|file| file.lock().map(|()| file)).map_err(|error| Failure::at(&path, &error))
}
