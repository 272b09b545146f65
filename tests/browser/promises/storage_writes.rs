//! What a denied service stores stays out of the browser, by whatever way it writes; what was there before goes.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![
    denied_writes_leave_nothing,
    denied_writes_are_listed,
    granted_writes_pass,
    leftovers_go_at_the_first_visit,
    withdrawal_removes_every_variant,
    later_writes_go_again,
    databases_made_elsewhere_go,
    the_most_specific_name_decides,
    pages_without_storage_keep_working,
];

/// Writes in every way that a script has, under names of the service and under the site's own.
const WRITE: &str = "const outcomes = {};
const settle = (name, promise) => promise.then(() => { outcomes[name] = 'kept'; }, (error) => { outcomes[name] = error.name; });
const database = (name) => new Promise((done, fail) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('things').put('x'.repeat(2000), 'thing');
  request.onsuccess = () => { request.result.close(); done(); };
  request.onerror = () => fail(request.error);
  request.onblocked = () => fail(new Error('blocked'));
});
const waits = [];
for (const start of ['_tr_', 'own_']) {
  document.cookie = start + 'a=1; path=/; max-age=9999';
  document.cookie = '  ' + start + 'b = 1; path=/';
  document.cookie = '=' + start + 'c=1; path=/';
  if (window.cookieStore) {
    waits.push(settle(start + 'one', cookieStore.set(start + 'd', '1')));
    waits.push(settle(start + 'two', cookieStore.set({ name: start + 'e', value: '1' })));
  }
  for (const store of [localStorage, sessionStorage]) {
    store.setItem(start + 'f', '1');
    store[start + 'g'] = '1';
    Storage.prototype.setItem.call(store, start + 'h', '1');
    Reflect.set(store, start + 'i', '1');
    Object.defineProperty(store, start + 'j', { value: '1' });
  }
  waits.push(settle(start + 'database', database(start + 'k')));
  if (window.caches) waits.push(settle(start + 'cache', caches.open(start + 'l').then((cache) => cache.put('/x', new Response('x')))));
}
return Promise.all(waits).then(() => outcomes);";

/// What is in the browser now, but for what is Consentry's own.
const LIST: &str = "const names = async () => ({
  cookie: document.cookie.split('; ').filter((one) => one).map((one) => one.split('=')[0]),
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: window.caches ? await caches.keys() : [],
});
return names().then((found) => Object.fromEntries(Object.entries(found).map(([kind, names]) =>
  [kind, names.filter((name) => !name.startsWith('consentry.')).sort()])));";

fn config() -> Value {
    let mut config = Page::config_of_two();
    let kinds = ["localStorage", "sessionStorage", "indexedDB", "cacheStorage"];
    config["services"][0]["storage"] = kinds.iter().map(|kind| json!({ "kind": kind, "key": "_tr*" })).collect();
    config
}

fn page() -> Page {
    Page::new().config(config())
}

/// Runs statements that may `return` a promise, and answers what it comes to.
#[track_caller]
fn run(world: &World, script: &str) -> Value {
    let answer = "const done = arguments[arguments.length - 1];
      (async () => { SCRIPT })().then(done, (error) => done('failed: ' + error));";
    world.run_async(&answer.replace("SCRIPT", script), &[])
}

/// What is stored whose name starts like this, by kind.
#[track_caller]
fn stored(world: &World, start: &str) -> Value {
    let mut found = run(world, LIST);
    for (_, names) in found.as_object_mut().expect("the list has kinds") {
        let names = names.as_array_mut().expect("each kind has names");
        names.retain(|name| name.as_str().is_some_and(|name| name.starts_with(start)));
    }
    found
}

fn nothing() -> Value {
    json!({ "cookie": [], "local": [], "session": [], "databases": [], "caches": [] })
}

/// Waits until nothing of the service is stored any more.
#[track_caller]
fn wait_until_gone(world: &World) {
    let begun = std::time::Instant::now();
    while stored(world, "_tr_") != nothing() {
        assert!(begun.elapsed().as_secs() < 20, "still stored: {}", stored(world, "_tr_"));
    }
}

/// What these writes leave in a page without Consentry: each engine has its own set of ways.
#[track_caller]
fn control(world: &World) -> (Value, Value) {
    world.visit(&Page::without_consentry());
    let outcomes = run(world, WRITE);
    let kept = stored(world, "_tr_");
    assert!(kept["cookie"].as_array().is_some_and(|names| names.len() >= 2), "{kept}");
    assert_eq!(kept["local"].as_array().map(Vec::len), Some(5), "{kept}");
    assert_eq!([&kept["session"], &kept["databases"]], [&kept["local"], &json!(["_tr_k"])]);
    (outcomes, kept)
}

/// Empties the browser by the page's own means.
fn empty(world: &World) {
    world.visit(&Page::without_consentry());
    run(
        world,
        "for (const one of document.cookie.split('; ')) for (const name of [one.split('=')[0], '']) document.cookie = name + '=; path=/; max-age=0';
         for (const one of document.cookie.split('; ')) document.cookie = one.split('=')[0] + '=; max-age=0';
         localStorage.clear(); sessionStorage.clear();
         for (const { name } of await indexedDB.databases()) await new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
         if (window.caches) for (const name of await caches.keys()) await caches.delete(name);",
    );
    assert_eq!(stored(world, ""), nothing(), "not empty to begin with");
}

fn denied_writes_leave_nothing(world: &World) {
    let (before, _) = control(world);
    let own = stored(world, "own_");
    for refuse in [false, true] {
        empty(world);
        world.visit(&page());
        world.notice();
        if refuse {
            world.reject_all();
        }
        let outcomes = run(world, WRITE);
        assert_eq!(stored(world, "_tr_"), nothing());
        assert_eq!(stored(world, "own_"), own, "the site's own writes are as without Consentry");
        assert_eq!(outcomes["own_database"], "kept");
        assert_eq!(outcomes["_tr_database"], "AbortError");
        if before.get("_tr_cache").is_some() {
            assert_eq!([&outcomes["own_cache"], &outcomes["_tr_cache"]], ["kept", "NotAllowedError"]);
        }
        if before.get("_tr_one").is_some() {
            assert_eq!([&outcomes["_tr_one"], &outcomes["_tr_two"]], ["kept", "kept"], "a cookie is dropped in silence");
        }
        assert!(world.said().iter().all(|line| !line.starts_with("un")), "{:?}", world.said());
    }
}

fn denied_writes_are_listed(world: &World) {
    const LISTED: &str = "return consentry.blocked().filter(({ name }) => name).map(({ kind, name, service, category, url }) =>
      [kind, name, service, category, url].join(' ')).sort();";
    const ONCE: &str = "window.told = [];
      document.addEventListener('consentry:blocked', ({ detail: { blocked } }) => { if (blocked.name) told.push(blocked.kind + ' ' + blocked.name); });";
    world.visit(&page());
    world.notice();
    run(world, ONCE);
    run(world, "for (let times = 0; times < 2; times++) { document.cookie = '_tr_a=1'; localStorage.setItem('_tr_f', 1); } localStorage.setItem('own_f', 1);");
    let listed = json!(["cookie _tr_a tracker analytics ", "localStorage _tr_f tracker analytics "]);
    assert_eq!(run(world, LISTED), listed);
    assert_eq!(run(world, "return told.sort();"), json!(["cookie _tr_a", "localStorage _tr_f"]), "each is told once");
    world.accept_all();
    assert_eq!(run(world, LISTED), json!([]), "what may be written now is not kept out any more");
}

fn granted_writes_pass(world: &World) {
    let (before, kept) = control(world);
    empty(world);
    world.visit(&page());
    world.accept_all();
    assert_eq!(run(world, WRITE), before);
    assert_eq!(stored(world, "_tr_"), kept);
    world.reload();
    world.ready();
    assert_eq!(stored(world, "_tr_"), kept, "a returning visitor's storage stays");
}

fn leftovers_go_at_the_first_visit(world: &World) {
    control(world);
    world.visit(&page());
    world.notice();
    wait_until_gone(world);
    assert_ne!(stored(world, "own_"), nothing());
}

/// Lets the server set cookies for every path and domain that the page belongs to, and one that no script can see.
fn withdrawal_removes_every_variant(world: &World) {
    let site = world.servers.site_as("www.shop");
    let variants = ["", "; Domain=shop.localhost", "; Domain=www.shop.localhost"];
    let paths = ["", "; Path=/", "; Path=/deep", "; Path=/deep/", "; Path=/deep/er", "; Path=/deep/er/page.html"];
    let mut answer = Answer::html(page().html());
    let mut served = Answer::script("");
    for (at, (domain, path)) in variants.iter().flat_map(|domain| paths.map(|path| (domain, path))).enumerate() {
        served = served.header("Set-Cookie", format!("_tr_{at}=1{domain}{path}; Max-Age=9999"));
    }
    served = served.header("Set-Cookie", "_tr_hidden=1; HttpOnly").header("Set-Cookie", "own_a=1; Domain=shop.localhost");
    world.servers.page("/deep/er/set.js", served);
    answer = answer.header("Cache-Control", "no-store");
    world.servers.page("/deep/er/page.html", answer);
    world.open(&format!("{site}/deep/er/page.html"));
    world.accept_all();
    run(world, "await fetch('set.js');");
    let cookies = stored(world, "_tr_")["cookie"].as_array().map_or(0, Vec::len);
    assert_eq!(cookies, variants.len() * paths.len(), "the control: each cookie is there");
    assert_eq!(run(world, WRITE)["_tr_database"], "kept");
    world.run("consentry.withdraw('tracker');", &[]);
    wait_until_gone(world);
    assert_ne!(stored(world, "own_a")["cookie"], json!([]));
    world.servers.clear();
    run(world, "await fetch('set.js?seen');");
    let seen = world.servers.site_requests().pop().expect("the request arrived").cookies;
    assert!(seen.contains("_tr_hidden") && seen.matches("_tr_").count() == 1, "what the server is still sent: {seen}");
}

fn later_writes_go_again(world: &World) {
    world.visit(&page());
    world.reject_all();
    // Natives of another realm, held from before: nothing that a guard of this page could see.
    let write = "const frame = document.body.appendChild(document.createElement('iframe'));
      const other = frame.contentWindow;
      other.document.cookie = '_tr_far=1; path=/';
      other.localStorage.setItem('_tr_far', '1');
      other.sessionStorage._tr_far = '1';
      return [other.document.cookie.includes('_tr_far'), '_tr_far' in localStorage];";
    assert_eq!(world.run(write, &[]), json!([true, true]), "the control: this way is open");
    wait_until_gone(world);
    // By a property, in the page itself: gone before anything else can run that was not waiting already.
    world.run("localStorage._tr_near = '1';", &[]);
    wait_until_gone(world);
    // Set by the site's own server, as a proxy for the service would.
    world.servers.page("/proxy", Answer::script("").header("Set-Cookie", "_tr_proxy=1"));
    run(world, "await fetch('/proxy');");
    wait_until_gone(world);
}

/// By a frame's natives and by a worker, which no guard of this page sees.
fn databases_made_elsewhere_go(world: &World) {
    world.visit(&page());
    world.reject_all();
    let make = "const made = (indexedDB, name) => new Promise((done, fail) => {
        const request = indexedDB.open(name, 1);
        request.onsuccess = () => { request.result.close(); done(name); };
        request.onerror = () => fail(request.error);
      });
      const other = document.body.appendChild(document.createElement('iframe')).contentWindow;
      const source = `const made = ${made}; made(indexedDB, '_tr_worker').then(postMessage, (error) => postMessage('' + error))`;
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      const heard = new Promise((done) => { worker.onmessage = ({ data }) => done(data); });
      return [await made(other.indexedDB, '_tr_far'), await heard, !other.caches || '' + await other.caches.open('_tr_far') === '[object Cache]'];";
    // Often enough that one look of the sweep falls behind it, whenever it is.
    for _ in 0..2 {
        assert_eq!(run(world, make), json!(["_tr_far", "_tr_worker", true]), "the control: these ways are open");
        wait_until_gone(world);
    }
}

fn the_most_specific_name_decides(world: &World) {
    let mut config = config();
    config["services"][0]["cookies"] = json!([{ "name": "_tr*" }, { "name": "shared" }]);
    config["services"][1]["cookies"] = json!([{ "name": "_tr_video" }, { "name": "shared" }, { "name": "PREF", "domain": ".video.example" }]);
    config["services"][1]["storage"] = json!([{ "kind": "localStorage", "key": "consentry*" }]);
    world.visit(&Page::new().config(config));
    world.notice();
    run(world, "document.cookie = 'PREF=1';");
    let write = "for (const name of ['_tr_a', '_tr_video', 'shared']) document.cookie = name + '=1';
      return document.cookie.split('; ').map((one) => one.split('=')[0]).sort();";
    assert_eq!(world.run(write, &[]), json!(["PREF"]), "a cookie of another site's name is the site's own here");
    world.customize();
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.until("consentry.has('tracker') && !consentry.has('video')");
    assert_eq!(world.run(write, &[]), json!(["PREF", "_tr_a"]), "of two that declare the same name, both must be allowed");
    assert!(world.is("localStorage.getItem('consentry.record')"), "our own record is nobody's to declare");
    world.reload();
    world.ready();
    assert!(world.has("tracker"));
}

fn pages_without_storage_keep_working(world: &World) {
    let script = "window.tried = ['document.cookie = \"_tr_a=1\"', 'localStorage.setItem(\"_tr_a\", 1)', 'sessionStorage._tr_a = 1'].map((code) => {
      try { (0, eval)(code); return 'fine'; } catch (error) { return error.name; } });";
    let inner = |page: Page| world.publish(&page.script(script));
    let mut tried = Vec::new();
    for address in [inner(Page::without_consentry()), inner(page())] {
        world.visit(&Page::without_consentry().body(&format!("<iframe sandbox=\"allow-scripts\" src=\"{address}\"></iframe>")));
        world.enter("iframe");
        world.until("window.tried");
        tried.push(world.eval("tried[1]"));
        world.until("!window.consentry || consentry.snapshot().phase === 'ready'");
        assert!(world.said().iter().all(|line| !line.starts_with("un")), "{:?}", world.said());
        world.leave();
    }
    assert_eq!(tried[0], tried[1], "a page hears the browser's own error");
}
