//! Everything that reached a server, counted where it arrives.

use serde::Serialize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// One request that reached a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// 1 for the first request since the start or the last clear.
    pub order: u32,
    /// Milliseconds since 1970, UTC.
    pub time: u64,
    /// The third party's short name: `google-analytics` for `google-analytics.localhost:8081`.
    pub name: String,
    /// The `Host` header as it came.
    pub host: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without query.
    pub path: String,
    /// The query, without question mark; empty when there is none.
    pub query: String,
    /// The `Cookie` header as it came; empty when there is none.
    pub cookies: String,
    /// Names of the cookies that the answer sets.
    pub sets: Vec<String>,
    /// The `Referer` header.
    pub referer: Option<String>,
    /// `Sec-Fetch-Dest`: `script`, `iframe`, `image`, …; engines or schemes without it give none.
    pub destination: Option<String>,
    /// `Sec-GPC`: the browser's signal against sale and sharing, where it is sent.
    pub gpc: Option<String>,
    /// The body of a beacon or a form.
    pub body: String,
}

/// What has reached a server since the start or the last clear.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The requests in the order of their arrival.
    pub requests: Vec<Request>,
    /// TCP connections accepted, those without any request included.
    pub connections: usize,
}

impl Seen {
    /// How many requests reached the third party of this name.
    pub fn count(&self, name: &str) -> usize {
        self.requests.iter().filter(|request| request.name == name).count()
    }

    /// Whether a request for this path reached the third party of this name.
    pub fn has(&self, name: &str, path: &str) -> bool {
        self.requests.iter().any(|request| request.name == name && request.path == path)
    }

    /// `name/path` of every request, in order: short enough for an assertion's message.
    pub fn paths(&self) -> Vec<String> {
        self.requests.iter().map(|request| format!("{}{}", request.name, request.path)).collect()
    }
}

/// The log of one server; waiting for a change costs no polling.
pub(crate) struct Log {
    seen: Mutex<Seen>,
    version: watch::Sender<u64>,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self { seen: Mutex::default(), version: watch::Sender::new(0) }
    }

    pub(crate) fn seen(&self) -> Seen {
        self.lock().clone()
    }

    pub(crate) fn connected(&self) {
        self.lock().connections += 1;
        self.changed();
    }

    pub(crate) fn arrived(&self, mut request: Request) {
        let mut seen = self.lock();
        request.order = u32::try_from(seen.requests.len()).unwrap_or(u32::MAX).saturating_add(1);
        request.time = now();
        seen.requests.push(request);
        drop(seen);
        self.changed();
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Seen::default();
        self.changed();
    }

    /// A number that grows with every change.
    pub(crate) fn version(&self) -> u64 {
        *self.version.borrow()
    }

    /// Returns as soon as the log's version differs from `known`, or after `patience`.
    pub(crate) async fn changed_since(&self, known: u64, patience: Duration) {
        let mut version = self.version.subscribe();
        // The sender lives as long as this log, so the only other end of the wait is the patience.
        let _ = tokio::time::timeout(patience, version.wait_for(|version| *version != known)).await;
    }

    pub(crate) async fn wait_for(
        &self,
        mut holds: impl FnMut(&Seen) -> bool,
        patience: Duration,
    ) -> Result<Seen, Seen> {
        let mut version = self.version.subscribe();
        let found = async {
            loop {
                let seen = self.seen();
                if holds(&seen) || version.changed().await.is_err() {
                    return seen;
                }
            }
        };
        tokio::time::timeout(patience, found).await.map_err(|_| self.seen())
    }

    fn changed(&self) {
        self.version.send_modify(|version| *version += 1);
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
