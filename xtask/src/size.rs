//! The bytes of every file against its ceiling.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::build;
use crate::failure::Result;
use crate::manifest;
use crate::measure::{self, Measure};
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
    let (languages, mut files): (Vec<PathBuf>, Vec<PathBuf>) =
        manifest::files(&dist)?.into_iter().partition(|file| manifest::is_language(file));
    files.extend(["gate", "texts and styles"].map(|share| shares.join(share)));
    let measures = measure::files(workspace, &files)?;
    let ceilings = recipe.numbers("ceilings");
    let mut fits = true;
    println!("{:32} {:>9} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip 9", "brotli 11", "ceiling");
    let mut row = |name: &str, note: &str, measure: &Measure| {
        let ceiling = ceilings.iter().find(|(at, _)| *at == name).map(|(_, bytes)| *bytes);
        let over = ceiling.is_some_and(|bytes| measure.brotli > bytes);
        let shown = ceiling.map_or_else(String::new, |bytes| bytes.to_string());
        let note = if over { "  OVER" } else { note };
        println!("{name:32} {:>9} {:>9} {:>9} {shown:>9}{note}", measure.raw, measure.gzip, measure.brotli);
        fits &= !over;
    };
    let mut names = Vec::new();
    for (file, measure) in files.iter().zip(&measures) {
        let name = file.strip_prefix(&dist).or_else(|_| file.strip_prefix(&shares)).unwrap_or(file).to_string_lossy();
        row(&name, "", measure);
        names.push(name.into_owned());
    }
    for (name, ending) in [("lang/*.js", "js"), ("lang/*.json", "json")] {
        let of_kind =
            |file: &&PathBuf| file.starts_with(dist.join("lang")) && file.extension().is_some_and(|end| end == ending);
        let some: Vec<PathBuf> = languages.iter().filter(of_kind).cloned().collect();
        let mut measures = measure::files(workspace, &some)?;
        measures.sort_by_key(|measure| measure.brotli);
        for (at, note) in [(some.len() / 2, "  median"), (some.len().saturating_sub(1), "  largest")] {
            measures.get(at).into_iter().for_each(|measure| row(name, note, measure));
        }
        names.push(name.to_owned());
    }
    for (name, _) in &ceilings {
        if !names.iter().any(|have| have == name) {
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
