//! What vendors publish on npm, bundled into a site's own scripts, neither reaches its vendor nor stores anything before a yes, and
//! does after one what it does without Consentry: unmarked at levels `auto` and `sealed`, where it runs all the time, and marked.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![amplitude, clarity, hotjar, mixpanel, posthog];

/// A vendor's package in a page.
struct Vendor<'name> {
    /// The name of the fake that stands for the vendor.
    name: &'name str,
    /// How the names begin under which it stores things.
    stores: &'name [&'name str],
    /// The tags that load it, call it, and set `window.called`.
    tags: String,
}

/// Serves a package's file from the site, with the vendor's own address in it replaced by the fake's.
fn serve(world: &World, file: &str, replace: &[(&str, &str)]) -> String {
    let mut text = World::file(&format!("node_modules/{file}"));
    for (from, to) in replace {
        assert!(text.contains(from), "{file} does not say {from}");
        text = text.replace(from, to);
    }
    let path = format!("/software/{file}");
    world.servers.page(&path, Answer::script(text));
    path
}

/// The names of what is stored in the page's own places.
const STORED: &str = "[...document.cookie.split('; ').map((one) => one.split('=')[0]), ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) => name)";

/// The page without Consentry, before a choice, after a refusal, and after a grant.
#[track_caller]
fn keeps_out(world: &World, Vendor { name, stores, tags }: &Vendor<'_>) {
    let own = "<button type=button id=own>Own</button>";
    let body = |page: Page| page.body(own).body(tags);
    world.visit(&body(Page::without_consentry()));
    world.until("window.called");
    world.wait_for("the vendor without Consentry", |seen| seen.count(name) > 0);
    assert_eq!(complaints(world), [""; 0]);
    if !stores.is_empty() {
        world.until(&format!("{STORED}.some((name) => {}.some((start) => name.startsWith(start)))", json!(stores)));
        world.run("for (const one of document.cookie.split('; ')) document.cookie = one.split('=')[0] + '=; path=/; max-age=0'; localStorage.clear(); sessionStorage.clear();", &[]);
    }
    let mut config = Page::config_of_two();
    let kinds = ["cookie", "localStorage", "sessionStorage"];
    let names: Vec<_> = stores.iter().flat_map(|start| kinds.map(|kind| (format!("{start}*"), kind))).collect();
    let (cookies, storage): (Vec<_>, Vec<_>) = names.iter().partition(|(_, kind)| *kind == "cookie");
    config["services"] = json!([{
        "id": name, "category": "analytics", "label": name, "hosts": [format!("{name}.localhost")],
        "cookies": cookies.iter().map(|(name, _)| json!({ "name": name })).collect::<Vec<_>>(),
        "storage": storage.iter().map(|(key, kind)| json!({ "kind": kind, "key": key })).collect::<Vec<_>>(),
    }]);
    let marks = format!("<script type=\"text/plain\" data-service=\"{name}\"");
    let marked = tags.replace("<script", &marks).replace(" type=module", " data-type=\"module\"");
    let mut at_marked = config.clone();
    at_marked["gate"] = json!({ "level": "marked" });
    for (level, page) in [
        ("auto", body(Page::new().config(config.clone()))),
        ("marked", Page::new().config(at_marked).body(own).body(&marked)),
        ("sealed", body(Page::new().sealed(config))),
    ] {
        // Some send their last words as the page goes.
        world.go_away();
        world.settle();
        world.servers.clear();
        keeps_out_at(world, level, &page, name, stores);
        world.run("for (const one of document.cookie.split('; ')) document.cookie = one.split('=')[0] + '=; path=/; max-age=0'; localStorage.clear(); sessionStorage.clear();", &[]);
    }
}

/// What has gone wrong on the page.
fn complaints(world: &World) -> Vec<String> {
    world.said().into_iter().filter(|line| line.starts_with("un")).collect()
}

/// One level of the gate, from a visitor's first page on.
#[track_caller]
fn keeps_out_at(world: &World, level: &str, page: &Page, name: &str, stores: &[&str]) {
    let stored = format!("{STORED}.some((name) => {}.some((start) => name.startsWith(start)))", json!(stores));
    world.visit(page);
    world.notice();
    assert_eq!(world.eval("consentry.snapshot().level"), level);
    for answered in [false, true] {
        if answered {
            world.reject_all();
            world.reload();
            world.ready();
        }
        if level == "marked" {
            world.until("document.readyState === 'complete'");
            assert!(!world.is("window.called"), "what is marked has run");
        } else {
            world.until("window.called");
        }
        world.click("#own");
        if level == "sealed" {
            // There the policy would refuse the control request, too.
            assert_eq!(world.reached(), [""; 0]);
        } else {
            world.assert_silent();
        }
        // What came by a way that cannot be watched goes within a second.
        world.until(&format!("!{stored}"));
        assert_eq!(complaints(world), [""; 0], "{level}");
    }
    world.run("consentry.showPreferences();", &[]);
    world.press_button("Accept all");
    world.until(&format!("consentry.has('{name}')"));
    if level == "auto" {
        // Calls that were stopped are not repeated; behind a policy the page is loaded again by itself.
        world.reload();
    }
    world.until(&format!("window.called && consentry.has('{name}')"));
    world.wait_for("the vendor after a yes", |seen| seen.count(name) > 0);
    if !stores.is_empty() {
        world.until(&stored);
    }
    assert_eq!(complaints(world), [""; 0], "{level}");
}

fn amplitude(world: &World) {
    let vendor = world.third_party("amplitude", "/2/httpapi");
    let file = serve(world, "@amplitude/analytics-browser/lib/scripts/amplitude-min.js", &[]);
    let tags = format!(
        "<script src=\"{file}\"></script><script>
         amplitude.init('key', {{ serverUrl: '{vendor}', flushIntervalMillis: 10, fetchRemoteConfig: false, remoteConfig: {{ fetchRemoteConfig: false }}, autocapture: false }});
         amplitude.track('seen'); window.called = true;</script>"
    );
    keeps_out(world, &Vendor { name: "amplitude", stores: &["AMP_"], tags });
}

fn clarity(world: &World) {
    let vendor = world.fake_script("clarity", "tag/abc");
    let utils = ("https://www.clarity.ms/tag/", vendor.trim_end_matches("abc.js"));
    serve(world, "@microsoft/clarity/src/utils.js", &[utils]);
    let file = serve(world, "@microsoft/clarity/index.js", &[]);
    let tags = format!("<script type=module>import Clarity from '{file}'; Clarity.init('abc'); Clarity.event('seen'); window.called = true;</script>");
    keeps_out(world, &Vendor { name: "clarity", stores: &[], tags });
}

fn hotjar(world: &World) {
    let vendor = world.third_party("hotjar", "");
    let file = serve(world, "@hotjar/browser/dist/index.js", &[("https://static.hotjar.com", &vendor)]);
    let tags = format!("<script>var exports = {{}};</script><script src=\"{file}\"></script><script>exports.default.init(1, 6); exports.default.event('seen'); window.called = true;</script>");
    keeps_out(world, &Vendor { name: "hotjar", stores: &[], tags });
}

fn mixpanel(world: &World) {
    let vendor = world.third_party("mixpanel", "");
    let file = serve(world, "mixpanel-browser/dist/mixpanel.module.js", &[]);
    let tags = format!(
        "<script type=module>import mixpanel from '{file}';
         mixpanel.init('token', {{ api_host: '{vendor}', batch_requests: false, persistence: 'localStorage', record_sessions_percent: 0, ignore_dnt: true }});
         mixpanel.track('seen'); window.called = true;</script>"
    );
    keeps_out(world, &Vendor { name: "mixpanel", stores: &["mp_", "__mp"], tags });
}

fn posthog(world: &World) {
    let vendor = world.third_party("posthog", "");
    let file = serve(world, "posthog-js/dist/module.full.no-external.js", &[]);
    let tags = format!(
        "<script type=module>import posthog from '{file}';
         posthog.init('phc_test', {{ api_host: '{vendor}', ui_host: '{vendor}', persistence: 'localStorage+cookie', opt_out_useragent_filter: true, request_batching: false, disable_session_recording: true }});
         posthog.capture('seen'); window.called = true;</script>"
    );
    keeps_out(world, &Vendor { name: "posthog", stores: &["ph_", "dmn_"], tags });
}
