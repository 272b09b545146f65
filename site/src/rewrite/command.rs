//! `consentry rewrite`: a folder of pages, or single ones.

use super::{FORBIDDEN, Fate, Finding, Rewritten, UNKNOWN, rewrite};
use crate::{
    command::{Call, Code, Command, Stop},
    config::Config,
    owner::Site,
    page,
};

/// `consentry rewrite`
pub static COMMAND: Command = Command {
    name: "rewrite",
    summary: "marks the third parties of pages, so that they wait for a choice",
    usage: "consentry rewrite FOLDER|FILE… [--out FOLDER] [--site URL] [--dry-run]\n\n\
            Marks every script, frame, image, style and hint of a third party for its service, in place or, with --out, in a\n\
            copy of the folder. Other files and all else in a page stay as they are, byte for byte; a second run changes\n\
            nothing. Without --config each page's own #consentry-config counts, then consentry.json.\n\
            --site is the address of your site: URLs of its own host are not third parties. --dry-run only reports.\n\
            Ends with exit code 1 if something is left for you to do: undeclared third parties, code that cannot be marked.",
    options: &["out", "site"],
    flags: &["dry-run"],
    run,
};

/// What was done so far.
#[derive(Default)]
struct Sum {
    pages: usize,
    changed: usize,
    marked: usize,
    issues: usize,
}

/// One file: where it is, where it goes, and its path from the site's root.
struct Job {
    from: String,
    to: Option<String>,
    path: String,
}

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    if call.words().is_empty() {
        return Err(Stop::Usage("a folder or a file is missing".into()));
    }
    let given = call.option("config").is_some();
    let mut shared = if given { Some(call.valid_config()?) } else { None };
    let mut sum = Sum::default();
    for job in jobs(call)? {
        let bytes = call.desk().read(&job.from).map_err(|why| Stop::File(format!("{}: {why}", job.from)))?;
        if page::is_page(&job.from) {
            sum.pages += 1;
            let own = if given { None } else { call.config_in(&job.from, &bytes)? };
            if own.is_none() && shared.is_none() {
                shared = Some(call.valid_config()?);
            }
            let Some(config) = own.as_ref().or(shared.as_ref()) else { continue };
            one(call, &job, &bytes, config, &mut sum)?;
        } else if job.to.is_some() {
            put(call, &job, &bytes)?;
        }
    }
    let Sum { pages, changed, marked, issues } = sum;
    call.say(&format!("{pages} pages, {changed} changed: {marked} third parties wait, {issues} things to do\n"));
    Ok(if issues > 0 { Code::Issues } else { Code::Well })
}

/// The files that the words name.
fn jobs(call: &mut Call<'_>) -> Result<Vec<Job>, Stop> {
    let out = call.option("out").map(|folder| folder.trim_end_matches('/').to_owned());
    let mut jobs = Vec::new();
    for word in call.words().to_vec() {
        let word = word.trim_end_matches('/').to_owned();
        let inside = |path: &str| out.as_ref().map(|out| format!("{out}/{path}"));
        match call.desk().list(&word).map_err(|why| Stop::File(format!("{word}: {why}")))? {
            Some(files) => jobs.extend(files.into_iter().map(|path| Job {
                from: format!("{word}/{path}"),
                to: inside(&path),
                path,
            })),
            None => {
                let path = word.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                jobs.push(Job { to: inside(&path), from: word, path });
            }
        }
    }
    Ok(jobs)
}

/// Marks one page.
fn one(call: &mut Call<'_>, job: &Job, bytes: &[u8], config: &Config, sum: &mut Sum) -> Result<(), Stop> {
    if config.is_broken() {
        return Err(Stop::Config(crate::check::report(config)));
    }
    let site: Site = call.site(config)?;
    let page = site.page(&job.path);
    let Rewritten { html, findings } = rewrite(bytes, &site, page.as_ref());
    for finding in &findings {
        call.say(&format!("{}:{}", job.from, line(finding)));
        if finding.fate.is_issue() {
            sum.issues += 1;
        }
        sum.marked += usize::from(!matches!(finding.fate, Fate::Left(_) | Fate::Free));
    }
    sum.changed += usize::from(html.is_some());
    match html {
        Some(html) => put(call, job, &html),
        None if job.to.is_some() => put(call, job, bytes),
        None => Ok(()),
    }
}

fn put(call: &mut Call<'_>, job: &Job, bytes: &[u8]) -> Result<(), Stop> {
    if call.option("dry-run").is_some() {
        return Ok(());
    }
    let to = job.to.as_ref().unwrap_or(&job.from);
    call.desk().write(to, bytes).map_err(|why| Stop::File(format!("{to}: {why}")))
}

fn line(finding: &Finding) -> String {
    let Finding { line, element, url, fate } = finding;
    let what = match fate {
        Fate::Marked(id) => format!("waits for \"{id}\""),
        Fate::Named => "waits for what the page names".to_owned(),
        Fate::Unknown => format!(
            "to do: no service declares it; it waits for the category \"{UNKNOWN}\", for good unless the config has one"
        ),
        Fate::Missing(id) => format!("to do: add \"{id}\" to services; until then it waits for good"),
        Fate::Several(ids) => format!(
            "to do: one element of several services ({ids}) waits for good; split it, or name by hand what it waits for"
        ),
        Fate::Forbidden => format!("waits for good: {FORBIDDEN} rules it out"),
        Fate::Free => "is free: the config lets unknown third parties be".to_owned(),
        Fate::Shadow => "to do: waits in a shadow root; call consentry.activate(host.shadowRoot)".to_owned(),
        Fate::Left(why) => format!("to do: not marked: {why}"),
    };
    format!("{line}: <{element}> {url} {what}\n")
}
