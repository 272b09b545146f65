//! The head snippet of level `sealed`: a policy for the site's own hosts, and in front of it the fixed script that opens
//! it for what the visitor agreed to.
//!
//! A host without a port means every port, and a path means everything under it, so one host of a config can make two
//! sources of a policy. `src/seal/flag.js` reads them back.

pub(crate) use self::lists::{Lists, Row, lists};
use crate::{
    command::{Call, Code, Command, Stop},
    config::Config,
};

mod lists;

/// The script's text. It is the same on every site and for a whole major version.
pub const SCRIPT: &str = include_str!("../../src/seal/snippet.txt");

/// What a site's own Content-Security-Policy lists under `script-src` to allow the script.
pub const HASH: &str = "'sha256-QZrfbxgknVDheLN9o3r0zapjBnNqSkGe6ROdkyxxoBU='";

/// `consentry snippet`
pub static COMMAND: Command = Command {
    name: "snippet",
    summary: "the lines for the start of the head that keep a page shut from there on (level sealed)",
    usage: "consentry snippet\n\n\
            Prints the HTML; its Content-Security-Policy hash and what to know about this config go to the error output.",
    options: &[],
    flags: &[],
    run,
};

/// What goes into the head, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The lines for the start of the head, right behind `<meta charset>`.
    pub html: String,
    /// The policy before any consent.
    pub csp: String,
    /// The script's hash, in quotes, for the `script-src` of a site's own policy.
    pub hash: &'static str,
    /// What this config cannot have at this level, each with its place.
    pub remarks: Vec<String>,
}

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    call.no_more(0)?;
    let config = call.valid_config()?;
    let Some(snippet) = snippet(&config) else { return Ok(Code::Issues) };
    call.say(&format!("{}\n", snippet.html));
    let remarks = snippet.remarks.iter().map(|remark| format!("{}: {remark}\n", config.source));
    let remarks: String = remarks.collect();
    call.desk().complain(&format!(
        "Right behind <meta charset>, before anything else. Where your own Content-Security-Policy names script-src, add {}; \
         under require-trusted-types-for, add consentry-snippet to trusted-types.\n{remarks}",
        snippet.hash
    ));
    Ok(Code::Well)
}

/// The snippet for a config; `None` if it has errors.
#[must_use]
pub fn snippet(config: &Config) -> Option<Snippet> {
    let policy = config.policy.as_ref()?;
    let Lists { csp, rows, remarks, .. } = lists(config)?;
    let join = |wanted: fn(&Row) -> bool| {
        let chosen: Vec<&str> = rows.iter().filter(|row| wanted(row)).map(|row| row.source.as_str()).collect();
        chosen.join(" ")
    };
    let mut attributes = String::new();
    let texts = [("version", policy.version.clone()), ("scope", policy.record.scope.clone()), ("policy", csp.clone())];
    for (name, value) in texts.into_iter().chain([("hosts", join(|_| true)), ("sale", join(|row| row.sells))]) {
        if !value.is_empty() {
            attributes.push_str(&format!(" data-{name}=\"{}\"", escape(&value)));
        }
    }
    let html = format!(
        "<script{attributes}>{SCRIPT}</script>\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
        escape(&csp)
    );
    Some(Snippet { html, csp, hash: HASH, remarks })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
