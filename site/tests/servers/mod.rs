//! Servers with a generated recipe each, on loopback: every one has a page, a script and the page for embeds, and would
//! let a shared cache keep them.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod by_hand;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use axum::{Router, extract::Request, middleware::from_fn, response::Response, routing::get};
use consentry_site::{config::Config, header::files};

use crate::consentry_header::consentry;

/// What a server has answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
}

impl Answer {
    /// The values of a header, in their order.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).collect()
    }
}

/// A running server; dropping it ends it.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    port: u16,
    folder: PathBuf,
    child: Option<Child>,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            _ = child.kill();
            _ = child.wait();
        }
        _ = fs::remove_dir_all(&self.folder);
    }
}

impl Place {
    fn new(name: &'static str, port: u16) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let id = format!("consentry-{name}-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(id);
        fs::create_dir_all(&folder).expect("a folder for a server");
        Self { name, port, folder, child: None }
    }

    fn put(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), text).expect("a server's file");
    }

    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}\r\n").as_bytes())
    }

    /// Sends bytes as they are; the answer is empty where the server hangs up on them.
    pub(crate) fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout can be set");
        stream.write_all(request).expect("the server takes a request");
        let mut bytes = Vec::new();
        _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
        Answer { status, head }
    }

    fn wait(self) -> Self {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "{} does not start", self.name);
            std::thread::sleep(Duration::from_millis(20)); // the pace of asking
        }
        self
    }
}

/// One of each; with `CONSENTRY_SERVERS=all` also of those that only `cargo xtask test --full` installs.
pub(crate) fn servers(config: &Config) -> Vec<Place> {
    let mut list = vec![axum(), node(config), nginx(config)];
    if std::env::var("CONSENTRY_SERVERS").is_ok_and(|which| which == "all") {
        list.extend([by_hand::apache(config), by_hand::caddy(config)]);
    }
    list
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback can be bound");
    listener.local_addr().expect("a bound port").port()
}

fn recipe(place: &Place, config: &Config, server: &str) {
    for (name, text) in files(config, server).expect("a known server").made {
        place.put(name, &text);
    }
}

async fn page(request: Request) -> Response {
    let kind = if request.uri().path().ends_with(".js") { "text/javascript" } else { "text/html" };
    let kept = request.headers().contains_key("if-none-match");
    let answer = Response::builder()
        .status(if kept { 304 } else { 200 })
        .header("Content-Type", kind)
        .header("Cache-Control", "public, max-age=60")
        .header("ETag", "\"kept\"")
        .header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
    let own = request.uri().path() == "/";
    let answer = if own { answer.header("Content-Security-Policy", "object-src 'none'") } else { answer };
    answer.body("Hello".into()).expect("an answer")
}

/// Serves an application on a thread of its own, until the tests end; its port.
fn serve(app: fn() -> Router) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback can be bound");
    let port = listener.local_addr().expect("a bound port").port();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            listener.set_nonblocking(true).expect("a listener that does not block");
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, app()).await.expect("a server");
        });
    });
    port
}

fn axum() -> Place {
    Place::new("axum", serve(|| Router::new().fallback(get(page)).layer(from_fn(consentry))))
}

const NODE: &str = "import { createServer } from 'node:http';
import { consentry } from './consentry-header.mjs';
const server = createServer((request, response) => consentry(request, response, () => {
  const own = request.url == '/' ? { 'Content-Security-Policy': \"object-src 'none'\" } : {};
  response.setHeader('ETag', '\"kept\"');
  if (request.url == '/twice') {
    response.setHeader('Set-Cookie', 'old=1');
    response.writeHead(200, ['Content-Type', 'text/html', 'Set-Cookie', 'a=1', 'set-cookie', 'b=2']);
    return response.end('Hello');
  }
  response.writeHead(request.headers['if-none-match'] ? 304 : 200, {
    'Content-Type': request.url.endsWith('.js') ? 'text/javascript' : 'text/html',
    'Cache-Control': 'public, max-age=60', 'Last-Modified': 'Thu, 01 Jan 2026 00:00:00 GMT', ...own,
  });
  response.end('Hello');
}));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
";

pub(crate) fn node(config: &Config) -> Place {
    let mut place = Place::new("node", 0);
    recipe(&place, config, "node");
    place.put("main.mjs", NODE);
    let mut command = Command::new("node");
    let mut child =
        command.arg(place.folder.join("main.mjs")).stdout(Stdio::piped()).spawn().expect("Node is installed");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("it says its port");
    place.child = Some(child);
    place.port = line.trim().parse().unwrap_or_else(|_| panic!("Node did not start: {line}"));
    place
}

/// Where Debian puts the module njs; other builds of nginx have it inside.
const NJS: &str = "/usr/lib/nginx/modules/ngx_http_js_module.so";

/// An nginx of its own with these lines in `http { … }`.
fn start(mut place: Place, http: &str) -> Place {
    let load = if Path::new(NJS).exists() { format!("load_module {NJS};\n") } else { String::new() };
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("{name}_temp_path {}/{name};\n", place.folder.display()))
        .collect();
    let config = format!(
        "{load}daemon off;\nmaster_process off;\nerror_log stderr crit;\npid {}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{http}\n}}\n",
        place.folder.display()
    );
    place.put("nginx.conf", &config);
    let child =
        Command::new("nginx").arg("-p").arg(&place.folder).arg("-c").arg(place.folder.join("nginx.conf")).spawn();
    let child = child.expect("nginx is installed: `cargo xtask setup --browsers` does it");
    place.child = Some(child);
    place.wait()
}

fn nginx(config: &Config) -> Place {
    let place = Place::new("nginx", free_port());
    recipe(&place, config, "nginx");
    for file in ["index.html", "app.js", "consentry-frame.html"] {
        place.put(file, "Hello");
    }
    let (folder, port) = (place.folder.display(), place.port);
    let http = format!(
        "types {{ text/html html; text/javascript js; }}
        server {{
          listen unix:{folder}/site;
          root {folder};
          add_header Cache-Control \"public, max-age=60\";
          location = /index.html {{
            add_header Cache-Control \"public, max-age=60\";
            add_header Content-Security-Policy \"object-src 'none'\";
          }}
        }}
        server {{
          listen 127.0.0.1:{port};
          location / {{
            include {folder}/consentry-header.conf;
            proxy_pass http://unix:{folder}/site:;
          }}
        }}"
    );
    start(place, &http)
}

/// A shared cache in front of a server, which says in `X-Cache` where an answer came from.
pub(crate) fn cache_before(server: &Place) -> Place {
    let place = Place::new("cache", free_port());
    let (folder, port, behind) = (place.folder.display(), place.port, server.port);
    let http = format!(
        "proxy_cache_path {folder}/kept keys_zone=kept:1m;
        server {{
          listen 127.0.0.1:{port};
          location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_cache kept;
            add_header X-Cache $upstream_cache_status;
          }}
        }}"
    );
    start(place, &http)
}
