//! `consentry gpc`: the site's statement that it honors Global Privacy Control, for `/.well-known/gpc.json`.
//!
//! W3C's draft asks for a JSON object with `gpc` and `lastUpdate`, served as `application/json`.

use consentry_core::config::form::Form;

use crate::command::{Call, Code, Command, Stop};

/// `consentry gpc`
pub static COMMAND: Command = Command {
    name: "gpc",
    summary: "the statement for /.well-known/gpc.json that the site honors Global Privacy Control",
    usage: "consentry gpc [--date 2026-11-01]\n\n\
            Prints the JSON. Consentry honors the signal everywhere; serve the file as application/json. The date is that of\n\
            the policy's last change: policy.updated, else policy.effective, else --date.",
    options: &["date"],
    flags: &[],
    run,
};

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    call.no_more(0)?;
    let config = call.valid_config()?;
    let policy = config.value.at("policy");
    let declared = policy.at("updated").text().or(policy.at("effective").text());
    let date = call.option("date").or(declared).map(ToOwned::to_owned);
    let date = date.ok_or_else(|| Stop::Usage("the config has no policy.updated: say --date".into()))?;
    if !Form::of(b'd').fits(&date) {
        return Err(Stop::Usage(format!("--date must be a day like 2026-11-01, got \"{date}\"")));
    }
    call.say(&format!("{{ \"gpc\": true, \"lastUpdate\": \"{date}\" }}\n"));
    Ok(Code::Well)
}
