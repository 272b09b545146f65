//! The command for site owners as they get it: the tarball, installed by npm into a folder of its own, run by Node.

use std::path::Path;

use crate::failure::{Failure, Result};
use crate::program::Program;
use crate::workspace::{VERSION, Workspace, empty, read, write};

const CONFIG: &str = r#"{ "policy": { "version": "1" }, "services": ["youtube"] }"#;
const PAGE: &str = "<p>\u{e9}<iframe src=\"https://www.youtube.com/embed/1\"></iframe>\n";
const MARKED: &str =
    "<p>\u{e9}<iframe data-service=\"youtube\" data-consentry-src=\"https://www.youtube.com/embed/1\"></iframe>\n";

/// What is typed, the exit code, and a piece of what is printed.
const CALLS: &[(&str, i32, &str)] = &[
    ("--version", 0, VERSION),
    ("--help", 0, "consentry COMMAND --help says more"),
    ("check", 0, "consentry.json: no mistakes; 4 categories, 1 service\n"),
    ("check bad.json", 1, "bad.json: error: policy.version: is required\n"),
    ("check none.json", 2, "consentry check: none.json: there is no such file\n"),
    ("explain https://www.youtube.com/embed/1", 0, "service \"youtube\" of Google LLC"),
    ("explain https://player.vimeo.com/video/1", 1, "add \"vimeo\" to services"),
    ("rewrite www --out made", 0, "1 pages, 1 changed: 1 third parties wait, 0 things to do\n"),
    ("rewrite made", 0, "1 pages, 0 changed"),
    ("rewrite", 2, "a folder or a file is missing"),
    ("header --server node --out made", 1, "made/consentry-header.mjs\n"),
];

/// Installs what is built, and tries every command.
pub(crate) fn try_out(workspace: &Workspace) -> Result {
    let place = workspace.built().join("installed");
    let tarball = super::tarball(workspace, &place.join("tarball"))?;
    let site = place.join("site");
    empty(&site)?;
    write(&site.join("package.json"), "{ \"private\": true }\n")?;
    write(&site.join("consentry.json"), CONFIG)?;
    write(&site.join("bad.json"), "{ \"policy\": {} }")?;
    write(&site.join("www/sub/index.html"), PAGE)?;
    write(&site.join("www/a.bin"), [0, 255, 1])?;
    let quiet = ["install", "--ignore-scripts", "--offline", "--no-audit", "--no-fund", "--silent"];
    Program::new("npm").args(quiet).arg(&tarball).within(&site).output()?;
    for (line, code, piece) in CALLS {
        call(&site, line, *code, piece)?;
    }
    let (page, other) = (read(&site.join("made/sub/index.html"))?, std::fs::read(site.join("made/a.bin")));
    let recipe = read(&site.join("made/consentry-header.mjs"))?;
    if !recipe.contains("[\"www.youtube.com:*\", [\"youtube\"], true]") {
        return Err(Failure::new(format!("`consentry header` wrote {recipe:?}")));
    }
    if page != MARKED || other.ok() != Some(vec![0, 255, 1]) || read(&site.join("www/sub/index.html"))? != PAGE {
        return Err(Failure::new(format!("`consentry rewrite` wrote {page:?}")));
    }
    Ok(())
}

fn call(site: &Path, line: &str, code: i32, piece: &str) -> Result {
    let mut command =
        Program::new(site.join("node_modules/.bin/consentry")).args(line.split(' ')).within(site).into_command();
    let output = command.output().map_err(|error| Failure::new(format!("cannot run consentry: {error}")))?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.code() == Some(code) && said.contains(piece) {
        return Ok(());
    }
    Err(Failure::new(format!("`consentry {line}` ended with {}, not {code} and {piece:?}:\n{said}", output.status)))
}
