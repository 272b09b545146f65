//! Two tabs that change the record five hundred times each, at once, end with the same decision and a whole record; where
//! the browser has locks, nothing that either did is missing from it.

use consentry_browser_tests::{Page, World, promises};
use serde_json::json;

promises![five_hundred_changes_each, nothing_overwritten_is_lost];

/// Changes the answers as fast as the page's tasks follow each other; hidden tabs' timers would be slowed down.
const CHANGE: &str = "const [from, seed] = arguments; const { port1, port2 } = new MessageChannel(); let n = 0;
const change = () => { const turn = (n * 7 + seed) % 4;
  if (turn == 0) consentry.save({ analytics: true, marketing: n % 3 == 0 }); else if (turn == 1) consentry.withdraw('tracker');
  else if (turn == 2) consentry.save({ tracker: true, video: false }); else consentry.rejectAll();
  const entries = consentry.snapshot().record.text.split(';').filter((section) => section.startsWith('e='));
  const time = (entry) => +entry.match(/ t=(\\d+)/)[1];
  window.lost ||= window.newest && !entries.includes(newest) && time(entries[0]) < time(newest) ? [newest, entries] : null;
  window.newest = entries.at(-1);
  window.changes = ++n; if (n < 500) port2.postMessage(0); };
const wait = () => Date.now() < from ? port2.postMessage(1) : change();
port1.onmessage = ({ data }) => data ? wait() : change();
wait();";

/// Two tabs of a site, where scripts stand for the visitor, who could not click as fast.
fn tabs(world: &World) -> [String; 2] {
    let mut config = Page::config_of_two();
    config["record"] = json!({ "scriptGrants": true });
    let address = world.publish(&Page::new().config(config));
    world.open(&address);
    world.notice();
    let first = world.window();
    let second = world.new_tab();
    world.switch_to(&second);
    world.open(&address);
    world.ready();
    [first, second]
}

fn five_hundred_changes_each(world: &World) {
    let [first, second] = tabs(world);
    let soon = world.eval("Date.now() + 1500");
    for (tab, seed) in [(&first, 1), (&second, 2)] {
        world.switch_to(tab);
        world.run(CHANGE, &[soon.clone(), json!(seed)]);
    }
    for tab in [&first, &second] {
        world.switch_to(tab);
        // Each of these has a wait's whole patience.
        for changes in [100, 200, 300, 400, 500] {
            world.until(&format!("window.changes >= {changes}"));
        }
    }
    // Whoever wrote first has heard of the other by the next look.
    let decided = "JSON.stringify([Object.values(consentry.decision()).map(({ allowed }) => allowed), consentry.snapshot().record.text])";
    let mut found = Vec::new();
    for tab in [&first, &second, &first] {
        world.switch_to(tab);
        world.until("localStorage['consentry.record'] === consentry.snapshot().record.text");
        assert_eq!(world.eval("window.lost"), json!(null), "a change went without a trace");
        found.push(world.eval(decided));
    }
    assert_eq!(found[1], found[2]);
    world.reload();
    world.ready();
    assert_eq!(world.eval(decided), found[2]);
    assert!(world.said().iter().all(|line| !line.contains("damaged")), "{:?}", world.said());
    assert!(world.is("consentry.snapshot().record.entries.length > 1 && localStorage['consentry.record'].length < 8001"));
}

/// Grants one thing after the other, four times in one task, while the other tab does; each entry has an id of its own.
const GRANTS: &str = "const [from, id] = arguments; const { port1, port2 } = new MessageChannel();
const wait = () => { if (Date.now() < from) return port2.postMessage(0);
  window.made = Array.from({ length: 4 }, () => (consentry.save({ [id]: true }), consentry.snapshot().record.id)); };
port1.onmessage = wait;
wait();";

fn nothing_overwritten_is_lost(world: &World) {
    let [first, second] = tabs(world);
    let soon = world.eval("Date.now() + 1500");
    for (tab, id) in [(&first, "analytics"), (&second, "marketing")] {
        world.switch_to(tab);
        world.run(GRANTS, &[soon.clone(), json!(id)]);
    }
    let mut made = Vec::new();
    for tab in [&first, &second] {
        world.switch_to(tab);
        world.until("window.made");
        made.extend(world.eval("made").as_array().cloned().unwrap_or_default());
    }
    assert_eq!(made.len(), 8);
    let whole = format!("{}.every((id) => localStorage['consentry.record'].includes(' i=' + id + ' '))", json!(made));
    for tab in [&first, &second] {
        world.switch_to(tab);
        world.until(&whole);
        world.until("localStorage['consentry.record'] === consentry.snapshot().record.text");
    }
    world.reload();
    world.ready();
    assert!(world.is(&whole) && world.is("consentry.snapshot().record.entries.length >= 8"));
    assert!(world.said().iter().all(|line| !line.contains("damaged")), "{:?}", world.said());
}
