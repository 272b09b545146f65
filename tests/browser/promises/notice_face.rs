//! The notice offers equal answers, stands in nobody's way, moves nothing, and fits every window.

use consentry_browser_tests::{ESCAPE, Engine, Page, SHIFTS, TAB, World, promises};
use serde_json::json;

promises![equal_answers, beside_the_page_not_in_its_way, closing_is_a_refusal, nothing_moves, a_growing_page_moves_nothing, fits_every_window];

fn equal_answers(world: &World) {
    world.visit(&Page::new());
    world.notice();
    let looks = "['Accept all', 'Reject all', 'Customize'].map((name) => {
      const button = [...document.querySelectorAll('.consentry-notice button')].find((one) => one.textContent.trim() === name);
      const style = getComputedStyle(button);
      const rect = button.getBoundingClientRect();
      return [button.localName, Math.round(rect.height), ...['font', 'color', 'backgroundColor', 'backgroundImage', 'borderTop', 'borderRadius', 'padding', 'opacity', 'boxShadow', 'textDecoration', 'outlineStyle']
        .map((name) => style[name])].join(' | '); })";
    for scheme in ["light", "dark"] {
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "theme": { "scheme": scheme } });
        world.visit(&Page::new().config(config));
        world.notice();
        let looks = world.eval(looks);
        let first = looks.get(0).cloned().unwrap_or_default();
        assert_eq!(looks, json!([first, first, first]), "{scheme}");
    }
    // Nothing that the page styles makes one answer fainter than the other.
    let hostile = "<style>button:nth-of-type(2) { opacity: .2 !important; font-size: 6px !important; display: none !important }
      #consentry-root, .consentry-notice { display: none !important; visibility: hidden } * { color: #ccc !important }</style>";
    world.visit(&Page::new().head(hostile));
    world.notice();
    let hit = world.eval(looks);
    let first = hit.get(0).cloned().unwrap_or_default();
    assert_eq!(hit, json!([first, first, first]), "under a hostile style sheet");
    let seen = "[...document.querySelectorAll('.consentry-notice button')].every((one) => { const r = one.getBoundingClientRect();
      return one.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); })";
    assert_eq!(world.eval(seen), true, "the notice is hidden or covered");
}

fn beside_the_page_not_in_its_way(world: &World) {
    let body = "<p><a id=\"link\" href=\"#there\">Our own link</a></p><button id=\"own\" onclick=\"window.pressed = true\">Own button</button>";
    world.visit(&Page::new().body(body));
    world.notice();
    world.click("#own");
    assert_eq!(world.eval("pressed"), true);
    let region = "(() => { const one = document.querySelector('#consentry-root .consentry-notice');
      return [one.getAttribute('role'), !!one.getAttribute('aria-label'), document.querySelectorAll('#consentry-root dialog, [aria-modal]').length]; })()";
    assert_eq!(world.eval(region), json!(["region", true, 0]));
    // The notice took no focus, and Tab leads out of it again.
    world.run("document.activeElement.blur(); document.querySelector('.consentry-notice button').focus();", &[]);
    let mut left = false;
    for _ in 0..12 {
        world.press(TAB);
        left = world.is("!document.activeElement.closest('#consentry-root')");
        if left {
            break;
        }
    }
    assert!(left, "Tab does not leave the notice");
    world.run("document.querySelector('.consentry-notice button').focus();", &[]);
    world.press(ESCAPE);
    world.settle();
    assert_eq!(world.eval("[Object.keys(localStorage).length, consentry.choice('analytics').reason, consentry.snapshot().record]"), json!([0, "unanswered", null]));
}

fn closing_is_a_refusal(world: &World) {
    world.visit(&Page::new());
    world.notice();
    world.press_button("Close without accepting");
    world.until("consentry.snapshot().view === 'none'");
    assert_eq!(world.eval("[consentry.choice('analytics').reason, consentry.snapshot().record.action]"), json!(["refused", "dismiss"]));
    world.reload();
    world.ready();
    assert!(!world.asks());
    world.press_button("Privacy settings");
    world.until("consentry.snapshot().view === 'preferences'");
}

fn nothing_moves(world: &World) {
    let text = "<p id=\"text\">Text</p>".to_owned() + &"<p>More text</p>".repeat(60) + "<p id=\"last\">End</p>";
    let place = "['text', 'last'].map((id) => { const r = document.getElementById(id).getBoundingClientRect(); return [r.x, r.y, r.width]; }).concat([[innerWidth - document.documentElement.clientWidth]])";
    let long = "document.documentElement.scrollHeight";
    world.visit(&Page::without_consentry().body(&text));
    let (before, was) = (world.eval(place), world.eval(long));
    world.visit(&Page::new().head(SHIFTS).body(&text));
    world.notice();
    world.settle();
    assert_eq!(world.eval(place), before);
    assert_eq!(world.eval("[getComputedStyle(document.documentElement).overflow, getComputedStyle(document.body).overflow]"), json!(["visible", "visible"]));
    world.reject_all();
    world.settle();
    assert_eq!((world.eval(place), world.eval(long)), (before, was));
    assert_eq!(world.eval("shifts"), json!([]), "layout shift");
}

/// A page that arrives slowly gets its scroll bar while we are up; the viewport is narrower from then on.
fn a_growing_page_moves_nothing(world: &World) {
    let places = "[...document.querySelectorAll('#consentry-root :is(div, dialog, p, h2, button, a)')].map((one) => {
      const r = one.getBoundingClientRect(); return [one.className || one.textContent.slice(0, 20), r.x, r.y, r.width, r.height].join(' '); })";
    let grow = "const [height, done] = arguments; document.querySelector('main').style.height = height; requestAnimationFrame(() => requestAnimationFrame(done));";
    let (mut narrower, mut cases) = (0, 0);
    for (width, layout, lang) in [(1280, "bar", "en"), (1280, "box", "en"), (1280, "bar", "he"), (1280, "box", "he"), (700, "bar", "en")] {
        world.resize(width, 900);
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "layout": layout });
        config["lang"] = json!(lang);
        world.visit(&Page::new().head(SHIFTS).config(config).body("<p>Text</p>"));
        let mut unmoved = |what: &str| {
            world.settle();
            let (before, wide) = (world.eval(places), world.eval("document.documentElement.clientWidth"));
            world.run_async(grow, &[json!("300vh")]);
            world.settle();
            cases += 1;
            narrower += i32::from(world.eval("document.documentElement.clientWidth") != wide);
            assert_eq!(world.eval("shifts"), json!([]), "layout shift: {what} at {width}, {layout}, {lang}");
            assert_eq!(world.eval(places), before, "{what} at {width}, {layout}, {lang}");
            world.run_async(grow, &[json!("")]);
        };
        world.until("document.querySelector('.consentry-notice p')");
        unmoved("the notice");
        world.click(".consentry-notice button:nth-child(3)");
        world.until("document.querySelector('#consentry-root dialog[open]')");
        unmoved("the preference center");
        world.click("dialog footer button:last-child");
        world.until("consentry.snapshot().view === 'none' && document.querySelector('.consentry-status').textContent");
        unmoved("the way back and a message");
        world.run("localStorage.clear();", &[]);
    }
    println!("  {} | scroll bars that took room: {narrower} of {cases}", world.engine.name());
    assert!(narrower == cases || world.engine == Engine::WebKitGtk, "no scroll bar came, so nothing was tested");
    world.resize(1280, 900);
}

fn fits_every_window(world: &World) {
    let inner = world.publish(&Page::new().body("<p>Text</p>"));
    // Windows cannot be made this narrow everywhere; frames can.
    for (width, height) in [(320, 480), (360, 640), (1280, 720)] {
        let frame = format!("<iframe width=\"{width}\" height=\"{height}\" style=\"border:0\" src=\"{inner}\"></iframe>");
        world.visit(&Page::without_consentry().body(&frame));
        world.enter("iframe");
        world.notice();
        world.settle();
        let outside = "[...document.querySelectorAll('#consentry-root :is(.consentry-notice, button, a, p, h2)')].filter((one) => {
          const r = one.getBoundingClientRect();
          return r.width && (r.left < 0 || r.right > innerWidth || (!one.closest('.consentry-notice') && r.bottom > innerHeight));
        }).map((one) => one.className || one.textContent)";
        assert_eq!(world.eval(outside), json!([]), "{width} × {height}");
        let fits = "[document.documentElement.scrollWidth <= innerWidth, document.querySelector('.consentry-notice').getBoundingClientRect().top >= 0]";
        assert_eq!(world.eval(fits), json!([true, true]), "{width} × {height}");
        let reach = "['Accept all', 'Reject all', 'Customize'].map((name) => { const one = [...document.querySelectorAll('.consentry-notice button')].find((b) => b.textContent.trim() === name);
          one.scrollIntoView({ block: 'nearest' }); const r = one.getBoundingClientRect(); return r.height >= 24 && one.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); })";
        assert_eq!(world.eval(reach), json!([true, true, true]), "{width} × {height}");
        world.leave();
    }
}
