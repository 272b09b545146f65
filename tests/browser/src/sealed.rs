//! Pages at level `sealed`: what the generator prints, put where it belongs.

use crate::page::Page;
use crate::session::Session;
use crate::world::World;
use consentry_site::{config::Config, snippet::snippet};
use loopback::Seen;
use serde_json::{Value, json};

impl Page {
    /// Seals the page: the config says so, and the generator's lines are the first in the head.
    #[must_use]
    pub fn sealed(self, mut config: Value) -> Page {
        config["gate"] = json!({ "level": "sealed" });
        let lines = World::snippet(&config);
        self.config(config).first(&lines)
    }
}

impl Session {
    /// Has the browser run scripts of pages or not, from the next page on; false where a driver cannot.
    #[track_caller]
    pub fn scripts(&self, run: bool) -> bool {
        if self.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": !run })).is_some() {
            return true;
        }
        let context = |name: &str| self.attempt("POST", "/moz/context", &json!({ "context": name })).is_ok();
        if !context("chrome") {
            return false;
        }
        self.run("Services.prefs.setBoolPref('javascript.enabled', arguments[0]);", &[json!(run)]);
        context("content")
    }
}

impl World {
    /// What the generator prints for a config.
    #[track_caller]
    #[must_use]
    pub fn snippet(config: &Value) -> String {
        let config = Config::read("test", &config.to_string(), &["{}"]);
        let snippet = snippet(&config).unwrap_or_else(|| panic!("{:?}", config.issues));
        snippet.html
    }

    /// What reached third parties, in order of names; the page had its time.
    #[track_caller]
    #[must_use]
    pub fn reached(&self) -> Vec<String> {
        self.settle();
        let mut paths = self.servers.seen().paths();
        paths.sort_unstable();
        paths
    }

    /// Waits for these requests, in order of names, and then for more that should not come.
    #[track_caller]
    pub fn assert_reached_alone(&self, expected: &[&str]) {
        let all = |seen: &Seen| expected.iter().all(|path| seen.paths().iter().any(|one| one == path));
        self.wait_for(&format!("{expected:?}"), all);
        self.ready();
        assert_eq!(self.reached(), expected);
    }

    /// Asserts that a grant in an opened page loads it again, once, with all that is expected, and that another tab with the
    /// same page only offers to.
    #[track_caller]
    pub fn assert_second_tab_asks(&self, address: &str, expected: &[&str]) {
        let first = self.window();
        let second = self.new_tab();
        self.switch_to(&second);
        self.open(address);
        self.notice();
        self.switch_to(&first);
        self.servers.clear();
        self.press_button("Accept all");
        self.assert_reached_alone(expected);
        let end = "document.getElementById('end').textContent";
        assert_eq!((self.navigations(address), self.eval(end)), (1, json!("The end")));
        self.switch_to(&second);
        self.until("consentry.has('video')");
        self.button("Reload to load");
        assert_eq!(self.navigations(address), 1, "a tab that nobody clicked in");
        self.servers.clear();
        self.press_button("Reload to load");
        self.assert_reached_alone(expected);
        assert_eq!((self.navigations(address), self.eval(end)), (1, json!("The end")));
    }

    /// How often the browser has asked the site for a page.
    #[must_use]
    pub fn navigations(&self, address: &str) -> usize {
        let path = address.strip_prefix(&self.site("")).unwrap_or(address);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        self.servers.site_requests().iter().filter(|request| request.path == path).count()
    }
}
