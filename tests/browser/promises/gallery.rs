//! The gallery shows every view, and each ready theme keeps its contrast and sets no answer apart.

use consentry_browser_tests::{World, promises};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

promises![every_view_is_shown, ready_themes_are_readable, ready_themes_have_no_violations];

fn every_view_is_shown(world: &World) {
    let views = [
        ("notice", "document.querySelector('.consentry-notice')"),
        ("preferences", "document.querySelector('.consentry-preferences[open]')"),
        ("placeholder", "document.querySelector('[data-consentry-placeholder]')"),
        ("way-back", "document.querySelector('.consentry-reopen')"),
        ("opt-out", "document.querySelector('.consentry-aside li')"),
        ("news", "document.querySelector('.consentry-aside p a')"),
        ("news-policy", "document.querySelector('.consentry-aside p a')"),
        ("debug", "document.getElementById('consentry-debug')"),
        ("honored", "document.querySelector('.consentry-honored')?.textContent"),
        ("status", "document.querySelector('.consentry-status')?.textContent"),
        ("logo", "document.querySelector('.consentry-notice .consentry-logo')?.naturalWidth"),
        ("unkept", "document.querySelector('.consentry-preferences .consentry-warning')"),
        ("policy", "document.querySelector('.consentry-preferences details[open] table')"),
        ("history", "document.querySelectorAll('.consentry-preferences details[open] li').length > 1"),
        ("device", "document.querySelector('.consentry-preferences details[open] code')"),
        ("school", "document.querySelector('.consentry-preferences details[open] li')"),
        ("signal", "document.querySelector('.consentry-preferences[open]') && consentry.snapshot().signal"),
        ("find", "document.querySelector('.consentry-find input')"),
        ("ask", "document.querySelector('[data-consentry-asks] button')"),
        ("age", "document.querySelector('.consentry-age input')"),
        ("age-bands", "document.querySelector('.consentry-age .consentry-actions')"),
        ("parent", "document.querySelector('.consentry-age input[type=email]')"),
        ("too-young", "document.querySelector('.consentry-age .consentry-plain')"),
        ("failure", "document.querySelector('.consentry-failed')"),
    ];
    for (view, shown) in views {
        world.open(&world.site(&format!("/faces.html?view={view}&layout=box&theme=sand&lang=de")));
        assert_eq!(world.eval("document.querySelectorAll('#choices select').length"), 8);
        world.enter("#face");
        world.until(&format!("document.documentElement.dataset.shown === '{view}' && {shown}"));
        assert_eq!(world.eval("(document.getElementById('consentry-root') || document.querySelector('.consentry-failed')).lang"), "de", "{view}");
        world.leave();
    }
}

fn ready_themes_are_readable(world: &World) {
    let found = "(() => { const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const rgb = (color) => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
      const light = (color) => rgb(color).slice(0, 3).map((v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
      const ratio = (...two) => { const [a, b] = two.map(light).sort((x, y) => y - x); return (a + .05) / (b + .05); };
      const notice = getComputedStyle(document.querySelector('.consentry-notice')); const buttons = [...document.querySelectorAll('.consentry-actions button')].map((one) => getComputedStyle(one));
      const close = document.querySelector('.consentry-close'); close.style.setProperty('caret-color', 'var(--accent)', 'important'); const accent = getComputedStyle(close).caretColor;
      return [ratio(notice.color, notice.backgroundColor) > 8, buttons.every(({ color, backgroundColor }) => ratio(color, backgroundColor) >= 5), ratio(accent, notice.backgroundColor) >= 3,
        new Set(buttons.map((one) => one.color + one.backgroundColor + one.font)).size, notice.backgroundColor]; })()";
    let themes = World::folder("www/themes");
    assert_eq!(themes.len(), 6);
    for theme in themes {
        let theme = theme.trim_end_matches(".css");
        let mut grounds = BTreeMap::from([("light", BTreeSet::new()), ("dark", BTreeSet::new())]);
        for (scheme, system) in [("auto", "light"), ("auto", "dark"), ("light", "dark"), ("dark", "light")] {
            // Only Chromium can be told what the visitor's system wants; the others want light.
            let told = world.devtools("Emulation.setEmulatedMedia", &json!({ "features": [{ "name": "prefers-color-scheme", "value": system }] }));
            if told.is_none() && (scheme, system) == ("auto", "dark") {
                continue;
            }
            world.open(&world.site(&format!("/face.html?view=notice&theme={theme}&scheme={scheme}")));
            world.until("document.documentElement.dataset.shown && document.querySelector('.consentry-notice p') && [...document.styleSheets].some(({ href }) => href && href.includes('/themes/'))");
            let found = world.eval(found);
            assert_eq!(json!([found[0], found[1], found[2], found[3]]), json!([true, true, true, 1]), "{theme}, {scheme}, {system}: {found}");
            grounds.entry(if scheme == "auto" { system } else { scheme }).or_default().insert(found[4].to_string());
        }
        // One ground for light and another for dark, whether the config or the visitor's system asks for it.
        let halves: Vec<&BTreeSet<String>> = grounds.values().collect();
        assert!(halves.iter().all(|half| half.len() == 1) && halves[0] != halves[1], "{theme}: {grounds:?}");
    }
    world.wish(false, false);
}

fn ready_themes_have_no_violations(world: &World) {
    let axe = World::file("node_modules/axe-core/axe.min.js");
    let check = "const done = arguments[arguments.length - 1]; axe.run('#consentry-root', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      .then(({ violations, passes }) => done([violations.map(({ id, nodes }) => id + nodes[0].html), passes.length > 5]), (error) => done(String(error)));";
    for theme in World::folder("www/themes") {
        let theme = theme.trim_end_matches(".css");
        for view in ["notice", "preferences"] {
            world.open(&world.site(&format!("/face.html?view={view}&theme={theme}")));
            world.until("document.documentElement.dataset.shown && document.querySelector('.consentry-actions button') && [...document.styleSheets].some(({ href }) => href && href.includes('/themes/'))");
            world.run(&axe, &[]);
            world.settle();
            assert_eq!(world.run_async(check, &[]), json!([[], true]), "{theme}, {view}");
        }
    }
}
