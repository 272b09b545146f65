//! Serves the demo and fake third parties on loopback, and counts what reaches them.
//!
//! Two plain HTTP/1.1 servers listen on 127.0.0.1 and nowhere else. The first is the *site*: the folder `www/`, the
//! built files of `dist/` at its root, the documentation rendered from Markdown, every page once more under
//! `/without/` as it would be without Consentry, and whatever pages a test registers. The second plays all *third
//! parties*, told apart by host name: `google-analytics.localhost`, `twitter.localhost`, … Chromium, Firefox and
//! WebKitGTK resolve every name under `.localhost` to loopback by themselves, without flags.
//!
//! [`Doors`] are third parties with a port each, for when a bare connection has to tell whose it is.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use loopback::{Answer, Loopback, Options};
//! use std::time::Duration;
//!
//! let loopback = Loopback::start(Options::new("www", "dist")).await?;
//! loopback.fake("tracker", "/t.js", Answer::script("document.title = 'tracked'"));
//! loopback.page("/test.html", Answer::html("<!doctype html><script src='{{third-party:tracker}}/t.js'></script>"));
//! // … a browser opens `loopback.site()` + "/test.html" …
//! let seen = loopback.wait_for(|seen| seen.has("tracker", "/t.js"), Duration::from_secs(5)).await;
//! assert!(seen.is_ok(), "{:?}", loopback.seen().paths());
//! # Ok(())
//! # }
//! ```

mod answer;
mod doors;
mod files;
mod log;
mod markdown;
mod parts;
pub mod placeholders;
mod server;
mod site;
mod third_party;
mod without;

pub use answer::{Answer, Policy};
pub use doors::{Doors, Knocks};
pub use log::{Request, Seen};

use placeholders::Addresses;
use server::{Running, Shared};
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with the site's pages; `third-party/<name>/` in it holds what the fakes answer.
    pub www: PathBuf,
    /// The folder with the built files, served at the site's root.
    pub dist: PathBuf,
    /// The site's port; 0 takes any free one.
    pub port: u16,
    /// The port that all third parties share; 0 takes any free one.
    pub third_party_port: u16,
}

impl Options {
    /// These two folders on any free ports.
    pub fn new(www: impl Into<PathBuf>, dist: impl Into<PathBuf>) -> Self {
        Self { www: www.into(), dist: dist.into(), port: 0, third_party_port: 0 }
    }
}

/// Two running servers; dropping it stops them.
#[derive(Debug)]
pub struct Loopback {
    running: Running,
}

impl Loopback {
    /// Starts both servers. They answer by the time this returns.
    ///
    /// # Errors
    /// When a port is taken or loopback cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        Ok(Self { running: server::start(options).await? })
    }

    /// The site's origin, `http://127.0.0.1:8080`. Any other host name on this port is the same site, so
    /// [`Self::site_as`] gives a second origin when a test needs one.
    pub fn site(&self) -> String {
        self.addresses().site()
    }

    /// The same site under the name `<name>.localhost`: another origin, with its own storage.
    pub fn site_as(&self, name: &str) -> String {
        format!("http://{name}.localhost:{}", self.addresses().site_port)
    }

    /// The origin of the third party of this name, `http://twitter.localhost:8081` for `twitter`. Any name will do.
    pub fn third_party(&self, name: &str) -> String {
        self.addresses().third_party(name)
    }

    /// Registers what the site answers at this path, before any file of the same name.
    pub fn page(&self, path: &str, page: Answer) {
        self.shared().register_page(path, page);
    }

    /// Registers what a third party answers at this path, before any file of the same name. Unregistered paths
    /// without a file answer 404 and are counted all the same.
    pub fn fake(&self, name: &str, path: &str, answer: Answer) {
        self.shared().register_fake(name, path, answer);
    }

    /// Requests and connections that reached the third parties since the start or the last [`Self::clear`].
    pub fn seen(&self) -> Seen {
        self.shared().third_parties.seen()
    }

    /// The requests that reached any third party, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.seen().requests
    }

    /// TCP connections that the third parties' port accepted, those without any request included. A connection that
    /// stays open over a [`Self::clear`] is not counted again.
    pub fn connections(&self) -> usize {
        self.seen().connections
    }

    /// Requests that reached the site itself, `/_loopback/` excepted: page loads and reloads can be counted here.
    pub fn site_requests(&self) -> Vec<Request> {
        self.shared().site.seen().requests
    }

    /// Forgets all requests and connections of both servers. Pages and fakes stay.
    pub fn clear(&self) {
        self.shared().third_parties.clear();
        self.shared().site.clear();
    }

    /// Waits until the predicate holds for what the third parties have seen: `Ok` with that, or `Err` with what had
    /// been seen when the time was over. It looks whenever something arrives; nothing sleeps.
    ///
    /// # Errors
    /// When the predicate did not hold in time.
    pub async fn wait_for(&self, holds: impl FnMut(&Seen) -> bool, patience: Duration) -> Result<Seen, Seen> {
        self.shared().third_parties.wait_for(holds, patience).await
    }

    /// The same for requests to the site itself.
    ///
    /// # Errors
    /// When the predicate did not hold in time.
    pub async fn wait_for_site(&self, holds: impl FnMut(&Seen) -> bool, patience: Duration) -> Result<Seen, Seen> {
        self.shared().site.wait_for(holds, patience).await
    }

    fn addresses(&self) -> &Addresses {
        &self.shared().addresses
    }

    fn shared(&self) -> &Shared {
        self.running.shared()
    }
}
