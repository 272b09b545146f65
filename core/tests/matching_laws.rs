//! What holds for every host pattern and every URL, judged by a walk over all patterns and by the URL standard.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics fails")]

mod support;

use consentry_core::{
    matching::{HostPattern, Matcher},
    policy::Policy,
};
use proptest::prelude::*;
use url::{Host, Url};

use support::policy;

/// The service of a URL as one walk over all patterns finds it.
fn by_walk(policy: &Policy, host: &str, port: &str, path: &str, own: bool) -> Option<usize> {
    let mut best: Option<((bool, usize, usize), usize)> = None;
    for (index, service) in policy.services.iter().enumerate() {
        for pattern in service.hosts.iter().filter(|pattern| pattern.matches(host, port, path, own)) {
            let text = pattern.text().trim_end_matches('/');
            let (authority, prefix) = text.split_at(text.find('/').unwrap_or(text.len()));
            let name = authority.split(':').next().unwrap_or_default();
            // A whole host is longer than the wildcards that mean it.
            let length = if name.starts_with('*') { name.len() - 1 } else { name.len() };
            let rank = (name.is_empty(), length, prefix.len());
            if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, index));
            }
        }
    }
    best.map(|(_, index)| index)
}

fn some_host() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["a", "b", "example", "com"]), 1..5)
        .prop_map(|labels| labels.join("."))
}

fn some_path() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["x", "y", "xy", ""]), 0..4)
        .prop_map(|parts| format!("/{}", parts.join("/")))
}

fn some_pattern() -> impl Strategy<Value = String> {
    let port = prop::sample::select(vec!["", ":80", ":81"]);
    let host = (prop::sample::select(vec!["", "", "*."]), some_host(), port)
        .prop_map(|(wild, host, port)| wild.to_owned() + &host + port);
    (prop_oneof![1 => Just(String::new()), 2 => host], some_path())
        .prop_map(|(host, path)| host + path.trim_end_matches('/'))
}

/// What hosts are made of, and what may hide in them.
const PIECES: &[&str] = &[
    "a",
    "b1",
    "com",
    "xn--a",
    "-",
    "_",
    ".",
    "..",
    "@",
    ":",
    ":80",
    ":8080",
    "/",
    "//",
    "/.",
    "%2e",
    "A",
    "é",
    "?",
    "#",
    "*.",
    "\\",
    "[::1]",
    "127.0.0.1",
    "1",
    " ",
    "\t",
    "|",
    "^",
    "\"",
    "<",
    "`",
    "{",
    "~",
    "!",
    "$&'()",
    "+,;=",
    "x/y",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn finds_what_one_walk_over_all_finds(
        texts in prop::collection::vec(prop::collection::vec(some_pattern(), 0..4), 1..6),
        host in some_host(), port in prop::sample::select(vec!["", "80", "81"]), path in some_path(), own in any::<bool>(),
    ) {
        let right: Vec<Vec<&str>> = texts.iter().map(|texts| texts.iter().map(String::as_str).filter(|text| HostPattern::parse(text).is_ok()).collect()).collect();
        let policy = policy(&right.iter().map(Vec::as_slice).collect::<Vec<_>>());
        prop_assert_eq!(Matcher::new(&policy).service_of(&host, port, &path, own), by_walk(&policy, &host, port, &path, own));
    }

    #[test]
    fn never_panics(text in any::<String>(), host in any::<String>(), port in any::<String>(), path in any::<String>(), own in any::<bool>()) {
        if let Ok(pattern) = HostPattern::parse(&text) {
            let _ = pattern.matches(&host, &port, &path, own);
            let _ = Matcher::new(&policy(&[&[&text]])).services_of(&host, &port, &path, own);
        }
    }

    #[test]
    fn no_wildcard_means_the_bare_domain(host in some_host(), path in some_path(), deeper in some_host()) {
        if let Ok(pattern) = HostPattern::parse(&format!("*.{host}")) {
            prop_assert!(!pattern.matches(&host, "", &path, true));
            let below = format!("{deeper}.{host}");
            prop_assert!(pattern.matches(&below, "", &path, false));
        }
    }

    /// What is taken for a host is one to the URL standard too, and spelled as browsers spell it, so that it can match.
    #[test]
    fn spells_hosts_as_the_url_standard_does(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 1..6),
    ) {
        let text = pieces.concat();
        let Ok(pattern) = HostPattern::parse(&text) else { return Ok(()) };
        let concrete = text.replacen('*', "w", 1);
        let url = Url::parse(&if concrete.starts_with('/') { format!("http://own.example{concrete}") } else { format!("http://{concrete}") });
        // Parts of an address that are too great, ports above 65535 and punycode that says nothing match no URL there is.
        let Ok(url) = url else { return Ok(()) };
        let port = url.port().map(|port| port.to_string()).unwrap_or_default();
        prop_assert_eq!(url.username(), "");
        prop_assert!(url.query().is_none() && url.fragment().is_none());
        let canonical = !matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)));
        if canonical {
            prop_assert!(pattern.matches(url.host_str().unwrap(), &port, url.path(), text.starts_with('/')), "{} is not what {} says", url, text);
        }
    }
}
