//! Both layers pass axe-core without violations, in light and in dark, in a narrow window too.

use consentry_browser_tests::{Page, World, promises};
use serde_json::json;

promises![no_violations];

const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(
  ({ violations, passes }) => done([violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join(' / ')), passes.length]),
  (error) => done([[String(error)], 0]));";

#[track_caller]
fn assert_no_violations(world: &World, axe: &str, what: &str) {
    world.run(axe, &[]);
    world.settle();
    let found = world.run_async(RUN, &[]);
    assert_eq!(found[0], json!([]), "{what}");
    assert!(found[1].as_u64().unwrap_or_default() > 10, "{what}: axe-core has looked at nothing");
}

fn no_violations(world: &World) {
    let axe = World::file("node_modules/axe-core/axe.min.js");
    let frame = world.widget("video", consentry_browser_tests::Kind::Iframe).marked("data-service=\"video\" title=\"Film\"");
    // The test itself can fail.
    world.visit(&Page::without_consentry().body("<h1>Title</h1><img src=\"/none.gif\"><button></button>"));
    world.run(&axe, &[]);
    assert_ne!(world.run_async(RUN, &[])[0], json!([]));
    for scheme in ["light", "dark"] {
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "theme": { "scheme": scheme } });
        config["site"]["policies"] = json!([{ "url": "/privacy" }]);
        let ground = if scheme == "dark" { "color-scheme: dark; background: #111; color: #eee" } else { "background: #fff; color: #111" };
        let style = format!("<style>body {{ {ground} }}</style>");
        let address = world.publish(&Page::new().config(config).head(&style).body("<h1>Title</h1><p>Text</p>").body(&frame));
        world.open(&address);
        world.notice();
        assert_no_violations(world, &axe, &format!("notice and placeholder, {scheme}"));
        world.customize();
        assert_no_violations(world, &axe, &format!("preference center, {scheme}"));
        world.press_button("Save choices");
        world.button("Privacy settings");
        assert_no_violations(world, &axe, &format!("way back, {scheme}"));
        world.run("localStorage.clear();", &[]);
        let narrow = format!("<h1>Title</h1><iframe title=\"Page\" width=\"360\" height=\"640\" src=\"{address}\"></iframe>");
        world.visit(&Page::without_consentry().body(&narrow));
        world.enter("iframe");
        world.notice();
        assert_no_violations(world, &axe, &format!("notice at 360 px, {scheme}"));
        world.customize();
        assert_no_violations(world, &axe, &format!("preference center at 360 px, {scheme}"));
        world.leave();
    }
}
