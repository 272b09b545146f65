//! `explain` for a visitor: each step from the config to the URL, as the engine decides it.

mod memory;

use consentry_core::{
    effect::Effect,
    engine::Engine,
    event::{Act, Answer, Event, Proof, Screen, Shown, Stored},
    policy::{Policy, Rules},
    time::Timestamp,
};
use consentry_site::{command::Code, config::Config};
use memory::Paper;

const CONFIG: &str = r#"{ "policy": { "version": "2026-11-01" }, "site": { "policies": [{ "url": "/privacy" }] }, "floor": "law", "age": {}, "services": [
  { "id": "counter", "category": "analytics", "hosts": ["/count"] },
  { "id": "ads", "category": "marketing", "hosts": ["ads.example"], "uses": ["sale", "targetedAds"] }, "video" ] }"#;

/// 2026-11-01, three weeks before the desk's clock.
const THEN: Timestamp = Timestamp(1_793_491_200);

/// The record after these answers, in Germany, where age plays no part.
fn record(answers: &[Answer]) -> String {
    let known = r#"{ "video": { "category": "marketing", "vendor": "Video Inc.", "hosts": ["video.example", "*.video-cdn.example"] } }"#;
    let policy: Policy = Config::read("it", CONFIG, &[known]).policy.unwrap_or_default();
    let mut engine = Engine::new(Policy { rules: Rules { age: None, ..policy.rules.clone() }, ..policy }, "1.0.0");
    engine.step(Event::Read { stored: Stored::Empty, at: THEN });
    let mut text = String::new();
    for answer in answers {
        let shown = Shown { screen: Screen::Notice, locale: "en".into(), texts: "Yes or no".into() };
        let act = Act { answer: answer.clone(), proof: Proof::Gesture, at: THEN, nonce: [7; 16], shown };
        for effect in engine.step(Event::Answered(act)) {
            if let Effect::Persist(kept) = effect {
                text = kept;
            }
        }
    }
    text
}

fn paper() -> Paper {
    let adults = CONFIG.replace(r#""age": {}, "#, "");
    let accepted = record(&[Answer::AcceptAll]);
    let copy = serde_json::json!({ "schemaVersion": "consentry-export/1", "record": accepted }).to_string();
    Paper::with(&[
        ("consentry.json", &adults),
        ("young.json", CONFIG),
        ("yes.txt", &accepted),
        ("yes.json", &copy),
        ("back.txt", &record(&[Answer::AcceptAll, Answer::Withdraw(Some("marketing".into()))])),
        ("erased.txt", "consentry/1 erased"),
        ("cut.txt", accepted.get(..accepted.len() / 2).unwrap_or_default()),
        ("newer.txt", "consentry/2 whatever"),
        ("other.json", "{ \"record\": 5 }"),
    ])
}

/// What a line of the command says, of a call that ends well.
fn said(line: &str) -> String {
    let mut paper = paper();
    assert_eq!(paper.run(line), Code::Well, "{}", paper.complained);
    paper.said
}

/// Fails unless each of these lines stands there, in this order.
#[track_caller]
fn says(text: &str, lines: &[&str]) {
    let mut rest = text.lines().map(str::trim);
    for line in lines {
        assert!(rest.any(|one| one.starts_with(line)), "{line}\n{text}");
    }
}

#[test]
fn walks_from_the_config_to_the_url() {
    let text = said("explain --place US-CA --gpc --url https://ads.example/x?y");
    says(
        &text,
        &[
            "1. Config",
            "consentry.json: no mistakes; 4 categories, 3 services",
            "policy.version \"2026-11-01\", floor \"law\", gate.level \"auto\"",
            "2. Place",
            "US-CA, by --place: your server's word for the request decides alone",
            "the law there: opt-out (docs: jurisdictions); floor \"law\"",
            "so the regime is opt-out",
            "3. Record",
            "none: nobody has answered yet",
            "4. Signals",
            "GPC is on",
            "opted out of: sale share targetedAds",
            "5. Age",
            "the config has no \"age\"",
            "6. Decisions",
            "+ necessary: necessary: ",
            "+ analytics: default: opt-out lets it run until the visitor or a signal opts out of what it does",
            "+   counter: default: ",
            "- marketing: signal: ",
            "-   ads: signal: the browser's signal denies what it does: sale targetedAds (declared)",
            "-   video: signal: the browser's signal denies what it does: sale share targetedAds profiling (a third party",
            "open questions: nothing; no notice comes up by itself",
            "7. URL",
            "https://ads.example/x?y",
            "service \"ads\", category \"marketing\"",
            "by services[1].hosts[0] = \"ads.example\"",
            "now: held (\"ads\" is off: signal)",
            "> auto ",
            "marked ",
            "sealed ",
        ],
    );
    // The control: without the signal the same URL is asked for.
    let text = said("explain --place US-CA --url https://ads.example/x?y");
    says(
        &text,
        &[
            "GPC is off",
            "nothing is opted out of",
            "+   ads: default",
            "now: asked for, at every level (\"ads\" is on: default)",
        ],
    );
}

#[test]
fn says_how_the_place_was_found() {
    for (line, expected) in [
        ("--zone America/Los_Angeles", ["US-CA, by the time zone America/Los_Angeles", "so the regime is opt-out"]),
        ("--zone Europe/Berlin", ["unknown, nothing says a place", "so the regime is opt-in"]),
        ("--zone America/New_York --languages fr-FR", ["FR, by the languages fr-FR", "so the regime is opt-in"]),
        ("--place ??", ["unknown, --place names no place", "so the regime is opt-in"]),
        ("--place JP", ["JP, by --place", "so the regime is opt-in"]),
    ] {
        says(&said(&format!("explain {line}")), &expected);
    }
    let mut paper = paper();
    let own = CONFIG.replace(
        "\"floor\"",
        "\"jurisdiction\": \"US-TX\", \"regimes\": [{ \"place\": \"US-TX\", \"regime\": \"opt-in\" }], \"floor\"",
    );
    paper.files.insert("own.json".into(), own.into_bytes());
    assert_eq!(paper.run("explain --config own.json --date 2026-12-24"), Code::Well, "{}", paper.complained);
    says(&paper.said, &["US-TX, by the config: jurisdiction = \"US-TX\"", "regimes[0].regime = \"opt-in\""]);
}

#[test]
fn reads_a_record_or_a_copy() {
    for file in ["yes.txt", "yes.json"] {
        let text = said(&format!("explain --place DE --record {file} --url https://a.video-cdn.example/"));
        says(
            &text,
            &[
                &format!("{file}: whole, 1 entry, the last of 2026-11-01"),
                "2026-11-01 accept_all on \"notice\", policy version \"2026-11-01\", stands until 2027-11-01",
                "+   video: granted: the yes of 2026-11-01 is not older than 365 days",
                "now: asked for, at every level (\"video\" is on: granted)",
            ],
        );
    }
    let late = said("explain --place DE --record yes.txt --date 2027-11-02");
    says(
        &late,
        &[
            "-   video: expired: the yes of 2026-11-01 ended after 365 days",
            "open questions: functional, analytics, marketing; the notice comes up by itself",
        ],
    );
    says(
        &said("explain --place DE --record back.txt"),
        &["- marketing: withdrawn: the yes was taken back on 2026-11-01"],
    );
    for (file, why) in [
        ("cut.txt", "its seal does not fit"),
        ("newer.txt", "of a newer major version"),
        ("erased.txt", "erased by its visitor"),
    ] {
        let text = said(&format!("explain --place US-CA --record {file}"));
        says(
            &text,
            &[&format!("{file}: {why}"), "- marketing: unanswered: nobody answered; a default of on counts only where"],
        );
    }
}

#[test]
fn says_what_an_age_comes_to() {
    let line = |rest: &str| said(&format!("explain --config young.json --place US-CA {rest}"));
    says(
        &line(""),
        &[
            "thresholds here 13 and 16",
            "nobody said how old the visitor is: unknown",
            "- marketing: unanswered: nobody answered; of minors",
        ],
    );
    says(&line("--age 10"), &["10 years: child, below the first threshold: only a parent grants"]);
    says(&line("--age 14"), &["14 years: teen", "- analytics: unanswered: nobody answered; of minors"]);
    says(&line("--age 40"), &["40 years: adult", "+ analytics: default"]);
    let barred = said("explain --config young.json --place US-OR --age 14");
    says(
        &barred,
        &["between the two the law bars, whoever agrees: sale share", "-   ads: age: the law bars it at this age"],
    );
    says(
        &said("explain --age 14 --place DE"),
        &["the config has no \"age\": it plays no part, and --age says nothing"],
    );
}

#[test]
fn unknown_third_parties_follow_regime_and_opt_outs() {
    let mut paper = paper();
    let open = CONFIG.replace("\"floor\"", "\"gate\": { \"unknownThirdParties\": \"report\", \"level\": \"sealed\", \"worker\": \"/consentry-sw.js\" }, \"floor\"");
    let counsel = open.replace("\"unknown", "\"counsel\": \"Ours\", \"unknown");
    paper.files.insert("grown.json".into(), open.clone().into_bytes());
    paper.files.insert("open.json".into(), open.replace("\"age\": {}, ", "").into_bytes());
    paper.files.insert("advised.json".into(), counsel.replace("\"age\": {}, ", "").into_bytes());
    let asked = "now: asked for, and the console names it: gate.unknownThirdParties = \"report\"";
    let held = "now: held: gate.unknownThirdParties = \"report\" counts only outside opt-in";
    for (visitor, expected) in [
        ("open.json --place US-CA", asked),
        ("open.json --place US-CA --gpc", held),
        ("open.json --place DE", held),
        ("advised.json --place DE", asked),
        ("advised.json --place US-CA --gpc", held),
        ("advised.json --place DE --record back.txt", held),
        ("grown.json --place US-CA", held),
        ("grown.json --place US-CA --age 14", held),
        ("grown.json --place US-CA --age 40", asked),
    ] {
        assert_eq!(
            paper.run(&format!("explain --config {visitor} --url https://other.example/")),
            Code::Issues,
            "{}",
            paper.complained
        );
        says(&paper.said, &["a third party that no service declares", expected]);
        assert_eq!(paper.said.contains("> sealed "), expected.contains("held"), "{}", paper.said);
        assert_eq!(paper.said.contains("/consentry-sw.js refuses it"), expected.contains("held"), "{}", paper.said);
    }
}

#[test]
fn a_policy_lets_in_what_it_lists_and_nothing_else() {
    let config = r#"{ "policy": { "version": "1", "forbidden": ["*.spy.example"] }, "site": { "hosts": ["*.cdn.example"] }, "services": [
      { "id": "counter", "category": "analytics", "hosts": ["/count", "t.cdn.example", "wide.example"] },
      { "id": "shop", "category": "necessary", "hosts": ["shop.example", "*.example.org"] },
      { "id": "map", "category": "functional", "hosts": ["[::1]"] } ] }"#;
    let mut paper = paper();
    paper.files.insert("policy.json".into(), config.as_bytes().to_vec());
    let opened = "sealed    let in: the policy always lets in its host; mark what is there";
    let refused =
        "now: asked for, but at sealed and header, where the policy refuses it: site.hosts does not name its host";
    for (url, lines) in [
        ("https://a.cdn.example/", ["your own: site.hosts[0]", "now: asked for, at every level"]),
        ("https://img.own.example/", ["your own: the same site as the page", refused]),
        ("https://www.own.example/x", ["your own: the same site as the page", "now: asked for, at every level"]),
        (
            "https://pay.example.org/",
            ["service \"shop\"", "now: asked for, at every level (\"shop\" is on: necessary)"],
        ),
        ("/count/1", ["now: held (\"counter\" is off: unanswered)", opened]),
        ("https://t.cdn.example/", ["now: held (\"counter\" is off: unanswered)", opened]),
        ("https://wide.example/", ["now: held (\"counter\" is off: unanswered)", "sealed    refused by the policy"]),
        (
            "https://a.spy.example/",
            ["policy.forbidden[0] = \"*.spy.example\"", "now: held: policy.forbidden rules it out"],
        ),
    ] {
        paper.said.clear();
        let line = format!("explain --config policy.json --site https://www.own.example/ --place DE --url {url}");
        assert_eq!(paper.run(&line), Code::Well, "{url}: {}", paper.complained);
        says(&paper.said, &lines);
    }
}

#[test]
fn wrong_values_are_named() {
    for (line, complaint) in [
        ("explain --gpc --age old", "--age must be a number of years, got \"old\""),
        ("explain --gpc --date tomorrow", "--date must be a day like 2026-11-01, got \"tomorrow\""),
        ("explain --record nowhere.txt", "nowhere.txt: there is no such file"),
        ("explain --record other.json", "other.json: record: is missing: this is no copy of a record"),
        ("explain --site https://shop.example", "a URL is missing, or a visitor"),
    ] {
        let mut paper = paper();
        assert_eq!(paper.run(line), Code::Usage, "{line}");
        assert!(paper.complained.contains(complaint), "{line}: {}", paper.complained);
    }
    let mut paper = paper();
    paper.files.insert(
        "bad.json".into(),
        br#"{ "policy": {}, "services": [{ "id": "a", "category": "marketing", "hosts": ["http:/x"] }] }"#.to_vec(),
    );
    assert_eq!(paper.run("explain --config bad.json --place DE"), Code::Issues);
    assert!(paper.complained.contains("services[0].hosts[0]: must be a host name"), "{}", paper.complained);
}
