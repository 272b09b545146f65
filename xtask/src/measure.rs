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

/// The bytes and the integrity of each file, in order; quicker than [`files`].
pub(crate) fn plain(workspace: &Workspace, files: &[PathBuf]) -> Result<Vec<(u64, String)>> {
    let script: &Path = &workspace.root.join("xtask/join/measure.mjs");
    let printed = Program::new("node").arg(script).arg("--plain").args(files).output()?;
    let parse = |line: &str| -> Option<(u64, String)> {
        let (bytes, integrity) = line.split_once('\t')?;
        Some((bytes.parse().ok()?, integrity.to_owned()))
    };
    printed.lines().map(|line| parse(line).ok_or_else(|| unreadable(line))).collect()
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
