//! After a visitor's grant a sealed page is loaded again once, by GET, and is then open for what was granted alone; it is
//! not loaded again where that would lose something, could not help, or nobody asked for it.

use consentry_browser_tests::{DENIED_STORAGE, FULL_STORAGE, Kind, Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![
    all, some, nothing_held, what_was_entered, answer_to_a_form, storage_denied, storage_full, second_tab, lost_flag,
    withdrawn, nothing_new_after_a_withdrawal, another_version, overlapping_hosts
];

/// Unmarked third parties and a marked embed, on a page that has its end.
fn page(world: &World) -> Page {
    let film = world.fake("video", "/film", Answer::html("<!doctype html><title>Film</title>"));
    Page::new()
        .sealed(Page::config_of_two())
        .body(&world.widget("tracker", Kind::Script).plain())
        .body(&world.widget("video", Kind::Img).plain())
        .body(&format!("<iframe data-service=\"video\" data-src=\"{film}\" title=\"Film\" width=\"420\" height=\"236\"></iframe>"))
        .body("<p id=\"end\">The end</p>")
}

const ALL: [&str; 3] = ["tracker/Script", "video/Img", "video/film"];

/// Waits for these requests and then for more that should not come.
#[track_caller]
fn assert_reached(world: &World, expected: &[&str]) {
    world.assert_reached_alone(expected);
    assert_eq!(world.eval("document.getElementById('end').textContent"), "The end");
}

#[track_caller]
fn open(world: &World, page: &Page) -> String {
    let address = world.publish(page);
    world.open(&address);
    world.notice();
    assert_eq!(world.reached(), [] as [&str; 0]);
    world.servers.clear();
    address
}

/// Presses a button and waits until the choice counts, in this page or the next.
#[track_caller]
fn press(world: &World, name: &str) {
    world.press_button(name);
    world.until("window.consentry && consentry.snapshot().phase === 'ready' && consentry.snapshot().record");
}

fn all(world: &World) {
    let address = world.publish(&page(world)) + "?a=b#end";
    world.open(&address);
    world.notice();
    assert_eq!(world.reached(), [] as [&str; 0]);
    world.servers.clear();
    world.press_button("Accept all");
    assert_reached(world, &ALL);
    assert_eq!(world.navigations(&address), 1);
    assert_eq!(world.eval("location.search + location.hash"), "?a=b#end");
    assert_eq!(world.eval("consentry.snapshot().level"), "sealed");
    // The next page is open from its first byte on, and nothing loads it again.
    world.servers.clear();
    world.open("about:blank");
    world.open(&address);
    assert_reached(world, &ALL);
    assert_eq!(world.navigations(&address), 1);
}

fn some(world: &World) {
    let address = open(world, &page(world));
    world.customize();
    world.press_button("Marketing");
    world.press_button("Save choices");
    assert_reached(world, &ALL[1..]);
    assert_eq!(world.navigations(&address), 1);
    assert!(!world.has("tracker"));
}

fn nothing_held(world: &World) {
    let address = open(world, &Page::new().sealed(Page::config_of_two()).body("<p id=\"end\">The end</p>"));
    world.accept_all();
    world.settle();
    assert_eq!(world.navigations(&address), 0);
    // What comes next is open all the same.
    world.visit(&page(world));
    assert_reached(world, &ALL);
}

#[track_caller]
fn assert_asks(world: &World, address: &str) {
    press(world, "Accept all");
    world.until("document.querySelector('#consentry-root [role=status] button')");
    world.settle();
    assert_eq!(world.navigations(address), 0);
    assert_eq!(world.reached(), [] as [&str; 0]);
}

fn what_was_entered(world: &World) {
    let fields = "<input id=\"field\"><select><option>1<option>2</select><input type=\"range\"><input type=\"checkbox\" checked>";
    let address = open(world, &page(world).body(fields));
    world.click("#field");
    world.press("x");
    assert_asks(world, &address);
    assert_eq!(world.eval("field.value"), "x");
    world.press_button("Reload to load");
    assert_reached(world, &ALL);
    // Fields as they came are nobody's work.
    world.run("consentry.withdraw();", &[]);
    world.servers.clear();
    world.reload();
    world.ready();
    world.servers.clear();
    world.run("consentry.showNotice();", &[]);
    world.press_button("Accept all");
    assert_reached(world, &ALL);
    assert_eq!(world.navigations(&address), 1);
}

fn answer_to_a_form(world: &World) {
    let address = world.publish(&page(world));
    let form = format!("<form method=\"post\" action=\"{address}\"><button id=\"send\">Send</button></form>");
    world.visit(&Page::new().sealed(Page::config_of_two()).body(&form));
    world.ready();
    world.reject_all();
    world.click("#send");
    world.element("#end");
    world.ready();
    let methods: Vec<String> = world.servers.site_requests().into_iter().filter(|one| address.ends_with(&one.path)).map(|one| one.method).collect();
    assert_eq!(methods, ["POST"]);
    world.servers.clear();
    world.run("consentry.showNotice();", &[]);
    assert_asks(world, &address);
}

#[track_caller]
fn assert_loads_once(world: &World, address: &str) {
    press(world, "Accept all");
    world.until("document.querySelector('main').textContent.includes('does not let this site keep your choice')");
    world.settle();
    assert_eq!(world.navigations(address), 0);
    assert!(world.has("video"), "the choice holds for this visit");
    assert_eq!(world.reached(), [] as [&str; 0]);
    world.press_button("Load once");
    world.wait_for("the film", |seen| seen.has("video", "/film"));
    assert_eq!(world.reached(), ["video/film"]);
    assert_eq!(world.navigations(address), 0);
    assert_eq!(world.eval("document.querySelector('main iframe').contentDocument.querySelector('iframe').title"), "Film");
}

fn storage_denied(world: &World) {
    let address = open(world, &page(world).before(DENIED_STORAGE));
    assert_loads_once(world, &address);
}

fn storage_full(world: &World) {
    let address = open(world, &page(world).before(FULL_STORAGE));
    assert_loads_once(world, &address);
    assert_eq!(world.eval("localStorage.getItem('consentry.open')"), json!(null));
}

fn second_tab(world: &World) {
    world.assert_second_tab_asks(&open(world, &page(world)), &ALL);
}

fn lost_flag(world: &World) {
    let address = open(world, &page(world));
    world.press_button("Accept all");
    assert_reached(world, &ALL);
    let flag = world.run("const flag = localStorage['consentry.open']; localStorage.removeItem('consentry.open'); return flag;", &[]);
    world.servers.clear();
    world.reload();
    world.ready();
    assert_eq!(world.reached(), [] as [&str; 0]);
    assert_eq!(world.navigations(&address), 1);
    assert_eq!(world.eval("localStorage['consentry.open']"), flag);
    world.press_button("Reload to load");
    assert_reached(world, &ALL);
    // One that opens more than the record is shut again at the next load.
    world.run("consentry.withdraw('tracker'); localStorage['consentry.open'] = arguments[0];", &[flag]);
    world.reload();
    world.ready();
    assert_eq!(world.eval("localStorage['consentry.open'].split('|')[4]"), "video.localhost:*");
}

fn withdrawn(world: &World) {
    let address = open(world, &page(world));
    world.press_button("Accept all");
    assert_reached(world, &ALL);
    world.run("consentry.withdraw('video');", &[]);
    assert_eq!(world.eval("localStorage['consentry.open'].split('|')[4]"), "tracker.localhost:*");
    world.run("consentry.withdraw();", &[]);
    assert_eq!(world.eval("localStorage.getItem('consentry.open')"), json!(null));
    world.servers.clear();
    world.reload();
    world.ready();
    assert_eq!(world.reached(), [] as [&str; 0]);
    assert_eq!(world.navigations(&address), 1);
}

/// The policy of the page that is open goes on letting in what was granted when it came: the gate does not.
fn nothing_new_after_a_withdrawal(world: &World) {
    open(world, &page(world));
    world.press_button("Accept all");
    assert_reached(world, &ALL);
    world.run("consentry.withdraw('video');", &[]);
    world.settle();
    world.servers.clear();
    let (image, film) = (world.fake("video", "/new", Answer::pixel()), world.fake("video", "/frame", Answer::html("<p>Film")));
    let counts = world.fake("tracker", "/still", Answer::pixel());
    world.run(
        "const [image, film, counts] = arguments;
         new Image().src = image; fetch(image, { mode: 'no-cors' }).catch(() => {});
         const box = document.createElement('div'); box.innerHTML = `<iframe title=Film src='${film}'></iframe><img alt src='${image}'>`;
         document.body.append(box);
         new Image().src = counts;",
        &[image.into(), film.into(), counts.into()],
    );
    world.wait_for("what is granted still", |seen| seen.has("tracker", "/still"));
    world.settle();
    assert_eq!(world.reached(), ["tracker/still"]);
}

/// A snippet that was not generated again opens nothing, and says so.
fn another_version(world: &World) {
    let mut newer = Page::config_of_two();
    newer["policy"]["version"] = json!("2");
    let address = open(world, &page(world).config(newer));
    press(world, "Accept all");
    world.settle();
    assert_eq!(world.navigations(&address), 0);
    assert!(world.said().iter().any(|line| line.contains("Generate it again")), "{:?}", world.said());
    assert_eq!(world.eval("localStorage.getItem('consentry.open')"), json!(null));
}

/// A granted wildcard does not open what is denied below it.
fn overlapping_hosts(world: &World) {
    let mut config = Page::config_of_two();
    config["services"][1]["hosts"] = json!(["*.localhost"]);
    let scripts = ["tracker", "video"].map(|name| world.widget(name, Kind::Script).plain()).concat();
    let address = open(world, &Page::new().sealed(config).body(&scripts).body("<p id=\"end\">The end</p>"));
    world.customize();
    world.press_button("Marketing");
    press(world, "Save choices");
    world.settle();
    assert_eq!(world.reached(), [] as [&str; 0]);
    assert_eq!(world.navigations(&address), 0);
    world.run("consentry.showPreferences();", &[]);
    world.press_button("Analytics");
    world.press_button("Save choices");
    assert_reached(world, &["tracker/Script", "video/Script"]);
    assert_eq!(world.navigations(&address), 1);
}
