//! `consentry explain`: what is decided for one visitor and why, step by step, by the engine that decides in the browser;
//! and whose a URL is and what becomes of it.

use crate::command::{Call, Code, Command, Stop};

mod address;
mod fate;
mod reason;
mod steps;
mod visit;

use visit::Visit;

/// `consentry explain`
pub static COMMAND: Command = Command {
    name: "explain",
    summary: "what is decided for a visitor and why, and what becomes of a URL",
    usage: "consentry explain [--url URL] [--place US-CA] [--gpc] [--record FILE] …\n\
            consentry explain URL\n\n\
            Says step by step what is decided for one visitor: config, place, record, signals, age, each category and service\n\
            with its reason; and of a URL whose it is, which line of the config says so, and what each level of the gate does\n\
            with it. With a URL and nothing else, only whose it is.\n\n\
            --url URL         what a page would ask for\n\
            --place US-CA     the place, as your server names it for the request\n\
            --zone ZONE       the browser's time zone, for example Europe/Berlin\n\
            --languages LIST  the browser's languages, with commas between: de-DE,en\n\
            --gpc, --dnt      the browser sends Global Privacy Control, or Do Not Track\n\
            --age YEARS       the age that the visitor gave\n\
            --record FILE     the visitor's record: the text of consentry.record, or a downloaded copy\n\
            --date DAY        the day to decide on, for example 2026-11-01; today otherwise\n\
            --site URL        the address of your site, so that URLs of its own host are told from others\n\n\
            Ends with exit code 1 if no service declares the URL.",
    options: &["url", "site", "place", "zone", "languages", "age", "record", "date"],
    flags: &["gpc", "dnt"],
    run,
};

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    let url = call.word(0).or_else(|| call.option("url").map(ToOwned::to_owned));
    call.no_more(1)?;
    // A bare word asks about the address alone.
    let is_walk =
        COMMAND.flags.iter().chain(COMMAND.options).any(|name| *name != "site" && call.option(name).is_some());
    if url.is_none() && !is_walk {
        return Err(Stop::Usage("a URL is missing, or a visitor: --url, --place, --gpc, --record …".into()));
    }
    let config = call.valid_config()?;
    let site = call.site(&config)?;
    let visit = if is_walk { Some(Visit::of(call, &site.policy)?) } else { None };
    let mut text = String::new();
    if let Some(visit) = &visit {
        text.push_str(&steps::all(&config, &site.policy, visit));
    }
    let mut is_known = true;
    if let Some(url) = url {
        let (owner, known) = address::explain(&config, &site, &url);
        is_known = known;
        match &visit {
            None => text.push_str(&owner),
            Some(visit) => {
                let fate = fate::fate(&config, &site, &url, visit);
                text.push_str(&steps::step(7, "URL", &format!("{owner}{fate}")));
            }
        }
    }
    call.say(&text);
    Ok(if is_known { Code::Well } else { Code::Issues })
}
