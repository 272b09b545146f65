//! Visitors and scripts see what is stored on the device now, by service and with sizes, and delete it piece by piece.

use consentry_browser_tests::{Page, World, promises};
use serde_json::{Value, json};

promises![listed_and_deleted_by_script, listed_and_deleted_by_the_visitor];

fn page() -> Page {
    let mut config = Page::config_of_two();
    let kinds = ["localStorage", "sessionStorage", "indexedDB", "cacheStorage"];
    config["services"][0]["storage"] = kinds.iter().map(|kind| json!({ "kind": kind, "key": "tr_*" })).collect();
    config["services"][0]["cookies"] = json!([{ "name": "_tr*" }, { "name": "tr_hidden", "httpOnly": true }]);
    config["services"][1]["cookies"] = json!([{ "name": "seen", "domain": ".video.example" }]);
    config["services"][1]["storage"] = json!([{ "kind": "localStorage", "key": "player", "domain": "video.example" }]);
    Page::new().config(config)
}

/// Stores something of every kind, once the visitor has agreed.
fn fill(world: &World) {
    world.visit(&page());
    world.accept_all();
    let write = "const done = arguments[arguments.length - 1];
      document.cookie = '_tr1=four'; document.cookie = 'own=1';
      localStorage.tr_id = 'ä'.repeat(10); localStorage.own = 'x'; sessionStorage.tr_s = '12345';
      const request = indexedDB.open('tr_db', 3);
      request.onupgradeneeded = () => { request.result.createObjectStore('a').put({ text: 'y'.repeat(500), blob: new Uint8Array(500) }, 'key'); request.result.createObjectStore('b'); };
      request.onsuccess = async () => {
        request.result.close();
        if (window.caches) await (await caches.open('tr_cache')).put('/x', new Response('z'.repeat(300)));
        done(!!window.caches);
      };";
    world.run_async(write, &[]);
}

/// Kind, name, service and size of what can be reached.
fn list(world: &World) -> Vec<(String, String, Option<String>, u64)> {
    let ask = "const done = arguments[arguments.length - 1]; consentry.stored().then((found) => done(found.filter(({ reachable }) => reachable)), (error) => done('' + error));";
    let found = world.run_async(ask, &[]);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let items = found.as_array().unwrap_or_else(|| panic!("not a list: {found}"));
    let mut items: Vec<_> = items
        .iter()
        .map(|one| (text(&one["kind"]).unwrap_or_default(), text(&one["name"]).unwrap_or_default(), text(&one["service"]), one["size"].as_u64().unwrap_or(u64::MAX)))
        .collect();
    items.sort();
    items
}

fn listed_and_deleted_by_script(world: &World) {
    fill(world);
    let found = list(world);
    let of = |name: &str| found.iter().find(|one| one.1 == name).unwrap_or_else(|| panic!("{name} is not listed: {found:?}"));
    let tracker = Some("tracker".to_owned());
    for (name, kind, size) in [("_tr1", "cookie", 9), ("tr_id", "localStorage", 25), ("tr_s", "sessionStorage", 9)] {
        assert_eq!(of(name), &(kind.to_owned(), name.to_owned(), tracker.clone(), size));
    }
    assert_eq!((of("tr_db").2.clone(), of("own").2.clone(), of("consentry.record").2.clone()), (tracker, None, None));
    assert!((1000..1200).contains(&of("tr_db").3), "{:?}", of("tr_db"));
    if world.is("window.caches") {
        assert!((300..400).contains(&of("tr_cache").3), "{:?}", of("tr_cache"));
    }
    let away = "const done = arguments[arguments.length - 1]; consentry.stored().then(async (found) => {
      const away = found.filter(({ reachable }) => !reachable);
      done(away.map(({ service, name, domain, size }) => [service, name, domain ?? null, size]).concat([await away[0].remove()])); });";
    let expected = json!([["tracker", "tr_hidden", null, null], ["video", "seen", ".video.example", null], ["video", "player", "video.example", null], false]);
    assert_eq!(world.run_async(away, &[]), expected);
    let delete = "const [name, done] = arguments; consentry.stored().then((found) => Promise.all(found.filter((one) => one.name === name).map((one) => one.remove()))).then(done);";
    for name in ["_tr1", "tr_id", "tr_s", "tr_db", "tr_cache", "own"] {
        let gone = world.run_async(delete, &[name.into()]);
        assert!(gone.as_array().is_some_and(|all| all.iter().all(|one| one == true)), "{name}: {gone}");
        assert!(list(world).iter().all(|one| one.1 != name), "{name} is still there");
    }
    let left: Vec<_> = list(world).into_iter().map(|one| one.1).collect();
    assert_eq!(left, ["consentry.record"]);
}

fn listed_and_deleted_by_the_visitor(world: &World) {
    fill(world);
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open] [aria-labelledby=consentry-device]')");
    let text = "document.querySelector('#consentry-root [aria-labelledby=consentry-device]').textContent";
    assert!(!world.is(&format!("{text}.includes('tr_id')")), "listed before it was asked for");
    world.click("#consentry-root [aria-labelledby=consentry-device] summary");
    world.button("Delete tr_id");
    let shown = world.eval(text);
    let shown = shown.as_str().unwrap_or_default();
    for word in ["Tracker", "_tr1", "25 bytes", "Local storage", "tr_db", "kilobyte", "tr_hidden", "seen (.video.example), player (video.example)", "consentry.record"] {
        assert!(shown.contains(word), "{word} is missing in {shown}");
    }
    assert!(world.is("![...document.querySelectorAll('#consentry-root button')].some((one) => one.getAttribute('aria-label') === 'Delete consentry.record')"));
    world.press_button("Delete tr_id");
    world.until("!('tr_id' in localStorage) && document.querySelector('#consentry-root dialog [role=status]').textContent === 'tr_id is deleted.'");
    assert!(world.is("localStorage.own === 'x' && document.activeElement.localName === 'summary'"));
    world.until(&format!("!{text}.includes('tr_id') && {text}.includes('tr_db')"));
    world.press_button("Delete tr_db");
    world.until(&format!("!{text}.includes('tr_db') && document.querySelector('#consentry-root dialog [role=status]').textContent === 'tr_db is deleted.'"));
    assert!(world.has("tracker"), "deleting data is no withdrawal");
    assert!(world.said().iter().all(|line| !line.starts_with("un")), "{:?}", world.said());
}
