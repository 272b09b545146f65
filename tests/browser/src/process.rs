//! Starts helper processes (drivers, the X server) so that none outlives the tests.
//!
//! Each runs in a process group of its own under a small shell that waits for its standard input to close. The pipe
//! closes when the helper is dropped, and also when the test process dies in any way: then the whole group is ended.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

const SUPERVISOR: &str =
    r#""$@" </dev/null & read -r line; trap '' TERM; kill -TERM 0; sleep 0.3; rm -rf "$TMPDIR"; kill -KILL 0"#;

/// A helper process with everything that it started; dropping it ends them all.
pub(crate) struct Process {
    child: Child,
    leash: Option<ChildStdin>,
}

impl Process {
    /// Starts `program`, with `folder` for its temporary files.
    pub(crate) fn start(program: &Path, args: &[String], display: Option<&str>, folder: &Path) -> Process {
        let mut command = supervised(program, args, folder);
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let log = std::fs::File::create(folder.join("log.txt")).expect("the run's own folder is writable");
        let errors = log.try_clone().expect("a file handle can be cloned");
        let mut child = command.stdout(log).stderr(errors).spawn().expect("sh is there");
        let leash = child.stdin.take();
        Process { child, leash }
    }

    /// Starts an X server on a free display and returns it with the display's name.
    pub(crate) fn x_server(folder: &Path) -> (Process, String) {
        let args: Vec<String> =
            ["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"].map(String::from).into();
        let mut child = supervised(Path::new("Xvfb"), &args, folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh is there");
        let leash = child.stdin.take();
        let mut number = String::new();
        let output = child.stdout.take().expect("the output is piped");
        BufReader::new(output).read_line(&mut number).expect("Xvfb says its display");
        assert!(!number.trim().is_empty(), "Xvfb did not start: apt-get install xvfb");
        (Process { child, leash }, format!(":{}", number.trim()))
    }
}

/// The shell removes the folder at the end, so that a test process that was killed leaves nothing behind either.
fn supervised(program: &Path, args: &[String], folder: &Path) -> Command {
    std::fs::create_dir_all(folder).expect("the temporary folder is writable");
    let mut command = Command::new("sh");
    command
        .args(["-c", SUPERVISOR, "consentry-tests"])
        .arg(program)
        .args(args)
        .env("TMPDIR", folder)
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::piped())
        .process_group(0);
    command
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.leash.take());
        let _ = self.child.wait();
    }
}
