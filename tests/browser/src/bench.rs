//! What the gate costs on a page's own work, beside an observer whose callback is empty: run by hand, never a failure.

use crate::engine::Engine;
use crate::leaks::Level;
use crate::page::Page;
use crate::runner::visit;
use crate::start;
use crate::world::World;
use serde_json::{Value, json};
use std::process::ExitCode;

const USAGE: &str = "bench gate [--engine NAME] [--runs N]
bench start [options]: how soon the notice is there, beside other managers; `bench start --help` lists the options

  --engine NAME   chromium, firefox or webkitgtk; all unless told
  --runs N        how many runs the medians are of; 25 unless told";

/// The page that ours is held against.
const OBSERVER: &str = "<script>new MutationObserver(() => {}).observe(document, { childList: true, subtree: true, attributes: true });</script>";

/// Answers the milliseconds of each piece of work. Observers are called in a microtask that comes before the awaited one.
const WORK: &str = "const done = arguments[arguments.length - 1];
const pieces = {
  append(place) {
    for (let at = 0; at < 10000; at += 1) {
      const one = document.createElement('p');
      one.className = 'own';
      place.append(one);
    }
  },
  innerHTML(place) { place.innerHTML = '<p class=own></p>'.repeat(10000); },
  // Given up before they are sent: what is measured is the call, not the network.
  fetch() {
    const signal = AbortSignal.abort();
    for (let at = 0; at < 1000; at += 1) fetch('/own-' + at + '.json', { signal }).catch(() => {});
  },
  cookie() { for (let at = 0; at < 1000; at += 1) document.cookie = 'own' + at % 10 + '=' + at + '; path=/'; },
};
(async () => {
  const took = {};
  for (const name of Object.keys(pieces)) {
    const place = document.createElement('div');
    document.body.append(place);
    await new Promise((next) => setTimeout(next, 30));
    const begun = performance.now();
    pieces[name](place);
    await null;
    took[name] = performance.now() - begun;
    place.remove();
  }
  done(took);
})();";

/// The pieces of [`WORK`]: name, what it is, how often it is done.
const PIECES: [(&str, &str, f64); 4] = [
    ("append", "10,000 own elements by append", 10_000.0),
    ("innerHTML", "10,000 own elements by innerHTML", 10_000.0),
    ("fetch", "1,000 own fetches", 1_000.0),
    ("cookie", "1,000 own cookie writes", 1_000.0),
];

/// Microseconds of one decision about a URL, the median of 15 batches.
const MATCH: &str = "const [count] = arguments, times = [];
for (let run = 0; run < 15; run += 1) {
  const begun = performance.now();
  for (let at = 0; at < 2000; at += 1) consentry.allows('https://a.host-' + at * 7 % count + '.example/b/c?d');
  times.push(performance.now() - begun);
}
return times.sort((one, other) => one - other)[7] / 2;";

/// Runs `bench gate` or `bench start` with these arguments.
#[must_use]
pub fn bench(arguments: &[String]) -> ExitCode {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["start", options @ ..] = words.as_slice() {
        return start::bench(options);
    }
    let (engines, runs) = match words.as_slice() {
        ["gate"] => (Engine::ALL.to_vec(), 25),
        ["gate", "--engine", name] => (named(name), 25),
        ["gate", "--runs", runs] => (Engine::ALL.to_vec(), runs.parse().unwrap_or(0)),
        ["gate", "--engine", name, "--runs", runs] => (named(name), runs.parse().unwrap_or(0)),
        _ => (Vec::new(), 0),
    };
    if engines.is_empty() || runs == 0 {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    }
    let level = if Level::existing().iter().any(|level| level.name == "auto") { "auto" } else { "marked" };
    for engine in engines {
        println!("\n{} at level {level}, median of {runs}, order alternated", engine.name());
        visit(engine, |world| {
            own_work(world, level, runs);
            matching(world, level);
        });
    }
    ExitCode::SUCCESS
}

fn named(name: &str) -> Vec<Engine> {
    Engine::ALL.into_iter().filter(|engine| engine.name() == name).collect()
}

fn config(level: &str, hosts: Vec<Value>) -> Value {
    json!({
        "policy": { "version": "1" },
        "gate": { "level": level },
        "services": [{ "id": "far", "category": "analytics", "label": "Far", "vendor": "Far Inc.", "hosts": hosts,
                       "cookies": [{ "name": "_far*", "duration": "1 year", "purpose": "Counts" }] }],
    })
}

/// The same work on both pages, in turns that change their order each time.
fn own_work(world: &World, level: &str, runs: usize) {
    let ours = world.publish(&Page::new().config(config(level, vec![json!("far.example")])));
    let observer = world.publish(&Page::without_consentry().head(OBSERVER));
    let mut times: [Vec<Value>; 2] = Default::default();
    for run in 0..runs {
        let order = if run % 2 == 0 { [0, 1] } else { [1, 0] };
        for which in order {
            world.open(if which == 0 { &ours } else { &observer });
            if which == 0 {
                world.ready();
            }
            times[which].push(world.run_async(WORK, &[]));
        }
    }
    println!("{:36}{:>12}{:>12}{:>8}{:>16}", "", "Consentry", "observer", "ratio", "added, each");
    for (name, what, count) in PIECES {
        let [ours, observer] = [0, 1].map(|which| median(times[which].iter().filter_map(|one| one[name].as_f64())));
        let added = (ours - observer) * 1000.0 / count;
        println!("{what:36}{ours:9.1} ms{observer:9.1} ms{:8.2}{added:13.2} µs", ours / observer.max(0.001));
    }
}

/// How one decision grows with the number of declared hosts.
fn matching(world: &World, level: &str) {
    let mut first = 0.0;
    for count in [10, 1_000, 10_000] {
        let hosts = (0..count).map(|at| json!(format!("*.host-{at}.example"))).collect();
        world.visit(&Page::new().config(config(level, hosts)));
        world.ready();
        let took = world.run(MATCH, &[json!(count)]).as_f64().unwrap_or(f64::NAN);
        first = if count == 10 { took } else { first };
        println!(
            "{:36}{took:9.2} µs{:>20.2} × that of 10 hosts",
            format!("one decision among {count} hosts"),
            took / first
        );
    }
}

pub(crate) fn median(times: impl Iterator<Item = f64>) -> f64 {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
