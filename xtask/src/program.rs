//! Runs other programs, and says plainly when one is missing or fails.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Result};

/// Says what happens now, on the error stream, so that a command's own output stays clean.
pub(crate) fn progress(text: &str) {
    eprintln!("consentry: {text}");
}

/// One call of another program.
pub(crate) struct Program {
    command: Command,
    name: String,
}

impl Program {
    /// A call of `program`, found in `PATH` or by its path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Program {
        let program = program.as_ref();
        let name = Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned();
        let mut command = Command::new(program);
        command.stdin(Stdio::null());
        Program { command, name }
    }

    /// Adds one argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Program {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub(crate) fn args<T: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = T>) -> Program {
        self.command.args(arguments);
        self
    }

    /// Sets a variable of the program's environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Program {
        self.command.env(name, value);
        self
    }

    /// Removes variables of the program's environment.
    pub(crate) fn without(mut self, names: &[&str]) -> Program {
        for name in names {
            self.command.env_remove(name);
        }
        self
    }

    /// The directory to run in.
    pub(crate) fn within(mut self, directory: &Path) -> Program {
        self.command.current_dir(directory);
        self
    }

    /// The call itself, for those who look after the process themselves.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }

    /// Runs it to its end with its output in sight.
    pub(crate) fn run(mut self) -> Result {
        // Standard output belongs to the command's own result (`env` is evaluated by a shell).
        self.command.stdout(std::io::stderr());
        let status = self.command.status().map_err(|error| self.cannot_start(&error))?;
        if status.success() { Ok(()) } else { Err(Failure::new(format!("{} failed ({status})", self.name))) }
    }

    /// Runs it to its end and gives what it printed; its complaints appear only when it fails.
    pub(crate) fn output(mut self) -> Result<String> {
        let output = self.command.output().map_err(|error| self.cannot_start(&error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(Failure::new(format!("{} failed ({}):\n{}", self.name, output.status, complaint.trim_end())))
    }

    /// Runs it quietly, keeping the last lines of what it said for the case that it fails.
    pub(crate) fn quiet(mut self) -> Result {
        let mut child = self
            .command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| self.cannot_start(&error))?;
        let mut said: Vec<String> = Vec::new();
        if let Some(stream) = child.stderr.take() {
            for line in BufReader::new(stream).lines().map_while(std::io::Result::ok) {
                if said.len() == 30 {
                    said.remove(0);
                }
                said.push(line);
            }
        }
        let status = child.wait().map_err(|error| self.cannot_start(&error))?;
        if status.success() {
            return Ok(());
        }
        Err(Failure::new(format!("{} failed ({status}):\n{}", self.name, said.join("\n"))))
    }

    fn cannot_start(&self, error: &std::io::Error) -> Failure {
        Failure::new(format!("cannot run {}: {error}", self.name))
    }
}

/// The path of a program in `PATH`, if it is there.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|directory| directory.join(name)).find(|path| path.is_file())
}
