//! Builds the small page that a promise is tried on.

use serde_json::{Value, json};

/// A page of the site under test. Without further words it has Consentry's tag first in its head, and two services.
#[derive(Clone, Debug)]
pub struct Page {
    config: Option<Value>,
    tag: Option<String>,
    first: String,
    before: String,
    head: String,
    body: String,
    root: String,
    csp: Option<String>,
    headed: bool,
    nonce: String,
}

/// The tag as the README prints it.
const TAG: &str = "<script src=\"/consentry.js\"></script>";

/// Keeps what the console says, what goes wrong and what the CSP refuses in `__said`, from before any other script.
pub(crate) const WITNESS: &str = "window.__said = [];
{ const { set } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src'); const { Image } = window; const give = Function.prototype.call.bind(set);
  window.__ask = (url, image = new Image()) => give(image, url); }
for (const kind of ['error', 'warn']) {
  const say = console[kind];
  console[kind] = function (...words) { __said.push(kind + ': ' + words.join(' ')); say.apply(console, words); };
}
addEventListener('error', (event) => event.message && __said.push('uncaught: ' + event.message));
addEventListener('unhandledrejection', (event) => __said.push('unhandled: ' + (event.reason && event.reason.message)));
document.addEventListener('securitypolicyviolation', (event) => __said.push('csp: ' + event.violatedDirective + ' ' + event.blockedURI));
";

/// A head that keeps every layout shift with what moved, in `shifts`; only Chromium tells.
pub const SHIFTS: &str = "<script>window.shifts = []; try { new PerformanceObserver((list) => { for (const { value, sources } of list.getEntries())
  shifts.push([value, ...sources.map(({ node, previousRect: a, currentRect: b }) => [(node && (node.outerHTML || node.textContent) || '').slice(0, 80), [a, b].map((r) => [r.x, r.y, r.width, r.height].join(' ')).join(' -> ')])]);
}).observe({ type: 'layout-shift', buffered: true }); } catch {}</script>";

/// A start of a page to which the browser denies `localStorage`.
pub const DENIED_STORAGE: &str = "<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });</script>";

/// A start of a page whose storage has no room for another byte.
pub const FULL_STORAGE: &str = "<script>if (!localStorage.filled) {
  let size = 1 << 22;
  localStorage.filled = '1';
  for (let at = 0; size; ) try { localStorage['fill' + at++] = 'x'.repeat(size); } catch { size >>= 1; }
}</script>";

impl Page {
    /// A page with Consentry and a config of two services: `tracker` (analytics) and `video` (marketing).
    #[must_use]
    pub fn new() -> Page {
        Page {
            config: Some(Page::config_of_two()),
            tag: Some(TAG.to_owned()),
            first: String::new(),
            before: String::new(),
            head: String::new(),
            body: String::new(),
            root: "lang=\"en\"".to_owned(),
            csp: None,
            headed: false,
            nonce: String::new(),
        }
    }

    /// The same site before it had Consentry.
    #[must_use]
    pub fn without_consentry() -> Page {
        Page { config: None, tag: None, ..Page::new() }
    }

    /// The config of [`Page::new`], to build others from.
    #[must_use]
    pub fn config_of_two() -> Value {
        json!({
            "site": { "name": "Test site", "controller": "Test Ltd." },
            "policy": { "version": "1" },
            "services": [
                { "id": "tracker", "category": "analytics", "label": "Tracker", "vendor": "Tracker Inc.",
                  "hosts": ["tracker.localhost"], "cookies": [{ "name": "_tr*", "duration": "1 year", "purpose": "Counts visits" }],
                  "storage": [{ "kind": "localStorage", "key": "tr_*" }] },
                { "id": "video", "category": "marketing", "label": "Video", "vendor": "Video Inc.",
                  "privacyPolicy": "https://video.example/privacy", "hosts": ["video.localhost"] },
            ],
        })
    }

    /// Uses this config in `#consentry-config`.
    #[must_use]
    pub fn config(mut self, config: Value) -> Page {
        self.config = Some(config);
        self
    }

    /// Has no `#consentry-config`.
    #[must_use]
    pub fn no_config(mut self) -> Page {
        self.config = None;
        self
    }

    /// Loads Consentry by this markup instead of the plain tag.
    #[must_use]
    pub fn tag(mut self, markup: &str) -> Page {
        self.tag = Some(markup.to_owned());
        self
    }

    /// Puts markup before everything else in the head, the harness's own script included.
    #[must_use]
    pub fn first(mut self, markup: &str) -> Page {
        self.first.push_str(markup);
        self
    }

    /// Puts markup at the start of the head, before config and tag.
    #[must_use]
    pub fn before(mut self, markup: &str) -> Page {
        self.before.push_str(markup);
        self
    }

    /// Puts markup into the head, after the tag.
    #[must_use]
    pub fn head(mut self, markup: &str) -> Page {
        self.head.push_str(markup);
        self
    }

    /// Puts markup into the body.
    #[must_use]
    pub fn body(mut self, markup: &str) -> Page {
        self.body.push_str(markup);
        self
    }

    /// Puts a script into the body.
    #[must_use]
    pub fn script(self, script: &str) -> Page {
        self.body(&format!("<script>{script}</script>"))
    }

    /// Gives the `html` element these attributes.
    #[must_use]
    pub fn root(mut self, attributes: &str) -> Page {
        self.root = attributes.to_owned();
        self
    }

    /// Is served with this Content-Security-Policy.
    #[must_use]
    pub fn csp(mut self, policy: &str) -> Page {
        self.csp = Some(policy.to_owned());
        self
    }

    /// Is at level `header`: the config says so, and the server sends the policy that the visitor's cookie opens.
    #[must_use]
    pub fn headed(mut self, mut config: Value) -> Page {
        config["gate"] = json!({ "level": "header" });
        config["record"] = json!({ "cookie": {} });
        self.headed = true;
        self.config(config)
    }

    pub(crate) fn is_headed(&self) -> bool {
        self.headed
    }

    /// Gives the harness's own script in the page this nonce, for policies that ask for one.
    #[must_use]
    pub fn nonce(mut self, nonce: &str) -> Page {
        self.nonce = format!(" nonce=\"{nonce}\"");
        self
    }

    pub(crate) fn policy(&self) -> Option<&str> {
        self.csp.as_deref()
    }

    /// The page's HTML. The witness is a file of its own, so that a CSP need not allow inline scripts.
    #[must_use]
    pub fn html(&self) -> String {
        let config = self.config.as_ref().map_or_else(String::new, |config| {
            // "<" cannot end the script element early.
            let json = config.to_string().replace('<', "\\u003c");
            format!("<script type=\"application/json\" id=\"consentry-config\">{json}</script>\n")
        });
        let tag = self.tag.as_deref().unwrap_or_default();
        let Page { first, before, head, body, root, nonce, .. } = self;
        format!(
            "<!doctype html>\n<html {root}>\n<head>\n<meta charset=\"utf-8\">\n{first}<title>Test page</title>\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<script{nonce} src=\"/witness.js\"></script>\n\
             {before}\n{config}{tag}\n{head}\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
        )
    }
}

impl Default for Page {
    fn default() -> Page {
        Page::new()
    }
}
