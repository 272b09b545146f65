//! Zeros that mean something: nothing is "not requested" before the page had its time and the way was shown to be open.

use crate::world::World;
use serde_json::json;
use std::sync::atomic::{AtomicU32, Ordering};

/// Two frames and a task after whatever ran last: what the page wanted to ask for, it has asked for by now.
const SETTLE: &str = "const done = arguments[arguments.length - 1];
setTimeout(done, 600); // a tab behind another one paints no frames
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));";

/// Asks a third party for its control address in the first way that works, even where natives were broken on purpose.
const CONTROL: &str = "const [url] = arguments;
for (const ask of [
  () => { __ask(url); }, // as it was before the gate
  () => { new Image().src = url; },
  () => { fetch(url, { mode: 'no-cors' }); },
  () => { document.body.insertAdjacentHTML('beforeend', `<img alt src='${url}'>`); },
]) { try { ask(); return; } catch {} }";

static CONTROLS: AtomicU32 = AtomicU32::new(0);

impl World {
    /// Lets the page finish what it has begun.
    #[track_caller]
    pub fn settle(&self) {
        self.run_async(SETTLE, &[]);
    }

    /// Asserts that exactly these requests (`tracker/a.js`, in any order) have reached third parties, each once: a last
    /// request from the same page shows that the way was open all along.
    #[track_caller]
    pub fn assert_reached(&self, expected: &[&str]) {
        self.settle();
        if expected.is_empty() {
            let connections = self.servers.connections();
            assert_eq!(connections, 0, "connections to third parties; they saw {:?}", self.servers.seen().paths());
        } else {
            let all = |seen: &loopback::Seen| expected.iter().all(|path| seen.paths().iter().any(|one| one == path));
            self.wait_for(&format!("{expected:?}"), all);
        }
        let path = format!("/control-{}.gif", CONTROLS.fetch_add(1, Ordering::Relaxed));
        let url = self.fake("tracker", &path, loopback::Answer::pixel());
        self.run(CONTROL, &[json!(url)]);
        let seen = self.wait_for("the control request", |seen| seen.has("tracker", &path));
        let mut reached: Vec<String> = seen.paths().into_iter().filter(|one| !one.contains("/control-")).collect();
        reached.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(reached, expected, "what reached third parties");
    }

    /// Asserts that no third party was asked or even connected to; then forgets the control request.
    #[track_caller]
    pub fn assert_silent(&self) {
        self.assert_reached(&[]);
        self.servers.clear();
    }
}
