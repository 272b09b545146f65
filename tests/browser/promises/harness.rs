//! The tests can fail: a page without Consentry reaches its third parties in every way, and a false claim is noticed.

use consentry_browser_tests::{Kind, Page, World, promises};
use std::panic::{AssertUnwindSafe, catch_unwind};

promises![every_kind_reaches_its_third_party, a_leak_is_noticed, real_clicks_and_second_tabs_work];

fn every_kind_reaches_its_third_party(world: &World) {
    let widgets: Vec<_> = Kind::ALL.map(|kind| world.widget("tracker", kind)).into();
    let page = widgets.iter().fold(Page::without_consentry(), |page, widget| page.body(&widget.plain()));
    world.visit(&page);
    for widget in &widgets {
        let path = format!("/{:?}", widget.kind);
        world.wait_for(&path, |seen| seen.has("tracker", &path));
    }
    assert!(world.servers.connections() > 0);
}

fn a_leak_is_noticed(world: &World) {
    world.visit(&Page::without_consentry());
    world.assert_silent();
    let connect = format!("<link rel=\"preconnect\" href=\"{}\">", world.third_party("video", "/"));
    for leak in [world.widget("tracker", Kind::Img).plain(), connect] {
        world.visit(&Page::without_consentry().body(&leak));
        assert!(catch_unwind(AssertUnwindSafe(|| world.assert_silent())).is_err(), "not noticed: {leak}");
        world.servers.clear();
    }
}

fn real_clicks_and_second_tabs_work(world: &World) {
    let button = "<button id=\"button\" type=\"button\">Press</button>";
    let listen = "button.onclick = (event) => { window.trusted = event.isTrusted; localStorage.pressed = 'yes'; };";
    world.visit(&Page::without_consentry().body(button).script(listen));
    world.click("#button");
    world.until("window.trusted === true");
    let (first, second) = (world.window(), world.new_tab());
    world.switch_to(&second);
    world.visit(&Page::without_consentry());
    world.until("localStorage.pressed === 'yes'");
    world.switch_to(&first);
    world.until("window.trusted === true");
}
