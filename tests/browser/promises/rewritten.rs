//! What `consentry rewrite` makes of pages that never heard of Consentry asks nobody before a yes, and loses nothing by it.

use consentry_browser_tests::{Kind, Page, Widget, World, promises};
use consentry_site::{config::Config, owner::Site, page::json_of, rewrite::rewrite};
use loopback::{Answer, Seen};
use std::collections::BTreeSet;

promises![every_kind, the_demo, holes_take_addresses_only];

/// The page as the command makes it, by the config that stands in it.
fn rewritten(html: &str) -> String {
    let config = json_of(html.as_bytes(), "consentry-config").expect("the page has a config");
    let config = Config::read("the page", &config, &[]);
    let site = Site::new(&config, None).unwrap_or_else(|| panic!("{:?}", config.issues));
    let made = rewrite(html.as_bytes(), &site, None);
    String::from_utf8(made.html.expect("there is something to mark")).expect("the page is UTF-8")
}

fn visit(world: &World, path: &str, html: &str) {
    world.servers.page(path, Answer::html(html));
    world.open(&world.site(path));
}

fn every_kind(world: &World) {
    let widgets = Kind::ALL.map(|kind| world.widget("tracker", kind));
    let expected: Vec<String> = Kind::ALL.iter().map(|kind| format!("tracker/{kind:?}")).collect();
    let all = |seen: &Seen| expected.iter().all(|path| seen.paths().contains(path));
    // Other addresses for the page without us: no engine takes what it had there for what comes later.
    let control = |one: &Widget| Widget { kind: one.kind, url: format!("{}?control", one.url) }.plain();
    world.visit(&widgets.iter().fold(Page::without_consentry(), |page, one| page.body(&control(one))));
    world.wait_for("every widget", all);
    world.go_away();
    let style = format!("<p id=\"styled\" style=\"width: 9px; background: url('{}?styled')\">.</p>", world.third_party("tracker", "/Img"));
    let page = widgets.iter().fold(Page::new(), |page, one| page.body(&one.plain())).body(&style);
    visit(world, "/rewritten.html", &rewritten(&page.html()));
    world.notice();
    world.assert_silent();
    assert!(world.is("styled.style.width === '9px'"), "the rest of a style waits, too");
    world.accept_all();
    world.wait_for("every widget", all);
    world.until("styled.style.backgroundImage.includes('?styled')");
    assert_eq!(world.said(), Vec::<String>::new());
}

/// What has reached third parties once nothing new comes any more.
fn reached(world: &World) -> BTreeSet<String> {
    let (mut before, mut still) = (usize::MAX, 0);
    while still < 8 {
        world.settle();
        let now = world.servers.seen().requests.len();
        still = if now == before { still + 1 } else { 0 };
        before = now;
    }
    world.servers.seen().paths().into_iter().filter(|path| !path.contains("/control-")).collect()
}

fn the_demo(world: &World) {
    let read = "const done = arguments[arguments.length - 1];
      fetch(arguments[0]).then((answer) => answer.text()).then(done);";
    let text = |path: &str| world.run_async(read, &[path.into()]).as_str().unwrap_or_default().to_owned();
    world.open(&world.site("/index.html").replace("127.0.0.1", "without.localhost").replace("/index", "/without/index"));
    let without = reached(world);
    assert_eq!(without.iter().filter_map(|path| path.split('/').next()).collect::<BTreeSet<_>>().len(), World::folder("www/third-party").len());
    let plain = text("/without/index.html");
    world.go_away();
    world.open(&world.site("/witness.js"));
    let config = json_of(text("/index.html").as_bytes(), "consentry-config").expect("the demo has a config");
    let ours = format!("<head><script type=\"application/json\" id=\"consentry-config\">{config}</script><script src=\"/consentry.js\"></script>");
    assert!(plain.contains("<head>") && !plain.contains("data-service"), "the page without Consentry is marked");
    visit(world, "/rewritten-demo.html", &rewritten(&plain.replacen("<head>", &ours, 1)));
    world.notice();
    world.assert_silent();
    world.reject_all();
    world.assert_silent();
    world.run("localStorage.clear();", &[]);
    world.go_away();
    world.open(&world.site("/rewritten-demo.html"));
    world.accept_all();
    world.wait_for("what the demo loads without Consentry", |seen| without.iter().all(|path| seen.paths().contains(path)));
    assert_eq!(reached(world), without);
}

fn holes_take_addresses_only(world: &World) {
    let url = world.fake("video", "/a.png", Answer::pixel());
    let page = Page::new().body(&format!(
        "<p id=\"good\" data-service=\"video\" style=\"background: url(data:,)\" data-consentry-urls=\"{url}\">.</p>\
         <p id=\"bad\" data-service=\"video\" style=\"color: red; background: url(data:,); cursor: url(data:,), auto\" \
         data-consentry-urls=\"javascript:1 https://x.example/');position:fixed;x:url('\">.</p>\
         <p id=\"none\" data-service=\"video\" data-consentry-urls=\"{url}\" data-note=\"data:,\">.</p>\
         <script id=\"code\" data-service=\"video\" src=\"data:,\" data-consentry-urls=\"{url}\"></script>"
    ));
    world.visit(&page);
    world.accept_all();
    world.wait_for("the picture", |seen| seen.has("video", "/a.png"));
    world.settle();
    assert!(world.is("bad.getAttribute('style') === 'color: red; background: url(data:,); cursor: url(data:,), auto'"));
    assert!(world.is("none.dataset.note === 'data:,' && !none.hasAttribute('style')"));
    assert!(world.is("document.querySelector('#code').getAttribute('src') === 'data:,'"));
}
