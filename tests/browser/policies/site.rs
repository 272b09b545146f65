//! One of the five sites of `www/policies/`, as a visitor meets it: its own page, its own config, in a place and with the
//! signal that a test names.

use consentry_browser_tests::World;
use loopback::Answer;
use serde_json::Value;

/// A browser without the signal gets it from here; Firefox sends its own.
const SIGNAL: &str =
    "<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });</script>";

/// What the console and the page's errors say, from the first script on.
const WITNESS: &str = "<script src=\"/witness.js\"></script>";

/// A site, to be changed before it is opened.
pub(super) struct Site<'a> {
    pub(super) world: &'a World,
    name: &'static str,
    attributes: String,
    before: String,
    /// The site's `consentry.json`.
    pub(super) config: Value,
}

impl<'a> Site<'a> {
    pub(super) fn new(world: &'a World, name: &'static str) -> Site<'a> {
        let text = World::file(&format!("www/policies/{name}/consentry.json"));
        let config = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        Site { world, name, attributes: String::new(), before: WITNESS.to_owned(), config }
    }

    /// The visitor is in a place that the server names.
    pub(super) fn place(mut self, place: &str) -> Site<'a> {
        self.attributes.push_str(&format!(" data-jurisdiction=\"{place}\""));
        self
    }

    /// The visitor reads this language.
    pub(super) fn language(mut self, tag: &str) -> Site<'a> {
        self.attributes.push_str(&format!(" data-lang=\"{tag}\""));
        self
    }

    /// The visitor's browser sends Global Privacy Control.
    pub(super) fn signal(self) -> Site<'a> {
        if self.world.signal(true) { self } else { self.before(SIGNAL) }
    }

    /// Puts markup at the start of the head.
    pub(super) fn before(mut self, markup: &str) -> Site<'a> {
        self.before.push_str(markup);
        self
    }

    /// Changes the config.
    pub(super) fn with(mut self, change: impl FnOnce(&mut Value)) -> Site<'a> {
        change(&mut self.config);
        self
    }

    /// The category of a service.
    #[track_caller]
    pub(super) fn category(&self, id: &str) -> String {
        let services = self.config["services"].as_array().into_iter().flatten();
        let one = services.into_iter().find(|one| one["id"] == id);
        one.and_then(|one| one["category"].as_str()).unwrap_or_else(|| panic!("no service {id}")).to_owned()
    }

    /// Opens the site's page as the first of a visit.
    #[track_caller]
    pub(super) fn open(&self) {
        let path = format!("/policies/{}/", self.name);
        let page = World::file(&format!("www{path}index.html"));
        let tag = format!("<script{} src=\"/consentry.js\"", self.attributes);
        let page = page.replacen("<head>", &format!("<head>{}", self.before), 1).replacen(
            "<script src=\"/consentry.js\"",
            &tag,
            1,
        );
        self.world.servers.page(&path, Answer::html(page));
        self.world.servers.page(
            &format!("{path}consentry.json"),
            Answer::json(self.config.to_string()).header("Cache-Control", "no-store"),
        );
        self.world.open(&self.world.site("/witness.js"));
        self.world.run("try { sessionStorage.clear(); } catch {}", &[]);
        self.world.servers.clear();
        self.world.open(&self.world.site(&path));
        self.world.ready();
    }

    /// The control: the same page without Consentry reaches each of these third parties.
    #[track_caller]
    pub(super) fn reaches_without_us(&self, names: &[&str]) {
        let elsewhere = self.world.servers.site_as("without");
        self.world.open(&format!("{elsewhere}/without/policies/{}/", self.name));
        self.world.wait_for(&format!("{names:?}"), |seen| {
            names.iter().all(|name| seen.paths().iter().any(|path| path.starts_with(&format!("{name}/"))))
        });
        self.world.go_away();
    }

    /// Accepts all as an adult: where the site asks for an age, the first yes brings the question.
    #[track_caller]
    pub(super) fn accept_all(&self) {
        self.world.notice();
        self.yes("Accept all");
        self.world.until("consentry.snapshot().view === 'none' && !consentry.snapshot().asking.length");
    }

    /// Presses a button that grants, as an adult.
    #[track_caller]
    pub(super) fn yes(&self, button: &str) {
        let asks = self.world.is("consentry.snapshot().age === 'unknown'");
        self.world.press_button(button);
        if asks {
            self.says_age("40");
            self.world.until("!document.querySelector('.consentry-age')");
        }
    }

    /// Answers the question of age.
    #[track_caller]
    pub(super) fn says_age(&self, years: &str) {
        self.world.click(".consentry-age input");
        self.world.press(years);
        self.world.press_button("Continue");
    }

    /// Opens the preference center from the button on every page; its whole text.
    #[track_caller]
    pub(super) fn center(&self) -> String {
        self.world.run("consentry.showPreferences();", &[]);
        self.world.until("document.querySelector('#consentry-root dialog[open]')");
        text(self.world, "document.querySelector('#consentry-root dialog').textContent")
    }

    /// The line that stands on every page, empty without one.
    #[track_caller]
    pub(super) fn line(&self) -> String {
        self.world.settle();
        text(self.world, "document.querySelector('.consentry-aside')?.textContent || ''")
    }

    /// Waits until what stands beside the page has these words.
    #[track_caller]
    pub(super) fn tells(&self, words: &str) {
        let words = serde_json::json!(words);
        self.world.until(&format!("document.querySelector('.consentry-aside')?.textContent.includes({words})"));
    }

    /// What is granted now, categories and services, in order.
    #[track_caller]
    pub(super) fn granted(&self) -> Vec<String> {
        let granted = self.world.eval("Object.entries(consentry.decision()).filter(([, { allowed, reason }]) => allowed && reason !== 'necessary').map(([id]) => id).sort()");
        granted.as_array().into_iter().flatten().map(|id| id.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The third parties that were reached once the page had its time.
    #[track_caller]
    pub(super) fn reached(&self) -> Vec<String> {
        self.world.settle();
        let mut names: Vec<String> = self
            .world
            .servers
            .seen()
            .paths()
            .iter()
            .filter_map(|path| path.split_once('/'))
            .map(|(name, _)| name.to_owned())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

#[track_caller]
pub(super) fn text(world: &World, expression: &str) -> String {
    world.eval(expression).as_str().unwrap_or_default().to_owned()
}

/// A day so many days from today, as the config writes it.
#[track_caller]
pub(super) fn day(world: &World, from_today: i32) -> String {
    text(world, &format!("new Date(Date.now() + {from_today} * 864e5).toISOString().slice(0, 10)"))
}
