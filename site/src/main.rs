//! The command line on this machine: `cargo xtask check`, `explain`, `rewrite` and `snippet` run it.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use consentry_core::time::Timestamp;
use consentry_site::{command, desk::Desk};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    ExitCode::from(command::run(&arguments, &mut Here) as u8)
}

/// The file system, the clock and the terminal.
struct Here;

impl Desk for Here {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(path).map_err(|error| error.to_string())
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        let folder = Path::new(path).parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(path, bytes)).map_err(|error| error.to_string())
    }

    fn list(&mut self, path: &str) -> Result<Option<Vec<String>>, String> {
        if !Path::new(path).is_dir() {
            return Ok(None);
        }
        let mut files = Vec::new();
        walk(Path::new(path), "", &mut files).map_err(|error| error.to_string())?;
        files.sort();
        Ok(Some(files))
    }

    fn catalog(&mut self) -> Result<String, String> {
        let path = std::env::var("CONSENTRY_CATALOG").map_err(|_| "--catalog is missing".to_owned())?;
        fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))
    }

    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Timestamp(since.map_or(0, |since| u32::try_from(since.as_secs()).unwrap_or(u32::MAX)))
    }

    fn say(&mut self, text: &str) {
        // Whoever stopped listening has heard enough.
        _ = io::stdout().write_all(text.as_bytes());
    }

    fn complain(&mut self, text: &str) {
        _ = io::stderr().write_all(text.as_bytes());
    }
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}
