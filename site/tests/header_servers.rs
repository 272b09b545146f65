//! Level `header` on real servers: whatever the cookie says, only hosts of the table get into the policy, and no cache
//! gives one visitor's page to another.

#[allow(missing_docs, unreachable_pub, clippy::expect_used, clippy::str_to_string)]
#[rustfmt::skip]
#[path = "../../tests/browser/header/consentry_header.rs"]
mod consentry_header;
mod servers;

use std::time::{SystemTime, UNIX_EPOCH};

use consentry_site::{config::Config, header::files};
use servers::{Answer, Place, cache_before, node, servers};

const CONFIG: &str = include_str!("../../tests/browser/header/consentry.json");
const BASE: &str = "base-uri 'self'; default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

fn config() -> Config {
    Config::read("header/consentry.json", CONFIG, &["{}"])
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 60)
}

/// The policy that lets in these hosts.
fn open(hosts: &[&str]) -> String {
    let sources: String = hosts.iter().map(|host| format!(" {host} ws://{host}")).collect();
    format!("{BASE}{sources}")
}

const TRACKER: &str = "tracker.localhost:*";
const VIDEO: &str = "video.localhost:*";
const MAP: &str = "*.map.localhost:*";
const PIN: &str = "pin.map.localhost:*";

#[test]
fn the_committed_recipe_is_what_the_command_writes() {
    let made = files(&config(), "axum").map(|files| files.made).unwrap_or_default();
    let text = made.first().map(|(_, text)| text.as_str()).unwrap_or_default();
    assert_eq!(text, include_str!("../../tests/browser/header/consentry_header.rs"));
}

/// What a cookie opens; `N` stands for this minute, `D` for this day.
const COOKIES: &[(&str, &[&str])] = &[
    ("", &[]),
    ("other=1; consentryx=1.N.tracker", &[]),
    ("consentry=1.N", &[]),
    ("a=b; consentry=1.N.analytics.tracker; c=d", &[TRACKER]),
    ("consentry=1.N.tracker.video", &[TRACKER, VIDEO]),
    ("consentry=1.N.nobody.tracker.constructor.--proto", &[]),
    ("consentry=1.N.nobody.tracker.constructor", &[TRACKER]),
    // A wide host opens only together with what lies under it.
    ("consentry=1.N.map", &[]),
    ("consentry=1.N.pin", &[PIN]),
    ("consentry=1.N.map.pin", &[MAP, PIN]),
    // Malformed.
    ("consentry=", &[]),
    ("consentry=1", &[]),
    ("consentry=1.", &[]),
    ("consentry=1.x.tracker", &[]),
    ("consentry=1.-5.tracker", &[]),
    ("consentry=1.N..tracker", &[]),
    ("consentry=1.N.tracker.", &[]),
    ("consentry=1.N.TRACKER.tracker", &[]),
    ("consentry=1.N.tracker video", &[]),
    ("consentry=2.N.tracker", &[]),
    ("consentry=01.N.tracker", &[]),
    ("consentry=1.12345678901.tracker", &[]),
    ("consentry=\"1.N.tracker\"", &[]),
    ("consentry=1.N.tracker%0d%0aX-Evil: 1", &[]),
    ("consentry=1.N.tracker.https://evil.example", &[]),
    ("consentry=1.N.*", &[]),
    ("Consentry=1.N.tracker", &[]),
    // Two of them: somebody else has put one there.
    ("consentry=1.N.tracker; consentry=1.N", &[]),
    ("consentry=1.N; consentry=1.N.tracker", &[]),
    // Lapsed, and from the future.
    ("consentry=1.29000000.tracker", &[]),
    ("consentry=1.0.tracker", &[]),
    ("consentry=1.9999999999.tracker", &[]),
    // What runs by law alone: of this day, behind what was granted or without.
    ("consentry=1.~D.tracker", &[TRACKER]),
    ("consentry=1.N.video.~D.tracker", &[TRACKER, VIDEO]),
    ("consentry=1.N.map.~D.pin", &[MAP, PIN]),
    ("consentry=1.29000000.video.~D.tracker", &[TRACKER]),
    ("consentry=1.N.video.~19000.tracker", &[VIDEO]),
    ("consentry=1.~19000.tracker", &[]),
    ("consentry=1.~D", &[]),
    ("consentry=1.~.tracker", &[]),
    ("consentry=1~D.tracker", &[]),
    ("consentry=~D.tracker", &[]),
    ("consentry=2.~D.tracker", &[]),
    ("consentry=1.~D..tracker", &[]),
    ("consentry=1.~D.tracker.", &[]),
    ("consentry=1.~D.TRACKER", &[]),
    ("consentry=1.~123456.tracker", &[]),
    ("consentry=1.~D.tracker.~D.video", &[]),
    ("consentry=1.N..~D.tracker", &[]),
    ("consentry=1.x.~D.tracker", &[]),
    ("consentry=1.~D.tracker; consentry=1.~D.tracker", &[]),
];

/// The cookie of this minute.
fn told(cookie: &str) -> String {
    cookie.replace('N', &now().to_string()).replace('D', &(now() / 1440).to_string())
}

fn assert_page(server: &str, answer: &Answer, policy: &str, what: &str) {
    let mut sent = answer.all("content-security-policy");
    sent.sort_by_key(|one| one != "object-src 'none'");
    // The site's own policy stays beside it.
    assert_eq!(sent, ["object-src 'none'", policy], "{server}: {what}");
    assert!(answer.all("vary").join(",").to_lowercase().contains("cookie"), "{server}: {what}: {answer:?}");
    let control = answer.all("cache-control").join(",");
    assert!(control.contains("private") && !control.contains("public"), "{server}: {what}: {control}");
    assert_eq!(
        (answer.all("etag"), answer.all("last-modified")),
        (Vec::<String>::new(), Vec::new()),
        "{server}: {what}"
    );
}

#[test]
fn only_what_was_granted_is_let_in() {
    for server in servers(&config()) {
        for (cookie, hosts) in COOKIES {
            let cookie = told(cookie);
            let answer = server.get("/", &[("Cookie", &cookie)]);
            assert_eq!(answer.status, 200, "{}: {cookie}", server.name);
            assert_page(server.name, &answer, &open(hosts), &cookie);
        }
        let granted = format!("consentry=1.{}.tracker.map.pin", now());
        let answer = server.get("/", &[("Cookie", &granted), ("Sec-GPC", "1")]);
        assert_page(server.name, &answer, &open(&[MAP]), "Global Privacy Control");
        let day = now() - 365 * 1440;
        for (minutes, hosts) in [(day, &[][..]), (day + 2, &[TRACKER]), (now() + 1430, &[TRACKER]), (now() + 1450, &[])]
        {
            let answer = server.get("/", &[("Cookie", &format!("consentry=1.{minutes}.tracker"))]);
            assert_page(server.name, &answer, &open(hosts), &format!("{minutes} at {}", now()));
        }
        // A cookie may have been written before midnight, or by a clock that is ahead.
        let today = now() / 1440;
        for (day, hosts) in [(today - 1, &[TRACKER][..]), (today + 1, &[TRACKER]), (today - 3, &[]), (today + 3, &[])] {
            let answer = server.get("/", &[("Cookie", &format!("consentry=1.~{day}.tracker"))]);
            assert_page(server.name, &answer, &open(hosts), &format!("{day} on {today}"));
        }
        let answer = server.get("/", &[("Cookie", &told("consentry=1.~D.tracker.map.pin")), ("Sec-GPC", "1")]);
        assert_page(server.name, &answer, &open(&[MAP]), "Global Privacy Control, by law");
    }
}

/// Where the config lets nothing run without a yes, no cookie does: another host of the site may have written it.
#[test]
fn law_opens_nothing_under_a_floor_of_opt_in() {
    let text = CONFIG.replace("\"floor\": \"law\",", "");
    let strict = Config::read("strict.json", &text, &["{}"]);
    let recipe = files(&strict, "axum").map(|files| files.made).unwrap_or_default();
    assert!(recipe.iter().any(|(_, text)| text.contains("const LAW: bool = false;")), "{recipe:?}");
    // The server of this very file is built with the other recipe.
    for server in servers(&strict).into_iter().filter(|one| one.name != "axum") {
        for (cookie, hosts) in [("consentry=1.~D.tracker", &[][..]), ("consentry=1.N.video.~D.tracker", &[VIDEO])] {
            let answer = server.get("/", &[("Cookie", &told(cookie))]);
            assert_page(server.name, &answer, &open(hosts), cookie);
        }
    }
}

#[test]
fn nothing_of_a_cookie_gets_into_the_answer() {
    for server in servers(&config()) {
        for raw in [
            "consentry=1.N.tracker\r\nX-Evil: evil.example",
            "consentry=1.N.tracker\r\n evil.example",
            "consentry=1.N.tracker\nX-Evil: evil.example",
            "consentry=1.N.tracker\revil.example",
            "consentry=1.N.tracker.evil.example\u{0}",
            "consentry=1.N.tracker; default-src evil.example",
        ] {
            let request = format!(
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {}\r\n\r\n",
                raw.replace('N', &now().to_string())
            );
            let answer = server.send(request.as_bytes());
            assert!(
                !answer.head.contains("evil") && !answer.head.contains("Evil"),
                "{}: {raw:?}: {}",
                server.name,
                answer.head
            );
            assert!(
                answer.status == 200 || (400..500).contains(&answer.status) || answer.head.is_empty(),
                "{}: {raw:?}: {}",
                server.name,
                answer.head
            );
        }
    }
}

#[test]
fn pages_alone_and_never_from_before() {
    for server in servers(&config()) {
        assert_eq!(server.get("/app.js", &[]).all("content-security-policy"), [""; 0], "{}", server.name);
        assert_eq!(server.get("/consentry-frame.html", &[]).all("content-security-policy"), [""; 0], "{}", server.name);
        // The page that says so, where there is no such page.
        assert_eq!(server.get("/missing", &[]).all("content-security-policy"), [BASE], "{}", server.name);
        // A browser that keeps the page of a day without this policy must not be told that it still stands.
        let kept = [("If-None-Match", "\"kept\""), ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")];
        let answer = server.get("/", &kept);
        assert_eq!(answer.status, 200, "{}", server.name);
        assert_page(server.name, &answer, BASE, "kept");
    }
}

#[test]
fn a_header_that_is_given_twice_is_sent_twice() {
    let answer = node(&config()).get("/twice", &[]);
    assert_eq!(answer.all("set-cookie"), ["a=1", "b=2"]);
    assert_eq!(answer.all("content-security-policy"), [BASE]);
}

#[test]
fn no_shared_cache_gives_one_visitors_page_to_another() {
    for server in servers(&config()) {
        let cache: Place = cache_before(&server);
        let granted = format!("consentry=1.{}.tracker", now());
        let first = cache.get("/", &[("Cookie", &granted)]);
        assert_page(server.name, &first, &open(&[TRACKER]), "the first");
        let second = cache.get("/", &[]);
        assert_page(server.name, &second, BASE, "the second");
        // The control: this cache does keep what it may keep.
        assert_eq!(cache.get("/app.js", &[]).all("x-cache"), ["MISS"], "{}", server.name);
        assert_eq!(cache.get("/app.js", &[]).all("x-cache"), ["HIT"], "{}", server.name);
    }
}
