//! The commands of the workshop: `cargo xtask <command>`.
//!
//! Every command sets up what it needs by itself, shows what it does, and ends either well or with one line that
//! says what went wrong and what helps.

mod build;
mod env;
mod failure;
mod manifest;
mod measure;
mod observe;
mod package;
mod program;
mod recipe;
mod reproducible;
mod serve;
mod setup;
mod site;
mod size;
mod test;
mod workspace;

use std::process::ExitCode;

use failure::{Failure, Result};
use workspace::Workspace;

const USAGE: &str = "\
cargo xtask <command>

  serve [--port N]         set up, build, and serve the demo with its fake third parties on loopback
  test [--full]            set up, browsers included, and test everything; --full adds the slow checks
  build [--dev]            make dist/ (--dev: quick, readable, into target/consentry/dev/)
  size                     bytes of every file in dist/ against the ceilings of wasm-pack.toml
  check | decisions | explain | gpc | rewrite | snippet | header
                           what site owners run, as the npm package's `consentry` does; --help says more
  package                  the npm tarball and a zip of everything a site owner needs, into target/consentry/package/
  env                      lines for eval \"$(cargo xtask env)\", after which plain `wasm-pack build --mode no-install` works
  setup [--browsers]       only what the other commands do first
  leaks [options]          the leak table: every surface at every level in three engines; `leaks --help` lists the options
  bench gate [options]     what the gate costs on a page's own work, beside an empty observer
  bench start [options]    how soon the notice is there, beside other consent managers on a slow line and processor
  reproducible             build two copies of the present commit at different paths and compare the bytes";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("consentry: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one command.
fn run(arguments: &[String]) -> Result<ExitCode> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let workspace = Workspace::find()?;
    match words.as_slice() {
        ["serve"] => serve::serve(&workspace, &[]),
        ["serve", "--port", port] => serve::serve(&workspace, &["--port", port]),
        ["test"] => test::test(&workspace, false),
        ["test", "--full"] => test::test(&workspace, true),
        ["build"] | ["build", "--release"] => done(build::release(&workspace)),
        ["build", "--dev"] => done(build::development(&workspace)),
        ["size"] => size::size(&workspace),
        ["package"] => done(package::package(&workspace)),
        ["archive" | "check" | "decisions" | "explain" | "gpc" | "rewrite" | "snippet" | "header", ..] => {
            site::run(&workspace, arguments)
        }
        [program @ ("leaks" | "bench"), options @ ..] => observe::observe(&workspace, program, options),
        ["env"] => done(env::env(&workspace)),
        ["setup"] => done(setup::for_build(&workspace)),
        ["setup", "--browsers"] => done(setup::for_build(&workspace).and_then(|()| setup::for_tests(&workspace))),
        ["reproducible"] => done(reproducible::reproducible(&workspace)),
        [] | ["help" | "--help" | "-h", ..] => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(Failure::new(format!("no such command: `{}`\n\n{USAGE}", words.join(" ")))),
    }
}

fn done(result: Result) -> Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}
