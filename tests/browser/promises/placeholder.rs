//! A placeholder stands where a held frame would be: it loads that one frame once, or always allows the service.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;

promises![load_once_then_always];

fn load_once_then_always(world: &World) {
    let film = |n: u32| world.fake("video", &format!("/film-{n}"), Answer::html("<!doctype html><title>Film</title>"));
    let [one, two] = [film(1), film(2)];
    let plain = format!("<iframe src=\"{one}\"></iframe><iframe src=\"{two}\"></iframe>");
    world.visit(&Page::without_consentry().body(&plain));
    world.assert_reached(&["video/film-1", "video/film-2"]);
    world.servers.clear();
    let frame = |url: &str| {
        format!("<iframe data-service=\"video\" data-src=\"{url}\" title=\"Film\" width=\"420\" height=\"236\"></iframe>")
    };
    world.visit(&Page::new().body(&frame(&one)).body(&frame(&two)));
    world.reject_all();
    world.element("main a[href='https://video.example/privacy']");
    assert!(world.is("document.querySelector('main').textContent.includes('Video Inc.')"));
    assert_eq!(world.eval("document.querySelectorAll('main iframe[src]').length"), 0);
    world.assert_silent();
    let forged = "for (const button of document.querySelectorAll('main button')) if (/Load|allow/.test(button.textContent)) button.click();";
    world.run(forged, &[]);
    world.assert_silent();
    world.press_button("Load once");
    world.assert_reached(&["video/film-1"]);
    assert!(!world.has("video"), "loading once is no lasting yes");
    world.servers.clear();
    world.reload();
    world.ready();
    world.assert_silent();
    world.press_button("Always allow Video");
    world.until("consentry.has('video')");
    world.assert_reached(&["video/film-1", "video/film-2"]);
    assert!(!world.has("tracker"), "one service was allowed, not all");
    world.servers.clear();
    world.reload();
    world.ready();
    world.assert_reached(&["video/film-1", "video/film-2"]);
    assert_eq!(world.eval("[...document.querySelectorAll('main iframe')].map((f) => [f.title, f.width])"), serde_json::json!([["Film", "420"], ["Film", "420"]]));
}
