//! The two lines of a sealed page do the same after HTML minifiers have been over them, with consent and without.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use serde_json::json;
use std::io::Write;
use std::process::{Command, Stdio};

promises![shut_and_open_as_before];

/// Names and results of common minifiers.
#[track_caller]
fn minified(html: &str) -> Vec<(String, String)> {
    let mut command = Command::new("node");
    command.arg(World::path("tests/browser/minify.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("Node is installed");
    child.stdin.take().expect("a pipe").write_all(html.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    serde_json::from_slice(&output.stdout).expect("a list of names and pages")
}

fn shut_and_open_as_before(world: &World) {
    let third = ["tracker", "video"].map(|name| world.widget(name, Kind::Script).plain()).concat();
    let mut config = Page::config_of_two();
    // What a minifier might trip over.
    config["policy"]["version"] = json!("2026 \"<a&b>\" c");
    config["site"]["hosts"] = json!(["cdn.example.net/a;b c"]);
    let page = Page::new().sealed(config).body("<!-- a comment --><p id=\"end\">The   end</p>").body(&third);
    let flag = "1|2026 \"<a&b>\" c|1000000000|3000000000|tracker.localhost:*";
    let all = minified(&page.html());
    assert_eq!(all.len(), 5);
    for (name, html) in all {
        assert!(html.len() < page.html().len(), "{name} does nothing");
        world.servers.page("/minified.html", Answer::html(html));
        for (flag, reached) in [("", &[][..]), (flag, &["tracker/Script"])] {
            world.open(&world.site("/witness.js"));
            world.run("localStorage.clear(); localStorage.setItem('consentry.open', arguments[0]);", &[json!(flag)]);
            world.servers.clear();
            world.open(&world.site("/minified.html"));
            assert_eq!(world.reached(), reached, "{name}");
            world.ready();
            assert_eq!(world.eval("[consentry.snapshot().level, document.getElementById('end').textContent.replace(/ +/, ' ')]"), json!(["sealed", "The end"]), "{name}");
        }
    }
}
