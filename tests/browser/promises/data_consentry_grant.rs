//! A site's own button grants only inside a real click on an element that is marked `data-consentry-grant`.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![the_marked_button_grants];

const BUTTONS: &str = "<button id=\"plain\" onclick=\"window.taken = consentry.acceptAll()\">Yes please</button>
<div data-consentry-grant><button id=\"marked\" onclick=\"window.taken = consentry.save({ analytics: true })\"><b id=\"inner\">Measure me</b></button></div>
<button id=\"all\" data-consentry-grant onclick=\"window.taken = consentry.acceptAll()\">Everything</button>";

fn the_marked_button_grants(world: &World) {
    let [tracker, video] = ["tracker", "video"].map(|name| world.widget(name, Kind::Script));
    let mut page = Page::new().body(BUTTONS);
    for (widget, mark) in [(&tracker, "data-service=\"tracker\""), (&video, "data-service=\"video\"")] {
        page = page.body(&widget.marked(mark));
    }
    world.visit(&page);
    world.notice();
    world.click("#plain");
    assert_eq!(world.eval("taken"), false);
    assert!(!world.has("analytics"));
    world.notice();
    world.assert_silent();
    world.click("#inner");
    assert_eq!(world.eval("taken"), true);
    world.assert_reached(&["tracker/Script"]);
    world.click("#all");
    world.until("consentry.has('video')");
    world.assert_reached(&["tracker/Script", "video/Script"]);
    let screens = world.eval("consentry.snapshot().record.entries.map((entry) => entry.screen)");
    assert_eq!(screens.as_array().and_then(|all| all.last()), Some(&"api".into()), "{screens}");
}
