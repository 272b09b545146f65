//! What a script asks of a service with `"hold": true`, and sends nothing along, waits for the visitor's decision: it is
//! carried out after a yes, fails after a no, and ends earlier where the script or the page ends it. Everything else fails
//! at once, and so does everything once the visitor has refused.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![carried_out, refused, ended_by_the_script, used_for_another, ended_by_the_page, sent_along, decided_before];

fn page() -> Page {
    let mut config = Page::config_of_two();
    config["services"][0]["hold"] = json!(true);
    Page::new().config(config).script(ASK)
}

/// Calls by name, and how each ended.
const ASK: &str = "window.ends = {};
const note = (name, end) => { ends[name] = end; };
window.ask = (name, url, init) => fetch(url, init).then(async (answer) => note(name, await answer.text()), (error) => note(name, error.name));
window.request = (name, url, init = {}) => {
  const one = new XMLHttpRequest();
  one.open(init.method || 'GET', url);
  one.timeout = init.timeout || 0;
  if (init.header) one.setRequestHeader('x-own', init.header);
  for (const type of ['load', 'error', 'abort', 'timeout']) one.addEventListener(type, () => note(name, type + one.responseText));
  one.send(init.body);
  return one;
};";

/// Where the calls go: a service that is held, and one that is not.
fn addresses(world: &World) -> [String; 2] {
    ["tracker", "video"].map(|name| {
        let answer = |text: &str| Answer::new("text/plain", text).header("Access-Control-Allow-Headers", "*");
        for path in ["fetch", "head", "other", "xhr"] {
            world.fake(name, &format!("/{path}"), answer("answer"));
        }
        world.third_party(name, "/")
    })
}

/// Opens the page as a new visitor who has not decided yet.
#[track_caller]
fn open(world: &World) -> [Value; 2] {
    let found = addresses(world).map(Value::from);
    world.visit(&page());
    world.notice();
    found
}

#[track_caller]
fn assert_nothing_ended(world: &World) {
    world.settle();
    assert_eq!((world.eval("ends"), world.reached()), (json!({}), Vec::new()));
}

const CALLS: &str = "const [url, init] = arguments;
ask('fetch', url + 'fetch'); ask('request', new Request(url + 'fetch?2', { headers: { accept: 'x/y' } }));
ask('url', new URL(url + 'other'), { method: 'get' }); ask('head', url + 'head', { method: 'HEAD' });
request('xhr', url + 'xhr'); request('header', url + 'xhr?2', { header: 'own' });";

fn carried_out(world: &World) {
    let [url, _] = open(world);
    world.run(CALLS, &[url]);
    assert_nothing_ended(world);
    let blocked = world.eval("consentry.blocked().map((one) => one.service)");
    assert!(blocked.to_string().contains("tracker"), "{blocked}");
    world.accept_all();
    world.until("Object.keys(ends).length === 6");
    assert_eq!(world.eval("ends"), json!({ "fetch": "answer", "request": "answer", "url": "answer", "head": "", "xhr": "loadanswer", "header": "loadanswer" }));
    let requests = world.servers.seen().requests.into_iter().filter(|one| one.path == "/xhr" || one.path == "/head").map(|one| one.method);
    let mut methods: Vec<String> = requests.filter(|method| method != "OPTIONS").collect();
    methods.sort_unstable();
    assert_eq!(methods, ["GET", "GET", "HEAD"]);
}

fn refused(world: &World) {
    let [url, _] = open(world);
    world.run(CALLS, &[url]);
    assert_nothing_ended(world);
    world.reject_all();
    world.until("Object.keys(ends).length === 6");
    assert_eq!(world.eval("ends"), json!({ "fetch": "TypeError", "request": "TypeError", "url": "TypeError", "head": "TypeError", "xhr": "error", "header": "error" }));
    assert_eq!(world.reached(), [] as [&str; 0]);
}

fn ended_by_the_script(world: &World) {
    let [url, _] = open(world);
    let calls = "const [url] = arguments; const ending = new AbortController(); const signal = AbortSignal.abort();
      ask('aborted', url + 'fetch', { signal }); ask('ended', url + 'fetch', { signal: ending.signal });
      ask('with', new Request(url + 'fetch', { signal: ending.signal })); ending.abort();
      request('xhr', url + 'xhr').abort(); request('timeout', url + 'xhr', { timeout: 50 });";
    world.run(calls, &[url]);
    world.until("Object.keys(ends).length === 5");
    assert_eq!(world.eval("ends"), json!({ "aborted": "AbortError", "ended": "AbortError", "with": "AbortError", "xhr": "abort", "timeout": "timeout" }));
    world.accept_all();
    world.settle();
    assert_eq!(world.reached(), [] as [&str; 0], "what has ended is not carried out later");
}

/// A request that is opened anew while it waits asks for the new address alone, once.
fn used_for_another(world: &World) {
    let [url, other] = open(world);
    world.servers.page("/own.json", Answer::json("{}"));
    let call = "const [url, other] = arguments; window.own = [];
      const one = request('xhr', url + 'xhr'); one.open('GET', '/own.json'); one.addEventListener('loadend', () => own.push(one.responseURL)); one.send();";
    world.run(call, &[url, other]);
    world.until("own.length");
    world.accept_all();
    world.settle();
    assert_eq!((world.reached(), world.eval("own.length")), (Vec::new(), json!(1)));
}

fn ended_by_the_page(world: &World) {
    let [url, _] = open(world);
    world.run("const [url] = arguments; ask('fetch', url + 'fetch'); request('xhr', url + 'xhr'); dispatchEvent(new PageTransitionEvent('pagehide'));", &[url]);
    world.until("Object.keys(ends).length === 2");
    assert_eq!(world.eval("ends"), json!({ "fetch": "TypeError", "xhr": "error" }));
    world.accept_all();
    world.settle();
    assert_eq!(world.reached(), [] as [&str; 0]);
}

/// Bodies are never sent again, and services without the word are not waited for.
fn sent_along(world: &World) {
    let [url, other] = open(world);
    let calls = "const [url, other] = arguments;
      ask('post', url + 'fetch', { method: 'POST', body: 'x' }); ask('request', new Request(url + 'fetch', { method: 'POST', body: 'x' }));
      request('xhr', url + 'xhr', { method: 'POST', body: 'x' }); ask('other', other + 'fetch'); request('others', other + 'xhr');
      try { const one = new XMLHttpRequest(); one.open('GET', url + 'xhr', false); one.send(); } catch (error) { ends.sync = error.name; }";
    world.run(calls, &[url, other]);
    world.until("Object.keys(ends).length === 6");
    let expected = json!({ "post": "TypeError", "request": "TypeError", "xhr": "error", "other": "TypeError", "others": "error", "sync": "NetworkError" });
    assert_eq!(world.eval("ends"), expected);
    world.accept_all();
    world.settle();
    assert_eq!(world.reached(), [] as [&str; 0]);
}

fn decided_before(world: &World) {
    let [url, _] = open(world);
    world.reject_all();
    world.run("const [url] = arguments; ask('fetch', url + 'fetch'); request('xhr', url + 'xhr');", std::slice::from_ref(&url));
    world.until("Object.keys(ends).length === 2");
    assert_eq!((world.eval("ends"), world.reached()), (json!({ "fetch": "TypeError", "xhr": "error" }), Vec::new()));
    world.run("const [url] = arguments; ends = {}; const one = request('xhr', url + 'other'); consentry.showNotice();", std::slice::from_ref(&url));
    world.press_button("Accept all");
    world.run("const [url] = arguments; ask('fetch', url + 'fetch');", &[url]);
    world.until("ends.fetch === 'answer'");
}
