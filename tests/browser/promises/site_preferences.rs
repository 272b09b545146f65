//! What the site itself remembers is kept while its category is allowed, waits in memory otherwise, and goes with the permission.

use consentry_browser_tests::{Page, World, promises};
use serde_json::{Value, json};

promises![waits_and_is_kept, a_category_of_its_own, other_tabs_hear, storage_that_takes_nothing];

fn save(world: &World, category: &str) {
    world.customize();
    world.press_button(category);
    world.press_button("Save choices");
    world.until("consentry.snapshot().view === 'none' && consentry.snapshot().record");
}

fn kept(world: &World) -> Value {
    world.eval("Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('consentry.pref')))")
}

fn waits_and_is_kept(world: &World) {
    let set = "const { preferences } = consentry; return [preferences.set('layout', { columns: 3 }), preferences.set('seen', [1, 'two', null]),
      preferences.get('layout'), preferences.get('other') === undefined, preferences.keys().sort()];";
    world.visit(&Page::new());
    world.notice();
    let (layout, seen) = (json!({ "columns": 3 }), json!([1, "two", null]));
    assert_eq!(world.run(set, &[]), json!([false, false, layout, true, ["layout", "seen"]]));
    assert_eq!(kept(world), json!({}), "written before a yes");
    world.reload();
    world.notice();
    assert_eq!(world.eval("consentry.preferences.keys()"), json!([]), "memory ends with the page");
    world.run(set, &[]);
    save(world, "Functional");
    assert_eq!(kept(world), json!({ "consentry.pref.layout": "[{\"columns\":3},\"functional\"]", "consentry.pref.seen": "[[1,\"two\",null],\"functional\"]" }));
    world.reload();
    world.ready();
    assert_eq!(world.eval("[consentry.preferences.get('layout'), consentry.preferences.get('seen')]"), json!([layout, seen]));
    assert_eq!(world.eval("[consentry.preferences.set('layout', 7), consentry.preferences.get('layout')]"), json!([true, 7]));
    world.run("consentry.preferences.remove('layout'); localStorage['consentry.pref.broken'] = '{'; localStorage.own = '1';", &[]);
    assert_eq!(world.eval("[consentry.preferences.keys().sort(), consentry.preferences.get('broken') === undefined]"), json!([["broken", "seen"], true]));
    world.run("consentry.withdraw();", &[]);
    world.until("!consentry.has('functional')");
    assert_eq!(kept(world), json!({}), "kept after the permission ended");
    assert_eq!(world.eval("[localStorage.own, consentry.preferences.keys()]"), json!(["1", []]));
}

fn a_category_of_its_own(world: &World) {
    let mut config = Page::config_of_two();
    config["record"] = json!({ "scope": "shop" });
    world.visit(&Page::new().config(config));
    world.notice();
    let set = "return [consentry.preferences.set('ab', 'B', 'analytics'), consentry.preferences.set('layout', 1),
      consentry.preferences.set('cart', 2, 'necessary'), consentry.preferences.set('typo', 3, 'analitycs')];";
    assert_eq!(world.run(set, &[]), json!([false, false, true, false]));
    save(world, "Analytics");
    assert_eq!(kept(world), json!({ "consentry.pref:shop.ab": "[\"B\",\"analytics\"]", "consentry.pref:shop.cart": "[2,\"necessary\"]" }));
    // The same key for another category: nothing of before stays behind.
    assert_eq!(world.eval("[consentry.preferences.set('ab', 'C'), consentry.preferences.get('ab')]"), json!([false, "C"]));
    assert_eq!(kept(world), json!({ "consentry.pref:shop.cart": "[2,\"necessary\"]" }));
    world.run("consentry.preferences.set('ab', 'D', 'analytics'); consentry.eraseRecord();", &[]);
    world.until("!consentry.has('analytics')");
    assert_eq!(kept(world), json!({ "consentry.pref:shop.cart": "[2,\"necessary\"]" }));
}

fn other_tabs_hear(world: &World) {
    let note = "document.addEventListener('consentry:preference', ({ detail }) => { (window.heard ||= []).push([detail.key, detail.value ?? null]); });";
    let address = world.publish(&Page::new().script(note));
    world.open(&address);
    world.accept_all();
    let first = world.window();
    let second = world.new_tab();
    world.switch_to(&second);
    world.open(&address);
    world.ready();
    world.run("consentry.preferences.set('layout', { columns: 4 });", &[]);
    assert_eq!(world.eval("window.heard || []"), json!([]), "a tab knows what it did itself");
    world.switch_to(&first);
    world.until("window.heard && heard.some(([key, value]) => key === 'layout' && value && value.columns === 4)");
    assert_eq!(world.eval("consentry.preferences.get('layout')"), json!({ "columns": 4 }));
    world.run("consentry.preferences.remove('layout');", &[]);
    world.switch_to(&second);
    world.until("window.heard && heard.some(([key, value]) => key === 'layout' && value === null)");
    assert_eq!(world.eval("consentry.preferences.keys()"), json!([]));
}

fn storage_that_takes_nothing(world: &World) {
    let full = "<script>if (!localStorage.filled) {
      let size = 1 << 22;
      localStorage.filled = '1';
      for (let at = 0; size; ) try { localStorage['fill' + at++] = 'x'.repeat(size); } catch { size >>= 1; }
    }</script>";
    world.visit(&Page::new().before(full));
    world.accept_all();
    let set = "[consentry.preferences.set('layout', 'x'.repeat(99)), consentry.preferences.get('layout')?.length, consentry.preferences.keys()]";
    assert_eq!(world.eval(set), json!([false, 99, ["layout"]]));
    assert!(world.said().iter().any(|line| line.contains("\"layout\"")), "not reported: {:?}", world.said());
    assert_eq!(kept(world), json!({}));
    let inner = world.publish(&Page::new());
    world.visit(&Page::without_consentry().body(&format!("<iframe sandbox=\"allow-scripts\" width=\"900\" height=\"600\" src=\"{inner}\"></iframe>")));
    world.enter("iframe");
    world.accept_all();
    assert_eq!(world.eval(set), json!([false, 99, ["layout"]]));
    assert!(world.said().iter().all(|line| !line.starts_with("un")), "{:?}", world.said());
}
