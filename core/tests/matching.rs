//! Host patterns, and the service of a URL: the most specific pattern wins.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics fails")]

mod support;

use consentry_core::matching::{HostPattern, Matcher, NotAHost};

use support::policy;

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
    "/a-b_c~d!$&'()+,;=:@",
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
    "/%2e",
    "/a%20b",
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
