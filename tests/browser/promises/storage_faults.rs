//! Storage that is denied, full, damaged or from the future never turns anything on, and never breaks the page.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![storage_denied, quota_full, corrupt_record, newer_record];

fn page(world: &World) -> Page {
    Page::new().body(&world.widget("tracker", Kind::Script).marked("data-service=\"tracker\""))
}

fn storage_denied(world: &World) {
    let inner = world.publish(&page(world));
    let frame = format!("<iframe sandbox=\"allow-scripts\" width=\"1000\" height=\"600\" src=\"{inner}\"></iframe>");
    world.visit(&Page::without_consentry().body(&frame));
    for _ in 0..2 {
        world.enter("iframe");
        world.notice();
        let denied = "(() => { try { return !localStorage; } catch { return true; } })()";
        assert_eq!(world.eval(denied), true);
        world.assert_silent();
        world.accept_all();
        world.assert_reached(&["tracker/Script"]);
        assert_eq!(world.eval("[consentry.has('tracker'), consentry.snapshot().storage]"), json!([true, "memory"]));
        assert!(world.said().iter().all(|line| !line.starts_with("un")), "{:?}", world.said());
        world.leave();
        world.servers.clear();
        // Nothing was kept: the next page asks again, and is as silent.
        world.reload();
    }
}

const FILL: &str = "<script>if (!localStorage.filled) {
  let size = 1 << 22;
  localStorage.filled = '1';
  for (let at = 0; size; ) try { localStorage['fill' + at++] = 'x'.repeat(size); } catch { size >>= 1; }
}</script>";

fn quota_full(world: &World) {
    world.visit(&page(world).before(FILL));
    world.notice();
    world.assert_silent();
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    assert_eq!(world.eval("[consentry.has('tracker'), consentry.snapshot().storage]"), json!([true, "memory"]));
    assert!(world.said().iter().any(|line| line.starts_with("warn: Consentry")), "{:?}", world.said());
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open]')?.textContent.includes('does not let this site keep')");
    world.servers.clear();
    world.reload();
    world.notice();
    world.assert_silent();
    assert!(!world.has("tracker"));
}

/// Ways a record gets damaged, as functions of the stored text.
const DAMAGE: &[&str] = &[
    "(text) => ''",
    "(text) => 'nonsense'",
    "(text) => '{\"analytics\":true}'",
    "(text) => text.slice(0, text.length >> 1)",
    "(text) => text.slice(1)",
    "(text) => text + text",
    "(text) => text.replace(/[0-9](?=[^0-9]*$)/, (digit) => (Number(digit) + 1) % 10)",
    "(text) => '\\u0000\\uFFFF' + text",
    "(text) => text.split('').reverse().join('')",
];

fn corrupt_record(world: &World) {
    let address = world.publish(&page(world));
    world.open(&address);
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    let good = world.eval("localStorage.getItem('consentry.record')");
    assert!(good.as_str().is_some_and(|text| text.len() > 50), "the record is not where it should be: {good}");
    world.go_away();
    for damage in DAMAGE {
        world.open(&world.site("/witness.js"));
        world.run("sessionStorage.clear();", &[]);
        world.run(&format!("localStorage.setItem('consentry.record', ({damage})(arguments[0]));"), std::slice::from_ref(&good));
        world.open(&address);
        world.ready();
        assert!(!world.has("tracker") && !world.has("analytics"), "granted by {damage}");
        world.assert_silent();
        world.notice();
    }
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    world.servers.clear();
    world.reload();
    world.assert_reached(&["tracker/Script"]);
}

fn newer_record(world: &World) {
    let address = world.publish(&page(world));
    world.open(&address);
    world.accept_all();
    let newer = world.run(
        "const text = localStorage.getItem('consentry.record').replace(/[0-9]+/, '7');
         localStorage.setItem('consentry.record', text); return text;",
        &[],
    );
    world.go_away();
    world.open(&address);
    world.ready();
    assert!(!world.has("tracker"), "a record of a newer format was believed");
    world.assert_silent();
    world.reject_all();
    // The newer version's record waits for the newer version, untouched.
    let kept = world.eval("Object.keys(localStorage).filter((key) => /v7/.test(key)).map((key) => localStorage[key])");
    assert_eq!(kept, json!([newer]));
    world.reload();
    world.ready();
    world.assert_silent();
    assert_eq!(world.eval("consentry.choice('tracker').reason"), "refused");
}
