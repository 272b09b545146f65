//! Each entry of the record reaches the site's own log once, however the server fares, and never at the page's cost.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::{Answer, Request};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

promises![
    each_entry_once,
    nothing_lost_within_the_bounds,
    what_is_refused_is_dropped,
    tried_again_at_its_time,
    nothing_lost_where_storage_is_full,
    the_page_never_waits,
    erased_and_told,
    loaded_only_where_configured,
];

const LOG: &str = "/consent-log";

fn page() -> Page {
    let mut config = Page::config_of_two();
    config["record"] = json!({ "log": { "url": LOG, "retentionDays": 1100 } });
    // Pauses of seconds and hours pass two hundred times as fast.
    let hurry = "<script>{ const real = window.setTimeout; window.setTimeout = (fn, ms, ...rest) => real(fn, ms > 1000 ? ms / 200 : ms, ...rest); }</script>";
    Page::new().before(hurry).config(config)
}

fn answers(world: &World, answer: Answer) {
    world.servers.page(LOG, answer);
}

/// What was posted since the servers were last cleared.
fn posted(world: &World) -> Vec<Value> {
    posts(&world.servers.site_requests())
}

fn posts(requests: &[Request]) -> Vec<Value> {
    let posts = requests.iter().filter(|request| request.path == LOG && request.method == "POST");
    posts.map(|request| serde_json::from_str(&request.body).unwrap_or_default()).collect()
}

fn ids(posts: &[Value]) -> Vec<String> {
    let records = posts.iter().flat_map(|post| post["records"].as_array().cloned().unwrap_or_default());
    records.map(|record| record["id"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Waits until something more was posted, twice, so that an answer of now is among what was answered.
fn tried_again(world: &World) {
    let before = posted(world).len();
    world.wait_for_site("two more tries", |seen| seen.requests.iter().filter(|request| request.path == LOG).count() > before + 1);
}

/// Waits until nothing is left to send.
fn settle(world: &World) {
    world.until("!localStorage['consentry.queue']");
}

fn each_entry_once(world: &World) {
    answers(world, Answer::json("{}").delay(Duration::from_millis(400)));
    world.visit(&page());
    world.notice();
    assert!(posted(world).is_empty(), "there is nothing to log yet");
    world.press_button("Accept all");
    world.until("consentry.has('tracker')");
    world.until("localStorage['consentry.queue']");
    settle(world);
    let posts = posted(world);
    let record = &posts[0]["records"][0];
    assert_eq!(posts[0]["retentionDays"], 1100, "until when the server keeps it");
    let copy = world.run_async("const done = arguments[arguments.length - 1]; consentry.exportRecord('json').then(done, (problem) => done('' + problem));", &[]);
    let (location, days) = (&copy["recordKept"][1]["location"], &copy["recordKept"][1]["days"]);
    assert!(location.as_str().is_some_and(|url| url.ends_with(LOG)) && days == 1100, "{copy}");
    assert_eq!((posts.len(), &posts[0]["v"], &record["facts"]["action"], &record["facts"]["policyVersion"]), (1, &json!(1), &json!("accept_all"), &json!("1")));
    assert_eq!(record["answers"]["analytics"]["state"], "given");
    assert!(world.eval("consentry.snapshot().record.id") != record["id"] && record["facts"].get("previousId").is_none(), "an id of its own: {record}");
    // A server that is overloaded, killed, slow, and knows it already: in the end each entry came once.
    world.servers.clear();
    answers(world, Answer::json("{}").status(503));
    world.run("for (let n = 0; n < 5; n++) consentry.rejectAll();", &[]);
    tried_again(world);
    answers(world, Answer::hang_up());
    tried_again(world);
    answers(world, Answer::json("{}").status(429));
    tried_again(world);
    let tried: BTreeSet<String> = ids(&posted(world)).into_iter().collect();
    assert_eq!(tried.len(), 5, "the same entries each time");
    answers(world, Answer::json("{}"));
    settle(world);
    let posts = posted(world);
    let last: BTreeSet<String> = ids(posts.get(posts.len() - 1..).unwrap_or_default()).into_iter().collect();
    assert_eq!(last, tried, "what was taken in the end is what was tried");
    answers(world, Answer::json("{}").status(409));
    world.run("consentry.rejectAll();", &[]);
    settle(world);
    assert!(world.said().iter().all(|line| !line.contains("consent-log")), "{:?}", world.said());
}

fn nothing_lost_within_the_bounds(world: &World) {
    answers(world, Answer::json("{}").status(500));
    let address = world.publish(&page());
    world.open(&address);
    world.notice();
    world.run("for (let n = 0; n < 60; n++) consentry.rejectAll();", &[]);
    world.until("JSON.parse(localStorage['consentry.queue'] || '{}').dropped === 10");
    // The next page goes on where this one was left.
    world.go_away();
    answers(world, Answer::json("{}").delay(Duration::from_millis(50)));
    world.open(&address);
    tried_again(world);
    settle(world);
    let posts = posted(world);
    let all = ids(&posts);
    assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (50, 50));
    assert!(posts.iter().all(|post| post["records"].as_array().is_some_and(|records| records.len() <= 20)));
    let dropped: Vec<_> = posts.iter().filter_map(|post| post.get("dropped")).collect();
    assert_eq!(dropped, [&json!(10)]);
}

fn what_is_refused_is_dropped(world: &World) {
    answers(world, Answer::json("{}").status(400));
    world.visit(&page());
    world.notice();
    world.run("consentry.rejectAll();", &[]);
    world.until("window.__said.some((line) => line.includes('answered 400'))");
    settle(world);
    assert_eq!(posted(world).len(), 1);
    world.run("consentry.rejectAll();", &[]);
    settle(world);
    assert_eq!(world.said().iter().filter(|line| line.contains("answered 400")).count(), 1, "said once: {:?}", world.said());
}

/// 5 s × 2ⁿ, half as long or half as long again, at most an hour: by a clock that the test turns.
fn tried_again_at_its_time(world: &World) {
    let clock = "<script>window.pauses = []; Math.random = () => window.chance; {
      const real = window.setTimeout;
      window.setTimeout = (fn, ms, ...rest) => ms >= 2500 && /consentry\\.server/.test(new Error().stack) ? (pauses.push({ fn, ms }), 0) : real(fn, ms, ...rest); } </script>";
    let mut config = Page::config_of_two();
    config["record"] = json!({ "log": { "url": LOG } });
    let page = Page::new().before(clock).config(config);
    for (chance, status) in [(0.0, 408), (1.0, 503)] {
        answers(world, Answer::json("{}").status(status));
        world.visit(&page);
        world.notice();
        world.run("window.chance = arguments[0];", &[json!(chance)]);
        world.run("pauses.length = 0; consentry.rejectAll();", &[]);
        for tries in 0..12 {
            let next = "pauses.find(({ gone }) => !gone)";
            world.until(next);
            let pause = (5_000.0 * f64::from(1 << tries)).min(3_600_000.0) * (0.5 + chance);
            let given = world.eval(&format!("{next}.ms")).as_f64();
            assert_eq!(given, Some(pause.min(3_600_000.0)), "status {status}, try {tries}");
            if tries == 11 {
                answers(world, Answer::json("{}"));
            }
            world.run(&format!("const one = {next}; one.gone = true; one.fn();"), &[]);
        }
        settle(world);
        world.run("localStorage.clear();", &[]);
        world.go_away();
    }
}

fn nothing_lost_where_storage_is_full(world: &World) {
    let full = "<script>{ const { setItem } = Storage.prototype; Storage.prototype.setItem = function (key, value) {
      if (key === 'consentry.queue') { window.refused = (window.refused || 0) + 1; throw new DOMException('full', 'QuotaExceededError'); }
      return setItem.call(this, key, value); }; }</script>";
    answers(world, Answer::json("{}").status(503));
    world.visit(&page().before(full));
    world.notice();
    world.run("for (let n = 0; n < 7; n++) consentry.rejectAll();", &[]);
    tried_again(world);
    assert!(world.is("window.refused && !localStorage['consentry.queue']"), "the control: nothing is kept in the browser");
    let tried: BTreeSet<String> = ids(&posted(world)).into_iter().collect();
    world.servers.clear();
    answers(world, Answer::json("{}"));
    let all = |posts: &[Value]| ids(posts).into_iter().collect::<BTreeSet<String>>();
    world.wait_for_site("what waited", |seen| all(&posts(&seen.requests)).len() == 7);
    assert!(tried.is_subset(&all(&posted(world))), "the same entries");
    assert!(world.is("consentry.snapshot().record"), "the record itself is kept");
}

/// A log that takes half a minute holds up neither the answer, nor what it opens, nor the page, nor the next one.
fn the_page_never_waits(world: &World) {
    answers(world, Answer::json("{}").delay(Duration::from_secs(30)));
    let tracker = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"");
    let address = world.publish(&page().body(&tracker));
    world.open(&address);
    world.notice();
    world.press_button("Accept all");
    world.wait_for("what was granted", |seen| seen.has("tracker", "/Script"));
    world.wait_for_site("the log", |seen| seen.requests.iter().any(|request| request.path == LOG));
    assert!(world.is("consentry.snapshot().view === 'none' && localStorage['consentry.queue']"), "it is still on its way");
    let taken = "const before = localStorage['consentry.record']; consentry.withdraw('analytics'); return [consentry.has('tracker'), localStorage['consentry.record'] !== before];";
    assert_eq!(world.run(taken, &[]), json!([false, true]), "in force and kept in the same breath");
    // `open` comes back with the page's `load`.
    world.open(&address);
    world.ready();
    assert!(world.is("document.readyState === 'complete' && localStorage['consentry.queue']"), "loaded, and still on its way");
}

fn erased_and_told(world: &World) {
    answers(world, Answer::json("{}").status(503));
    world.visit(&page());
    world.accept_all();
    world.until("localStorage['consentry.queue']");
    world.run("consentry.eraseRecord();", &[]);
    world.until("JSON.parse(localStorage['consentry.queue']).records.length === 1");
    world.servers.clear();
    answers(world, Answer::json("{}"));
    settle(world);
    let posts = posted(world);
    let last = posts.last().cloned().unwrap_or_default();
    assert_eq!((last["records"].as_array().map(Vec::len), &last["records"][0]["facts"]), (Some(1), &json!({ "action": "erase" })));
}

fn loaded_only_where_configured(world: &World) {
    let loads = || world.servers.site_requests().iter().filter(|request| request.path == "/consentry.server.js").count();
    world.visit(&Page::new());
    world.accept_all();
    world.reload();
    world.ready();
    assert_eq!(loads(), 0);
    answers(world, Answer::json("{}"));
    world.visit(&page());
    world.ready();
    world.until("performance.getEntriesByType('resource').some((one) => one.name.includes('consentry.server.js'))");
    assert!(posted(world).is_empty(), "nothing to say");
}
