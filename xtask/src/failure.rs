//! What went wrong, in words for the person at the terminal.

use std::fmt;
use std::io;
use std::path::Path;

/// A sentence that says what failed and, where something helps, what.
#[derive(Debug)]
pub(crate) struct Failure(String);

/// The result of everything here that can fail.
pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure that reads as given.
    pub(crate) fn new(text: impl Into<String>) -> Failure {
        Failure(text.into())
    }

    /// A file or directory that could not be read or written.
    pub(crate) fn at(path: &Path, error: &io::Error) -> Failure {
        Failure(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
