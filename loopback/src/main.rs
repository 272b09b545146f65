//! `loopback --www www --dist dist --port 8080`: serves the demo until it is interrupted.

use loopback::{Loopback, Options};
use std::process::ExitCode;

const USAGE: &str = "usage: loopback [--www FOLDER] [--dist FOLDER] [--port PORT]";

#[tokio::main]
async fn main() -> ExitCode {
    let options = match read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => return fail(&format!("{message}\n{USAGE}")),
    };
    let taken = options.port;
    let loopback = match Loopback::start(options).await {
        Ok(loopback) => loopback,
        Err(error) => return fail(&format!("cannot listen on ports {taken} and {}: {error}", taken.saturating_add(1))),
    };
    let site = loopback.site();
    println!("The demo:               {site}/");
    println!("Five real policies:     {site}/policies/");
    println!("The documentation:      {site}/docs/");
    println!("Without Consentry:      {site}/without/");
    println!("Fake third parties:     {}, …", loopback.third_party("google-analytics"));
    println!("All of it is on this machine only. Ctrl+C stops it.");
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("cannot wait for Ctrl+C: {error}")),
    }
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options { port: 8080, third_party_port: 8081, ..Options::new("www", "dist") };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--www" => options.www = value.into(),
            "--dist" => options.dist = value.into(),
            "--port" => options.port = value.parse().map_err(|_| format!("{value} is no port"))?,
            _ => return Err(format!("unknown option {name}")),
        }
    }
    // Third parties sit on the next port, so that what browsers keep for them stays theirs over restarts.
    options.third_party_port = if options.port == 0 { 0 } else { options.port.saturating_add(1) };
    Ok(options)
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::read;

    fn arguments(line: &str) -> Result<loopback::Options, String> {
        read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn third_parties_take_the_next_port() {
        let options = arguments("--port 9000 --dist out");
        assert!(options.is_ok_and(|options| options.port == 9000 && options.third_party_port == 9001));
        assert!(arguments("--port 0").is_ok_and(|options| options.third_party_port == 0));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in ["--port", "--port x", "--prot 1"] {
            assert!(arguments(line).is_err(), "{line}");
        }
    }
}
