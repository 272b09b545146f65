//! Lazy loaders from npm, and the browser's own: the site's pictures come as they come without Consentry, and what waits for a
//! yes waits, though loaders know `data-src`, too.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![lazysizes, vanilla_lazyload, lozad, the_browsers_own];

/// A loader: its file, the class that it looks for, and what starts it.
struct Loader {
    file: &'static str,
    class: &'static str,
    start: &'static str,
}

/// What the site's own pictures have become.
const OWN: &str = "[...document.querySelectorAll('img.own')].map((one) => [one.getAttribute('src'), one.getAttribute('srcset'), one.className, one.complete && one.naturalWidth > 0])";
const OWN_THERE: &str = "[...document.querySelectorAll('img.own')].every((one) => one.complete && one.naturalWidth > 0 && !one.className.includes('loading'))";

/// The site's own pictures, by the loader.
fn own(world: &World, Loader { file, class, start }: &Loader, page: Page) -> Page {
    let path = format!("/software/{file}");
    world.servers.page(&path, Answer::script(World::file(&format!("node_modules/{file}"))));
    for name in ["/one.gif", "/two.gif"] {
        world.servers.page(name, Answer::pixel());
    }
    page.body(&format!("<img alt class=\"own {class}\" data-src=\"/one.gif\" width=\"20\" height=\"20\"><img alt class=\"own {class}\" data-srcset=\"/two.gif 1x\" width=\"20\" height=\"20\">"))
        .body(&format!("<script src=\"{path}\"></script><script>{start}</script>"))
}

#[track_caller]
fn is_the_same(world: &World, loader: &Loader) {
    let video = |name: &str| world.fake("video", &format!("/{name}.gif"), Answer::pixel());
    let class = loader.class;
    // As they stand without Consentry: by the loader, both.
    let [marked, plain] = ["marked", "plain"].map(video);
    let picture = |address: &str| format!("<img alt class=\"{class}\" {address} width=\"20\" height=\"20\">");
    let all = ["video/marked.gif", "video/plain.gif"];
    world.visit(&own(world, loader, Page::without_consentry().body(&picture(&format!("data-src=\"{marked}\""))).body(&picture(&format!("data-src=\"{plain}\"")))));
    world.wait_for("the control", |seen| all.iter().all(|path| seen.paths().iter().any(|one| one == path)));
    world.until(OWN_THERE);
    let expected = world.eval(OWN);
    world.go_away();
    for level in ["auto", "marked"] {
        let mut config = Page::config_of_two();
        config["gate"] = json!({ "level": level });
        let held = picture(&format!("data-service=\"video\" data-consentry-src=\"{marked}\""));
        let mut page = Page::new().config(config).body(&held);
        if level == "auto" {
            page = page.body(&picture(&format!("data-src=\"{plain}\"")));
        }
        let page = own(world, loader, page);
        let reached = if level == "auto" { &all[..] } else { &all[..1] };
        world.visit(&page);
        world.notice();
        world.until(OWN_THERE);
        assert_eq!(world.eval(OWN), expected, "{level}");
        world.assert_silent();
        world.accept_all();
        world.assert_reached(reached);
        assert_eq!(world.eval(OWN), expected, "{level}, after a yes");
        world.run("localStorage.clear();", &[]);
        world.go_away();
    }
}

fn lazysizes(world: &World) {
    is_the_same(world, &Loader { file: "lazysizes/lazysizes.js", class: "lazyload", start: "" });
}

fn vanilla_lazyload(world: &World) {
    is_the_same(world, &Loader { file: "vanilla-lazyload/dist/lazyload.js", class: "lazy", start: "new LazyLoad();" });
}

fn lozad(world: &World) {
    is_the_same(world, &Loader { file: "lozad/dist/lozad.js", class: "lozad", start: "lozad().observe();" });
}

/// `loading="lazy"` stays on what is released: what is far away waits until it is near, and what is near comes at once.
fn the_browsers_own(world: &World) {
    let names = ["near", "far", "frame"];
    let [near, far, frame] = names.map(|name| {
        let answer = if name == "frame" { Answer::html("<!doctype html><title>Frame</title>") } else { Answer::pixel() };
        world.fake("video", &format!("/{name}"), answer)
    });
    world.servers.page("/own.gif", Answer::pixel());
    let room = "<div style=\"height: 12000px\"></div>";
    let page = |page: Page, mark: &str, attribute: &str| {
        // Each page has addresses of its own: what was there before Firefox loads at once.
        let [near, far, frame] = [&near, &far, &frame].map(|url| format!("{url}?{}{attribute}{}", mark.len(), world.eval("Math.random()")));
        page.body("<img alt class=\"own\" loading=\"lazy\" src=\"/own.gif\" width=\"20\" height=\"20\">")
            .body(&format!("<img alt loading=\"lazy\" {mark} {attribute}=\"{near}\" width=\"20\" height=\"20\"><iframe loading=\"lazy\" title=\"Frame\" {mark} {attribute}=\"{frame}\" width=\"300\" height=\"150\"></iframe>"))
            .body(&format!("{room}<img alt id=\"far\" loading=\"lazy\" {mark} {attribute}=\"{far}\" width=\"20\" height=\"20\">"))
    };
    let at_once = ["video/frame", "video/near"];
    let look = |what: &str| {
        world.until(OWN_THERE);
        world.wait_for(what, |seen| at_once.iter().all(|path| seen.paths().iter().any(|one| one == path)));
        assert_eq!(world.reached(), at_once, "{what}");
        assert_eq!(world.eval("document.querySelector('#far').loading"), "lazy", "{what}");
        world.run("document.querySelector('#far').scrollIntoView();", &[]);
        world.wait_for("what was far away", |seen| seen.has("video", "/far"));
    };
    world.visit(&page(Page::without_consentry(), "", "src"));
    look("the control");
    for (level, mark, attribute) in [("marked", "data-service=\"video\"", "data-src"), ("auto", "data-service=\"video\"", "data-src"), ("auto", "", "src")] {
        world.go_away();
        let mut config = Page::config_of_two();
        config["gate"] = json!({ "level": level });
        world.visit(&page(Page::new().config(config), mark, attribute));
        world.notice();
        world.until(OWN_THERE);
        if !mark.is_empty() {
            // What stands in the markup unmarked a browser may have looked ahead for.
            world.assert_silent();
        }
        world.servers.clear();
        world.accept_all();
        look(&format!("{level}, {mark}"));
        world.run("localStorage.clear();", &[]);
    }
}
