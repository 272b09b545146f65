//! Runs steps within the time that is left, and keeps what came of them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result};
use crate::program::Program;

use super::announce;
use super::count::Count;
use super::tree;

/// How often a running step is looked at.
const PAUSE: Duration = Duration::from_millis(100);

/// What came of the steps so far.
pub(super) struct Report {
    begun: Instant,
    deadline: Instant,
    lines: Vec<Line>,
}

/// One finished step.
struct Line {
    name: String,
    count: Count,
    took: Duration,
}

impl Report {
    /// Starts the clock.
    pub(super) fn begin(deadline: Instant) -> Report {
        Report { begun: Instant::now(), deadline, lines: Vec::new() }
    }

    /// Whether nothing failed yet.
    pub(super) fn clean(&self) -> bool {
        self.lines.iter().all(|line| line.count.failed == 0)
    }

    /// Runs a step of our own, which is one check.
    pub(super) fn check(&mut self, name: &str, step: impl FnOnce() -> Result) {
        self.keep(name, |deadline| {
            if Instant::now() > deadline {
                return (Count::one(false), Err(Failure::new("not begun: the time is up")));
            }
            let result = step();
            (Count::one(result.is_ok()), result)
        });
    }

    /// Runs a program; its tests count each, and a program without tests counts as one check.
    pub(super) fn run(&mut self, name: &str, program: Program) {
        self.keep(name, |deadline| match watch(program, deadline) {
            Ok((mut count, result)) => {
                // A test program that fails without a failed test did not get to its tests.
                if count == Count::default() || result.is_err() && count.failed == 0 {
                    count.add(Count::one(result.is_ok()));
                }
                (count, result)
            }
            Err(failure) => (Count::one(false), Err(failure)),
        });
    }

    fn keep(&mut self, name: &str, step: impl FnOnce(Instant) -> (Count, Result)) {
        announce(name);
        let begun = Instant::now();
        let (count, result) = step(self.deadline);
        if let Err(failure) = result {
            eprintln!("consentry: {name}: {failure}");
        }
        self.lines.push(Line { name: name.to_owned(), count, took: begun.elapsed() });
    }

    /// Prints minutes and counts per step, then the sum; whether all is well.
    pub(super) fn finish(&self) -> bool {
        let mut sum = Count::default();
        println!("\n{:>8} {:>7} {:>7}  step", "minutes", "passed", "failed");
        for line in &self.lines {
            sum.add(line.count);
            let minutes = line.took.as_secs_f32() / 60.0;
            println!("{minutes:8.1} {:7} {:7}  {}", line.count.passed, line.count.failed, line.name);
        }
        let minutes = self.begun.elapsed().as_secs_f32() / 60.0;
        println!("{minutes:8.1}                  in all\n\n{} passed, {} failed", sum.passed, sum.failed);
        sum.failed == 0 && sum.passed > 0
    }
}

/// Runs a program until it ends or the time is up, reading the results that it prints.
fn watch(program: Program, deadline: Instant) -> Result<(Count, Result)> {
    let mut command = program.into_command();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(format!("cannot run {}: {error}", command.get_program().to_string_lossy())))?;
    let stream = child.stdout.take();
    let reader = thread::spawn(move || {
        let mut count = Count::default();
        for line in stream.into_iter().flat_map(|stream| BufReader::new(stream).lines().map_while(std::io::Result::ok))
        {
            if let Some(result) = Count::of_line(&line) {
                count.add(result);
            }
            println!("{line}");
        }
        count
    });
    let result = wait(&mut child, deadline);
    let count = reader.join().unwrap_or_default();
    Ok((count, result))
}

fn wait(child: &mut Child, deadline: Instant) -> Result {
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(Failure::new(format!("failed ({status})"))),
            Ok(None) if Instant::now() > deadline => {
                tree::end(child.id());
                return Err(Failure::new("stopped: the time for all tests is up"));
            }
            Ok(None) => thread::sleep(PAUSE),
            Err(error) => return Err(Failure::new(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Program {
        Program::new("sh").args(["-c", script])
    }

    fn soon() -> Report {
        Report::begin(Instant::now() + Duration::from_secs(2))
    }

    #[test]
    fn counts_tests_and_checks() {
        let mut report = soon();
        report.run("tests", shell("echo 'test result: ok. 4 passed; 0 failed'"));
        report.run("check", shell("true"));
        assert!(report.clean() && report.finish());
        let counted: Vec<u32> = report.lines.iter().map(|line| line.count.passed).collect();
        assert_eq!(counted, [4, 1]);
    }

    #[test]
    fn a_program_that_fails_is_never_well() {
        for script in [
            "exit 3",
            "echo 'test result: ok. 4 passed; 0 failed'; exit 1",
            "echo 'test result: F. 1 passed; 1 failed'",
        ] {
            let mut report = soon();
            report.run("broken", shell(script));
            assert!(!report.finish(), "{script}");
        }
        let mut report = soon();
        report.run("missing", Program::new("/no/such/program"));
        assert!(!report.finish());
    }

    #[test]
    fn what_hangs_is_ended_with_its_children() {
        let begun = Instant::now();
        let mut report = Report::begin(begun + Duration::from_millis(300));
        report.run("hangs", shell("sleep 60 & wait"));
        assert!(!report.finish() && begun.elapsed() < Duration::from_secs(10));
    }
}
