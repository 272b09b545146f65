//! What a promise is given: one engine's browser without memories, one site, and its fake third parties.

use crate::engine::Engine;
use crate::header;
use crate::page::{Page, WITNESS};
use crate::session::Session;
use crate::widget::{Kind, Widget};
use loopback::{Answer, Doors, Loopback, Options, Seen};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::runtime::Runtime;

/// How long a request may take to arrive on a busy machine.
const PATIENCE: Duration = Duration::from_secs(12);

/// One engine, a profile without memories, one site on an origin of its own with its third parties; dereferences to the browser.
pub struct World {
    /// The engine under test.
    pub engine: Engine,
    /// The servers; see the crate `loopback`.
    pub servers: Loopback,
    session: Rc<Session>,
    pages: AtomicU32,
}

impl Deref for World {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

/// The servers run on threads of their own while the tests block.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("threads can be started"))
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The built files: `dist/`, or another build's folder that `CONSENTRY_DIST` names.
fn dist() -> PathBuf {
    std::env::var_os("CONSENTRY_DIST").map_or_else(|| repository().join("dist"), PathBuf::from)
}

impl World {
    pub(crate) fn new(engine: Engine, session: Rc<Session>) -> World {
        let options = Options::new(repository().join("www"), dist());
        let servers = runtime().block_on(Loopback::start(options)).expect("loopback can be bound");
        servers.page("/witness.js", Answer::script(WITNESS));
        World { engine, servers, session, pages: AtomicU32::new(0) }
    }

    /// The file that all promises are about.
    #[must_use]
    pub fn product() -> PathBuf {
        dist().join("consentry.js")
    }

    /// A built file, as text.
    #[track_caller]
    #[must_use]
    pub fn built(name: &str) -> String {
        std::fs::read_to_string(dist().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Where a file of the repository lies.
    #[must_use]
    pub fn path(path: &str) -> PathBuf {
        repository().join(path)
    }

    /// A file of the repository, as text.
    #[track_caller]
    #[must_use]
    pub fn file(path: &str) -> String {
        std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Writes a file of the repository.
    #[track_caller]
    pub fn write(path: &str, text: &str) {
        std::fs::write(repository().join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// The names of a folder's entries.
    #[track_caller]
    #[must_use]
    pub fn folder(path: &str) -> BTreeSet<String> {
        let entries = std::fs::read_dir(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    /// The full address of a path on the site.
    #[must_use]
    pub fn site(&self, path: &str) -> String {
        format!("{}{path}", self.servers.site())
    }

    /// The full address of a path at a third party.
    #[must_use]
    pub fn third_party(&self, name: &str, path: &str) -> String {
        format!("{}{path}", self.servers.third_party(name))
    }

    /// Lets a third party answer at a path; nothing of it is ever cached, so every load counts.
    pub fn fake(&self, name: &str, path: &str, answer: Answer) -> String {
        let answer = answer.header("Cache-Control", "no-store").header("Access-Control-Allow-Origin", "*");
        self.servers.fake(name, path, answer);
        self.third_party(name, path)
    }

    /// A third-party script at `/<word>.js` that adds `word` to the list `ran` of the page; returns its address.
    pub fn fake_script(&self, name: &str, word: &str) -> String {
        self.fake(name, &format!("/{word}.js"), Answer::script(format!("(window.ran ||= []).push('{word}');")))
    }

    /// A widget of this kind, from `/<kind>` of a third party.
    pub fn widget(&self, name: &str, kind: Kind) -> Widget {
        let path = format!("/{kind:?}");
        let ran = format!("(window.ran ||= []).push('{kind:?}');");
        let answer = match kind {
            Kind::Script | Kind::ScriptAsync | Kind::ScriptDefer | Kind::Module => Answer::script(ran),
            Kind::Iframe | Kind::Embed | Kind::Object | Kind::ObjectSrc => {
                Answer::html("<!doctype html><title>Widget</title><p>Widget</p>")
            }
            Kind::Stylesheet | Kind::Template => Answer::style("main { outline: 1px solid }"),
            Kind::Video | Kind::Audio | Kind::Source => Answer::new("video/mp4", b"not a film".to_vec()),
            Kind::Inline | Kind::InlineModule | Kind::Img | Kind::ImgSrcset => Answer::pixel(),
            Kind::Picture | Kind::Preload | Kind::Poster => Answer::pixel(),
        };
        Widget { kind, url: self.fake(name, &path, answer) }
    }

    /// Puts a page on the site and returns its address.
    pub fn publish(&self, page: &Page) -> String {
        let path = format!("/page-{}.html", self.pages.fetch_add(1, Ordering::Relaxed));
        let mut answer = Answer::html(page.html());
        if let Some(policy) = page.policy() {
            answer = answer.header("Content-Security-Policy", policy);
        }
        if page.is_headed() {
            answer = answer.policy(header::policy);
        }
        self.servers.page(&path, answer);
        self.site(&path)
    }

    /// Puts a page on the site and opens it, as the first of a visit: how often the notice went unanswered is forgotten.
    #[track_caller]
    pub fn visit(&self, page: &Page) {
        let address = self.publish(page);
        self.run("try { sessionStorage.clear(); } catch {}", &[]);
        self.open(&address);
    }

    /// Leaves the site and forgets what reached the third parties, so that nothing of the last page counts for the next.
    #[track_caller]
    pub fn go_away(&self) {
        self.open(&format!("{}/witness.js", self.servers.site_as("elsewhere")));
        self.servers.clear();
    }

    /// Waits until the third parties have seen what `holds` asks for.
    #[track_caller]
    pub fn wait_for(&self, what: &str, holds: impl FnMut(&Seen) -> bool) -> Seen {
        let found = runtime().block_on(self.servers.wait_for(holds, PATIENCE));
        found.unwrap_or_else(|seen| panic!("waited in vain for {what}; the third parties saw {:?}", seen.paths()))
    }

    /// Waits until the site itself has seen what `holds` asks for.
    #[track_caller]
    pub fn wait_for_site(&self, what: &str, holds: impl FnMut(&Seen) -> bool) -> Seen {
        let found = runtime().block_on(self.servers.wait_for_site(holds, PATIENCE));
        found.unwrap_or_else(|seen| panic!("waited in vain for {what}; the site saw {:?}", seen.paths()))
    }

    /// Third parties with a port each.
    pub(crate) fn doors(&self, names: impl IntoIterator<Item = String>) -> Doors {
        runtime().block_on(Doors::open(names)).expect("loopback can be bound")
    }

    /// Waits for something that the servers do.
    pub(crate) fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        runtime().block_on(what)
    }

    /// Waits until Consentry answers on the open page.
    #[track_caller]
    pub fn ready(&self) {
        self.until("window.consentry && consentry.snapshot && consentry.snapshot().phase === 'ready'");
    }

    /// Whether a condition is granted on the open page.
    #[track_caller]
    #[must_use]
    pub fn has(&self, condition: &str) -> bool {
        self.run("return consentry.has(arguments[0]);", &[condition.into()]) == serde_json::json!(true)
    }

    /// What the console and the browser complained about on the open page.
    #[track_caller]
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        let said = self.eval("window.__said || []");
        said.as_array()
            .map(|lines| lines.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect())
            .unwrap_or_default()
    }
}
