//! The command line: what it answers, and with which exit code.

mod memory;

use consentry_site::command::Code;
use memory::Paper;

const GOOD: &str = r#"{ "policy": { "version": "1" }, "site": { "hosts": ["static.shop.example"], "policies": [{ "url": "/privacy" }] }, "services": [ "video",
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
                    bad.json: error: services[0]: not in the catalog, so describe it with id, category and hosts; did you mean \"video\"?\n\
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
fn check_notes_what_may_not_be_meant() {
    let config = r#"{ "policy": { "version": "1" }, "policy": { "version": "2" }, "site": { "hosts": ["a.example"] },
      "categories": [{ "id": "social" }, { "id": "media" }], "services": [ "counter",
        { "id": "one", "category": "media", "hosts": ["a.example", "*.b.example"] },
        { "id": "two", "category": "marketing", "hosts": ["counter.example/count/", "*.c.example", "c.example"] },
        { "id": "three", "category": "marketing" } ] }"#;
    let mut paper = Paper::with(&[("consentry.json", config)]);
    assert_eq!(paper.run("check"), Code::Issues);
    let expected = [
        "warning: policy: is given twice; the last one counts",
        "note: site.policies: no privacy policy is named; visitors look for a link to it in the notice",
        "note: categories[0]: no service belongs to it; right only if elements are marked for it, or forms or scripts ask for it",
        "note: services[1].hosts[0]: \"a.example\" is in site.hosts, too: it waits for the service",
        "note: services[1].hosts[1]: \"*.b.example\" does not mean \"b.example\" itself; add it if the service loads from there",
        "note: services[2].hosts[0]: \"counter.example/count/\" is also a host of catalog.counter: what loads from there waits \
         until both are allowed",
        "note: services[3]: names no hosts, cookies, storage or permissions: nothing can be recognized, held or removed for it",
        "0 errors, 1 warning",
    ];
    let lines: Vec<&str> = paper.said.lines().filter_map(|line| line.strip_prefix("consentry.json: ")).collect();
    assert_eq!(lines, expected);
    let noted = config.replacen(r#""policy": { "version": "1" }, "#, "", 1);
    paper.files.insert("consentry.json".to_owned(), noted.into_bytes());
    assert_eq!(paper.run("check"), Code::Well, "{}", paper.said);
    assert!(paper.said.ends_with("no mistakes; 6 categories, 4 services\n"), "{}", paper.said);
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

const PAGE: &str = "<p>\n<img src=\"https://video.example/a\">";
const MARKED: &str = "<p>\n<img data-service=\"video\" data-consentry-src=\"https://video.example/a\">";

fn folder() -> Paper {
    let own = "<script type=\"application/json\" id=\"consentry-config\">{\"policy\":{\"version\":\"2\"},\"site\":{\"policies\":[{\"url\":\"/p\"}]}}</script>";
    let mut paper = paper();
    for (path, text) in [
        ("www/index.html", PAGE),
        ("www/sub/own.HTM", &format!("{own}{PAGE}")),
        ("www/clean.html", "<p>Hello"),
        ("www/a.js", "\"<img src='https://video.example/a'>\""),
    ] {
        paper.files.insert(path.to_owned(), text.as_bytes().to_vec());
    }
    paper
}

#[test]
fn rewrite_marks_a_folder_in_place() {
    let mut paper = folder();
    let before = paper.files.clone();
    assert_eq!(paper.run("rewrite www --config consentry.json --dry-run"), Code::Well);
    assert_eq!(paper.files, before);
    let report = paper.said.clone();
    assert_eq!(
        report,
        "www/index.html:2: <img> https://video.example/a waits for \"video\"\n\
         www/sub/own.HTM:2: <img> https://video.example/a waits for \"video\"\n\
         3 pages, 2 changed: 2 third parties wait, 0 things to do\n"
    );
    assert_eq!(paper.run("rewrite www --config consentry.json"), Code::Well);
    assert_eq!(paper.said, report);
    assert_eq!(paper.text("www/index.html"), MARKED);
    assert_eq!(paper.text("www/a.js"), "\"<img src='https://video.example/a'>\"");
    let after = paper.files.clone();
    assert_eq!(paper.run("rewrite www/ --config consentry.json"), Code::Well);
    assert_eq!(paper.files, after);
    assert_eq!(paper.said, "3 pages, 0 changed: 0 third parties wait, 0 things to do\n");
}

#[test]
fn rewrite_takes_each_pages_own_config_and_copies_a_folder() {
    let mut paper = folder();
    let before = paper.files.clone();
    assert_eq!(paper.run("rewrite www --out dist"), Code::Issues);
    assert!(
        paper.said.contains("www/sub/own.HTM:2: <img> https://video.example/a to do: add \"video\" to services"),
        "{}",
        paper.said
    );
    assert!(before.iter().all(|(path, bytes)| paper.files.get(path) == Some(bytes)), "the source was touched");
    assert_eq!(paper.text("dist/index.html"), MARKED);
    assert_eq!(paper.text("dist/clean.html"), "<p>Hello");
    assert_eq!(paper.text("dist/a.js"), paper.text("www/a.js"));
    assert!(paper.text("dist/sub/own.HTM").ends_with(MARKED), "{}", paper.text("dist/sub/own.HTM"));
    assert_eq!(paper.run("rewrite www/index.html www/clean.html"), Code::Well);
    assert_eq!(paper.text("www/index.html"), MARKED);
}

#[test]
fn check_reads_the_config_of_a_page() {
    let mut paper = folder();
    assert_eq!(paper.run("check www/sub/own.HTM"), Code::Well);
    assert_eq!(paper.said, "www/sub/own.HTM: no mistakes; 4 categories, 0 services\n");
    assert_eq!(paper.run("check www/index.html"), Code::Usage);
    assert!(paper.complained.contains("no script element with id \"consentry-config\""), "{}", paper.complained);
    let page = "<script id=consentry-config type=application/json>{\"policy\":{\"version\":\"2\"},\"services\":[\"own\"]}</script>\
                <script id=consentry-catalog type=application/json>{\"own\":{\"category\":\"marketing\",\"hosts\":[\"x.example\"]}}</script>";
    paper.files.insert("page.html".to_owned(), page.as_bytes().to_vec());
    assert_eq!(paper.run("explain //x.example/a --config page.html"), Code::Well);
    assert!(paper.said.contains("service \"own\""), "{}", paper.said);
}

#[test]
fn header_writes_the_table_with_what_is_around_it() {
    let mut paper = paper();
    assert_eq!(paper.run("header --server nginx --out made"), Code::Issues);
    assert_eq!(paper.said, "made/consentry-header.js\nmade/consentry-header.conf\n");
    assert!(paper.complained.contains("consentry.json: record.cookie: is missing"), "{}", paper.complained);
    let table = "const LAW = false;\n// A source, the ids that all have to be granted for it, and whether Global Privacy Control keeps \
                 it shut.\nconst TABLE = [\n  [\"video.example:*\", [\"video\"], true],\n  [\"*.video-cdn.example:*\", [\"video\"], true],\n";
    assert!(paper.text("made/consentry-header.js").contains("const DAYS = 365;\n"));
    assert!(paper.text("made/consentry-header.js").contains(table), "{}", paper.text("made/consentry-header.js"));
    assert!(
        paper.text("made/consentry-header.js").contains(
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: static.shop.example:* pay.example:*"
        )
    );
    let cookie = GOOD.replacen('{', "{ \"record\": { \"cookie\": {} },", 1);
    paper.files.insert("cookie.json".to_owned(), cookie.into_bytes());
    assert_eq!(paper.run("header --server node --config cookie.json"), Code::Well, "{}", paper.complained);
    assert_eq!(paper.said, "./consentry-header.mjs\n");
}

#[test]
fn wrong_calls_end_with_2_and_a_way_out() {
    for (line, complaint) in [
        ("", "consentry COMMAND"),
        ("chekc", "there is no command \"chekc\""),
        ("explain", "a URL is missing"),
        ("header", "--server must be one of nginx, node, axum, apache, caddy"),
        ("explain a b", "\"b\" is one word too many"),
        ("check --fast", "there is no option --fast"),
        ("check --config", "--config needs a value"),
        ("check missing.json", "missing.json: there is no such file"),
        ("explain /x --site here", "--site must be an address"),
        ("rewrite", "a folder or a file is missing"),
        ("rewrite missing.html", "missing.html: there is no such file"),
    ] {
        let mut paper = paper();
        assert_eq!(paper.run(line), Code::Usage, "{line}");
        assert!(paper.complained.contains(complaint), "{line}: {}", paper.complained);
        assert_eq!(paper.said, "", "{line}");
    }
    let mut paper = paper();
    assert_eq!(paper.run("explain /x --config bad.json"), Code::Issues);
    assert!(
        paper.complained.contains("services[0]: not in the catalog, so describe it with id, category and hosts"),
        "{}",
        paper.complained
    );
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
