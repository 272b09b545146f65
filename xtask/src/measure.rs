//! How many bytes a file is, and what it packs to.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::program::Program;
use crate::workspace::Workspace;

/// One file, measured.
pub(crate) struct Measure {
    /// As it is.
    pub(crate) raw: u64,
    /// After gzip 9.
    pub(crate) gzip: u64,
    /// After brotli 11.
    pub(crate) brotli: u64,
    /// The value for `integrity`.
    pub(crate) integrity: String,
}

/// Measures files, in order.
pub(crate) fn files(workspace: &Workspace, files: &[PathBuf]) -> Result<Vec<Measure>> {
    let script: &Path = &workspace.root.join("xtask/join/measure.mjs");
    let printed = Program::new("node").arg(script).args(files).output()?;
    printed.lines().map(parse).collect()
}

fn unreadable(line: &str) -> Failure {
    Failure::new(format!("measure.mjs printed: {line}"))
}

fn parse(line: &str) -> Result<Measure> {
    let words: Vec<&str> = line.split('\t').collect();
    let number = |word: &str| word.parse().map_err(|_| unreadable(line));
    match words.as_slice() {
        [raw, gzip, brotli, integrity] => Ok(Measure {
            raw: number(raw)?,
            gzip: number(gzip)?,
            brotli: number(brotli)?,
            integrity: (*integrity).to_owned(),
        }),
        _ => Err(unreadable(line)),
    }
}
