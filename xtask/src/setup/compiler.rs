//! Which compiler makes the wasm module.
//!
//! The release recipe builds std itself, so it needs std's source: rustup's compiler where `rust-src` is installed,
//! otherwise Debian's `rustc-web`, which is packaged with its source. Nothing here ever asks rustup to download.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::program::{Program, find};

use super::debian;

/// Variables that would change what a compiler makes, whoever set them.
pub(crate) const FOREIGN: &[&str] = &[
    "CARGO",
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
    "RUSTC",
    "RUSTC_BOOTSTRAP",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTDOC",
    "RUSTFLAGS",
];

/// The target of the module.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const WITHOUT_DEBIAN: &str = "run `rustup target add wasm32-unknown-unknown` and `rustup component add rust-src`";

/// A compiler with its Cargo and the source of its std.
pub(crate) struct Compiler {
    /// The compiler.
    pub(crate) rustc: PathBuf,
    /// The Cargo that belongs to it.
    pub(crate) cargo: PathBuf,
    /// Its own libraries.
    pub(crate) sysroot: PathBuf,
    /// What `rustc -vV` says.
    pub(crate) version: String,
}

impl Compiler {
    /// Takes the compiler at a path, with the Cargo beside it.
    fn at(rustc: &Path) -> Result<Compiler> {
        let ask = |argument: &[&str]| Program::new(rustc).args(argument).without(FOREIGN).output();
        Ok(Compiler {
            rustc: rustc.to_owned(),
            cargo: rustc.with_file_name("cargo"),
            sysroot: PathBuf::from(ask(&["--print", "sysroot"])?.trim()),
            version: ask(&["-vV"])?,
        })
    }

    /// Where std's source is, if it is installed.
    pub(crate) fn source(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib/src/rust/library")
    }

    /// One line of `rustc -vV`.
    pub(crate) fn fact(&self, name: &str) -> &str {
        self.version.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or("unknown")
    }
}

/// The compiler that can build std: rustup's with `rust-src`, else Debian's, installed where it is missing.
pub(crate) fn for_release() -> Result<Compiler> {
    if let Some(own) = first_in_path().filter(|own| own.source().is_dir()) {
        return Ok(own);
    }
    debian::programs(
        &[
            ("/usr/bin/rustc", "rustc-web"),
            ("/usr/bin/cargo", "cargo-web"),
            ("/usr/lib/rustlib/src/rust/library/sysroot/Cargo.toml", "rust-web-src"),
            ("/usr/lib/rustlib", "rust-web-llvm"),
        ],
        WITHOUT_DEBIAN,
    )?;
    let compiler = Compiler::at(Path::new("/usr/bin/rustc"))?;
    if !compiler.source().is_dir() {
        return Err(Failure::new(format!("/usr/bin/rustc has no std source: {WITHOUT_DEBIAN}, then try again")));
    }
    let linker = compiler.sysroot.join("bin/rust-lld");
    if !linker.exists() {
        // Debian's rust-lld is a link to the linker of the LLVM that the compiler was made with.
        let version = compiler.fact("LLVM version");
        let major = version.split('.').next().unwrap_or(version);
        debian::install(&[&format!("lld-{major}")], WITHOUT_DEBIAN)?;
    }
    Ok(compiler)
}

/// The compiler for quick work: whichever has a std for the module's target; `None` where none has.
pub(crate) fn with_prebuilt_std() -> Option<Compiler> {
    let own = first_in_path()?;
    let libraries = own.sysroot.join("lib/rustlib").join(TARGET).join("lib");
    libraries.is_dir().then_some(own)
}

/// The compiler that plain `cargo` uses: the toolchain's own program, never rustup's stand-in for it.
fn first_in_path() -> Option<Compiler> {
    let sysroot = Program::new(find("rustc")?).args(["--print", "sysroot"]).without(FOREIGN).output().ok()?;
    Compiler::at(&Path::new(sysroot.trim()).join("bin/rustc")).ok()
}
