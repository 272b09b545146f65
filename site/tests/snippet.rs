//! The head snippet as site owners get it: whole, escaped, and honest about what it cannot hold.

use consentry_site::{
    config::Config,
    snippet::{HASH, SCRIPT, Snippet, snippet},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn of(config: &Value) -> Option<Snippet> {
    let config = Config::read("test", &config.to_string(), &["{}"]);
    assert!(config.issues.is_empty(), "{:?}", config.issues);
    snippet(&config)
}

fn with(services: &Value) -> Option<Snippet> {
    of(&json!({ "policy": { "version": "1" }, "services": services }))
}

fn attribute<'a>(snippet: &'a Snippet, name: &str) -> &'a str {
    let rest = snippet.html.split_once(&format!(" data-{name}=\"")).map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default()
}

#[test]
fn the_script_is_frozen() {
    // Sites list this hash in their own policies: it changes with a major version and at no other time.
    assert_eq!(HASH, "'sha256-QZrfbxgknVDheLN9o3r0zapjBnNqSkGe6ROdkyxxoBU='");
    let digest = Sha256::digest(SCRIPT);
    assert_eq!(HASH, format!("'sha256-{}'", base64(&digest)));
    assert!(SCRIPT.len() < 820 && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"), "{} bytes", SCRIPT.len());
}

fn base64(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0, |word, byte| word << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = letters.get(word >> (18 - 6 * place) & 63).copied().unwrap_or('=');
            text.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    text
}

#[test]
fn hosts_become_sources() {
    let snippet = of(&json!({
        "site": { "hosts": ["cdn.example.net", "*.assets.example.net:8443"] },
        "policy": { "version": "a\"b<c>&|d" },
        "services": [
            { "id": "pay", "category": "necessary", "hosts": ["pay.example"] },
            { "id": "maps", "category": "marketing", "hosts": ["maps.example/embed;x/", "*.tiles.example"] },
        ],
        "record": { "scope": "shop" },
    }));
    let snippet =
        snippet.unwrap_or_else(|| Snippet { html: String::new(), csp: String::new(), hash: "", remarks: Vec::new() });
    let own = "cdn.example.net:* *.assets.example.net:8443 pay.example:*";
    let sockets = "ws://cdn.example.net:* ws://*.assets.example.net:8443 ws://pay.example:*";
    assert_eq!(
        snippet.csp,
        format!("base-uri 'self' {own}; default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: {own} {sockets}")
    );
    assert_eq!(attribute(&snippet, "hosts"), "maps.example:*/embed%3Bx maps.example:*/embed%3Bx/ *.tiles.example:*");
    assert_eq!(attribute(&snippet, "sale"), attribute(&snippet, "hosts"), "who declares no uses counts as selling");
    assert_eq!(attribute(&snippet, "version"), "a&quot;b&lt;c&gt;&amp;|d");
    assert_eq!((attribute(&snippet, "scope"), attribute(&snippet, "policy")), ("shop", snippet.csp.as_str()));
    let meta = format!("</script>\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", snippet.csp);
    assert!(snippet.html.starts_with("<script data-") && snippet.html.ends_with(&meta), "{}", snippet.html);
    assert_eq!(snippet.remarks, [] as [&str; 0]);
}

#[test]
fn says_what_it_cannot_hold() {
    let remarks = |config: &Value| of(config).map(|snippet| snippet.remarks.join("\n")).unwrap_or_default();
    let site = json!({
        "site": { "hosts": ["*.example.net"] }, "policy": { "version": "1" },
        "services": [{ "id": "a", "category": "analytics", "hosts": ["t.example.net", "/collect", "[::1]"] }],
    });
    let said = remarks(&site);
    for part in [
        "t.example.net lies under *.example.net of site.hosts",
        "hosts[1]: is on your own origin",
        "hosts[2]: no policy can name",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let two = json!([
        { "id": "wide", "category": "analytics", "hosts": ["*.example.org"] },
        { "id": "narrow", "category": "marketing", "hosts": ["ads.example.org/x"] },
    ]);
    let said = with(&two).map(|snippet| snippet.remarks).unwrap_or_default();
    assert_eq!(
        said,
        ["services[1]: ads.example.org/x lies under a host of \"wide\", which therefore opens only together with it"]
    );
}

/// The gate holds what an optional service declares there; the policy cannot.
#[test]
fn says_what_a_necessary_host_opens() {
    let services = json!([
        { "id": "shop", "category": "necessary", "hosts": ["*.example.org", "pay.example"] },
        { "id": "ads", "category": "marketing", "hosts": ["ads.example.org/x", "pay.example"] },
    ]);
    let said = with(&services).map(|snippet| snippet.remarks).unwrap_or_default();
    let rest = "of \"shop\", which is necessary and always open: mark what is there";
    assert_eq!(
        said,
        [
            format!("services[1]: ads.example.org/x lies under *.example.org {rest}"),
            format!("services[1]: pay.example lies under pay.example {rest}")
        ]
    );
}

#[test]
fn nothing_opens_what_the_policy_rules_out() {
    let snippet = of(&json!({
        "site": { "hosts": ["*.cdn.example", "cdn.example"] },
        "policy": { "version": "1", "forbidden": ["spy.cdn.example", "pixel.ads.example", "*.tracker.example", "/spy"] },
        "services": [
            { "id": "ads", "category": "marketing", "hosts": ["*.ads.example", "ads.example"] },
            { "id": "tracker", "category": "analytics", "hosts": ["a.tracker.example"] },
            { "id": "pay", "category": "necessary", "hosts": ["pixel.ads.example"] },
        ],
    }));
    let snippet =
        snippet.unwrap_or_else(|| Snippet { html: String::new(), csp: String::new(), hash: "", remarks: Vec::new() });
    assert_eq!(attribute(&snippet, "hosts"), "ads.example:*");
    assert!(snippet.csp.starts_with("base-uri 'self' cdn.example:*; "), "{}", snippet.csp);
    let said = snippet.remarks.join("\n");
    for part in [
        "policy.forbidden[3]: is on your own origin",
        "site.hosts[0]: *.cdn.example would let in spy.cdn.example, which policy.forbidden[0] rules out",
        "services[0].hosts[0]: *.ads.example would let in pixel.ads.example, which policy.forbidden[1] rules out",
        "services[2].hosts[0]: pixel.ads.example would let in pixel.ads.example",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
}
