//! The types that sites compile against: both forms of the API compile, and every mistake of `types/wrong.ts` is caught.
#![allow(clippy::panic, reason = "a test reports by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the TypeScript compiler says about a project of `tests/types`.
fn compile(project: &str) -> (bool, String) {
    let compiler: PathBuf = root().join("node_modules/.bin/tsc");
    assert!(compiler.exists(), "node_modules is missing: `cargo xtask test` installs it");
    let output = Command::new(compiler)
        .args(["--pretty", "false", "--project"])
        .arg(root().join("tests/types").join(project))
        .output();
    let output = output.unwrap_or_else(|error| panic!("the TypeScript compiler does not run: {error}"));
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn both_forms_compile() {
    let (compiled, said) = compile("tsconfig.json");
    assert!(compiled, "{said}");
}

#[test]
fn every_mistake_is_caught() {
    let (compiled, said) = compile("wrong.json");
    assert!(!compiled, "mistakes compiled");
    let source = std::fs::read_to_string(root().join("tests/types/wrong.ts")).unwrap_or_default();
    let wrong: Vec<usize> =
        (1..).zip(source.lines()).filter(|(_, line)| line.contains("// wrong")).map(|(at, _)| at).collect();
    let missed: Vec<&usize> = wrong.iter().filter(|at| !said.contains(&format!("wrong.ts({at},"))).collect();
    assert!(wrong.len() > 10 && missed.is_empty(), "not caught in lines {missed:?}:\n{said}");
    let errors = said.lines().filter(|line| line.contains(": error ")).count();
    assert_eq!(errors, wrong.len(), "an error where none was meant:\n{said}");
}
