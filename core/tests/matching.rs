//! Host patterns, and the service of a URL: the most specific pattern wins, found as one walk over all would find it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics fails")]

mod support;

use consentry_core::{
    matching::{HostPattern, Matcher, NotAHost},
    policy::Policy,
};
use proptest::prelude::*;
use serde_json::json;
use url::{Host, Url};

const HOSTS: &[&str] = &[
    "www.example.com",
    "localhost",
    "a_b.example",
    "xn--mnchen-3ya.de",
    "a--b.example",
    "127.0.0.1",
    "[::1]",
    "[2001:db8::1]:8080",
    "*.example.com",
    "*.a.b.example.com",
    "*.localhost",
    "*.localhost:8081",
    "example.com:8080",
    "example.com/",
    "example.com/ads",
    "example.com/ads/",
    "example.com:1/a/b",
    "/collect",
    "/a/b/",
    "/.well-known/x",
    "/a-b_c~d!$&'()+,;=:@%20",
    "*.example.com/x",
    "example.com/a.js",
];

const NO_HOSTS: &[&str] = &[
    "",
    "*",
    "*.",
    "*.com",
    "*.example.com.",
    "**.example.com",
    "a.*.com",
    "*example.com",
    "*.127.0.0.1",
    "*.[::1]",
    "*.0.0.1",
    "http:/x",
    "http://example.com",
    "https://",
    "//example.com",
    "user@example.com",
    "Example.com",
    "münchen.de",
    "example..com",
    ".example.com",
    "example.com.",
    "-a.example",
    "a-.example",
    "example.com:",
    "example.com:0",
    "example.com:080",
    "example.com:123456",
    "example.com:+80",
    "::1",
    "[::1",
    "[]",
    "[::G]",
    "127.1",
    "1.2.3",
    "1.2.3.4.5",
    "/",
    "//",
    "/a//b",
    "/../a",
    "/a/..",
    "/./a",
    "/a?b",
    "/a#b",
    "/a b",
    "/a*",
    "/a\\b",
    "example.com//",
    "example.com/../a",
    "example.com/a\u{e9}",
    " a.example",
    "a.example ",
    "a.example\n",
    "\0",
];

fn pattern(text: &str) -> HostPattern {
    HostPattern::parse(text).unwrap_or_else(|_| unreachable!("{text} is a pattern"))
}

fn policy(services: &[&[&str]]) -> Policy {
    let service =
        |(n, hosts): (usize, &&[&str])| json!({ "id": format!("s{n}"), "category": "analytics", "hosts": hosts });
    let services: Vec<_> = services.iter().enumerate().map(service).collect();
    support::reading(&json!({ "policy": { "version": "1" }, "services": services })).policy.unwrap()
}

#[test]
fn knows_what_a_host_is() {
    for right in HOSTS {
        assert_eq!(HostPattern::parse(right).map(|host| host.text().to_owned()), Ok((*right).to_owned()));
    }
    for wrong in NO_HOSTS {
        assert_eq!(HostPattern::parse(wrong), Err(NotAHost), "{wrong:?}");
    }
}

#[test]
fn means_what_it_says() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "www.example.com",
            &["www.example.com", "www.example.com.", "www.example.com:8080/x"],
            &["example.com", "a.www.example.com", "wwwxexample.com"],
        ),
        (
            "*.example.com",
            &["a.example.com", "a.b.example.com", "a.example.com."],
            &["example.com", "xexample.com", ".example.com", "..example.com", ".com", "example.com.evil"],
        ),
        ("example.com:8080", &["example.com:8080/x"], &["example.com", "example.com:80"]),
        ("example.com:443", &["example.com", "example.com:443"], &["example.com:444"]),
        (
            "example.com/ads",
            &["example.com/ads", "example.com/ads/x", "example.com:81/ads/"],
            &["example.com/adsense", "example.com/", "example.com/x/ads", "example.com/ADS"],
        ),
        ("example.com/ads/", &["example.com/ads", "example.com/ads/x"], &["example.com/adsx"]),
        (
            "/collect",
            &["@own.example/collect", "@own.example:81/collect/x"],
            &["own.example/collect", "@own.example/collector", "@own.example/"],
        ),
        ("127.0.0.1", &["127.0.0.1:81/"], &["127.0.0.11", "0.0.1"]),
        ("[::1]:80", &["[::1]", "[::1]:80/x"], &["[::1]:81", "[::2]:80"]),
        ("*.localhost", &["a.localhost:81"], &["localhost"]),
    ];
    for (text, meant, others) in table {
        let matcher = Matcher::new(&policy(&[&[text]]));
        for (urls, expected) in [(meant, true), (others, false)] {
            for url in *urls {
                let own = url.starts_with('@');
                let (authority, path) = url
                    .trim_start_matches('@')
                    .split_once('/')
                    .map_or((url.trim_start_matches('@'), "/".into()), |(host, path)| (host, format!("/{path}")));
                let (host, port) =
                    authority.rsplit_once(':').filter(|_| !authority.ends_with(']')).unwrap_or((authority, ""));
                assert_eq!(pattern(text).matches(host, port, &path, own), expected, "{text} {url}");
                assert_eq!(matcher.service_of(host, port, &path, own), expected.then_some(0), "{text} {url}, by index");
            }
        }
    }
}

#[test]
fn prefers_the_most_specific() {
    let policy = policy(&[
        &["*.example.com"],
        &["www.example.com"],
        &["*.www.example.com", "www.example.com/a"],
        &["www.example.com/a/b", "*.example.com/a/b/c", "/own"],
        &["www.example.com/a", "/own/deep"],
    ]);
    let matcher = Matcher::new(&policy);
    let of = |host, path, own| matcher.service_of(host, "", path, own);
    assert_eq!(of("x.example.com", "/", false), Some(0));
    assert_eq!(of("www.example.com", "/", false), Some(1));
    assert_eq!(of("x.www.example.com", "/", false), Some(2));
    assert_eq!(of("www.example.com", "/a/x", false), Some(2));
    assert_eq!(matcher.services_of("www.example.com", "", "/a/x", false), [2, 4], "two services may declare the same");
    assert_eq!(of("www.example.com", "/a/b/c", false), Some(3), "the longer host decides before the longer path");
    assert_eq!(of("www.example.com", "/own/x", true), Some(3), "a path on the own origin decides before its host");
    assert_eq!(of("www.example.com", "/own/deep/x", true), Some(4));
    assert_eq!(of("www.example.com", "/own", false), Some(1));
    assert_eq!(of("example.org", "/", true), None);
    assert_eq!(of("", "", false), None);
    assert_eq!(Matcher::default().service_of("a", "", "/", true), None);
}

#[test]
fn takes_no_longer_among_ten_thousand_hosts() {
    let time = |count: usize| {
        let hosts: Vec<String> = (0..count).map(|n| format!("h{n}.example.com")).collect();
        let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
        let matcher = Matcher::new(&policy(&hosts.chunks(1).collect::<Vec<_>>()));
        let run = || {
            let start = std::time::Instant::now();
            for n in 0..2_000 {
                assert_eq!(matcher.service_of(&format!("h{}.example.com", n % count), "", "/", false), Some(n % count));
                assert_eq!(matcher.service_of("a.b.c.example.org", "", "/x/y/z", true), None);
            }
            start.elapsed()
        };
        (0..5).map(|_| run()).min().unwrap()
    };
    let (few, many) = (time(10), time(10_000));
    assert!(many < few * 30, "a thousand times the hosts took {many:?} instead of {few:?}");
}

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
    fn spells_hosts_as_the_url_standard_does(text in "[a-z0-9.:/_\\[\\]*@-]{1,24}|[a-z]{1,4}(\\.[a-z0-9-]{1,5}){0,3}(:[0-9]{1,5})?(/[a-z.%*]{0,4}){0,2}") {
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
