//! From Rust to one optimized wasm module, its glue and its translation to JavaScript.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::program::Program;
use crate::recipe::Recipe;
use crate::setup::compiler::TARGET;
use crate::setup::sysroot::Sysroot;
use crate::workspace::{Workspace, empty, read};

use super::glue;
use super::names::Names;

/// The module in its three forms.
pub(crate) struct Module {
    /// The wasm bytes.
    pub(crate) wasm: Vec<u8>,
    /// The JavaScript that an instance needs around it.
    pub(crate) glue: String,
    /// The same module as JavaScript.
    pub(crate) fallback: String,
}

/// What stands for the translation in a development build.
const NO_FALLBACK: &str = "export default () => { throw new Error('a development build has no fallback'); };\n";

/// Compiles and optimizes by the recipe.
pub(crate) fn release(workspace: &Workspace, recipe: &Recipe, sysroot: &Sysroot, made: &Path) -> Result<Module> {
    let cargo = sysroot.cargo().env("CARGO_ENCODED_RUSTFLAGS", recipe.flags()?.join("\u{1f}"));
    let order = Order { package: "consentry", made, target: made.join(sysroot.name()), profile: "release" };
    let bound = compile(workspace, recipe, cargo, &order)?;
    let features = recipe.list("wasm-opt", "features")?;
    let tool = |name: &str| Program::new(workspace.node_tool(name)).args(features).within(&bound);
    let glue = read(&bound.join("consentry_bg.js"))?;
    let optimize = |from: &str, to: &str, step: &str| {
        tool("wasm-opt").args([from, "-o", to]).args(recipe.list("wasm-opt", step)?).output()
    };
    optimize("consentry_bg.wasm", "optimized.wasm", "optimize")?;
    let mapping = optimize("optimized.wasm", "minified.wasm", "minify")?;
    optimize("minified.wasm", "finished.wasm", "finish")?;
    tool("wasm2js")
        .args(["minified.wasm", "-o", "translated.js"])
        .args(recipe.list("wasm2js", "arguments")?)
        .output()?;
    let wasm = bound.join("finished.wasm");
    Ok(Module {
        wasm: fs::read(&wasm).map_err(|error| Failure::at(&wasm, &error))?,
        glue: glue::module(&glue, &Names::parse(&mapping)?)?,
        fallback: glue::fallback(&read(&bound.join("translated.js"))?)?,
    })
}

/// Compiles only. The std at hand may use what cannot be translated, so there is no fallback.
pub(crate) fn development(
    workspace: &Workspace,
    recipe: &Recipe,
    sysroot: Option<&Sysroot>,
    made: &Path,
) -> Result<Module> {
    let (cargo, name) = match sysroot {
        Some(sysroot) => (sysroot.cargo(), sysroot.name()),
        None => (Program::new("cargo"), "prebuilt".into()),
    };
    let bound = compile(
        workspace,
        recipe,
        cargo,
        &Order { package: "consentry", made, target: made.join(name), profile: "dev" },
    )?;
    let glue = read(&bound.join("consentry_bg.js"))?;
    let wasm = bound.join("consentry_bg.wasm");
    Ok(Module {
        wasm: fs::read(&wasm).map_err(|error| Failure::at(&wasm, &error))?,
        glue: glue::module(&glue, &Names::unchanged(&glue))?,
        fallback: NO_FALLBACK.to_owned(),
    })
}

/// The commands for site owners as a module for Node: its wasm and the JavaScript around it.
pub(crate) fn site(
    workspace: &Workspace,
    recipe: &Recipe,
    sysroot: &Sysroot,
    made: &Path,
) -> Result<(Vec<u8>, String)> {
    // It reads whatever pages and style sheets hold, so its stack is the linker's own, not the small one of the page.
    let flags: Vec<String> = recipe.flags()?.into_iter().filter(|flag| !flag.starts_with("-Clink-arg")).collect();
    let cargo = sysroot.cargo().env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    let order =
        Order { package: "consentry-site", made, target: made.join("site").join(sysroot.name()), profile: "release" };
    let bound = compile(workspace, recipe, cargo, &order)?;
    Program::new(workspace.node_tool("wasm-opt"))
        .args(recipe.list("wasm-opt", "features")?)
        .args(["consentry_site_bg.wasm", "-o", "optimized.wasm", "-O2", "--strip-debug", "--strip-producers"])
        .within(&bound)
        .output()?;
    let wasm = bound.join("optimized.wasm");
    let bytes = fs::read(&wasm).map_err(|error| Failure::at(&wasm, &error))?;
    Ok((bytes, read(&bound.join("consentry_site_bg.js"))?))
}

/// Where and how to compile.
struct Order<'a> {
    package: &'a str,
    made: &'a Path,
    /// Cargo's directory: one for each std, which Cargo takes for the same when only its features differ.
    target: PathBuf,
    profile: &'a str,
}

/// Compiles with Cargo and binds with wasm-bindgen; gives the directory of what came out.
fn compile(workspace: &Workspace, recipe: &Recipe, cargo: Program, order: &Order<'_>) -> Result<PathBuf> {
    cargo
        // Of a library that is also built for Rust, Cargo would not optimize the whole: 2,700 bytes more.
        .args(["rustc", "--quiet", "--package", order.package, "--lib", "--crate-type", "cdylib"])
        .args(["--target", TARGET, "--profile", order.profile])
        .within(&workspace.root)
        .env("CARGO_TARGET_DIR", &order.target)
        .run()?;
    let folder = if order.profile == "dev" { "debug" } else { order.profile };
    let file = order.package.replace('-', "_");
    let bound = order.made.join(if order.package == "consentry" { "bound" } else { &file });
    empty(&bound)?;
    Program::new(workspace.tool("wasm-bindgen"))
        .args(recipe.list("wasm-bindgen", "arguments")?)
        .arg("--out-dir")
        .arg(&bound)
        .arg(order.target.join(TARGET).join(folder).join(format!("{file}.wasm")))
        .output()?;
    Ok(bound)
}
