//! The test command: every ring of tests, one after the other, with minutes per step and one sum at the end.

mod count;
mod step;
mod tree;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::build;
use crate::failure::{Failure, Result};
use crate::package;
use crate::program::{Program, progress};
use crate::setup::compiler::{FOREIGN, TARGET};
use crate::setup::sysroot::Sysroot;
use crate::setup::{self, sysroot};
use crate::size;
use crate::workspace::Workspace;

use step::Report;

/// After this the command stops itself: something hangs.
const LIMIT: Duration = Duration::from_secs(80 * 60);

/// An engine for the tests of the wasm edges: its name, and the variable and program of its driver.
type Engine = (&'static str, &'static str, &'static str);

const ENGINES: [Engine; 3] = [
    ("Chromium", "CHROMEDRIVER", "chromedriver"),
    ("Firefox", "GECKODRIVER", "geckodriver"),
    ("WebKitGTK", "SAFARIDRIVER", "WebKitWebDriver"),
];

/// Sets up, runs every step, and prints what came out; fails if anything did.
pub(crate) fn test(workspace: &Workspace, full: bool) -> Result<ExitCode> {
    let mut report = Report::begin(Instant::now() + LIMIT);
    report.check("set-up", || {
        setup::for_build(workspace)?;
        setup::for_tests(workspace)?;
        if full { setup::debian::servers() } else { Ok(()) }
    });
    if report.clean() {
        steps(workspace, full, &mut report)?;
    }
    Ok(if report.finish() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn steps(workspace: &Workspace, full: bool, report: &mut Report) -> Result {
    let here = |program: Program| program.within(&workspace.root);
    report.run("format", here(cargo(&["fmt", "--all", "--check"])));
    let lints = ["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    report.run("lints", here(cargo(&lints)));
    report
        .run("JavaScript types", here(Program::new(workspace.node_tool("tsc")).args(["--pretty", "false", "-p", "."])));
    let native = ["test", "--no-fail-fast", "--workspace", "--exclude", "consentry-browser-tests"];
    let native = here(cargo(&native));
    // The same cases for the same commit; by hand other ones each time, and more.
    let native = if full {
        native.env("PROPTEST_CASES", "20000").env("CONSENTRY_SERVERS", "all")
    } else {
        native.env("PROPTEST_CASES", "256").env("PROPTEST_RNG_SEED", "1")
    };
    report.run("native tests", native);
    report.check("release build", || build::release(workspace));
    report.check("sizes", || {
        if size::table(workspace)? { Ok(()) } else { Err(Failure::new("a file is over its ceiling")) }
    });
    report.check("npm command", || package::installed::try_out(workspace));
    edges(workspace, report)?;
    let promises = ["test", "--package", "consentry-browser-tests", "--test", "promises"];
    report.run("promises in three engines", here(cargo(&promises)));
    if full {
        report.check("reproducible", || crate::reproducible::reproducible(workspace));
    }
    Ok(())
}

/// The wasm edges, compiled with the ordinary std so that a failure says where, in each engine.
fn edges(workspace: &Workspace, report: &mut Report) -> Result {
    let sysroot = sysroot::for_development(workspace)?;
    for (name, variable, driver) in ENGINES {
        let driver = crate::program::find(driver).unwrap_or_else(|| workspace.tool(driver));
        let program = edge_tests(workspace, sysroot.as_ref(), name == "WebKitGTK")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", workspace.tool("wasm-bindgen-test-runner"))
            .env("CARGO_TARGET_DIR", workspace.built().join("edges"))
            .env(variable, driver);
        report.run(&format!("wasm edges in {name}"), program);
    }
    Ok(())
}

fn edge_tests(workspace: &Workspace, sysroot: Option<&Sysroot>, screen: bool) -> Program {
    let name = sysroot.map_or_else(own_cargo, |sysroot| sysroot.program("cargo").into());
    let program = if screen { Program::new("xvfb-run").arg("-a").arg(name) } else { Program::new(name) };
    let program = program
        .args(["test", "--no-fail-fast", "--package", "consentry", "--test", "wasm", "--target", TARGET])
        .within(&workspace.root)
        .without(FOREIGN);
    match sysroot {
        Some(sysroot) => program.env("RUSTC", sysroot.program("rustc")),
        None => program,
    }
}

fn own_cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn cargo(arguments: &[&str]) -> Program {
    Program::new(own_cargo()).args(arguments)
}

/// Says which step begins.
fn announce(name: &str) {
    progress(&format!("── {name}"));
}
