//! Everything that is wrong with a config: what a browser says at the start, and what only a tool has time to look for.

use consentry_core::issue::{Issue, Severity};

use crate::{
    command::{Call, Code, Command, Stop},
    config::Config,
    gpc,
};

/// `consentry check`
pub static COMMAND: Command = Command {
    name: "check",
    summary: "what is wrong with a config, each mistake with its place",
    usage: "consentry check [FILE] [--gpc .well-known/gpc.json]\n\n\
            FILE is a config or a page that holds one in #consentry-config; consentry.json if there is none.\n\
            --gpc FILE checks the site's statement about Global Privacy Control, too.\n\
            Errors keep Consentry from starting. Warnings do not. Either ends with exit code 1; notes, what may not be\n\
            meant, do not.",
    options: &["gpc"],
    flags: &[],
    run,
};

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    let file = call.word(0);
    let source = file.as_deref().or_else(|| call.option("config")).map(ToOwned::to_owned);
    call.no_more(1)?;
    let config = call.config(source.as_deref())?;
    call.say(&report(&config));
    let mut is_well = config.issues.is_empty();
    if let Some(path) = call.option("gpc").map(ToOwned::to_owned) {
        let policy = config.value.at("policy");
        let text = call.text(&path)?;
        let faults = gpc::faults(&text, policy.at("updated").text().or(policy.at("effective").text()));
        is_well &= faults.is_empty();
        call.say(&statement(&path, &faults));
    }
    Ok(if is_well { Code::Well } else { Code::Issues })
}

/// The lines about a statement on Global Privacy Control.
fn statement(path: &str, faults: &[Issue]) -> String {
    let (mut text, mut counts) = (String::new(), [0, 0]);
    for issue in faults {
        text.push_str(&line(path, issue, &mut counts));
    }
    if faults.is_empty() {
        format!("{path}: no mistakes; serve it as application/json\n")
    } else {
        text + &sum(path, counts)
    }
}

/// One issue, counted among errors and warnings.
fn line(source: &str, Issue { path, message, severity }: &Issue, [errors, warnings]: &mut [usize; 2]) -> String {
    let (kind, count) = match severity {
        Severity::Error => ("error", errors),
        Severity::Warning => ("warning", warnings),
    };
    *count += 1;
    let place = if path.is_empty() { String::new() } else { format!("{path}: ") };
    format!("{source}: {kind}: {place}{message}\n")
}

fn sum(source: &str, [errors, warnings]: [usize; 2]) -> String {
    format!("{source}: {}, {}\n", count(errors, "error", "errors"), count(warnings, "warning", "warnings"))
}

/// A line for each issue, and one that sums up.
#[must_use]
pub fn report(config: &Config) -> String {
    let mut text = String::new();
    let mut counts = [0, 0];
    for issue in &config.issues {
        text.push_str(&line(&config.source, issue, &mut counts));
    }
    for Issue { path, message, .. } in &config.notes {
        text.push_str(&format!("{}: note: {path}: {message}\n", config.source));
    }
    if let Some(policy) = config.policy.as_ref().filter(|_| counts == [0, 0]) {
        let (categories, services) = (policy.categories.len(), policy.services.len());
        text.push_str(&format!(
            "{}: no mistakes; {}, {}\n",
            config.source,
            count(categories, "category", "categories"),
            count(services, "service", "services")
        ));
    } else {
        text.push_str(&sum(&config.source, counts));
    }
    text
}

fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
