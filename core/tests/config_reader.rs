//! The reader tells every mistake in the structure of a config, all at once, each with its path.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics fails")]

mod support;

use serde_json::{Value as Json, json};

use consentry_core::{config::read_with_texts, value::Value};
use support::{lines, reading, says, service, value, with};

#[test]
fn tells_all_five_mistakes_at_once() {
    says(
        json!({
            "policy": { "version": 1, "effective": "2026-02-30" },
            "categories": [{ "id": "social" }, { "id": "analytics", "purposes": [{ "id": "audience", "basis": "objection" }] }],
            "services": [{ "id": "tweet-button", "category": "socail", "hosts": ["platform.twitter.com", "*.twimg.com", "http:/x"], "cokies": [] }]
        }),
        &[
            "error policy.version: must be 1 to 64 plain characters",
            "error policy.effective: must be a date like 2026-11-01, got \"2026-02-30\"",
            "error categories[1].purposes[0].basis: objection: legitimate interest is no ground for storing or reading under \
             opt-in (ePrivacy Directive Art. 5(3)), and the floor here is opt-in",
            "error services[0].category: unknown id; did you mean \"social\"?",
            "error services[0].hosts[2]: must be a host name, got \"http:/x\"",
            "error services[0].cokies: unknown key; did you mean \"cookies\"?",
        ],
    );
}

#[test]
fn needs_a_policy_with_a_version() {
    says(json!({}), &["error policy.version: is required"]);
    says(json!({ "policy": {} }), &["error policy.version: is required"]);
    for none in [json!(null), json!([]), json!("x"), json!(1)] {
        assert_eq!(reading(&none).issues[0].message.split(',').next(), Some("must be an object"));
        assert_eq!(reading(&none).issues[0].path, "");
        assert!(reading(&none).policy.is_none());
    }
    says(json!({ "policy": { "version": "x".repeat(64) } }), &[]);
    for wrong in [json!(""), json!("x".repeat(65)), json!("a\nb"), json!(null), json!(["1"])] {
        assert!(reading(&json!({ "policy": { "version": wrong } })).policy.is_none(), "{wrong}");
    }
}

#[test]
fn takes_one_text_for_each_language_wherever_visitors_read_it() {
    let (one, each) = (json!("Zählt"), json!({ "en": "Counts", "pt-BR": "Conta" }));
    for text in [one, each] {
        says(
            service(json!({
                "label": text, "description": text, "placeholder": { "title": text, "text": text },
                "cookies": [{ "name": "a", "purpose": text }], "storage": [{ "kind": "localStorage", "key": "a", "purpose": text }]
            })),
            &[],
        );
    }
    says(
        service(
            json!({ "cookies": [{ "name": "a", "purpose": { "english!": "Counts" } }], "placeholder": { "text": 1 } }),
        ),
        &[
            "error services[0].cookies[0].purpose[\"english!\"]: must be a language tag like pt-BR",
            "error services[0].placeholder.text: must be a text for each language",
        ],
    );
}

#[test]
fn suggests_what_was_meant() {
    says(with(json!({ "servces": [] })), &["error servces: unknown key; did you mean \"services\"?"]);
    says(with(json!({ "Policy": {} })), &["error Policy: unknown key; did you mean \"policy\"?"]);
    says(with(json!({ "plugins": {} })), &["error plugins: unknown key"]);
    says(
        service(json!({ "privacypolicy": "/p" })),
        &["error services[0].privacypolicy: unknown key; did you mean \"privacyPolicy\"?"],
    );
}

#[test]
fn knows_the_keys_of_texts_that_it_is_told() {
    let texts = json!({ "notice.acept": "Yes", "notice.accept": "Yes", "center.abuot": "All", "wholly.else": "?", "x-own": "!" });
    let config = with(json!({ "texts": { "en": texts } }));
    let told = lines(&read_with_texts(&value(&config), &Value::Null, "notice.accept notice.reject center."));
    assert_eq!(
        told,
        [
            "warning texts.en[\"notice.acept\"]: unknown text; did you mean \"notice.accept\"?",
            "warning texts.en[\"wholly.else\"]: unknown text",
        ]
    );
    says(config, &[]);
}

#[test]
fn says_what_this_version_lacks() {
    let later = "this version of Consentry does not have it yet";
    says(with(json!({ "integrations": {} })), &[&format!("error integrations: {later}")]);
    says(service(json!({ "hold": true })), &[]);
    says(with(json!({ "gate": { "level": "auto-csp" } })), &[]);
    says(with(json!({ "gate": { "level": "marked", "unknownThirdParties": "block" } })), &[]);
    says(
        with(json!({ "gate": { "level": "mark" } })),
        &["error gate.level: must be one of auto|auto-csp|marked|sealed|header, got \"mark\""],
    );
}

#[test]
fn refuses_ids_that_are_no_ids_or_are_taken() {
    says(
        with(json!({ "categories": [{ "id": "Social" }] })),
        &["error categories[0].id: must be an id of a-z, 0-9 and -, got \"Social\""],
    );
    says(with(json!({ "categories": [{ "label": "x" }] })), &["error categories[0].id: is required"]);
    says(with(json!({ "categories": [{ "id": "a".repeat(64) }] })), &[]);
    assert!(reading(&with(json!({ "categories": [{ "id": "a".repeat(65) }] }))).policy.is_none());
    assert!(reading(&with(json!({ "categories": [{ "id": "-a" }] }))).policy.is_none());
    says(
        with(json!({ "categories": [{ "id": "a" }, { "id": "a" }] })),
        &["error categories[1].id: the id \"a\" is taken already"],
    );
    says(with(json!({ "categories": [{ "id": "analytics" }] })), &[]);
    let services = |ids: [&str; 2]| json!(ids.map(|id| json!({ "id": id, "category": "analytics" })));
    says(with(json!({ "services": services(["a", "b"]) })), &[]);
    says(with(json!({ "services": services(["a", "a"]) })), &["error services[1].id: the id \"a\" is taken already"]);
    says(
        with(json!({ "services": services(["a", "marketing"]) })),
        &["error services[1].id: the id \"marketing\" is taken already"],
    );
    says(
        with(json!({ "services": services(["a", "social"]), "categories": [{ "id": "social" }] })),
        &["error services[1].id: the id \"social\" is taken already"],
    );
    let purposes = |ids: [&str; 2]| json!(ids.map(|id| json!({ "id": id, "basis": "consent" })));
    says(
        with(
            json!({ "categories": [{ "id": "a", "purposes": purposes(["x", "y"]) }, { "id": "b", "purposes": purposes(["x", "x"]) }] }),
        ),
        &["error categories[1].purposes[1].id: the id \"x\" is taken already"],
    );
    says(
        service(json!({ "purposes": ["x", "y", "x"] })),
        &["error services[0].purposes[2]: the id \"x\" is taken already"],
    );
}

#[test]
fn keeps_the_bases_of_a_category_apart() {
    let mixed = "must not need consent in part: a visitor answers a category as a whole";
    let category = |id: &str, bases: &[&str]| {
        let purposes: Vec<_> =
            bases.iter().enumerate().map(|(n, basis)| json!({ "id": format!("p{n}"), "basis": basis })).collect();
        with(json!({ "categories": [{ "id": id, "purposes": purposes }] }))
    };
    says(category("a", &["necessary", "consent"]), &[&format!("error categories[0].purposes: {mixed}")]);
    says(category("necessary", &["consent"]), &[&format!("error categories[0].purposes: {mixed}")]);
    let necessary = |config: &Json, id: &str| {
        let policy = reading(config).policy.unwrap();
        policy.categories.iter().find(|category| category.id == id).unwrap().necessary
    };
    assert!(necessary(&category("a", &["necessary", "necessary"]), "a"));
    assert!(necessary(&category("necessary", &[]), "necessary"));
    assert!(!necessary(&category("a", &["consent", "consent"]), "a"));
    assert!(!necessary(&category("a", &[]), "a"));
    assert!(reading(&category("a", &["objection"])).policy.is_none());
    says(
        category("a", &["consents"]),
        &["error categories[0].purposes[0].basis: must be one of consent|necessary|objection, got \"consents\""],
    );
}

#[test]
fn warns_about_what_has_a_default_and_starts_all_the_same() {
    says(
        with(json!({
            "site": { "name": 1, "hosts": ["ok.example", "http://x"], "policies": [{ "url": "javascript:x", "places": ["us"] }], "nmae": "x" },
            "ui": { "layout": "wall", "theme": { "accent": "url(x)", "radius": "8em", "text": "#12345", "scheme": "light", "font": "Georgia" }, "position": "top" },
            "lang": "English!",
            "texts": { "en": { "notice.title": 1 }, "deutsch?": { "notice.title": "Hallo" } }
        })),
        &[
            "warning site.name: must be a string",
            "warning site.hosts[1]: must be a host name, got \"http://x\"",
            "warning site.policies[0].url: must be an http(s), mailto or relative URL, got \"javascript:x\"",
            "warning site.policies[0].places[0]: must be a place like US-CA, got \"us\"",
            "warning site.nmae: unknown key; did you mean \"name\"?",
            "warning ui.layout: must be one of bar|box|compact|modal|inline, got \"wall\"",
            "warning ui.theme.accent: must be a color like #1a2b3c, got \"url(x)\"",
            "warning ui.theme.text: must be a color like #1a2b3c, got \"#12345\"",
            "warning ui.theme.radius: must be a length like 8px, got \"8em\"",
            "warning ui.theme.font: must be one of auto|inherit, got \"Georgia\"",
            "warning lang: must be a language tag like pt-BR, got \"English!\"",
            "warning texts.en[\"notice.title\"]: must be a string",
            "warning texts[\"deutsch?\"]: must be a language tag like pt-BR",
        ],
    );
    let config = with(json!({ "site": { "hosts": ["ok.example", "http://x"], "controller": 7 } }));
    let policy = reading(&config).policy.unwrap();
    assert_eq!(policy.hosts.iter().map(|host| host.text()).collect::<Vec<_>>(), ["ok.example"]);
    assert_eq!(policy.controller, "");
    says(with(json!({ "site": [] })), &["warning site: must be an object"]);
}

#[test]
fn refuses_a_theme_that_sets_one_answer_apart() {
    let alike =
        "must not set one answer apart: all must look alike (EDPB cookie banner report 2023, 17; CNIL 2020-092, 34)";
    for key in ["rejectBackground", "acceptColor", "reject", "customizeFont"] {
        let mut theme = json!({ "ui": { "theme": { "accent": "#123" } } });
        theme["ui"]["theme"][key] = json!("#eee");
        says(with(theme), &[&format!("error ui.theme.{key}: {alike}")]);
    }
    says(with(json!({ "ui": { "theme": { "scheme": "dark" }, "layout": "compact" } })), &[]);
    says(with(json!({ "ui": { "theme": { "shadow": "x" } } })), &["warning ui.theme.shadow: unknown key"]);
    says(with(json!({ "ui": { "logo": "/logo.svg" } })), &[]);
    let elsewhere = "warning ui.logo: must be a path of this origin like /parent, got \"//cdn.example/logo.svg\"";
    says(with(json!({ "ui": { "logo": "//cdn.example/logo.svg" } })), &[elsewhere]);
}

#[test]
fn lets_tools_and_owners_write_keys_of_their_own() {
    says(
        json!({
            "$schema": "consentry.schema.json", "x-note": { "any": [1] },
            "policy": { "version": "1", "x-by": 5, "$schema": 1 },
            "texts": { "x-todo": 5, "en": { "x-note": 1 } },
            "services": [{ "id": "a", "category": "analytics", "x-ticket": null, "label": { "x-a": 1 } }]
        }),
        &[],
    );
}

#[test]
fn tells_of_a_config_for_a_later_version_everything_that_is_missing() {
    let config = json!({
        "site": { "name": "Mindomo", "hosts": ["cdn.example.net"], "links": { "rights": "/rights" } },
        "policy": { "version": "2018-05-24", "upcoming": { "announced": "2018-04-01", "effective": "2018-05-24", "noticeDays": 30 }, "forbidden": ["marketing"], "data": [] },
        "jurisdiction": "auto", "floor": "law",
        "categories": [{ "id": "social", "purposes": [{ "id": "share", "basis": "objection" }], "counsel": "A" }],
        "services": [{
            "id": "tweet-button", "category": "social", "hosts": ["platform.twitter.com", "*.twimg.com"],
            "cookies": [{ "name": "_tw*", "domain": ".twitter.com" }], "storage": [{ "kind": "localStorage", "key": "tw_*" }],
            "uses": ["share"], "serviceProvider": false, "ask": "once"
        }],
        "gate": { "level": "auto", "unknownThirdParties": "block" },
        "age": {}, "locked": [], "signals": { "gpc": "honor" },
        "record": { "scope": "", "cookie": {}, "expiresDays": { "granted": 365, "refused": 183 }, "log": { "url": "/log" } },
        "ui": { "layout": "bar", "position": "bottom", "reopen": "button" }, "lang": "auto", "integrations": {}
    });
    let issues = reading(&config).issues;
    let missing: Vec<_> = issues.iter().map(|issue| issue.path.as_str()).collect();
    assert_eq!(missing.join(" "), "integrations");
    assert!(issues.iter().all(|issue| issue.message.contains("this version of Consentry")));
}
