//! The command line: what it answers, and with which exit code.

mod memory;

use consentry_site::command::Code;
use memory::Paper;

const GOOD: &str = r#"{ "policy": { "version": "1" }, "site": { "hosts": ["static.shop.example"] }, "services": [ "video",
  { "id": "chat", "category": "functional", "hosts": ["chat.example", "chat.example/embed", "/collect"] },
  { "id": "payment", "category": "necessary", "hosts": ["pay.example"] } ] }"#;

fn paper() -> Paper {
    Paper::with(&[("consentry.json", GOOD), ("bad.json", r#"{ "policy": {}, "services": ["vidoe"], "lang": 3 }"#)])
}

#[test]
fn check_says_every_mistake_with_its_place() {
    let mut paper = paper();
    assert_eq!(paper.run("check"), Code::Well);
    assert_eq!(paper.said, "consentry.json: no mistakes; 4 categories, 3 services\n");
    assert_eq!(paper.run("check bad.json"), Code::Issues);
    let expected = "bad.json: error: policy.version: is required\n\
                    bad.json: error: services[0]: not in the catalog; did you mean \"video\"?\n\
                    bad.json: warning: lang: must be a language tag like pt-BR\n\
                    bad.json: 2 errors, 1 warning\n";
    assert_eq!(paper.said, expected);
    assert_eq!(paper.run("check --config bad.json"), Code::Issues);
    assert_eq!(paper.said, expected);
}

#[test]
fn check_says_where_json_ends() {
    let mut paper = Paper::with(&[("consentry.json", "{\n  \"policy\" {}\n}")]);
    assert_eq!(paper.run("check"), Code::Issues);
    assert_eq!(
        paper.said,
        "consentry.json: error: is not JSON: expected `:` at line 2, column 12\nconsentry.json: 1 error, 0 warnings\n"
    );
}

#[test]
fn explain_names_service_fate_and_line() {
    let mut paper = paper();
    let mut said = |line: &str| {
        let code = paper.run(line);
        (code, paper.said.clone())
    };
    let (code, text) = said("explain https://a.video-cdn.example/x.js");
    assert_eq!(code, Code::Well);
    assert_eq!(
        text,
        "https://a.video-cdn.example/x.js\n  service \"video\" of Video Inc., category \"marketing\"\n  by services[0] = \
         \"video\", whose entry in the catalog has hosts[1] = \"*.video-cdn.example\"\n  held until the visitor allows \
         \"video\", alone or with the category \"marketing\"\n"
    );
    let (code, text) = said("explain https://chat.example/embed/1");
    assert!(code == Code::Well && text.contains("by services[1].hosts[1] = \"chat.example/embed\""), "{text}");
    let (code, text) = said("explain /collect/1");
    assert!(code == Code::Well && text.contains("by services[1].hosts[2] = \"/collect\""), "{text}");
    let (code, text) = said("explain https://pay.example/");
    assert!(code == Code::Well && text.contains("never held: the category \"necessary\" is necessary"), "{text}");
    let (code, text) = said("explain https://static.shop.example/a.css");
    assert!(code == Code::Well && text.contains("your own: site.hosts[0] = \"static.shop.example\""), "{text}");
    let (code, text) = said("explain https://www.shop.example/a --site https://shop.example");
    assert!(code == Code::Well && text.contains("your own: the same site as the page"), "{text}");
}

#[test]
fn explain_says_how_to_declare_a_stranger() {
    let mut paper = paper();
    assert_eq!(paper.run("explain //counter.example/count?id=1"), Code::Issues);
    assert!(paper.said.contains("the catalog knows it: add \"counter\" to services"), "{}", paper.said);
    assert_eq!(paper.run("explain https://other.example/ --site https://shop.example"), Code::Issues);
    assert!(paper.said.contains("add \"other.example\" to the hosts of a service"), "{}", paper.said);
    assert!(!paper.said.contains("--site"), "{}", paper.said);
    assert_eq!(paper.run("explain mailto:a@b.example"), Code::Well);
    assert!(paper.said.contains("makes no request"), "{}", paper.said);
}

#[test]
fn wrong_calls_end_with_2_and_a_way_out() {
    for (line, complaint) in [
        ("", "consentry COMMAND"),
        ("chekc", "there is no command \"chekc\""),
        ("explain", "a URL is missing"),
        ("explain a b", "\"b\" is one word too many"),
        ("check --fast", "there is no option --fast"),
        ("check --config", "--config needs a value"),
        ("check missing.json", "missing.json: there is no such file"),
        ("explain /x --site here", "--site must be an address"),
    ] {
        let mut paper = paper();
        assert_eq!(paper.run(line), Code::Usage, "{line}");
        assert!(paper.complained.contains(complaint), "{line}: {}", paper.complained);
        assert_eq!(paper.said, "", "{line}");
    }
    let mut paper = paper();
    assert_eq!(paper.run("explain /x --config bad.json"), Code::Issues);
    assert!(paper.complained.contains("services[0]: not in the catalog"), "{}", paper.complained);
}

#[test]
fn every_command_explains_itself() {
    let mut paper = paper();
    assert_eq!(paper.run("--help"), Code::Well);
    let names: Vec<String> = paper
        .said
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(ToOwned::to_owned))
        .collect();
    assert!(names.len() > 1, "{}", paper.said);
    for name in names {
        assert_eq!(paper.run(&format!("{name} --help")), Code::Well);
        assert!(paper.said.starts_with(&format!("consentry {name}")), "{}", paper.said);
    }
}
