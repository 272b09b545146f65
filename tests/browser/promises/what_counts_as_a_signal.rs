//! A signal is what the law and the specification call one: `true` in the browser, `Sec-GPC: 1` as the server saw it. What
//! only looks like it is none. And the server names the place in a cookie, if the config says so.

use consentry_browser_tests::{Page, World, promises};
use serde_json::{Value, json};

promises![
    nothing_but_true_is_a_signal,
    nothing_but_one_is_the_servers_word,
    the_place_in_a_cookie,
];

fn page(tag: &str) -> Page {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    Page::new().config(config).tag(&format!("<script src=\"/consentry.js\" data-jurisdiction=\"US-CA\"{tag}></script>"))
}

/// Whether a signal is honored on a page, and what its record says of it.
fn heard(world: &World, page: &Page) -> bool {
    world.visit(page);
    world.ready();
    let signal = world.eval("consentry.snapshot().signal");
    let reason = world.eval("consentry.choice('video').reason");
    assert_eq!(reason, if signal == true { "signal" } else { "default" });
    let own = world.eval("consentry.snapshot().record?.text.match(/ g=(\\d)/)?.[1] ?? null");
    assert_eq!(own, if signal == true { json!("1") } else { Value::Null });
    world.run("localStorage.clear();", &[]);
    signal == true
}

fn nothing_but_true_is_a_signal(world: &World) {
    let with = |value: &str| {
        let property = format!("{{ get: () => {value}, configurable: true }}");
        page("").before(&format!("<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {property});</script>"))
    };
    for value in ["'1'", "'true'", "1", "{}", "[true]", "new Boolean(true)", "document.all", "null", "undefined", "false"] {
        assert!(!heard(world, &with(value)), "{value} is no signal");
    }
    assert!(heard(world, &with("true")), "the control");
}

fn nothing_but_one_is_the_servers_word(world: &World) {
    for word in ["0", "", "true", "11", "1, 1", "?1"] {
        assert!(!heard(world, &page(&format!(" data-gpc=\"{word}\""))), "{word:?} is no signal");
    }
    assert!(heard(world, &page(" data-gpc=\"1\"")), "the control");
}

fn the_place_in_a_cookie(world: &World) {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    config["jurisdiction"] = json!({ "cookie": "visitor-place" });
    let found = |cookie: &str| {
        let write = format!("<script>document.cookie = 'other=JP; path=/'; document.cookie = '{cookie}; path=/';</script>");
        world.visit(&Page::new().config(config.clone()).before(&write));
        world.ready();
        world.eval("[consentry.snapshot().jurisdiction.place, consentry.snapshot().jurisdiction.how, consentry.snapshot().regime]")
    };
    assert_eq!(found("visitor-place=US-TX"), json!(["US-TX", "hint", "opt-out"]));
    assert_eq!(found("visitor-place=JP"), json!(["JP", "hint", "opt-in"]));
    for wrong in ["visitor-place=Texas", "visitor-place="] {
        assert_eq!(found(wrong), json!(["unknown", "hint", "opt-in"]), "{wrong}");
    }
    let without = found("visitor-place=; max-age=0");
    assert!(without[1] != "hint" && without[2] == "opt-in", "the browser alone, in UTC: {without}");
}
