//! Level `header`: the server sends the policy with every page, and lets in what the visitor's cookie says was granted.
//! The table of hosts is made from the config; what surrounds it are the recipes in `site/recipes/`, one for each server.

use consentry_core::jurisdiction::Regime;

use crate::{
    command::{Call, Code, Command, Stop},
    config::Config,
    snippet::{self, Lists, Row},
};

/// What all recipes in JavaScript share.
const POLICY: &str = include_str!("../recipes/policy.js");
/// What else is written, by server: file names and texts. A text that begins with an empty line follows the shared one.
const SERVERS: &[(&str, &[(&str, &str)])] = &[
    (
        "nginx",
        &[
            ("consentry-header.js", include_str!("../recipes/nginx.js")),
            ("consentry-header.conf", include_str!("../recipes/nginx.conf")),
        ],
    ),
    ("node", &[("consentry-header.mjs", include_str!("../recipes/node.mjs"))]),
    ("axum", &[("consentry_header.rs", include_str!("../recipes/axum.rs"))]),
    (
        "apache",
        &[
            ("consentry-header.lua", include_str!("../recipes/apache.lua")),
            ("consentry-header.conf", include_str!("../recipes/apache.conf")),
        ],
    ),
    ("caddy", &[("consentry-header.caddyfile", include_str!("../recipes/caddy.caddyfile"))]),
];

/// `consentry header`
pub static COMMAND: Command = Command {
    name: "header",
    summary: "what your server needs to send the policy as a header (level header)",
    usage: "consentry header --server NAME\n\n\
            Writes the table of hosts with all that is around it for a server. The page of the docs says where it goes.\n\n\
            --server NAME   nginx, node, axum, apache or caddy\n\
            --out FOLDER    where to write (default: the current folder)",
    options: &["server", "out"],
    flags: &[],
    run,
};

fn run(call: &mut Call<'_>) -> Result<Code, Stop> {
    call.no_more(0)?;
    let wanted = call.option("server").unwrap_or_default().to_owned();
    let out = call.option("out").unwrap_or(".").to_owned();
    let names: Vec<&str> = SERVERS.iter().map(|(name, _)| *name).collect();
    if !names.contains(&wanted.as_str()) {
        return Err(Stop::Usage(format!("--server must be one of {}", names.join(", "))));
    }
    let config = call.valid_config()?;
    let Some(files) = files(&config, &wanted) else { return Ok(Code::Issues) };
    for (name, text) in files.made {
        let path = format!("{out}/{name}");
        call.desk().write(&path, text.as_bytes()).map_err(|why| Stop::File(format!("{path}: {why}")))?;
        call.say(&format!("{path}\n"));
    }
    let said: String = files.remarks.iter().map(|remark| format!("{}: {remark}\n", config.source)).collect();
    call.desk().complain(&said);
    if config.value.at("record").get("cookie").is_some() {
        return Ok(Code::Well);
    }
    call.desk().complain(&format!("{}: record.cookie: is missing, so that no server hears of a yes\n", config.source));
    Ok(Code::Issues)
}

/// What is written for a server.
#[derive(Debug)]
pub struct Files {
    /// Names and texts.
    pub made: Vec<(&'static str, String)>,
    /// What this config cannot have at this level, each with its place.
    pub remarks: Vec<String>,
}

/// The files for one of the known servers; `None` if the config has errors or the server is none of them.
#[must_use]
pub fn files(config: &Config, server: &str) -> Option<Files> {
    let policy = config.policy.as_ref()?;
    let (days, by_law) = (policy.record.granted_days, policy.rules.floor < Regime::OptIn);
    let (_, parts) = SERVERS.iter().find(|(name, _)| *name == server)?;
    let Lists { csp, rows, remarks, .. } = snippet::lists(config)?;
    let made = parts.iter().map(|(name, text)| {
        let whole = if text.starts_with('\n') { format!("{POLICY}{text}") } else { (*text).to_owned() };
        (*name, fill(&whole, &csp, days, by_law, &rows))
    });
    Some(Files { made: made.collect(), remarks })
}

/// Puts the table into a recipe. What it holds are hosts, words and ids: all languages write such texts alike.
fn fill(text: &str, csp: &str, days: u32, by_law: bool, rows: &[Row]) -> String {
    let row = |Row { source, ids, sells, .. }: &Row, [open, list, end, close]: [&str; 4]| {
        let ids: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
        format!("\n{open}{}, {list}{}{end}, {sells}{close},", quoted(source), ids.join(", "))
    };
    let table = |shape: [&str; 4]| rows.iter().map(|one| row(one, shape)).collect::<String>();
    text.replace("const BASE = '';", &format!("const BASE = {};", quoted(csp)))
        .replace("const DAYS = 0;", &format!("const DAYS = {days};"))
        .replace("const LAW = false;", &format!("const LAW = {by_law};"))
        .replace("const TABLE = [];", &format!("const TABLE = [{}\n];", table(["  [", "[", "]", "]"])))
        .replace("const BASE: &str = \"\";", &format!("const BASE: &str = {};", quoted(csp)))
        .replace("const DAYS: u64 = 0;", &format!("const DAYS: u64 = {days};"))
        .replace("const LAW: bool = false;", &format!("const LAW: bool = {by_law};"))
        .replace("bool)] = &[];", &format!("bool)] = &[{}\n];", table(["    (", "&[", "]", ")"])))
        .replace("local BASE = ''", &format!("local BASE = {}", quoted(csp)))
        .replace("local DAYS = 0", &format!("local DAYS = {days}"))
        .replace("local LAW = false", &format!("local LAW = {by_law}"))
        .replace("local TABLE = {}", &format!("local TABLE = {{{}\n}}", table(["  { ", "{ ", " }", " }"])))
        .replace("\tLAW\n", if by_law { CADDY_LAW } else { "" })
        .replace(
            "\tROWS\n",
            &rows.iter().enumerate().map(|(at, one)| matcher(at, one, days, by_law)).collect::<String>(),
        )
        .replace("\"BASE\"", &quoted(&format!("{csp}{}", variables(rows.len()))))
}

/// What Caddy reads of a cookie where the law lets something run without an answer.
const CADDY_LAW: &str = "\t# What runs by law alone: the day that the cookie says, and ids.
\tmap {http.request.header.Cookie} {consentry.day} {consentry.law} {
\t\t\"~(^|;)[ \\t]*consentry=[^;]*;(.*;)?[ \\t]*consentry=\" 0 \"\"
\t\t\"~(^|;)[ \\t]*consentry=1(\\.\\d{1,10}(\\.[a-z0-9][a-z0-9-]*)*)?\\.~(\\d{1,5})((\\.[a-z0-9][a-z0-9-]*)*)[ \\t]*(;|$)\" \"${4}\" \"${5}.\"
\t\tdefault 0 \"\"
\t}
";

/// A row for Caddy, which has no tables: a condition, and the variable that it fills.
fn matcher(at: usize, Row { source, ids, sells, .. }: &Row, days: u32, by_law: bool) -> String {
    let age = "int({time.now.unix}) / 60 - int({consentry.minutes})";
    let fresh = format!("{age} >= -1440 && {age} < {}", days * 1440);
    let days_ago = "int({time.now.unix}) / 86400 - int({consentry.day})";
    let opens = |id: &String| {
        let granted = format!("{{consentry.ids}}.contains(\".{id}.\") && {fresh}");
        let law = format!("{{consentry.law}}.contains(\".{id}.\") && {days_ago} >= -1 && {days_ago} <= 1");
        if by_law { format!("({granted} || {law})") } else { granted }
    };
    let mut conditions: Vec<String> = ids.iter().map(opens).collect();
    if *sells {
        conditions.push("{http.request.header.Sec-GPC} != \"1\"".to_owned());
    }
    let whole = conditions.join(" && ");
    format!(
        "\t@consentry_{at} expression `{whole}`\n\tvars @consentry_{at} consentry_{at} \" {source} ws://{source}\"\n"
    )
}

/// The variables that hold what opens; an empty one holds nothing.
fn variables(count: usize) -> String {
    (0..count).map(|at| format!("{{http.vars.consentry_{at}}}")).collect()
}

/// A text of hosts, words and ids as all languages write it: nothing in it needs an escape. In Node there is no `{:?}`.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
