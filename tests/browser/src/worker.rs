//! Pages with `consentry-sw.js`, and what it keeps.

use crate::page::Page;
use crate::world::World;
use serde_json::{Value, json};

/// Says whose worker is active, as soon as one is; nothing where a busy browser has not come to it.
const READY: &str = "const done = arguments[0]; setTimeout(() => done(''), 12000); navigator.serviceWorker.ready.then(({ active }) => done(active.scriptURL));";

/// Writes a value where page and worker keep what they share.
const WRITE: &str = "const [key, value, done] = arguments;
const asked = indexedDB.open('consentry.worker', 1);
asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
asked.onsuccess = () => {
  const change = asked.result.transaction('kept', 'readwrite');
  change.objectStore('kept').put(value, key);
  change.oncomplete = () => { asked.result.close(); done(); };
};";

/// Asks a third party in a way that was there before the gate; says how it ended.
const ASK: &str = "const [url, done] = arguments; const image = new Image();
image.onload = () => done('load'); image.onerror = () => done('error'); __ask(url, image);";

/// Unregisters what there is.
const DISMISS: &str = "const done = arguments[0];
indexedDB.deleteDatabase('consentry.worker');
navigator.serviceWorker.getRegistrations().then((found) => Promise.all(found.map((one) => one.unregister()))).then(() => done());";

/// Says whether no worker is registered and nothing is kept.
const GONE: &str = "const done = arguments[0];
Promise.all([navigator.serviceWorker.getRegistrations(), indexedDB.databases()])
  .then(([found, kept]) => done(!found.length && !kept.some(({ name }) => name === 'consentry.worker')));";

impl Page {
    /// The page's site has `consentry-sw.js` at its root.
    #[must_use]
    pub fn worker(self, mut config: Value) -> Page {
        config["gate"]["worker"] = json!("/consentry-sw.js");
        self.config(config)
    }
}

impl World {
    /// Opens a page as a new visitor would, and waits until a service worker is there for the next one; says whose.
    #[track_caller]
    pub fn first_page(&self, address: &str) -> String {
        for _ in 0..4 {
            self.open(address);
            let script = self.run_async(READY, &[]);
            if let Some(path) = script.as_str().and_then(|script| script.strip_prefix(&self.site(""))) {
                return path.to_owned();
            }
        }
        panic!("no service worker has come; the page said {:?}", self.said());
    }

    /// Opens a page behind the worker, with nothing third-party counted yet.
    #[track_caller]
    pub fn next_page(&self, address: &str) {
        self.go_away();
        self.open(address);
        assert!(self.is("navigator.serviceWorker.controller"), "no worker stands in front of the page");
    }

    /// Writes a value where page and worker keep what they share.
    #[track_caller]
    pub fn keep(&self, key: &str, value: Value) {
        self.run_async(WRITE, &[json!(key), value]);
    }

    /// Asks a third party for an image, past the page's own gate; says how that ended: `load` or `error`.
    #[track_caller]
    #[must_use]
    pub fn ask(&self, url: &str) -> String {
        self.run_async(ASK, &[json!(url)]).as_str().unwrap_or_default().to_owned()
    }

    /// Unregisters every worker of the site, and forgets what ours has kept.
    #[track_caller]
    pub fn dismiss_workers(&self) {
        self.run_async(DISMISS, &[]);
        self.until_gone();
    }

    /// Waits until no worker is registered any more, and nothing of it is left.
    #[track_caller]
    pub fn until_gone(&self) {
        for _ in 0..600 {
            if self.run_async(GONE, &[]) == json!(true) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20)); // the pace of asking, not a wait
        }
        panic!("the worker is still there");
    }
}
