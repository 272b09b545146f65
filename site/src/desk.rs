//! Where the command line works: files, a clock and a terminal, as far as commands need them.

use consentry_core::time::Timestamp;

/// Reads, writes and speaks for the commands.
pub trait Desk {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String>;

    /// Writes a file and the folders above it.
    ///
    /// # Errors
    /// Why it cannot be written.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), String>;

    /// Every file in a folder and below it, sorted, as paths from the folder with `/`; `None` if it is no folder.
    ///
    /// # Errors
    /// Why it cannot be listed.
    fn list(&mut self, path: &str) -> Result<Option<Vec<String>>, String>;

    /// The text of the catalog that ships with the command.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn catalog(&mut self) -> Result<String, String>;

    /// The time.
    fn now(&self) -> Timestamp;

    /// Prints what was asked for.
    fn say(&mut self, text: &str);

    /// Prints what went wrong, apart from what was asked for.
    fn complain(&mut self, text: &str);
}
