//! How often a page is loaded at levels `auto-csp` and `header`, where only a fresh one lets in what was granted: once after a
//! visitor's click that was kept and lost nothing, and never otherwise. `sealed_grant` counts the same at level `sealed`.

use consentry_browser_tests::{DENIED_STORAGE, FULL_STORAGE, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![
    auto_csp_storage_full, auto_csp_answer_to_a_form, auto_csp_second_tab, auto_csp_lost_flag, header_storage_denied,
    header_storage_full, header_answer_to_a_form, header_second_tab, header_lost_cookie, header_what_was_entered, stacked, stacked_needs_both
];

fn auto_csp() -> Page {
    let mut config = Page::config_of_two();
    config["gate"] = json!({ "level": "auto-csp" });
    Page::new().config(config)
}

fn header() -> Page {
    Page::new().headed(Page::config_of_two())
}

/// Sealed, and the server sends its policy, too.
fn both() -> Page {
    let mut config = Page::config_of_two();
    config["record"] = json!({ "cookie": {} });
    Page::new().headed(config.clone()).sealed(config)
}

/// An unmarked import, which no browser looks ahead for, and a marked embed.
fn page(world: &World, page: Page) -> Page {
    let module = world.fake("tracker", "/module.js", Answer::script("export {};"));
    let film = world.fake("video", "/film", Answer::html("<!doctype html><title>Film</title>"));
    page.script(&format!("const from = '{module}'; import(from).catch(() => {{}});"))
        .body(&format!("<iframe data-service=\"video\" data-src=\"{film}\" title=\"Film\" width=\"420\" height=\"236\"></iframe>"))
        .body("<p id=\"end\">The end</p>")
}

const ALL: [&str; 2] = ["tracker/module.js", "video/film"];

/// Opens the page as a new visitor, to whom nothing third-party has come.
#[track_caller]
fn open(world: &World, page: &Page) -> String {
    let address = world.publish(page);
    world.servers.clear();
    world.open(&address);
    world.notice();
    assert_eq!((world.reached(), world.navigations(&address)), (Vec::new(), 1));
    world.servers.clear();
    address
}

#[track_caller]
fn assert_not_loaded_again(world: &World, address: &str) {
    world.settle();
    assert_eq!((world.navigations(address), world.reached()), (0, Vec::new()));
}

/// The choice holds for this visit, and an embed can be loaded alone.
#[track_caller]
fn assert_loads_once(world: &World, page: &Page) {
    let address = open(world, page);
    world.press_button("Accept all");
    world.until("document.querySelector('main').textContent.includes('does not let this site keep your choice')");
    assert_not_loaded_again(world, &address);
    assert!(world.has("video"));
    world.press_button("Load once");
    world.assert_reached_alone(&ALL[1..]);
    assert_eq!(world.navigations(&address), 0);
}

fn auto_csp_storage_full(world: &World) {
    assert_loads_once(world, &page(world, auto_csp()).before(FULL_STORAGE));
}

fn header_storage_full(world: &World) {
    assert_loads_once(world, &page(world, header()).before(FULL_STORAGE));
    assert_eq!(world.eval("document.cookie.split('.')[2] || ''"), "", "the server hears of no grant that is kept nowhere");
}

fn header_storage_denied(world: &World) {
    assert_loads_once(world, &page(world, header()).before(DENIED_STORAGE));
    assert_eq!(world.eval("document.cookie.split('.')[2] || ''"), "");
}

/// A message asks first.
#[track_caller]
fn assert_asks(world: &World, address: &str) {
    world.press_button("Accept all");
    world.until("document.querySelector('#consentry-root [role=status] button')");
    assert_not_loaded_again(world, address);
}

#[track_caller]
fn answer_to_a_form(world: &World, own: fn() -> Page) {
    let address = world.publish(&page(world, own()));
    let form = format!("<form method=\"post\" action=\"{address}\"><button id=\"send\">Send</button></form>");
    world.visit(&own().body(&form));
    world.reject_all();
    world.servers.clear();
    world.click("#send");
    world.element("#end");
    world.ready();
    let path = address.rsplit('/').next().unwrap_or_default();
    let methods: Vec<String> = world.servers.site_requests().into_iter().filter(|one| one.path.ends_with(path)).map(|one| one.method).collect();
    assert_eq!(methods, ["POST"]);
    world.servers.clear();
    world.run("consentry.showNotice();", &[]);
    assert_asks(world, &address);
}

fn auto_csp_answer_to_a_form(world: &World) {
    answer_to_a_form(world, auto_csp);
}

fn header_answer_to_a_form(world: &World) {
    answer_to_a_form(world, header);
}

fn header_what_was_entered(world: &World) {
    let address = open(world, &page(world, header()).body("<input id=\"field\">"));
    world.click("#field");
    world.press("x");
    assert_asks(world, &address);
    assert_eq!(world.eval("field.value"), "x");
    world.press_button("Reload to load");
    world.assert_reached_alone(&ALL);
    assert_eq!(world.navigations(&address), 1);
}

fn auto_csp_second_tab(world: &World) {
    world.assert_second_tab_asks(&open(world, &page(world, auto_csp())), &ALL);
}

fn header_second_tab(world: &World) {
    world.assert_second_tab_asks(&open(world, &page(world, header())), &ALL);
}

/// What tells the next page is gone: it stays shut, writes it anew, and offers to load again.
#[track_caller]
fn lost(world: &World, own: fn() -> Page, lose: &str, read: &str) {
    let address = open(world, &page(world, own()));
    world.press_button("Accept all");
    world.assert_reached_alone(&ALL);
    let told = world.run(&format!("const told = {read}; {lose} return told;"), &[]);
    assert_ne!(told, Value::from(""));
    world.servers.clear();
    world.reload();
    world.ready();
    world.until(&format!("{read} === {told}"));
    world.button("Reload to load");
    assert_eq!((world.reached(), world.navigations(&address)), (Vec::new(), 1));
    world.servers.clear();
    world.press_button("Reload to load");
    world.assert_reached_alone(&ALL);
    assert_eq!(world.navigations(&address), 1);
}

fn auto_csp_lost_flag(world: &World) {
    lost(world, auto_csp, "localStorage.removeItem('consentry.open');", "(localStorage['consentry.open'] || '')");
}

fn header_lost_cookie(world: &World) {
    lost(world, header, "document.cookie = 'consentry=; max-age=0; path=/';", "document.cookie");
}

/// Two policies, and one reload that opens both.
fn stacked(world: &World) {
    let address = open(world, &page(world, both()));
    assert_eq!(world.eval("consentry.snapshot().level"), "sealed");
    world.press_button("Accept all");
    world.assert_reached_alone(&ALL);
    assert_eq!(world.navigations(&address), 1);
    world.open("about:blank");
    world.servers.clear();
    world.open(&address);
    world.assert_reached_alone(&ALL);
    world.run("consentry.withdraw('tracker');", &[]);
    world.open("about:blank");
    world.servers.clear();
    world.open(&address);
    world.assert_reached_alone(&ALL[1..]);
    assert_eq!(world.navigations(&address), 1);
}

/// Either alone keeps the page shut, and is written anew.
fn stacked_needs_both(world: &World) {
    let address = open(world, &page(world, both()));
    world.press_button("Accept all");
    world.assert_reached_alone(&ALL);
    for lose in ["localStorage.removeItem('consentry.open');", "document.cookie = 'consentry=; max-age=0; path=/';"] {
        world.run(lose, &[]);
        world.open("about:blank");
        world.servers.clear();
        world.open(&address);
        world.ready();
        assert_eq!((world.reached(), world.navigations(&address)), (Vec::new(), 1), "{lose}");
        world.until("localStorage['consentry.open'] && document.cookie.includes('tracker')");
        // Whichever of the two holds an embed, it says so.
        world.servers.clear();
        world.press_button("Reload to load");
        world.assert_reached_alone(&ALL);
        world.open("about:blank");
        world.servers.clear();
        world.open(&address);
        world.assert_reached_alone(&ALL);
        assert_eq!(world.navigations(&address), 1, "{lose}");
    }
}
