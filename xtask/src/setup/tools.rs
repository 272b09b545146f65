//! Programs written in Rust that are compiled once and kept in the cache.

use std::path::PathBuf;

use crate::failure::{Failure, Result};
use crate::program::{Program, progress};
use crate::workspace::{Workspace, read};

use super::compiler::FOREIGN;

/// The binding generator and its test runner, of exactly the version that the module links.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result {
    let version = locked_version(&read(&workspace.root.join("Cargo.lock"))?, "wasm-bindgen")?;
    let present = Program::new(workspace.tool("wasm-bindgen")).arg("--version").output();
    if present.is_ok_and(|said| said.split_whitespace().nth(1) == Some(version.as_str())) {
        return Ok(());
    }
    // `--locked` fails for this package: its lock file names versions that no longer build. Its default features are
    // for drivers behind TLS; ours are on this machine.
    install(workspace, "wasm-bindgen-cli", &["--version", &version, "--force", "--no-default-features"])
}

/// Firefox's driver.
pub(crate) fn geckodriver(workspace: &Workspace) -> Result {
    once(workspace, "geckodriver")
}

/// `wasm-pack`, for those who prefer it.
pub(crate) fn wasm_pack(workspace: &Workspace) -> Result {
    once(workspace, "wasm-pack")
}

fn once(workspace: &Workspace, name: &str) -> Result {
    if workspace.tool(name).exists() { Ok(()) } else { install(workspace, name, &["--locked"]) }
}

fn install(workspace: &Workspace, package: &str, options: &[&str]) -> Result {
    progress(&format!("compiling {package} once (a few minutes)"));
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    Program::new(cargo)
        .args(["install", "--quiet", package, "--root"])
        .arg(workspace.tools())
        .args(options)
        .without(FOREIGN)
        .without(&["CARGO_TARGET_DIR"])
        // Written for strangers' machines: speed of the compiler counts, speed of the program does not.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .quiet()
}

/// The version of a package in `Cargo.lock`.
pub(crate) fn locked_version(lock: &str, package: &str) -> Result<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines
        .find(|line| *line == name)
        .and_then(|_| lines.next()?.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("Cargo.lock does not name {package}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions_from_the_lock_file() -> Result {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"9\"\n\n[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n";
        assert_eq!(locked_version(lock, "a")?, "1.2.3");
        assert!(locked_version(lock, "b").is_err());
        Ok(())
    }
}
