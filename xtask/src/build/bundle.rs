//! Joins the module with the JavaScript of `src/` into the files of `dist/`.

use std::path::Path;

use crate::failure::Result;
use crate::program::Program;
use crate::recipe::Recipe;
use crate::workspace::{VERSION, Workspace, copy, list, make, read, write};

use super::escape;
use super::module::Module;

/// What to make of a module.
pub(crate) struct Order<'a> {
    /// Where generated modules go.
    pub(crate) made: &'a Path,
    /// Where finished files go.
    pub(crate) dist: &'a Path,
    /// Whether people shall be able to read it.
    pub(crate) minify: bool,
}

/// Writes every file of `dist/` but the manifest.
pub(crate) fn bundle(workspace: &Workspace, recipe: &Recipe, module: &Module, order: &Order<'_>) -> Result {
    let generated = order.made.join("gen");
    write(&generated.join("wasm.js"), escape::module(&module.wasm))?;
    write(&generated.join("glue.js"), &module.glue)?;
    write(&generated.join("fallback.js"), &module.fallback)?;
    make(&order.made.join("shares"))?;
    let mut join = Program::new("node")
        .arg(workspace.root.join("xtask/join/join.mjs"))
        .args(["--version", VERSION, "--target", &recipe.list("esbuild", "target")?.join(",")])
        .arg("--made")
        .arg(order.made)
        .arg("--dist")
        .arg(order.dist);
    if order.minify {
        join = join.arg("--minify");
    }
    join.run()?;
    copy(&workspace.root.join("src/consentry.d.ts"), &order.dist.join("consentry.d.ts"))?;
    let catalog = catalog(workspace)?;
    write(&order.dist.join("consentry.catalog.json"), &catalog)?;
    npm(workspace, order.dist, &catalog)
}

/// Joins the files of `catalog/`, one service each, into an object by id.
pub(crate) fn catalog(workspace: &Workspace) -> Result<String> {
    let mut text = String::from("{");
    for file in
        list(&workspace.root.join("catalog"))?.iter().filter(|file| file.extension().is_some_and(|end| end == "json"))
    {
        let id = file.file_stem().unwrap_or_default().to_string_lossy();
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(&format!("\n\"{id}\": {}", read(file)?.trim_end()));
    }
    text.push_str("\n}\n");
    Ok(text)
}

/// Completes the npm package around the ES modules.
fn npm(workspace: &Workspace, dist: &Path, catalog: &str) -> Result {
    let package = dist.join("npm");
    for file in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&workspace.root.join(file), &package.join(file))?;
    }
    copy(&workspace.root.join("src/consentry.d.ts"), &package.join("consentry.d.ts"))?;
    write(&package.join("consentry.catalog.json"), catalog)?;
    write(&package.join("package.json"), PACKAGE.replace("VERSION", VERSION))
}

/// Adds the command to the npm package.
pub(crate) fn command(workspace: &Workspace, dist: &Path, wasm: &[u8], glue: &str) -> Result {
    let bin = dist.join("npm/bin");
    copy(&workspace.root.join("site/bin/consentry.js"), &bin.join("consentry.js"))?;
    write(&bin.join("site.wasm"), wasm)?;
    write(&bin.join("site.js"), glue)
}

/// The published package; importing it has no side effect.
const PACKAGE: &str = r#"{
  "name": "consentry",
  "version": "VERSION",
  "description": "A consent manager for websites: nothing third-party runs before the visitor says yes",
  "license": "MIT OR Apache-2.0",
  "repository": "github:consentry/consentry",
  "type": "module",
  "sideEffects": false,
  "types": "./consentry.d.ts",
  "bin": { "consentry": "bin/consentry.js" },
  "engines": { "node": ">=20" },
  "exports": {
    ".": { "types": "./consentry.d.ts", "default": "./consentry.js" },
    "./catalog.json": "./consentry.catalog.json",
    "./lang/*.json": "./lang/*.json",
    "./package.json": "./package.json"
  }
}
"#;
