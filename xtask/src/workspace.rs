//! Where things are: the checkout, the build directory and the cache that checkouts share.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The version that everything in this checkout carries.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The directories that the commands work in.
pub(crate) struct Workspace {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's build directory.
    pub(crate) target: PathBuf,
    /// What is slow to make and the same for every checkout: tools and standard libraries.
    pub(crate) cache: PathBuf,
}

impl Workspace {
    /// The checkout that this program was compiled in.
    pub(crate) fn find() -> Result<Workspace> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = own.parent().ok_or_else(|| Failure::new("the xtask crate must lie in the checkout"))?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(directory) => root.join(directory),
            None => root.join("target"),
        };
        Ok(Workspace { root: root.to_owned(), target, cache: cache()? })
    }

    /// The finished files.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Everything that the build makes on its way, apart from Cargo's own files.
    pub(crate) fn built(&self) -> PathBuf {
        self.target.join("consentry")
    }

    /// Programs compiled by the set-up.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.tools().join("bin").join(name)
    }

    /// The directory given to `cargo install --root`.
    pub(crate) fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// A program that npm installed.
    pub(crate) fn node_tool(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }
}

/// `$XDG_CACHE_HOME/consentry`, or its default place.
fn cache() -> Result<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .map(|base| base.join("consentry"))
        .ok_or_else(|| Failure::new("neither XDG_CACHE_HOME nor HOME is set; set one to an absolute path"))
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Failure::at(path, &error))
}

/// Writes a file and the directories above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result {
    if let Some(parent) = path.parent() {
        make(parent)?;
    }
    fs::write(path, content).map_err(|error| Failure::at(path, &error))
}

/// Copies a file, and makes the directories above the copy.
pub(crate) fn copy(from: &Path, to: &Path) -> Result {
    let content = fs::read(from).map_err(|error| Failure::at(from, &error))?;
    write(to, content)
}

/// Makes a directory and those above it.
pub(crate) fn make(directory: &Path) -> Result {
    fs::create_dir_all(directory).map_err(|error| Failure::at(directory, &error))
}

/// Empties a directory, or makes it.
pub(crate) fn empty(directory: &Path) -> Result {
    if directory.exists() {
        fs::remove_dir_all(directory).map_err(|error| Failure::at(directory, &error))?;
    }
    make(directory)
}

/// The entries of a directory, sorted by path.
pub(crate) fn list(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).map_err(|error| Failure::at(directory, &error))? {
        paths.push(entry.map_err(|error| Failure::at(directory, &error))?.path());
    }
    paths.sort();
    Ok(paths)
}
