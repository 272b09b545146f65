//! The bytes of every file against its ceiling.

use std::process::ExitCode;

use crate::build;
use crate::failure::Result;
use crate::manifest;
use crate::measure;
use crate::recipe::Recipe;
use crate::workspace::{Workspace, read};

/// Builds, then prints the table; fails when a file is over its ceiling.
pub(crate) fn size(workspace: &Workspace) -> Result<ExitCode> {
    build::release(workspace)?;
    Ok(if table(workspace)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what `dist/` weighs; whether every file is under its ceiling.
pub(crate) fn table(workspace: &Workspace) -> Result<bool> {
    let recipe = Recipe::read(workspace)?;
    let dist = workspace.dist();
    let shares = workspace.built().join("release/shares");
    let mut files = manifest::files(&dist)?;
    files.push(shares.join("gate"));
    let measures = measure::files(workspace, &files)?;
    let ceilings = recipe.numbers("ceilings");
    let mut fits = true;
    println!("{:32} {:>9} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip 9", "brotli 11", "ceiling");
    for (file, measure) in files.iter().zip(&measures) {
        let name = file.strip_prefix(&dist).or_else(|_| file.strip_prefix(&shares)).unwrap_or(file).to_string_lossy();
        let ceiling = ceilings.iter().find(|(at, _)| *at == name).map(|(_, bytes)| *bytes);
        let over = ceiling.is_some_and(|bytes| measure.brotli > bytes);
        let shown = ceiling.map_or_else(String::new, |bytes| bytes.to_string());
        let note = if over { "  OVER" } else { "" };
        println!("{name:32} {:>9} {:>9} {:>9} {shown:>9}{note}", measure.raw, measure.gzip, measure.brotli);
        fits &= !over;
    }
    for (name, _) in &ceilings {
        if !files.iter().any(|file| file.ends_with(name)) {
            println!("{name:32} is missing, but has a ceiling");
            fits = false;
        }
    }
    println!("\nconsentry.js by origin, raw:");
    for line in read(&shares.join("consentry.js.txt"))?.lines() {
        println!("{line}");
    }
    Ok(fits)
}
