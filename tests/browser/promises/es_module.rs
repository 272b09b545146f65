//! The ES module does nothing at import, in a page or on a server, and is the same product once it is started.

use consentry_browser_tests::{Engine, Kind, Page, World, promises};
use serde_json::json;
use std::process::Command;

promises![started_by_its_importer, imported_on_a_server];

const IMPORT: &str = "<script type=\"module\">
  import * as api from '/npm/consentry.js';
  window.before = [typeof window.consentry, document.documentElement.querySelectorAll('[id^=consentry-root]').length, localStorage.length, document.adoptedStyleSheets.length];
  window.api = api;
</script>";

fn started_by_its_importer(world: &World) {
    let widgets = [world.widget("tracker", Kind::Script), world.widget("tracker", Kind::Img)];
    world.visit(&widgets.iter().fold(Page::without_consentry(), |page, one| page.body(&one.plain())));
    world.assert_reached(&["tracker/Script", "tracker/Img"]);
    world.servers.clear();
    let marked = widgets.iter().fold(Page::without_consentry().head(IMPORT), |page, one| page.body(&one.marked("data-service=\"tracker\"")));
    world.visit(&marked);
    world.until("window.api");
    assert_eq!(world.eval("before"), json!(["undefined", 0, 0, 0]));
    world.assert_silent();
    let start = "const done = arguments[1]; api.start(arguments[0]).then(({ phase }) => done(phase), (error) => done(String(error)));";
    assert_eq!(world.run_async(start, &[Page::config_of_two()]), "ready");
    world.notice();
    world.assert_silent();
    assert_eq!(world.eval("[api.has('tracker'), api.acceptAll(), api.version === consentry.version]"), json!([false, false, true]));
    world.customize();
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.assert_reached(&["tracker/Script", "tracker/Img"]);
    assert_eq!(world.eval("[api.has('tracker'), api.choice('tracker').reason]"), json!([true, "granted"]));
}

/// Frameworks import the module on the server, where there is no document.
fn imported_on_a_server(world: &World) {
    if world.engine != Engine::Chromium {
        return; // no browser takes part: once is enough
    }
    let module = World::product().with_file_name("npm").join("consentry.js");
    let script = format!(
        "import({:?}).then(async (api) => {{
           const started = await api.start({{ policy: {{ version: '1' }} }}).then(() => 'started', () => 'refused');
           console.log(JSON.stringify([api.has('analytics'), api.snapshot().phase, api.choice('x').allowed, started, typeof document]));
         }})",
        module.canonicalize().unwrap_or(module).display().to_string()
    );
    let output = Command::new("node").args(["--input-type=module", "--eval", &script]).output().expect("node is there");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(said.trim(), "[false,\"starting\",false,\"refused\",\"undefined\"]", "{}", String::from_utf8_lossy(&output.stderr));
}
