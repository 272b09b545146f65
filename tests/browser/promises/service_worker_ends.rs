//! A service worker of ours never takes a site's own worker's place, and it goes by itself: with our tag, with its file, or
//! when the site says so.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![beside_a_sites_own, a_sites_own_without_ours, without_the_tag, without_its_file, told_to_go, the_uninstall_page, not_with_a_choice_of_one_tab];

fn page() -> Page {
    Page::new().worker(Page::config_of_two())
}

/// A site's own worker: what it keeps it never asks for again.
const OWN: &str = "const answer = async (request) => {
  const own = await caches.open('own');
  const kept = await own.match(request);
  if (kept) return kept;
  const found = await fetch(request);
  await own.put(request, found.clone());
  return found;
};
addEventListener('fetch', (event) => {
  if (event.request.url === location.origin + '/kept.txt') event.respondWith(answer(event.request));
});";

const REGISTER: &str = "navigator.serviceWorker.register('/own.js');";
const READ: &str = "fetch('/kept.txt').then((it) => it.text()).then(arguments[0]);";
const REGISTERED: &str =
    "navigator.serviceWorker.getRegistrations().then((all) => arguments[0](all.map((one) => one.active.scriptURL.replace(location.origin, ''))));";

fn beside_a_sites_own(world: &World) {
    world.servers.page("/kept.txt", Answer::new("text/plain", "kept"));
    world.servers.page("/own.js", Answer::script(format!("importScripts('/consentry-sw.js');\n{OWN}")));
    let script = world.widget("tracker", Kind::Script);
    assert_eq!(world.first_page(&world.publish(&Page::without_consentry().script(REGISTER))), "/own.js");
    let address = world.publish(&page().body(&script.plain()));
    world.next_page(&address);
    world.notice();
    // What the site keeps comes from its own worker.
    assert_eq!(world.run_async(READ, &[]), "kept");
    world.servers.page("/kept.txt", Answer::new("text/plain", "newer"));
    assert_eq!(world.run_async(READ, &[]), "kept");
    assert_eq!((world.reached(), world.servers.connections()), (Vec::new(), 0));
    assert_eq!(world.run_async(REGISTERED, &[]), json!(["/own.js"]));
    world.accept_all();
    world.wait_for("the script", |seen| seen.has("tracker", "/Script"));
    assert_eq!(world.run_async(READ, &[]), "kept");
    assert!(!world.said().iter().any(|line| line.contains("gate.worker") || line.contains("importScripts")), "{:?}", world.said());
}

fn a_sites_own_without_ours(world: &World) {
    world.servers.page("/own.js", Answer::script("addEventListener('fetch', () => {});"));
    world.first_page(&world.publish(&Page::without_consentry().script(REGISTER)));
    world.next_page(&world.publish(&page()));
    world.until("__said.some((line) => line.includes(\"importScripts('/consentry-sw.js')\"))");
    assert_eq!(world.run_async(REGISTERED, &[]), json!(["/own.js"]));
}

/// Opens pages that have our tag no more, until the worker has let go.
fn without_the_tag(world: &World) {
    let pixel = world.fake("tracker", "/pixel.gif", Answer::pixel());
    world.first_page(&world.publish(&page()));
    let bare = world.publish(&Page::without_consentry());
    world.next_page(&bare);
    assert_eq!(world.ask(&pixel), "error");
    for _ in 0..5 {
        world.open(&bare);
    }
    world.until_gone();
    world.open(&bare);
    assert_eq!((world.ask(&format!("{pixel}?gone")), world.is("navigator.serviceWorker.controller")), ("load".to_owned(), false));
}

fn without_its_file(world: &World) {
    world.first_page(&world.publish(&page()));
    let bare = world.publish(&Page::without_consentry());
    world.next_page(&bare);
    world.servers.page("/consentry-sw.js", Answer::new("text/plain", "gone").status(404));
    // As if it had looked a day ago.
    world.keep("checked", json!(0));
    world.open(&bare);
    world.until_gone();
}

fn told_to_go(world: &World) {
    let pixel = world.fake("tracker", "/pixel.gif", Answer::pixel());
    world.first_page(&world.publish(&page()));
    world.servers.page("/consentry-sw.js", Answer::script(World::built("consentry-sw-off.js")));
    let bare = world.publish(&Page::without_consentry());
    world.next_page(&bare);
    world.until_gone();
    world.open(&bare);
    assert_eq!(world.ask(&pixel), "load");
}

/// Follows `uninstall.md` step by step, on a site with a worker and most of what is ever kept.
fn the_uninstall_page(world: &World) {
    let steps = World::file("www/docs/uninstall.md");
    let mut config = Page::config_of_two();
    config["record"] = json!({ "cookie": {} });
    let script = world.widget("tracker", Kind::Script);
    let address = world.publish(&Page::new().worker(config.clone()));
    world.first_page(&address);
    world.next_page(&address);
    world.accept_all();
    world.until("document.cookie.includes('consentry=1')");
    world.run("consentry.preferences.set('theme', 'dark'); sessionStorage['consentry.pages'] = '1';", &[]);
    // 1. The other file at the worker's address, and no worker in the config.
    assert!(steps.contains("cp consentry-sw-off.js /var/www/consentry-sw.js"));
    world.servers.page("/consentry-sw.js", Answer::script(World::built("consentry-sw-off.js")));
    world.next_page(&world.publish(&Page::new().config(config)));
    world.until_gone();
    // 2 to 4. No policy, no marks, no tag; 5. the script for what is kept.
    let (_, kept) = steps.split_once("```js").unwrap_or_default();
    let (kept, _) = kept.split_once("```").unwrap_or_default();
    world.go_away();
    world.open(&world.publish(&Page::without_consentry().body(&script.plain()).script(kept)));
    world.wait_for("what the page asks for, as before", |seen| seen.has("tracker", "/Script"));
    assert_eq!(world.eval("[typeof consentry, Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"), json!(["undefined", [], [], ""]));
    world.until_gone();
}

fn not_with_a_choice_of_one_tab(world: &World) {
    let address = world.publish(&page());
    world.first_page(&address);
    let mut config = Page::config_of_two();
    config["record"] = json!({ "store": "session" });
    world.next_page(&world.publish(&Page::new().worker(config)));
    world.until("__said.some((line) => line.includes('gate.worker needs'))");
    world.open(&world.publish(&Page::without_consentry()));
    assert!(!world.is("navigator.serviceWorker.controller"));
}
