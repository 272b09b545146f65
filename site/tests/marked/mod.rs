//! A site, and pages of it marked.
#![allow(clippy::expect_used, dead_code, reason = "a test reports by panicking, and does not use all of this")]

use consentry_site::{
    config::Config,
    owner::Site,
    rewrite::{Finding, Rewritten, rewrite},
};

const CONFIG: &str = r#"{ "policy": { "version": "1", "forbidden": ["ads", "*.spy.example", "/spy"] }, "site": { "hosts": ["static.shop.example"] }, "services": [
  "video",
  { "id": "tracker", "category": "analytics", "hosts": ["*.tracker.example", "/collect"] },
  { "id": "fonts", "category": "functional", "hosts": ["fonts.example"] },
  { "id": "pay", "category": "necessary", "hosts": ["pay.example", "checked.example"] },
  { "id": "stats", "category": "analytics", "hosts": ["tag.example", "checked.example"] },
  { "id": "ads", "category": "marketing", "hosts": ["tag.example"] },
  { "id": "chat", "category": "functional", "hosts": ["chat.spy.example"] } ] }"#;

const CATALOG: &str = r#"{ "video": { "category": "marketing", "hosts": ["video.example"] },
                           "counter": { "category": "analytics", "hosts": ["counter.example"] } }"#;

pub(crate) fn site() -> Site {
    let config = Config::read("test", CONFIG, &[CATALOG]);
    assert_eq!(config.issues, []);
    Site::new(&config, Some("https://www.shop.example")).expect("the config is valid")
}

pub(crate) fn rewritten(html: &str) -> (String, Vec<Finding>) {
    let Rewritten { html: new, findings } = rewrite(html.as_bytes(), &site(), None);
    let text = new.map_or_else(|| html.to_owned(), |new| String::from_utf8(new).expect("it was UTF-8"));
    let again = rewrite(text.as_bytes(), &site(), None);
    assert_eq!(again.html.map(|html| String::from_utf8_lossy(&html).into_owned()), None, "a second run changes {text}");
    (text, findings)
}

#[track_caller]
pub(crate) fn becomes(before: &str, after: &str) {
    assert_eq!(rewritten(before).0, after);
}

#[track_caller]
pub(crate) fn stays(html: &str) {
    let (text, findings) = rewritten(html);
    assert_eq!(text, html);
    assert_eq!(findings, []);
}

pub(crate) const V: &str = r#"data-service="video""#;
