//! Debian's packages, installed only where a program is missing.

use std::path::Path;

use crate::failure::{Failure, Result};
use crate::program::{Program, find, progress};

/// A program and the package that brings it.
pub(crate) type Needed<'a> = (&'a str, &'a str);

/// The browsers, their drivers, the screen that WebKitGTK draws on, and a web server with its module for scripts.
const BROWSERS: &[Needed<'static>] = &[
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("xvfb-run", "xvfb"),
    ("xauth", "xauth"),
    ("/usr/sbin/nginx", "nginx"),
    ("/usr/lib/nginx/modules/ngx_http_js_module.so", "libnginx-mod-http-js"),
];

/// The web servers whose recipes only the full tests try.
const SERVERS: &[Needed<'static>] = &[("/usr/sbin/apache2", "apache2-bin"), ("caddy", "caddy")];

/// Installs the web servers that are missing.
pub(crate) fn servers() -> Result {
    programs(SERVERS, "install Apache and Caddy")
}

/// Installs the browsers that are missing.
pub(crate) fn browsers() -> Result {
    programs(
        BROWSERS,
        "install chromium, chromedriver, firefox-esr, WebKitWebDriver, xvfb-run, xauth, and nginx with njs",
    )
}

/// Installs the packages of programs that are missing; `otherwise` says what helps where this cannot install.
pub(crate) fn programs(needed: &[Needed<'_>], otherwise: &str) -> Result {
    let missing: Vec<&str> =
        needed.iter().filter(|(program, _)| !present(program)).map(|(_, package)| *package).collect();
    install(&missing, otherwise)
}

/// Installs packages.
pub(crate) fn install(packages: &[&str], otherwise: &str) -> Result {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    if find("apt-get").is_none() {
        return Err(Failure::new(format!(
            "something is missing and there is no apt-get here: {otherwise}, then try again"
        )));
    }
    if !root() {
        return Err(Failure::new(format!(
            "packages are missing; run `sudo apt-get install --no-install-recommends {list}`, then try again"
        )));
    }
    progress(&format!("installing {list}"));
    // A fresh machine has no package lists; an old one may list versions that the archive no longer holds.
    apt(&["update"])?;
    let known = Program::new("apt-cache").arg("policy").args(packages).output()?;
    if packages.iter().any(|package| !known.contains(&format!("{package}:\n"))) {
        return Err(Failure::new(format!("this system does not package all of {list}: {otherwise}, then try again")));
    }
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

fn apt(arguments: &[&str]) -> Result {
    Program::new("apt-get").arg("-q").args(arguments).env("DEBIAN_FRONTEND", "noninteractive").quiet()
}

fn present(program: &str) -> bool {
    if program.starts_with('/') { Path::new(program).exists() } else { find(program).is_some() }
}

fn root() -> bool {
    Program::new("id").arg("-u").output().is_ok_and(|id| id.trim() == "0")
}
