//! A tag manager's container, once released, brings marked tags: the granted run, the denied wait.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![a_container_brings_marked_tags];

/// As tag managers do: takes a queue over, and puts each tag before the first script of the page.
fn a_container_brings_marked_tags(world: &World) {
    let tag = "const inject = (service, src) => { const first = document.getElementsByTagName('script')[0], tag = document.createElement('script');
        tag.type = 'text/plain'; tag.dataset.service = service; tag.async = true; tag.src = src; first.parentNode.insertBefore(tag, first); };
      window.taken = window.dataLayer.slice(); window.dataLayer.push = (...events) => window.taken.push(...events);";
    let (granted, denied) = (world.fake_script("tracker", "granted"), world.fake_script("video", "denied"));
    let container = world.fake("tracker", "/container.js", Answer::script(format!("{{ {tag} inject('tracker', '{granted}'); inject('video', '{denied}'); }}")));
    let snippet = format!("<script>window.dataLayer = [{{ start: 1 }}];</script><script type=\"text/plain\" data-service=\"tracker\" data-src=\"{container}\"></script>");
    world.visit(&Page::new().head(&snippet));
    world.notice();
    world.assert_silent();
    world.customize();
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.until("window.ran && ran.includes('granted')");
    world.run("dataLayer.push({ event: 'later' });", &[]);
    world.assert_reached(&["tracker/container.js", "tracker/granted.js"]);
    assert_eq!(world.eval("[ran, taken]"), json!([["granted"], [{ "start": 1 }, { "event": "later" }]]));
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open]')");
    world.press_button("Marketing");
    world.press_button("Save choices");
    world.until("ran.includes('denied')");
    assert_eq!(world.ran(), ["granted", "denied"], "each once");
}
