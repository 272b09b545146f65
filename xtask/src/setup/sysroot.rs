//! Builds std for the module once, and keeps it in the cache by compiler and flags.
//!
//! A prebuilt std carries unwinding and panic messages, three quarters of the module's bytes. The sysroot made here
//! is a directory with wrappers for `cargo`, `rustc` and `rustdoc`; with its `bin` first in `PATH`, plain
//! `cargo build --target wasm32-unknown-unknown` links the std that lies in it.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::program::{Program, progress};
use crate::recipe::Recipe;
use crate::workspace::{Workspace, copy, list, make, write};

use super::compiler::{self, Compiler, FOREIGN, TARGET};

/// A directory whose compiler wrappers link our own std.
pub(crate) struct Sysroot {
    directory: PathBuf,
}

impl Sysroot {
    /// The wrappers' directory.
    pub(crate) fn bin(&self) -> PathBuf {
        self.directory.join("bin")
    }

    /// What tells this std from others.
    pub(crate) fn name(&self) -> OsString {
        self.directory.file_name().unwrap_or_default().to_owned()
    }

    /// The wrapped Cargo, calling the wrapped compiler.
    pub(crate) fn cargo(&self) -> Program {
        Program::new(self.program("cargo")).without(FOREIGN).env("RUSTC", self.program("rustc"))
    }

    /// A wrapped program.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.bin().join(name)
    }
}

/// The std of the release recipe.
pub(crate) fn for_release(workspace: &Workspace, compiler: &Compiler, recipe: &Recipe) -> Result<Sysroot> {
    // How the module is linked is no matter of std.
    let flags: Vec<String> = recipe.flags()?.into_iter().filter(|flag| !flag.starts_with("-Clink-arg")).collect();
    ensure(workspace, compiler, &flags, recipe.list("rustc", "std-features")?)
}

/// An ordinary std, with panics that say something; `None` where the compiler in `PATH` has one.
pub(crate) fn for_development(workspace: &Workspace) -> Result<Option<Sysroot>> {
    if compiler::with_prebuilt_std().is_some() {
        return Ok(None);
    }
    ensure(workspace, &compiler::for_release()?, &[], &[]).map(Some)
}

fn ensure(workspace: &Workspace, compiler: &Compiler, flags: &[String], features: &[String]) -> Result<Sysroot> {
    let content = format!("{}\n{}\n{}", compiler.version, flags.join(" "), features.join(" "));
    let release = compiler.fact("release");
    let directory = workspace.cache.join("std").join(format!("{release}-{:016x}", digest(&content)));
    if directory.join("made-of").exists() {
        return Ok(Sysroot { directory });
    }
    progress(&format!("building std once with rustc {release} (about a minute)"));
    // Other checkouts may build the same at the same moment: each in its own place, the first to finish stays.
    let partial = directory.with_extension(std::process::id().to_string());
    let libraries = partial.join("lib/rustlib").join(TARGET).join("lib");
    make(&libraries)?;
    let made = partial.join("build");
    build(compiler, flags, features, &made)?;
    for file in list(&made.join(TARGET).join("release/deps"))? {
        if let Some(name) = file.file_name().filter(|_| file.extension().is_some_and(|end| end == "rlib")) {
            copy(&file, &libraries.join(name))?;
        }
    }
    fs::remove_dir_all(&made).map_err(|error| Failure::at(&made, &error))?;
    let host = Path::new("lib/rustlib").join(compiler.fact("host"));
    symlink(compiler.sysroot.join(&host), partial.join(&host)).map_err(|error| Failure::at(&host, &error))?;
    wrap(compiler, &partial, &directory)?;
    write(&partial.join("made-of"), &content)?;
    if fs::rename(&partial, &directory).is_err() {
        fs::remove_dir_all(&partial).map_err(|error| Failure::at(&partial, &error))?;
    }
    Ok(Sysroot { directory })
}

fn build(compiler: &Compiler, flags: &[String], features: &[String], made: &Path) -> Result {
    let mut all = vec!["-Cembed-bitcode=yes", "-Zforce-unstable-if-unmarked"];
    all.extend(flags.iter().map(String::as_str));
    Program::new(&compiler.cargo)
        .args(["build", "--quiet", "--release", "--target", TARGET, "--manifest-path"])
        .arg(compiler.source().join("sysroot/Cargo.toml"))
        .args(["--features", &features.join(",")])
        .without(FOREIGN)
        .env("RUSTC", &compiler.rustc)
        // std is written in the compiler's own, unstable language.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("__CARGO_DEFAULT_LIB_METADATA", "consentry")
        .env("CARGO_ENCODED_RUSTFLAGS", all.join("\u{1f}"))
        .env("CARGO_PROFILE_RELEASE_PANIC", "abort")
        .env("CARGO_TARGET_DIR", made)
        .quiet()
}

/// Writes the wrappers; symbolic links would find the original's libraries, not those beside them.
fn wrap(compiler: &Compiler, partial: &Path, directory: &Path) -> Result {
    for (name, options) in [("rustc", " --sysroot"), ("rustdoc", " --sysroot"), ("cargo", "")] {
        let program = compiler.rustc.with_file_name(name);
        let sysroot = if options.is_empty() { String::new() } else { format!("{options} {}", quoted(directory)) };
        let script = format!(
            "#!/bin/sh\n# Made by `cargo xtask`: the compiler with the std beside this file.\nRUSTC_BOOTSTRAP=1 exec {}{sysroot} \"$@\"\n",
            quoted(&program)
        );
        let path = partial.join("bin").join(name);
        write(&path, script)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).map_err(|error| Failure::at(&path, &error))?;
    }
    Ok(())
}

/// A path as one word of a shell.
pub(crate) fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

/// FNV-1a: names cache entries; nobody is kept out by it.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_paths_for_the_shell() {
        assert_eq!(quoted(Path::new("/a b/it's")), r"'/a b/it'\''s'");
    }

    #[test]
    fn other_flags_are_another_std() {
        assert_ne!(digest("a"), digest("b"));
        assert_eq!(digest(""), 0xcbf2_9ce4_8422_2325);
    }
}
