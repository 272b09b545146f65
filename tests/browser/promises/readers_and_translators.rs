//! Reader modes show the article without us. Translators may put their words and elements in the place of ours, at any time:
//! everything still works, and the two do not change each other's words without end.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::{Value, json};

promises![reader_modes_show_the_article_alone, translated_it_works, changed_of_language_it_works];

/// Reads the article as Firefox's reader mode does, and says whether the page stayed as it was.
const READ: &str = "const before = document.documentElement.outerHTML;
const { title, textContent, length } = new Readability(document.cloneNode(true)).parse() || {};
return [title, (textContent || '').replace(/\\s+/g, ' ').trim(), length > 500, before === document.documentElement.outerHTML];";

fn article() -> String {
    let sentence = "The harbor freezes over in a quiet winter, and the letters from the islands come a week late, as they always have, by the small boat of the keeper. ";
    format!("<article><h1>A winter at the harbor</h1>{}</article>", format!("<p>{}</p>", sentence.repeat(4)).repeat(8))
}

fn read(world: &World) -> Value {
    let reader = World::file("node_modules/@mozilla/readability/Readability.js");
    world.run(&format!("{reader}\n{READ}"), &[])
}

fn reader_modes_show_the_article_alone(world: &World) {
    world.visit(&Page::without_consentry().body(&article()));
    let plain = read(world);
    assert!(plain[1].as_str().is_some_and(|text| text.contains("small boat of the keeper")) && plain[2] == true, "the control: {plain}");
    for layout in ["bar", "box", "compact", "modal", "inline"] {
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "layout": layout });
        let place = "<div data-consentry-notice></div>";
        world.visit(&Page::new().config(config).body(place).body(&article()));
        world.notice();
        assert_eq!(read(world), plain, "{layout}");
        world.customize();
        assert_eq!(read(world), plain, "preference center, {layout}");
        world.click(".consentry-preferences footer button:nth-child(2)");
        world.until("consentry.snapshot().view === 'none'");
        assert_eq!(read(world), plain, "way back, {layout}");
        world.run("localStorage.clear();", &[]);
    }
}

/// Translates as browsers do: the page says another language, each text stands in two `font` elements, and what comes later
/// is translated when it comes.
const TRANSLATE: &str = "window.turns = 0;
const done = new WeakSet(), foreign = (text) => text.replace(/[a-z]/g, 'x').replace(/[A-Z]/g, 'X');
const translate = (text) => {
  const { parentElement } = text;
  if (done.has(text) || !text.data.trim() || !parentElement || parentElement.closest('script, style, code, textarea, [translate=no]')) return;
  const [outer, inner, words] = [document.createElement('font'), document.createElement('font'), document.createTextNode(foreign(text.data))];
  done.add(words);
  outer.style.verticalAlign = inner.style.verticalAlign = 'inherit';
  outer.append(inner);
  inner.append(words);
  text.replaceWith(outer);
};
const all = (node) => { const texts = []; const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT); while (walk.nextNode()) texts.push(walk.currentNode); texts.forEach(translate); };
all(document.documentElement);
document.documentElement.lang = 'tlh';
document.documentElement.classList.add('translated-ltr');
new MutationObserver((records) => { turns++; for (const { addedNodes, target, type } of records) { if (type === 'characterData') translate(target); for (const node of addedNodes) node.nodeType === 3 ? translate(node) : all(node); } })
  .observe(document.documentElement, { childList: true, subtree: true, characterData: true });";

/// Waits until translator and page have nothing more to change: some frames in a row in which neither did.
const QUIET: &str = "const done = arguments[0]; let last = -1, still = 0;
const look = () => { still = turns === last ? still + 1 : 0; last = turns; if (still > 20 || turns > 500) done(turns); else requestAnimationFrame(look); };
look();";

#[track_caller]
fn quiet(world: &World, what: &str) {
    let turns = world.run_async(QUIET, &[]);
    assert!(turns.as_u64().is_some_and(|turns| turns < 500), "{what}: they change each other's words without end: {turns}");
    assert_eq!(world.said(), [""; 0], "{what}");
}

/// Whether all words that are to be read below a selector are translated.
fn translated(css: &str) -> String {
    format!("(() => {{ const one = document.querySelector('{css}'); if (!one) return false; const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT); let words = '';
      while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('code, [translate=no]')) words += walk.currentNode.data + ' '; return words.includes('xxx') && !/[a-wyz]{{3}}/.test(words); }})()")
}

fn open(world: &World, layout: &str) {
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "layout": layout });
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\" title=\"Film\"");
    world.visit(&Page::new().config(config).body(&article()).body(&frame));
    world.notice();
    world.until("document.querySelector('[data-consentry-placeholder]')");
}

fn translated_it_works(world: &World) {
    for (layout, answer, reason) in [("bar", 1, "granted"), ("modal", 2, "refused")] {
        open(world, layout);
        world.run(TRANSLATE, &[]);
        quiet(world, layout);
        world.until(&translated(".consentry-notice"));
        world.until(&translated("[data-consentry-placeholder]"));
        // The preference center comes and is translated; a switch says what it is now, and that is translated, too.
        world.click(".consentry-notice .consentry-actions button:nth-child(3)");
        world.until("document.querySelector('.consentry-preferences[open]')");
        quiet(world, "preference center");
        world.until(&translated(".consentry-preferences"));
        let why = "document.querySelector('[id=\"consentry-why-marketing\"]').textContent";
        let before = world.eval(why);
        world.click(".consentry-preferences [value=marketing]");
        world.until("document.querySelector('.consentry-preferences [value=marketing]').getAttribute('aria-checked') === 'true'");
        quiet(world, "a switch");
        assert_ne!(world.eval(why), before);
        world.until(&translated(".consentry-preferences"));
        world.click(".consentry-preferences .consentry-close");
        world.until("consentry.snapshot().view === 'notice'");
        world.click(&format!(".consentry-notice .consentry-actions button:nth-child({answer})"));
        world.until("consentry.snapshot().view === 'none' && /X/.test(document.querySelector('.consentry-status').textContent)");
        quiet(world, "an answer");
        assert_eq!(world.eval("['tracker', 'video'].map((id) => consentry.choice(id).reason)"), json!([reason, reason]));
        // Back, one switch, saved.
        world.click(".consentry-reopen button");
        world.until("document.querySelector('.consentry-preferences[open]')");
        world.click(".consentry-preferences [value=analytics]");
        world.click(".consentry-preferences footer button:nth-child(3)");
        world.until("consentry.snapshot().view === 'none'");
        assert_eq!(world.eval("['analytics', 'marketing'].map((id) => consentry.has(id))"), json!([answer == 2, answer == 1]));
        quiet(world, "saved");
        world.run("localStorage.clear();", &[]);
    }
}

/// A page that changes its own language, and takes our elements' attributes for its own.
fn changed_of_language_it_works(world: &World) {
    open(world, "box");
    world.run("window.turns = 0; for (const one of [document.documentElement, ...document.querySelectorAll('#consentry-root, #consentry-root [lang]')]) { one.lang = 'ar'; one.dir = 'rtl'; }", &[]);
    world.press_button("Customize");
    world.until("document.querySelector('.consentry-preferences[open]')");
    world.click(".consentry-preferences footer button:nth-child(2)");
    world.until("consentry.snapshot().view === 'none' && consentry.choice('video').reason === 'refused'");
    assert_eq!(world.said(), [""; 0]);
}
