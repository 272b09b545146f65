//! Wherever the config comes from and whenever the page calls, the first start counts and the gate is shut before it.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use serde_json::json;
use std::time::Duration;

promises![
    a_config_file_may_take_its_time,
    a_config_file_that_fails_keeps_the_gate_shut,
    started_by_the_page,
    early_calls_are_kept,
    a_second_copy_hands_over,
];

const PROBE: &str = "<script>window.early = [consentry.snapshot().phase, consentry.has('analytics'), consentry.choice('analytics').reason];
window.happened = [];
for (const name of ['ready', 'change', 'error']) document.addEventListener('consentry:' + name, () => happened.push(name));
consentry.whenGranted('analytics').then(() => happened.push('granted'));
consentry.ready.then(() => happened.push('ready promise'), (error) => happened.push('rejected ' + error.message));</script>";

fn tracked(world: &World) -> String {
    world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"")
}

fn from_file(address: &str) -> Page {
    Page::new().no_config().tag(&format!("<script src=\"/consentry.js\" data-config=\"{address}\"></script>")).head(PROBE)
}

fn a_config_file_may_take_its_time(world: &World) {
    let config = Answer::json(Page::config_of_two().to_string()).delay(Duration::from_millis(700));
    world.servers.page("/config.json", config);
    world.visit(&from_file("/config.json").body(&tracked(world)).script("window.refused = consentry.acceptAll();"));
    assert_eq!(world.eval("[early, refused]"), json!([["starting", false, "starting"], false]));
    world.ready();
    world.assert_silent();
    assert_eq!(world.eval("happened"), json!(["ready", "ready promise"]));
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    world.until("happened.includes('granted')");
    world.servers.clear();
    // The returning visitor is asked nothing, and waits as long as the file does.
    world.reload();
    assert_eq!(world.eval("early[1]"), false);
    world.assert_reached(&["tracker/Script"]);
}

fn a_config_file_that_fails_keeps_the_gate_shut(world: &World) {
    let config = Page::config_of_two().to_string();
    world.servers.page("/config.json", Answer::json(config.clone()));
    let foreign = world.fake("tracker", "/config.json", Answer::json(config));
    world.servers.page("/moved.json", Answer::json("").status(302).header("Location", foreign.clone()));
    world.servers.page("/broken.json", Answer::json("{ \"policy\": {"));
    for (address, word) in [
        ("/none.json", "/none.json"),
        (foreign.as_str(), "another origin"),
        ("/moved.json", "/moved.json"),
        ("/broken.json", "is not JSON"),
    ] {
        world.visit(&from_file(address).body(&tracked(world)));
        world.until("consentry.snapshot().phase === 'failed' && happened.some((what) => what.startsWith('rejected'))");
        let said = world.said();
        let errors: Vec<&String> = said.iter().filter(|line| line.starts_with("error: Consentry")).collect();
        assert!(errors.len() == 1 && errors.iter().all(|line| line.contains(word)), "{address}: {said:?}");
        assert_eq!(world.eval("[consentry.has('necessary'), consentry.acceptAll()]"), json!([false, false]));
        // Not even a redirect is followed to another origin.
        world.assert_silent();
        world.servers.clear();
    }
}

fn started_by_the_page(world: &World) {
    let start = format!("<script>window.starting = consentry.start({});</script>", Page::config_of_two());
    let page = Page::new().no_config().head(PROBE).head(&start).body(&tracked(world));
    world.visit(&page);
    world.ready();
    world.assert_silent();
    assert_eq!(world.eval("early[0]"), "starting");
    let again = "const done = arguments[0]; consentry.start({ policy: { version: '9' } }).then(() => done('taken'), (e) => done(e.message));";
    let refused = world.run_async(again, &[]);
    assert!(refused.as_str().is_some_and(|text| text != "taken" && text.contains("first")), "{refused}");
    assert_eq!(world.eval("consentry.snapshot().policy.version"), "1");
    // `data-manual` waits for the page's own start even where a config stands in the page.
    world.visit(&Page::new().tag("<script src=\"/consentry.js\" data-manual></script>").head(PROBE).body(&tracked(world)));
    world.settle();
    assert_eq!(world.eval("consentry.snapshot().phase"), "starting");
    world.assert_silent();
    world.run("consentry.start(arguments[0]);", &[Page::config_of_two()]);
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
}

fn early_calls_are_kept(world: &World) {
    let queue = "(Array.isArray(window.consentry) ? window.consentry : window.consentry = [])";
    let before = format!(
        "<script>window.calls = [];
         {queue}.push((api) => calls.push('first ' + (api === window.consentry || typeof api.has)));
         {queue}.push(() => {{ throw new Error('on purpose'); }});
         {queue}.push((api) => api.onChange(() => calls.push('change')));</script>"
    );
    let after = "<script>consentry.push((api) => calls.push('late ' + (api === consentry)));</script>";
    world.visit(&Page::new().before(&before).head(after));
    world.ready();
    world.until("calls.includes('change')");
    world.until("calls.length === 3");
    assert_eq!(world.eval("[calls[0], ...calls.slice(1).sort()]"), json!(["first true", "change", "late true"]));
    assert!(world.said().iter().any(|line| line.contains("on purpose")));
    world.reject_all();
    world.until("calls.filter((call) => call === 'change').length === 2");
}

fn a_second_copy_hands_over(world: &World) {
    let tag = "<script src=\"/consentry.js\"></script><script>window.kept = consentry;</script><script src=\"/consentry.js?again\"></script>";
    world.visit(&Page::new().tag(tag).body(&tracked(world)));
    world.ready();
    assert_eq!(world.eval("kept === consentry"), true);
    let said = world.said();
    assert_eq!(said.iter().filter(|line| line.starts_with("warn: Consentry") && line.contains("twice")).count(), 1, "{said:?}");
    assert_eq!(world.eval("document.querySelectorAll('#consentry-root').length"), 1);
    world.assert_silent();
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    assert_eq!(world.ran(), ["Script"]);
}
