//! Whoever comes can answer: by keyboard, by touch, in a window of 320 × 256, with text twice as large, in the system's own
//! colors, without motion, by ear (screen_readers.rs has the rest).

use consentry_browser_tests::{Engine, Kind, Page, TAB, World, promises};
use serde_json::json;

promises![
    by_keyboard_in_reading_order,
    first_whenever_it_comes,
    targets_are_large,
    a_window_of_320_by_256,
    text_twice_as_large,
    text_with_more_space,
    in_system_colors_without_motion,
    printed_pages_leave_it_out,
    said_once,
];

const CENTER: &str = "#consentry-root .consentry-preferences[open]";
const LAYOUTS: [&str; 4] = ["bar", "box", "compact", "modal"];

/// Controls below a selector that cannot be brought into view and hit, or that are wider than what holds them.
const LOST: &str = "const top = document.querySelector(arguments[0]); const lost = [];
for (const one of top.querySelectorAll('button, a, summary')) { if (!one.getClientRects().length) continue;
  one.scrollIntoView({ block: 'nearest' }); const r = one.getBoundingClientRect(); const hit = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
  if (!one.contains(hit) || r.left < -1 || r.right > innerWidth + 1 || r.top < -1 || r.bottom > innerHeight + 1) lost.push(['lost', one.outerHTML.slice(0, 90), hit && hit.outerHTML.slice(0, 60), r.x, r.y, r.width, r.height]); }
for (const one of [top, ...top.querySelectorAll('*')]) if (one.clientWidth && one.scrollWidth > one.clientWidth + 1) lost.push(['too wide', one.outerHTML.slice(0, 90), one.scrollWidth, one.clientWidth]);
if (document.documentElement.scrollWidth > innerWidth) lost.push('the page scrolls sideways');
return lost;";

fn page(layout: &str) -> Page {
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "layout": layout });
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    Page::new().config(config).body("<h1>Title</h1><p>Text with <a id=\"last\" href=\"#there\">a link</a></p>")
}

fn open(world: &World, page: &Page, frame: Option<(u32, u32)>) {
    let address = world.publish(page);
    world.run("try { sessionStorage.clear(); localStorage.clear(); } catch {}", &[]);
    match frame {
        // Windows cannot be made so small everywhere; frames can.
        Some((width, height)) => {
            world.visit(&Page::without_consentry().body(&format!("<iframe width=\"{width}\" height=\"{height}\" style=\"border: 0\" src=\"{address}\"></iframe>")));
            world.enter("iframe");
        }
        None => world.open(&address),
    }
    world.notice();
}

fn customize(world: &World) {
    world.run("document.querySelector('.consentry-actions button:nth-child(3)').scrollIntoView();", &[]);
    world.customize();
    world.run("for (const one of document.querySelectorAll('dialog section:not([aria-labelledby=consentry-device]) details')) one.open = true;", &[]);
}

/// Presses Tab until the focus leaves what the selector finds or comes back to where it was; what it met, each with its ring.
fn walk(world: &World, css: &str) -> Vec<String> {
    let mut met = Vec::new();
    for _ in 0..60 {
        world.press(TAB);
        let stop = world.run("const one = document.activeElement; if (!one || !one.closest(arguments[0])) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(one); const name = one.getAttribute('aria-label') || one.getAttribute('aria-labelledby') || one.textContent;
          return [one.localName, name, !document.hasFocus() || outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 ? 'ring' : 'no ring'].join(' | ');", &[css.into()]);
        match stop.as_str() {
            // What scrolls is a stop of its own in some engines, and so is the dialog.
            Some(stop) if stop.starts_with("div |") || stop.starts_with("dialog |") || met.last().map(String::as_str) == Some(stop) => {}
            Some(stop) if met.first().map(String::as_str) != Some(stop) => met.push(stop.to_owned()),
            _ => break,
        }
    }
    met
}

/// What of these a Tab stops at: where an engine is set to leave links out, the same list without them.
fn stops(world: &World, css: &str, met: &[String]) -> Vec<String> {
    let all = world.run("return [...document.querySelectorAll(arguments[0] + ' :is(button, a, summary)')].filter((one) => one.getClientRects().length && !one.disabled)
      .map((one) => [one.localName, one.getAttribute('aria-label') || one.getAttribute('aria-labelledby') || one.textContent, 'ring'].join(' | '));", &[css.into()]);
    let links = met.iter().any(|stop| stop.starts_with("a |"));
    let all: Vec<String> = serde_json::from_value(all).expect("a list of texts");
    all.into_iter().filter(|stop| links || !stop.starts_with("a |")).collect()
}

fn by_keyboard_in_reading_order(world: &World) {
    open(world, &page("bar"), None);
    // In by the page's first Tab, through, and out again.
    world.press(TAB);
    assert_eq!(world.eval("document.activeElement.textContent"), "Accept all");
    let mut met = walk(world, ".consentry-notice");
    assert!(world.is("!document.activeElement?.closest('.consentry-notice')"), "{met:?}");
    met.insert(0, "button | Accept all | ring".to_owned());
    assert_eq!(met, stops(world, ".consentry-notice", &met));
    assert!(met.len() >= 4, "{met:?}");
    let places = world.eval("[...document.querySelectorAll('.consentry-actions > *')].map((one) => { const r = one.getBoundingClientRect(); return Math.round(r.y) * 10000 + Math.round(r.x); })");
    let places: Vec<i64> = serde_json::from_value(places).expect("numbers");
    assert!(places.is_sorted(), "the answers stand in another order than the keyboard's: {places:?}");
    customize(world);
    let met = walk(world, CENTER);
    assert_eq!(met, stops(world, CENTER, &met));
    assert!(met.len() > 10, "{met:?}");
}

fn first_whenever_it_comes(world: &World) {
    // With the page's head; with a language that is still on its way; behind the whole page.
    let late = "<script>addEventListener('load', () => { const tag = document.createElement('script'); tag.src = '/consentry.js'; document.head.append(tag); });</script>";
    for (what, lang, tag) in [("at once", "en", None), ("with its language", "de", None), ("late", "en", Some(late))] {
        let page = page("bar").root(&format!("lang=\"{lang}\""));
        let page = if let Some(tag) = tag { page.tag(tag) } else { page };
        world.run("try { localStorage.clear(); } catch {}", &[]);
        world.visit(&page);
        world.until("document.readyState === 'complete' && document.querySelector('.consentry-notice button')");
        assert_eq!(world.eval("[...document.documentElement.children].map((one) => one.localName)"), json!(["head", "div", "body"]), "{what}");
        world.press(TAB);
        assert!(world.is("document.activeElement === document.querySelector('.consentry-notice button')"), "{what}: {}", world.eval("document.activeElement.outerHTML.slice(0, 80)"));
    }
}

fn targets_are_large(world: &World) {
    let small = "[...document.querySelectorAll('.consentry-own :is(button, a, summary)')].filter((one) => one.getClientRects().length).filter((one) => {
      const { width, height } = one.getBoundingClientRect(); const least = one.localName === 'a' ? 23.9 : 43.9; return width < least || height < least; }).map((one) => one.outerHTML + one.getBoundingClientRect().height)";
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\" title=\"Film\" width=\"300\" height=\"200\"");
    for size in [None, Some((360, 640))] {
        for layout in LAYOUTS {
            open(world, &page(layout).body(&frame), size);
            world.until("document.querySelector('[data-consentry-placeholder]')");
            assert_eq!(world.eval(small), json!([]), "{layout}, {size:?}");
            customize(world);
            assert_eq!(world.eval(small), json!([]), "preference center, {layout}, {size:?}");
            world.press_button("Save choices");
            world.button("Privacy settings");
            assert_eq!(world.eval(small), json!([]), "way back, {layout}, {size:?}");
            world.leave();
        }
    }
}

fn a_window_of_320_by_256(world: &World) {
    let in_view = "[...document.querySelectorAll('.consentry-actions button')].map((one) => { const r = one.getBoundingClientRect(); return one.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); })";
    for layout in LAYOUTS {
        open(world, &page(layout), Some((320, 256)));
        assert_eq!(world.eval(in_view), json!([true, true, true]), "{layout}: an answer is out of view at first");
        assert_eq!(world.run(LOST, &[".consentry-notice".into()]), json!([]), "{layout}");
        let covered = "(() => { const r = document.querySelector('.consentry-notice').getBoundingClientRect(); return r.height / innerHeight; })()";
        assert!(world.eval(covered).as_f64().is_some_and(|part| part < 0.85), "{layout} leaves no page to be seen");
        customize(world);
        assert_eq!(world.run(LOST, &[CENTER.into()]), json!([]), "preference center, {layout}");
        world.leave();
    }
}

fn text_twice_as_large(world: &World) {
    // As a visitor's own font size of 32 px makes it: all sizes are in em of that.
    let twice = "document.getElementById('consentry-root').style.setProperty('font-size', '32px', 'important');";
    for size in [None, Some((700, 800))] {
        for layout in LAYOUTS {
            open(world, &page(layout), size);
            let height = "parseFloat(getComputedStyle(document.querySelector('.consentry-actions button')).fontSize)";
            let before = world.eval(height).as_f64().unwrap_or_default();
            world.run(twice, &[]);
            assert!((world.eval(height).as_f64().unwrap_or_default() - 2.0 * before).abs() < 0.1, "the text did not grow");
            assert_eq!(world.run(LOST, &[".consentry-notice".into()]), json!([]), "{layout}, {size:?}");
            customize(world);
            assert_eq!(world.run(LOST, &[CENTER.into()]), json!([]), "preference center, {layout}, {size:?}");
            world.leave();
        }
    }
}

/// Lines, words and letters as far apart as WCAG 1.4.12 names, as a visitor's own tool sets them.
fn text_with_more_space(world: &World) {
    let space = "for (const one of document.querySelectorAll('#consentry-root, #consentry-root *')) for (const [name, value] of [['letter-spacing', '.12em'], ['word-spacing', '.16em'], ['line-height', '1.5'], ...(one.localName === 'p' ? [['margin-bottom', '2em']] : [])]) one.style.setProperty(name, value, 'important');
      return getComputedStyle(document.querySelector('.consentry-actions button')).letterSpacing;";
    for size in [None, Some((360, 640))] {
        for layout in LAYOUTS {
            open(world, &page(layout), size);
            assert_ne!(world.run(space, &[]), "normal", "nothing was set");
            assert_eq!(world.run(LOST, &[".consentry-notice".into()]), json!([]), "{layout}, {size:?}");
            customize(world);
            world.run(space, &[]);
            assert_eq!(world.run(LOST, &[CENTER.into()]), json!([]), "preference center, {layout}, {size:?}");
            world.leave();
        }
    }
}

fn in_system_colors_without_motion(world: &World) {
    let moves = "[...document.querySelectorAll('.consentry-own *')].filter((one) => [one, '::before', '::after'].some((part) => {
      const style = part === one ? getComputedStyle(one) : getComputedStyle(one, part); return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'; })).length";
    open(world, &page("bar"), None);
    customize(world);
    assert!(world.eval(moves).as_u64().is_some_and(|count| count > 0), "nothing moves anyway");
    if !world.wish(true, true) {
        assert_eq!(world.engine, Engine::WebKitGtk, "this engine can be told");
        return;
    }
    open(world, &page("bar"), None);
    assert!(world.is("matchMedia('(forced-colors: active) and (prefers-reduced-motion: reduce)').matches"));
    let bordered = "[...document.querySelectorAll('.consentry-own button:not(.consentry-switch, .consentry-close)')].filter((one) => { const style = getComputedStyle(one);
      return parseFloat(style.borderTopWidth) < 1 || style.borderTopStyle === 'none'; }).map((one) => one.textContent)";
    assert_eq!(world.eval(bordered), json!([]), "buttons without an edge");
    customize(world);
    assert_eq!(world.eval(bordered), json!([]), "buttons without an edge");
    assert_eq!(world.eval(moves), 0);
    let track = "getComputedStyle(document.querySelector('.consentry-switch'), '::before').backgroundColor";
    let off = world.eval(track);
    world.press_button("Functional");
    assert_ne!(world.eval(track), off, "on looks like off");
    world.press_button("Save choices");
    world.button("Privacy settings");
    let icon = "(() => { const style = getComputedStyle(document.querySelector('.consentry-reopen span')); return style.borderTopColor !== getComputedStyle(document.querySelector('.consentry-reopen button')).backgroundColor; })()";
    assert_eq!(world.eval(icon), true);
    assert!(world.wish(false, false));
}

fn printed_pages_leave_it_out(world: &World) {
    open(world, &page("bar"), None);
    let shown = "getComputedStyle(document.getElementById('consentry-root')).display !== 'none'";
    assert_eq!(world.eval(shown), true);
    if world.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" })).is_some() {
        assert_eq!(world.eval(shown), false);
        assert!(world.devtools("Emulation.setEmulatedMedia", &json!({ "media": "" })).is_some());
    } else {
        assert_ne!(world.engine, Engine::Chromium, "this engine can be told");
    }
}

fn said_once(world: &World) {
    open(world, &page("bar"), None);
    let listen = "window.heard = []; new MutationObserver((changes) => { for (const { target } of changes) { const status = target.closest?.('[role=status]') || target.parentElement?.closest('[role=status]');
      if (status && status.textContent) heard.push(status.textContent); } }).observe(document.getElementById('consentry-root'), { subtree: true, childList: true, characterData: true });";
    world.run(listen, &[]);
    assert_eq!(world.eval("[...document.querySelectorAll('[role=status]')].map((one) => [one.isConnected, one.textContent])"), json!([[true, ""]]), "a place for messages before there is one");
    world.reject_all();
    assert_eq!(world.eval("heard"), json!(["Your choices are saved."]));
    world.press_button("Privacy settings");
    world.until(&format!("document.querySelector('{CENTER}')"));
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.until("consentry.has('analytics')");
    world.settle();
    assert_eq!(world.eval("heard"), json!(["Your choices are saved.", "Your choices are saved."]));
}
