//! The three engines: where their drivers are and how a silent, fresh browser is asked for.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A browser engine that keeps every promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Chromium by chromedriver.
    Chromium,
    /// Firefox by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser by WebKitWebDriver, on a virtual X display.
    WebKitGtk,
}

impl Engine {
    /// All engines, in the order of the reports.
    pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKitGtk];

    /// The engine's name in tests' names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKitGtk => "webkitgtk",
        }
    }

    /// Whether it connects to hosts ahead, of its own accord, by what pages of the same site have asked for before: such a
    /// connection is none of the page's.
    pub(crate) fn connects_ahead(self) -> bool {
        self == Engine::Chromium
    }

    /// Whether the driver needs a display: the other two run headless.
    pub(crate) fn needs_display(self) -> bool {
        self == Engine::WebKitGtk
    }

    pub(crate) fn driver(self) -> PathBuf {
        let name = match self {
            Engine::Chromium => "chromedriver",
            Engine::Firefox => "geckodriver",
            Engine::WebKitGtk => "WebKitWebDriver",
        };
        search(name).unwrap_or_else(|| panic!("{name} is missing: `cargo xtask test` installs it"))
    }

    pub(crate) fn driver_args(self, port: u16, folder: &Path) -> Vec<String> {
        match self {
            Engine::Chromium => vec![format!("--port={port}")],
            Engine::Firefox => vec![
                format!("--port={port}"),
                format!("--websocket-port={}", crate::driver::free_port()),
                format!("--profile-root={}", folder.display()),
                "--allow-system-access".to_owned(), // the visitor's wishes are preferences of the browser
            ],
            Engine::WebKitGtk => vec![format!("--port={port}")],
        }
    }

    /// What a new session asks for: no request of the browser's own, no window, a profile of its own.
    pub(crate) fn capabilities(self, signals: bool) -> Value {
        let own = match self {
            Engine::Chromium => {
                let more = if signals { CHROMIUM_SIGNALS } else { &[] };
                let flags = [CHROMIUM_FLAGS, more].concat();
                json!({ "goog:chromeOptions": { "args": flags } })
            }
            Engine::Firefox => json!({ "moz:firefoxOptions": { "args": ["-headless"], "prefs": firefox_prefs() } }),
            Engine::WebKitGtk => json!({}),
        };
        let mut capabilities = own;
        capabilities["timeouts"] = json!({ "script": 20_000, "pageLoad": 20_000, "implicit": 0 });
        json!({ "capabilities": { "alwaysMatch": capabilities } })
    }
}

const CHROMIUM_FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
    // Names as people have them, for sites of more than one host.
    "--host-resolver-rules=MAP *.example 127.0.0.1,MAP *.co.uk 127.0.0.1,MAP *.dyndns.org 127.0.0.1,MAP dyndns.org 127.0.0.1",
];

/// Chromium as it comes knows no Global Privacy Control. With these it sends it all the time: its driver's command to set
/// it is taken then, and changes nothing; without the first it is refused.
const CHROMIUM_SIGNALS: &[&str] =
    &["--enable-features=GlobalPrivacyControlForce", "--enable-blink-features=GlobalPrivacyControl"];

/// The same names for Firefox, which takes no patterns.
const NAMES: &str = "shop.example,www.shop.example,cdn.shop.example,a.b.shop.example,other.example,cdn.other.example,\
    notshop.example,shop.co.uk,www.shop.co.uk,img.shop.co.uk,other.co.uk,www.other.co.uk,dyndns.org,other.dyndns.org,\
    shop.dyndns.org,www.shop.dyndns.org";

/// Firefox without its own errands: updates, portal checks, remote settings, telemetry.
fn firefox_prefs() -> Value {
    json!({
        "app.normandy.enabled": false,
        "app.update.enabled": false,
        "browser.newtabpage.enabled": false,
        "browser.region.network.url": "",
        "browser.safebrowsing.downloads.remote.enabled": false,
        "browser.safebrowsing.malware.enabled": false,
        "browser.safebrowsing.phishing.enabled": false,
        "browser.startup.page": 0,
        "datareporting.healthreport.uploadEnabled": false,
        "dom.push.connection.enabled": false,
        "extensions.update.enabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "network.dns.disablePrefetch": true,
        "network.dns.localDomains": NAMES,
        "media.peerconnection.ice.loopback": true, // third parties are on loopback
        "network.http.speculative-parallel-limit": 20, // as people have it: the driver switches preconnects off
        "services.settings.server": "data:,",
        "toolkit.telemetry.enabled": false,
    })
}

fn search(name: &str) -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    let own = cache.map(|cache| cache.join("consentry/tools/bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    own.into_iter().chain(std::env::split_paths(&path)).map(|folder| folder.join(name)).find(|file| file.is_file())
}
