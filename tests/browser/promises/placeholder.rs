//! A placeholder stands where a held frame would be: it loads that one frame once, or always allows the service.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![load_once_then_always, once_is_for_what_was_there, in_the_words_of_the_site, by_its_host_where_no_service_is_named];

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
    assert_eq!(world.eval("[...document.querySelectorAll('main iframe')].map((f) => [f.title, f.width])"), json!([["Film", "420"], ["Film", "420"]]));
}

/// What was loaded once may go on with its own provider; another one's, in the same place, was never allowed.
fn once_is_for_what_was_there(world: &World) {
    let film = |name: &str, n: u32| world.fake(name, &format!("/film-{n}"), Answer::html("<!doctype html><title>Film</title>"));
    let [one, two, other] = [film("video", 1), film("video", 2), film("tracker", 1)];
    for frame in [format!("<iframe data-service=\"video\" data-src=\"{one}\" title=\"Film\"></iframe>"), format!("<script>document.currentScript.insertAdjacentHTML('afterend', '<iframe src=\"{one}\" title=\"Film\"></iframe>');</script>")] {
        world.visit(&Page::new().body(&frame));
        world.reject_all();
        world.assert_silent();
        world.press_button("Load once");
        world.wait_for("the film", |seen| seen.has("video", "/film-1"));
        world.run("document.querySelector('main iframe').src = arguments[0];", &[other.as_str().into()]);
        world.assert_reached(&["video/film-1"]);
        world.run("document.querySelector('main iframe').src = arguments[0];", &[two.as_str().into()]);
        world.wait_for("the other film", |seen| seen.has("video", "/film-2"));
        assert!(world.is("!document.querySelector('main iframe').dataset.consentryHeld && !document.querySelector('[data-consentry-placeholder]')"));
        world.run("localStorage.clear();", &[]);
        world.go_away();
        world.servers.clear();
    }
}

fn by_its_host_where_no_service_is_named(world: &World) {
    world.visit(&Page::new().body("<iframe data-category=\"marketing\" data-src=\"https://film.example/one?two\" title=\"Film\" width=\"420\" height=\"236\"></iframe>"));
    world.until("document.querySelector('[data-consentry-placeholder]')");
    let words = world.eval("document.querySelector('[data-consentry-placeholder]').textContent");
    assert!(words.as_str().is_some_and(|text| text.contains("film.example is not loaded") && text.contains("connects you to film.example, ")), "{words}");
}

fn in_the_words_of_the_site(world: &World) {
    let frame = "<iframe data-service=\"video\" data-src=\"https://video.localhost/film\" title=\"Film\" width=\"420\" height=\"236\"></iframe>";
    let mut config = Page::config_of_two();
    config["services"][1]["placeholder"] = json!({ "title": { "en": "Our film", "de": "Unser Film" }, "text": "It shows how maps are made." });
    for (lang, title) in [("en", "Our film"), ("de", "Unser Film")] {
        world.visit(&Page::new().config(config.clone()).root(&format!("lang=\"{lang}\"")).body(frame));
        world.until("document.querySelector('[data-consentry-placeholder]')?.lang === document.documentElement.lang");
        let words = world.eval("(() => { const one = document.querySelector('[data-consentry-placeholder]'); return [one.getAttribute('aria-label'), ...[...one.querySelectorAll('strong, span')].map((one) => one.textContent)]; })()");
        assert_eq!((&words[0], &words[1], &words[2]), (&json!(title), &json!(title), &json!("It shows how maps are made.")), "{words}");
        // Whatever the site says, who it comes from and what loading it means is said, too.
        assert!(words[3].as_str().is_some_and(|text| text.contains("Video Inc.") && text.contains("ookies")), "{words}");
    }
}
