//! One driver process per engine, reused by all its tests; every test gets a session of its own.

use crate::engine::Engine;
use crate::process::Process;
use crate::session::Session;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use ureq::Agent;

/// How long a driver may take to come up, on a machine that is busy with two other engines.
const START: Duration = Duration::from_secs(40);

/// How long a new browser may take; a driver that needs longer hangs, and is started anew.
const BROWSER: Duration = Duration::from_secs(25);

/// A running driver; dropping it ends it with every browser that it started.
pub(crate) struct Driver {
    engine: Engine,
    folder: PathBuf,
    display: Option<(Process, String)>,
    running: Option<(Process, String)>,
}

impl Driver {
    /// A driver for `engine`; it starts with the first session.
    pub(crate) fn new(engine: Engine) -> Driver {
        let folder = std::env::temp_dir().join(format!("consentry-tests-{}-{}", std::process::id(), engine.name()));
        std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
        let display = engine.needs_display().then(|| Process::x_server(&folder));
        Driver { engine, folder, display, running: None }
    }

    /// The address of the running driver, started on a free port if there is none yet.
    fn address(&mut self) -> String {
        if let Some((_, address)) = &self.running {
            return address.clone();
        }
        let port = free_port();
        let args = self.engine.driver_args(port, &self.folder);
        let display = self.display.as_ref().map(|(_, name)| name.as_str());
        let process = Process::start(&self.engine.driver(), &args, display, &self.folder);
        let address = format!("http://127.0.0.1:{port}");
        let begun = Instant::now();
        while call(&agent(), "GET", &format!("{address}/status"), &Value::Null).is_err() {
            assert!(
                begun.elapsed() < START,
                "the driver of {} did not start:\n{}",
                self.engine.name(),
                log(&self.folder)
            );
            std::thread::sleep(Duration::from_millis(50)); // a driver has no way to tell that it listens
        }
        self.running = Some((process, address.clone()));
        address
    }

    /// A new browser with a new profile; one that sends Global Privacy Control all its life, where that takes a switch.
    pub(crate) fn session(&mut self, signals: bool) -> Session {
        let asked = self.engine.capabilities(signals);
        let begun = Instant::now();
        loop {
            let address = format!("{}/session", self.address());
            let tried = Instant::now();
            match call(&impatient(BROWSER), "POST", &address, &asked) {
                Ok(answer) => {
                    let id = answer["sessionId"].as_str().expect("a new session has an id");
                    let version = answer["capabilities"]["browserVersion"].as_str().unwrap_or_default();
                    return Session::new(agent(), format!("{address}/{id}"), version.to_owned(), signals);
                }
                Err(error) => {
                    assert!(begun.elapsed() < START * 2, "no session in {}: {error}", self.engine.name());
                    if tried.elapsed() >= BROWSER {
                        self.running = None; // it hangs: its browsers end with it
                    }
                }
            }
            // The last browser may still be closing: one session at a time is all that two drivers allow.
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.running = None;
        self.display = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn log(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("log.txt")).unwrap_or_default()
}

fn agent() -> Agent {
    impatient(Duration::from_secs(60))
}

fn impatient(patience: Duration) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .max_idle_connections(0)
        .proxy(None)
        .build();
    config.into()
}

/// A port that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has free ports");
    listener.local_addr().expect("a bound socket has an address").port()
}

/// One WebDriver command: its value, or the driver's `error: message`.
pub(crate) fn call(agent: &Agent, method: &str, address: &str, body: &Value) -> Result<Value, String> {
    let answer = match method {
        "GET" => agent.get(address).call(),
        "DELETE" => agent.delete(address).call(),
        _ => {
            let body = if body.is_null() { json!({}) } else { body.clone() };
            agent.post(address).content_type("application/json; charset=utf-8").send(body.to_string())
        }
    };
    let mut answer = answer.map_err(|error| error.to_string())?;
    let text = answer.body_mut().with_config().limit(64 << 20).read_to_string().map_err(|error| error.to_string())?;
    let mut answer: Value = serde_json::from_str(&text).map_err(|error| format!("{error} in {text:.200}"))?;
    let value = answer["value"].take();
    match value.get("error").and_then(Value::as_str) {
        Some(error) if value.get("message").is_some() => {
            Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default()))
        }
        _ => Ok(value),
    }
}
