//! After a yes, what was held runs in document order, once, as it was written; a slow one holds up nothing independent.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use std::time::Duration;

promises![in_order_and_once, as_it_was_written, a_slow_one_holds_up_nothing_independent];

fn in_order_and_once(world: &World) {
    let slow = Answer::script("(window.ran ||= []).push('second');").delay(Duration::from_millis(600));
    let second = world.fake("tracker", "/second.js", slow);
    let [first, fourth] = ["first", "fourth"].map(|word| world.fake_script("tracker", word));
    let held = |source: &str| format!("<script type=\"text/plain\" data-category=\"analytics\" {source}</script>");
    let markup = [
        held(&format!("src=\"{first}\">")),
        held(&format!("src=\"{second}\">")),
        held(">ran.push('third');"),
        held(&format!("src=\"{fourth}\">")),
    ];
    let page = markup.iter().fold(Page::new(), |page, one| page.body(one));
    world.visit(&page);
    world.accept_all();
    world.until("window.ran && ran.length >= 4");
    // A second answer, and what else makes the gate look again, runs nothing twice.
    world.run("consentry.withdraw('video'); document.body.append(document.querySelector('main'));", &[]);
    world.assert_reached(&["tracker/first.js", "tracker/second.js", "tracker/fourth.js"]);
    assert_eq!(world.ran(), ["first", "second", "third", "fourth"]);
}

fn as_it_was_written(world: &World) {
    let note = "const s = document.currentScript; window.kept = [s.id, s.dataset.extra, s.crossOrigin, s.referrerPolicy, s.async];";
    let url = world.fake("tracker", "/kept.js", Answer::script(note));
    let tampered = world.fake_script("tracker", "tampered");
    let module = world.fake("tracker", "/module.js", Answer::script("window.url = import.meta.url;"));
    let mark = "type=\"text/plain\" data-category=\"analytics\"";
    let markup = format!(
        "<script {mark} id=\"keeper\" data-extra=\"x\" async crossorigin=\"anonymous\" referrerpolicy=\"no-referrer\" src=\"{url}\"></script>
         <script {mark} crossorigin=\"anonymous\" integrity=\"sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC\" src=\"{tampered}\"></script>
         <script {mark} data-type=\"module\" src=\"{module}\"></script>"
    );
    world.visit(&Page::new().body(&markup));
    world.accept_all();
    world.until("window.kept && window.url");
    assert_eq!(world.eval("kept"), serde_json::json!(["keeper", "x", "anonymous", "no-referrer", true]));
    world.assert_reached(&["tracker/kept.js", "tracker/tampered.js", "tracker/module.js"]);
    assert!(world.ran().is_empty(), "a file that is not the declared one has run");
    let seen = world.servers.requests();
    let kept = seen.iter().find(|request| request.path == "/kept.js").map(|request| request.referer.clone());
    assert_eq!(kept, Some(None), "the referrer policy was lost");
}

fn a_slow_one_holds_up_nothing_independent(world: &World) {
    let slow = Answer::script("(window.ran ||= []).push('slow');").delay(Duration::from_secs(4));
    let slow = world.fake("tracker", "/slow.js", slow);
    let quick = world.fake_script("tracker", "quick");
    let [image, frame] = [Kind::Img, Kind::Iframe].map(|kind| world.widget("video", kind));
    let mark = "type=\"text/plain\" data-category=\"analytics\"";
    let page = Page::new()
        .body(&format!("<script {mark} src=\"{slow}\"></script><script {mark} async src=\"{quick}\"></script>"))
        .body(&image.marked("data-service=\"video\""))
        .body(&frame.marked("data-service=\"video\""));
    world.visit(&page);
    world.accept_all();
    world.wait_for("all four", |seen| seen.requests.len() == 4);
    world.until("window.ran && ran.includes('quick')");
    assert_eq!(world.ran(), ["quick"], "the slow one is not slow enough to tell");
    world.until("ran.includes('slow')");
}
