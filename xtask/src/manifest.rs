//! `dist/manifest.json`: what was built, how large it is, and with which tools.

use std::path::{Path, PathBuf};

use crate::failure::Result;
use crate::measure;
use crate::program::Program;
use crate::setup::compiler::Compiler;
use crate::setup::tools::locked_version;
use crate::workspace::{VERSION, Workspace, list, read, write};

/// Measures `dist/` and writes it down.
pub(crate) fn write_manifest(workspace: &Workspace, compiler: &Compiler) -> Result {
    let dist = workspace.dist();
    let files = files(&dist)?;
    let mut entries = Vec::new();
    for (file, measure) in files.iter().zip(measure::files(workspace, &files)?) {
        entries.push(format!(
            "\n    \"{}\": {{ \"bytes\": {}, \"gzip\": {}, \"brotli\": {}, \"integrity\": \"{}\" }}",
            file.strip_prefix(&dist).unwrap_or(file).display(),
            measure.raw,
            measure.gzip,
            measure.brotli,
            measure.integrity
        ));
    }
    let tools: Vec<String> =
        tools(workspace, compiler)?.iter().map(|(name, version)| format!("\n    \"{name}\": \"{version}\"")).collect();
    let text = format!(
        "{{\n  \"version\": \"{VERSION}\",\n  \"files\": {{{}\n  }},\n  \"tools\": {{{}\n  }}\n}}\n",
        entries.join(","),
        tools.join(",")
    );
    write(&dist.join("manifest.json"), text)
}

/// Whether it is one of the files that there is for each language.
pub(crate) fn is_language(file: &Path) -> bool {
    file.parent().is_some_and(|folder| folder.ends_with("lang"))
}

/// Every file of a directory and those below it, sorted.
pub(crate) fn files(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in list(directory)? {
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if path.file_name().is_some_and(|name| name != "manifest.json") {
            files.push(path);
        }
    }
    Ok(files)
}

/// What decides the bytes.
fn tools(workspace: &Workspace, compiler: &Compiler) -> Result<Vec<(&'static str, String)>> {
    let version = |name: &str| -> Result<String> {
        let said = Program::new(workspace.node_tool(name)).arg("--version").output()?;
        Ok(said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or("").to_owned())
    };
    Ok(vec![
        ("rustc", compiler.fact("release").to_owned()),
        ("llvm", compiler.fact("LLVM version").to_owned()),
        ("wasm-bindgen", locked_version(&read(&workspace.root.join("Cargo.lock"))?, "wasm-bindgen")?),
        ("binaryen", version("wasm-opt")?),
        ("esbuild", version("esbuild")?),
        ("terser", version("terser")?),
    ])
}
