//! Two tabs that change the record five hundred times each, at once, end with the same decision and a whole record.

use consentry_browser_tests::{Page, World, promises};
use serde_json::json;

promises![five_hundred_changes_each];

/// Changes the answers as fast as the page's tasks follow each other; hidden tabs' timers would be slowed down.
const CHANGE: &str = "const [from, seed] = arguments; const { port1, port2 } = new MessageChannel(); let n = 0;
const change = () => { const turn = (n * 7 + seed) % 4;
  if (turn == 0) consentry.save({ analytics: true, marketing: n % 3 == 0 }); else if (turn == 1) consentry.withdraw('tracker');
  else if (turn == 2) consentry.save({ tracker: true, video: false }); else consentry.rejectAll();
  window.changes = ++n; if (n < 500) port2.postMessage(0); };
const wait = () => Date.now() < from ? port2.postMessage(1) : change();
port1.onmessage = ({ data }) => data ? wait() : change();
wait();";

fn five_hundred_changes_each(world: &World) {
    let mut config = Page::config_of_two();
    // Scripts stand for the visitor, who could not click as fast.
    config["record"] = json!({ "scriptGrants": true });
    let address = world.publish(&Page::new().config(config));
    world.open(&address);
    world.notice();
    let first = world.window();
    let second = world.new_tab();
    world.switch_to(&second);
    world.open(&address);
    world.ready();
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
        found.push(world.eval(decided));
    }
    assert_eq!(found[1], found[2]);
    world.reload();
    world.ready();
    assert_eq!(world.eval(decided), found[2]);
    assert!(world.said().iter().all(|line| !line.contains("damaged")), "{:?}", world.said());
    assert!(world.is("consentry.snapshot().record.entries.length > 1 && localStorage['consentry.record'].length < 8001"));
}
