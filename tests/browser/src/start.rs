//! How soon the notice is there, beside other consent managers on the same page: run by hand, never a failure.
//!
//! Chromium alone has what it takes: a slow network, a slow processor, and counters of what scripts cost. Every load is
//! a tab and an origin of its own, so that nothing is cached, compiled or stored before.

mod table;

use crate::bench::median;
use crate::engine::Engine;
use crate::page::Page;
use crate::runner::visit;
use crate::world::World;
use loopback::Answer;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, ExitCode};

const USAGE: &str = "bench start [--runs N] [--language en|de] [--only WORDS]

  --runs N        how many loads of each page the medians are of; 15 unless told
  --language L    en or de; both unless told
  --only WORDS    only managers with one of these words in their names, beside the page without any: consentry,orestbida";

/// Slow 4G: 150 ms until an answer begins, 1.6 Mbit/s down, 0.75 Mbit/s up (bytes a second).
const NETWORK: [(&str, u32); 3] = [("latency", 150), ("downloadThroughput", 200_000), ("uploadThroughput", 93_750)];
/// How many times slower than this machine the page's processor is.
const SLOWER: u32 = 4;
/// Where the pages are written, and what they need of `build.mjs`.
const BUILT: &str = "target/consentry/start";

/// Answers with what the observer found once the page has loaded, the notice is there and nothing else is to be done.
const RESULT: &str = "const [notice, done] = arguments, end = performance.now() + 15000;
const answer = () => {
  const { shown, shift, longest, largest } = __start;
  const [page] = performance.getEntriesByType('navigation');
  const before = performance.getEntriesByType('resource').filter((one) => !notice || one.startTime < shown);
  const box = notice && document.querySelector(notice);
  done({ shown, shift, longest, largest: !!box && !!largest && box.contains(largest), requests: before.length,
    paint: (performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime || null,
    bytes: before.reduce((sum, one) => sum + one.encodedBodySize, page.encodedBodySize) });
};
const wait = () => notice && !__start.shown && performance.now() < end ? setTimeout(wait, 50)
  : requestIdleCallback(() => setTimeout(() => requestIdleCallback(answer), 100));
wait();";

/// A page with one manager, or with none.
struct Entry {
    language: String,
    name: String,
    version: String,
    notice: String,
    path: String,
    loads: Vec<Value>,
}

/// Runs `bench start` with these arguments.
pub(crate) fn bench(arguments: &[&str]) -> ExitCode {
    let Some(Asked { runs, language, only }) = Asked::read(arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    visit(Engine::Chromium, |world| {
        let mut entries = build(world);
        entries.retain(|entry| {
            let name = entry.name.to_lowercase();
            (language.is_empty() || entry.language == language)
                && (entry.notice.is_empty() || only.split(',').any(|word| name.contains(word)))
        });
        let count = entries.len();
        for run in 0..runs {
            for place in 0..count {
                // Each time another one goes first: what warms up or tires the machine meets all alike.
                let entry = &mut entries[(place + run) % count];
                let found = load(world, entry, &format!("start-{run}-{place}"));
                entry.loads.push(found);
            }
            eprintln!("{} of {runs}", run + 1);
        }
        println!("Chromium {}, slow 4G, {SLOWER} × slower processor, cold cache, median of {runs}", world.version());
        table::print(&entries);
        preferences(world, runs);
    });
    ExitCode::SUCCESS
}

/// What the command line asks for.
struct Asked {
    runs: usize,
    language: String,
    only: String,
}

impl Asked {
    fn read(arguments: &[&str]) -> Option<Asked> {
        let mut asked = Asked { runs: 15, language: String::new(), only: String::new() };
        for pair in arguments.chunks(2) {
            match *pair {
                ["--runs", runs] => asked.runs = runs.parse().ok().filter(|runs| *runs > 0)?,
                ["--language", language @ ("en" | "de")] => language.clone_into(&mut asked.language),
                ["--only", words] => asked.only = words.to_lowercase(),
                _ => return None,
            }
        }
        Some(asked)
    }
}

/// Writes the pages and puts them on the site, packed as a host packs them.
fn build(world: &World) -> Vec<Entry> {
    let folder = World::path(BUILT);
    let dist = World::product();
    let mut node = Command::new("node");
    node.arg(World::path("tests/browser/start/build.mjs")).arg(dist.parent().unwrap_or(Path::new("."))).arg(&folder);
    assert!(node.status().is_ok_and(|status| status.success()), "the pages could not be written");
    let list: Value = serde_json::from_str(&World::file(&format!("{BUILT}/pages.json"))).unwrap_or_default();
    for file in list["files"].as_array().into_iter().flatten() {
        let text = |name: &str| file[name].as_str().unwrap_or_default();
        let packed = std::fs::read(text("file")).unwrap_or_else(|error| panic!("{}: {error}", text("file")));
        world.servers.page(text("path"), Answer::new(text("type"), packed).header("Content-Encoding", "br"));
    }
    let pages = list["pages"].as_array().into_iter().flatten();
    pages
        .map(|page| {
            let text = |name: &str| page[name].as_str().unwrap_or_default().to_owned();
            let [language, name, version, notice, path] = ["language", "name", "version", "notice", "path"].map(text);
            Entry { language, name, version, notice, path, loads: Vec::new() }
        })
        .collect()
}

#[track_caller]
fn devtools(world: &World, command: &str, parameters: &Value) -> Value {
    world.devtools(command, parameters).unwrap_or_else(|| panic!("Chromium does not know {command}"))
}

/// Loads a page for the first time, as a visitor with a small device and a poor line does.
fn load(world: &World, entry: &Entry, origin: &str) -> Value {
    let home = world.window();
    let tab = world.new_tab();
    world.switch_to(&tab);
    let observer = World::file("tests/browser/start/observe.js").replace("NOTICE", &json!(entry.notice).to_string());
    devtools(world, "Page.addScriptToEvaluateOnNewDocument", &json!({ "source": observer }));
    devtools(world, "Performance.enable", &json!({}));
    slow(world, true);
    world.open(&format!("{}{}", world.servers.site_as(origin), entry.path));
    let mut found = world.run_async(RESULT, &[json!(entry.notice)]);
    let metrics = devtools(world, "Performance.getMetrics", &json!({}));
    for (name, counter) in
        [("script", "ScriptDuration"), ("layout", "LayoutDuration"), ("style", "RecalcStyleDuration")]
    {
        let metric = metrics["metrics"].as_array().into_iter().flatten().find(|metric| metric["name"] == counter);
        found[name] = json!(metric.and_then(|metric| metric["value"].as_f64()).unwrap_or(f64::NAN) * 1000.0);
    }
    devtools(world, "HeapProfiler.collectGarbage", &json!({}));
    let heap = devtools(world, "Runtime.getHeapUsage", &json!({}));
    let bytes = |name: &str| heap[name].as_f64().unwrap_or(0.0);
    found["heap"] = json!(bytes("usedSize") + bytes("backingStorageSize"));
    assert!(entry.notice.is_empty() || found["shown"] != json!(0), "{} showed no notice", entry.name);
    slow(world, false);
    world.close();
    world.switch_to(&home);
    found
}

/// Slows the present tab down, or not.
fn slow(world: &World, slow: bool) {
    let mut network = json!({ "offline": false });
    for (name, value) in NETWORK {
        network[name] = if slow { json!(value) } else { json!(if name == "latency" { 0 } else { -1 }) };
    }
    devtools(world, "Network.enable", &json!({}));
    devtools(world, "Network.emulateNetworkConditions", &network);
    devtools(world, "Emulation.setCPUThrottlingRate", &json!({ "rate": if slow { SLOWER } else { 1 } }));
}

/// A config of so many services.
fn crowd(count: usize) -> Value {
    let services = (0..count).map(|at| {
        let category = ["analytics", "marketing", "functional"][at % 3];
        json!({ "id": format!("service-{at}"), "category": category, "label": format!("Service {at}"),
                "vendor": format!("Vendor {at} Inc."), "description": "Does something for the site", "hosts": [format!("host-{at}.example")],
                "cookies": [{ "name": format!("_c{at}"), "duration": "1 year", "purpose": "Counts visits" }] })
    });
    json!({ "policy": { "version": "1" }, "services": services.collect::<Vec<Value>>() })
}

/// How long the preference center takes to open, from the call to the end of the frame that shows it.
const OPEN: &str = "const done = arguments[0], begun = performance.now();
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => done(performance.now() - begun);
const look = () => void (document.querySelector('dialog[open]') ? port2.postMessage(0) : requestAnimationFrame(look));
consentry.showPreferences();
requestAnimationFrame(look);";

/// The preference center of a page with 200 services: its first opening on a fast line, which loads its file, and the next.
fn preferences(world: &World, runs: usize) {
    let address = world.publish(&Page::new().config(crowd(200)));
    let mut times: [Vec<f64>; 2] = Default::default();
    for _ in 0..runs {
        world.open(&address);
        world.ready();
        devtools(world, "Emulation.setCPUThrottlingRate", &json!({ "rate": SLOWER }));
        for times in &mut times {
            times.push(world.run_async(OPEN, &[]).as_f64().unwrap_or(f64::NAN));
            world.run("consentry.hide();", &[]);
        }
        devtools(world, "Emulation.setCPUThrottlingRate", &json!({ "rate": 1 }));
    }
    let [first, again] = times.map(|times| median(times.into_iter()));
    println!(
        "\nPreference center of 200 services, {SLOWER} × slower processor: {first:.0} ms the first time, {again:.0} ms again"
    );
}
