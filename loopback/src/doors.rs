//! Third parties with a port each, so that even a connection without a request tells whose it is.
//!
//! A browser that follows a connection hint says nothing: the name it wanted is known only to it. With a port per name
//! the port tells. Each door also counts the datagrams that come to the same port number (WebRTC, WebTransport).

use crate::answer::Answer;
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::watch;

/// The longest head of a request that is read; no browser sends one as long to a name that has no cookies.
const HEAD: usize = 16 << 10;

/// What came to one door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knocks {
    /// TCP connections, those without a request included.
    pub connections: usize,
    /// The first line of each request, `GET /a.js HTTP/1.1`; of what is no HTTP, `?`.
    pub requests: Vec<String>,
    /// UDP datagrams.
    pub datagrams: usize,
}

/// Open doors, a name each; dropping them closes them.
#[derive(Debug)]
pub struct Doors {
    ports: BTreeMap<String, u16>,
    shared: Arc<Shared>,
    /// Held, not used: when it is gone, every task ends.
    _open: watch::Sender<()>,
}

#[derive(Debug)]
struct Shared {
    heard: Mutex<Heard>,
    /// Changes with every knock.
    news: watch::Sender<u64>,
    /// Changes when everything heard so far is forgotten: connections of before end, so that no browser keeps one.
    epoch: watch::Sender<u64>,
}

#[derive(Debug)]
struct Heard {
    knocks: BTreeMap<String, Knocks>,
    last: Instant,
}

impl Doors {
    /// Opens a door for each name, on any free port of 127.0.0.1.
    ///
    /// # Errors
    /// When loopback cannot be bound.
    pub async fn open(names: impl IntoIterator<Item = String>) -> io::Result<Self> {
        let heard = Mutex::new(Heard { knocks: BTreeMap::new(), last: Instant::now() });
        let shared = Arc::new(Shared { heard, news: watch::Sender::new(0), epoch: watch::Sender::new(0) });
        let (open, closed) = watch::channel(());
        let mut ports = BTreeMap::new();
        for name in names {
            let (listener, socket) = pair().await?;
            let port = listener.local_addr()?.port();
            ports.insert(name.clone(), port);
            // A datagram that is refused tells its sender nothing: some never try the other address.
            let other = UdpSocket::bind((Ipv6Addr::LOCALHOST, port)).await.ok();
            for socket in [Some(socket), other].into_iter().flatten() {
                tokio::spawn(until(closed.clone(), datagrams(socket, name.clone(), Arc::clone(&shared))));
            }
            tokio::spawn(until(closed.clone(), connections(listener, name, Arc::clone(&shared), closed.clone())));
        }
        Ok(Self { ports, shared, _open: open })
    }

    /// Host and port of a name, `m-img.door.localhost:40123`; of a name without a door, port 0. All are one site: a browser
    /// that gives each site a process of its own needs one for all.
    pub fn host(&self, name: &str) -> String {
        format!("{name}.door.localhost:{}", self.ports.get(name).copied().unwrap_or_default())
    }

    /// What came to each door where anything came.
    pub fn knocks(&self) -> BTreeMap<String, Knocks> {
        self.shared.heard().knocks.clone()
    }

    /// Forgets everything heard, and ends the connections that browsers still hold.
    pub fn clear(&self) {
        self.shared.heard().knocks.clear();
        self.shared.epoch.send_modify(|epoch| *epoch += 1);
    }

    /// Waits until the predicate holds for what came to the doors; returns whether it did in time.
    pub async fn wait_for(&self, mut holds: impl FnMut(&BTreeMap<String, Knocks>) -> bool, patience: Duration) -> bool {
        let mut news = self.shared.news.subscribe();
        let found = async {
            while !holds(&self.shared.heard().knocks) {
                if news.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(patience, found).await.is_ok()
    }

    /// Waits until nothing new has come for this long, counted from now at the earliest; gives up after `patience`. What
    /// knocks again at a door that has had its request is not new.
    pub async fn quiet(&self, long: Duration, patience: Duration) {
        let begun = Instant::now();
        loop {
            let silent = self.shared.heard().last.max(begun).elapsed();
            if silent >= long || begun.elapsed() >= patience {
                return;
            }
            tokio::time::sleep(long - silent).await;
        }
    }
}

impl Shared {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, name: &str, what: impl FnOnce(&mut Knocks)) {
        let mut heard = self.heard();
        let knocks = heard.knocks.entry(name.to_owned()).or_default();
        let news = knocks.requests.is_empty() && knocks.datagrams == 0;
        what(knocks);
        if news {
            heard.last = Instant::now();
        }
        drop(heard);
        self.news.send_modify(|version| *version += 1);
    }
}

/// The same port for connections and for datagrams.
async fn pair() -> io::Result<(TcpListener, UdpSocket)> {
    let mut refused = io::Error::from(io::ErrorKind::AddrInUse);
    for _ in 0..20 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        match UdpSocket::bind(listener.local_addr()?).await {
            Ok(socket) => return Ok((listener, socket)),
            Err(error) => refused = error, // somebody else has the number: another one
        }
    }
    Err(refused)
}

/// Runs a task until the doors are dropped.
async fn until(mut closed: watch::Receiver<()>, task: impl Future<Output = ()>) {
    tokio::select! {
        _ = closed.changed() => {}
        () = task => {}
    }
}

async fn datagrams(socket: UdpSocket, name: String, shared: Arc<Shared>) {
    let mut buffer = [0; 2048];
    while socket.recv_from(&mut buffer).await.is_ok() {
        shared.note(&name, |knocks| knocks.datagrams += 1);
    }
}

async fn connections(listener: TcpListener, name: String, shared: Arc<Shared>, closed: watch::Receiver<()>) {
    while let Ok((stream, _)) = listener.accept().await {
        let mut epoch = shared.epoch.subscribe();
        shared.note(&name, |knocks| knocks.connections += 1);
        let (name, shared) = (name.clone(), Arc::clone(&shared));
        let talk = async move {
            tokio::select! {
                _ = epoch.changed() => {}
                () = talk(stream, &name, &shared) => {}
            }
        };
        tokio::spawn(until(closed.clone(), talk));
    }
}

/// One request, one answer, and the end: no later request hides in an old connection.
async fn talk(mut stream: TcpStream, name: &str, shared: &Shared) {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < HEAD {
        match stream.read_buf(&mut head).await {
            Ok(0) | Err(_) => return,
            Ok(_) if !head.is_ascii() => break, // TLS, TURN, …
            Ok(_) => {}
        }
    }
    let text = String::from_utf8_lossy(&head);
    let line = text.lines().next().filter(|line| line.ends_with("HTTP/1.1")).unwrap_or("?").to_owned();
    let path = line.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap_or_default().to_owned();
    shared.note(name, |knocks| knocks.requests.push(line));
    let _ = stream.write_all(&answer(&path)).await; // who has left already needs no answer
    let _ = stream.shutdown().await;
    // Closing with something unread would reset the connection under the answer.
    let mut rest = [0; 4096];
    while matches!(stream.read(&mut rest).await, Ok(read) if read > 0) {}
}

/// What a third party answers, by the ending of the path: something that works wherever a page would use it.
fn answer(path: &str) -> Vec<u8> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let answer = match ending {
        "js" => Answer::script("0;"),
        "css" => Answer::style(":root { --reached: 1 }"),
        "html" => Answer::html("<!doctype html><title>Third party</title><p>Third party</p>"),
        "svg" => Answer::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        "png" => Answer::pixel(),
        "json" => Answer::json("{}"),
        "vtt" => Answer::new("text/vtt", "WEBVTT\n\n"),
        "xml" => Answer::new("application/xml", "<a/>"),
        "mp4" => Answer::new("video/mp4", "no film"),
        "mp3" => Answer::new("audio/mpeg", "no sound"),
        "woff2" => Answer::new("font/woff2", "no font"),
        "ping" => Answer::new("text/plain", "").status(204),
        _ => Answer::new("text/plain", "nothing here").status(404),
    };
    let head = format!(
        "HTTP/1.1 {} Answer\r\nContent-Type: {}\r\nContent-Length: {}\r\nAccess-Control-Allow-Origin: *\r\n\
         Access-Control-Allow-Headers: *\r\nTiming-Allow-Origin: *\r\nCross-Origin-Resource-Policy: cross-origin\r\n\
         Supports-Loading-Mode: credentialed-prerender\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        answer.status,
        answer.content_type,
        answer.body.len()
    );
    [head.as_bytes(), &answer.body].concat()
}
