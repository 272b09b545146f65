//! Everything that is wrong with a config: what a browser says at the start, and what only a tool has time to look for.

use consentry_core::issue::{Issue, Severity};

use crate::{
    command::{Call, Code, Command, Stop},
    config::Config,
};

/// `consentry check`
pub static COMMAND: Command = Command {
    name: "check",
    summary: "what is wrong with a config, each mistake with its place",
    usage: "consentry check [FILE]\n\n\
            FILE is a config or a page that holds one in #consentry-config; consentry.json if there is none.\n\
            Errors keep Consentry from starting. Warnings do not. Either ends with exit code 1; notes, what may not be\n\
            meant, do not.",
    options: &[],
    flags: &[],
    run,
};

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    let file = call.word(0);
    let source = file.as_deref().or_else(|| call.option("config")).map(ToOwned::to_owned);
    call.no_more(1)?;
    let config = call.config(source.as_deref())?;
    call.say(&report(&config));
    Ok(if config.issues.is_empty() { Code::Well } else { Code::Issues })
}

/// A line for each issue, and one that sums up.
#[must_use]
pub fn report(config: &Config) -> String {
    let mut text = String::new();
    let (mut errors, mut warnings) = (0, 0);
    for Issue { path, message, severity } in &config.issues {
        let (kind, count) = match severity {
            Severity::Error => ("error", &mut errors),
            Severity::Warning => ("warning", &mut warnings),
        };
        *count += 1;
        let place = if path.is_empty() { String::new() } else { format!("{path}: ") };
        text.push_str(&format!("{}: {kind}: {place}{message}\n", config.source));
    }
    for Issue { path, message, .. } in &config.notes {
        text.push_str(&format!("{}: note: {path}: {message}\n", config.source));
    }
    if let Some(policy) = config.policy.as_ref().filter(|_| warnings == 0) {
        let (categories, services) = (policy.categories.len(), policy.services.len());
        text.push_str(&format!(
            "{}: no mistakes; {}, {}\n",
            config.source,
            count(categories, "category", "categories"),
            count(services, "service", "services")
        ));
    } else {
        let warned = count(warnings, "warning", "warnings");
        text.push_str(&format!("{}: {}, {warned}\n", config.source, count(errors, "error", "errors")));
    }
    text
}

fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
