//! No markup, and no script that came first, can stand for Consentry's natives, its config or its name.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![clobbered_names, forged_config, polluted_prototypes, forged_copy, forged_copy_in_a_frame];

fn held(world: &World) -> String {
    let [script, frame] = [Kind::Script, Kind::Iframe].map(|kind| world.widget("tracker", kind));
    script.marked("data-service=\"tracker\"") + &frame.marked("data-category=\"analytics\"")
}

#[track_caller]
fn assert_works(world: &World) {
    world.ready();
    world.notice();
    world.assert_silent();
    world.accept_all();
    world.assert_reached(&["tracker/Script", "tracker/Iframe"]);
    world.go_away();
}

fn clobbered_names(world: &World) {
    let before = "<a id=\"consentry\"></a><a id=\"consentry\" name=\"snapshot\"></a>";
    let names = ["currentScript", "body", "head", "documentElement", "createElement", "querySelectorAll", "readyState", "adoptedStyleSheets", "addEventListener", "baseURI", "cookie"];
    let images: String = names.iter().map(|name| format!("<img alt name=\"{name}\">")).collect();
    let form = "<form><input name=\"getAttribute\"><input name=\"parentNode\"><input name=\"nodeType\"></form><form name=\"documentElement\"></form>";
    // Markup in front of the tag moves it into the body, as a page builder's widgets do.
    world.visit(&Page::new().before(&format!("{before}{images}{form}")).body(&held(world)));
    assert_eq!(world.eval("typeof consentry.has"), "function");
    world.ready();
    world.assert_silent();
    // The driver itself trips over such names; what we captured, we keep.
    world.run("for (const one of [...document.getElementsByTagName('form'), ...document.getElementsByTagName('img')]) one.remove();", &[]);
    assert_works(world);
}

fn forged_config(world: &World) {
    let forged = "{\"policy\":{\"version\":\"forged\"},\"record\":{\"scriptGrants\":true},\"services\":[]}";
    let before = format!(
        "<template><script type=\"application/json\" id=\"consentry-config\">{forged}</script></template>
         <script type=\"text/plain\" id=\"consentry-config\">{forged}</script>
         <svg><script type=\"application/json\" id=\"consentry-config\">{forged}</script></svg>
         <div id=\"consentry-config\">{forged}</div>"
    );
    let after = format!("<script type=\"application/json\" id=\"consentry-config\">{forged}</script>");
    world.visit(&Page::new().before(&before).head(&after).body(&held(world)));
    world.ready();
    assert_eq!(world.eval("[consentry.snapshot().policy.version, consentry.acceptAll()]"), serde_json::json!(["1", false]));
    assert_works(world);
    // Only forged ones: there is no config, and nothing starts.
    world.visit(&Page::new().no_config().before(&before).head(&after).body(&held(world)));
    world.until("consentry.snapshot().phase === 'failed'");
    assert!(world.said().iter().any(|line| line.contains("there is no config")), "{:?}", world.said());
    world.assert_silent();
}

/// Inherited by every object of the page, until the page has noted what Consentry says: the driver cannot work so.
const POLLUTION: &str = "{ scriptGrants: true, record: { scriptGrants: true }, necessary: true, allowed: true, analytics: true,
  tracker: true, marketing: true, all: [], any: [], not: 'x', services: [], capture: false, once: true, url: 'x', get: 1, set: 1, value: 1,
  'notice.title': 'Polluted', en: {}, de: {}, lang: 'de', 'google-analytics': {}, manual: '', config: '/x.json' }";

fn polluted_prototypes(world: &World) {
    let before = format!(
        "<script>window.pollution = {POLLUTION};
         for (const key of Object.keys(pollution)) Object.prototype[key] = pollution[key];
         Array.prototype.polluted = 1;</script>"
    );
    let note = "const ids = ['analytics', 'tracker', 'constructor', '__proto__', 'polluted', 'x'];
      const noted = JSON.stringify([consentry.snapshot().phase, ...ids.map((id) => consentry.has(id)), consentry.acceptAll(), consentry.has({}), consentry.has([])]);
      for (const key of Object.keys(pollution)) delete Object.prototype[key];
      delete Array.prototype.polluted;
      window.noted = noted;";
    world.visit(&Page::new().before(&before).body(&held(world)).script(note));
    assert_eq!(world.eval("noted"), "[\"ready\",false,false,false,false,false,false,false,false,false]", "{:?}", world.said());
    assert_works(world);
}

/// Whatever stands in our place: the gate is shut, the visitor is asked, and the yes counts.
fn forged_copy(world: &World) {
    let forged = "<script>Object.defineProperty(window, 'consentry', { value: Object.freeze({ snapshot: 1, version: '1.0.0' }) });</script>";
    let image = world.widget("tracker", Kind::Img);
    let body = format!("{}<script>new Image().src = '{}';</script>", held(world), image.url);
    world.visit(&Page::new().before(forged).body(&body));
    world.button("Accept all");
    world.assert_silent();
    let said = world.said();
    assert!(said.iter().any(|line| line.contains("window.consentry is taken")), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("twice")), "handed over to it: {said:?}");
    world.press_button("Accept all");
    world.assert_reached(&["tracker/Script", "tracker/Iframe", "tracker/Img"]);
    world.go_away();
}

fn forged_copy_in_a_frame(world: &World) {
    let url = world.fake("tracker", "/framed", loopback::Answer::pixel());
    let script = "const [url, done] = arguments;
      const inner = document.body.appendChild(document.createElement('iframe')).contentWindow;
      Object.defineProperty(inner, 'consentry', { value: Object.freeze({ snapshot: 1 }) });
      inner.fetch(url, { mode: 'no-cors' }).then(() => done('load'), (error) => done(error.name));";
    world.visit(&Page::without_consentry());
    assert_eq!(world.run_async(script, &[url.clone().into()]), "load");
    world.go_away();
    world.visit(&Page::new());
    world.notice();
    assert_eq!(world.run_async(script, &[url.into()]), "TypeError");
    world.assert_silent();
}
