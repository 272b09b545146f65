//! Visitors are spoken to in the page's language, all of it, from the first word, in a window of any width.

use consentry_browser_tests::{Engine, Kind, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};
use std::time::Duration;

promises![
    in_the_page_s_language_from_the_first_word,
    a_late_language_takes_over,
    a_missing_language_is_english,
    one_file_holds_another_language,
    a_region_finds_its_language,
    the_site_s_own_words_come_first,
    translations_name_the_binding_version,
    every_language_fits_a_narrow_window,
];

/// Writes down every word of ours that is ever on the page.
const LISTEN: &str = "<script>window.words = new Set(); new MutationObserver(() => {
  for (const one of document.querySelectorAll('#consentry-root button, [data-consentry-placeholder] button')) words.add(one.textContent); })
  .observe(document, { childList: true, subtree: true, characterData: true });</script>";

const SPEAKS: &str = "(() => { const root = document.getElementById('consentry-root'); return [root.lang, root.dir,
  [...root.querySelectorAll('.consentry-notice .consentry-actions button')].map((one) => one.textContent)]; })()";

fn page(lang: &str) -> Page {
    Page::new().root(&format!("lang=\"{lang}\"")).before(LISTEN)
}

/// A text of a language's file.
fn text(tag: &str, key: &str) -> String {
    let texts: Value = serde_json::from_str(&World::file(&format!("locales/{tag}.json"))).expect("texts are JSON");
    texts[key].as_str().unwrap_or_else(|| panic!("{tag}: {key}")).to_owned()
}

fn answers(tag: &str) -> Value {
    json!(["notice.accept", "notice.reject", "notice.customize"].map(|key| text(tag, key)))
}

#[track_caller]
fn notice(world: &World) {
    world.until("consentry.snapshot().view === 'notice' && document.querySelector('.consentry-notice button')");
}

#[track_caller]
fn asked(world: &World, path: &str) -> usize {
    world.servers.site_requests().iter().filter(|request| request.path == path).count()
}

fn in_the_page_s_language_from_the_first_word(world: &World) {
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\"");
    world.visit(&page("fr").body(&frame));
    notice(world);
    assert_eq!(world.eval(SPEAKS), json!(["fr", "ltr", answers("fr")]));
    let uses = ["functional", "analytics", "marketing"].map(|id| text("fr", &format!("category.{id}.use")));
    let said = world.eval("document.querySelector('.consentry-notice p').textContent");
    assert!(uses.iter().all(|words| said.as_str().is_some_and(|said| said.contains(words))), "{said}");
    world.until("document.querySelector('[data-consentry-placeholder]')");
    let placeholder = "(() => { const one = document.querySelector('[data-consentry-placeholder]'); return [one.lang, one.querySelector('button').textContent]; })()";
    assert_eq!(world.eval(placeholder), json!(["fr", text("fr", "placeholder.once")]));
    assert_eq!(world.eval("consentry.snapshot().categories[2].label"), text("fr", "category.analytics.label"));
    world.press_button(&text("fr", "notice.customize"));
    world.until("document.querySelector('#consentry-root dialog[open]')");
    let dialog = "(() => { const one = document.querySelector('dialog'); return [one.lang, one.querySelector('h2').textContent, one.querySelector('footer button:last-child').textContent]; })()";
    assert_eq!(world.eval(dialog), json!(["fr", text("fr", "reopen.label"), text("fr", "center.save")]));
    // The catalog's way of saying how long, in words of the language.
    world.until("document.querySelector('.consentry-stored').textContent.replace(/\\s/g, ' ').includes('1 an')");
    world.click("dialog footer button");
    world.until("consentry.has('analytics')");
    assert!(world.is("document.querySelector('.consentry-status').textContent !== ''"));
    assert_eq!(world.eval("[...words].filter((word) => /accept all|load once|privacy settings/i.test(word))"), json!([]), "English words came first");
    assert_eq!(asked(world, "/lang/fr.json"), 1);
    assert_eq!(world.said(), [""; 0]);
    // What a script answers before the words are there is not said in other ones.
    world.run("localStorage.clear();", &[]);
    world.visit(&page("fr").script("consentry.rejectAll(); window.said = document.querySelector('.consentry-status')?.textContent || '';"));
    world.until("consentry.snapshot().record && document.querySelector('.consentry-reopen')");
    assert_eq!(world.eval("[said, /Your/.test(document.querySelector('.consentry-status').textContent)]"), json!(["", false]));
    // English is built in, and asks for nothing.
    world.run("localStorage.clear();", &[]);
    world.visit(&page("en-GB"));
    notice(world);
    assert_eq!(world.eval(SPEAKS)[2], json!(["Accept all", "Reject all", "Customize"]));
    assert_eq!(asked(world, "/lang/en.json"), 0);
}

fn a_late_language_takes_over(world: &World) {
    let slow = Answer::json(World::file("locales/es.json")).delay(Duration::from_millis(1500));
    world.servers.page("/lang/es.json", slow);
    let text_before = "<p id=\"text\">Text</p>";
    world.visit(&page("es").body(text_before));
    notice(world);
    assert_eq!(world.eval(SPEAKS), json!(["en", "ltr", ["Accept all", "Reject all", "Customize"]]));
    let place = "JSON.stringify(document.getElementById('text').getBoundingClientRect())";
    let before = world.eval(place);
    world.until("document.getElementById('consentry-root').lang === 'es'");
    assert_eq!(world.eval(SPEAKS), json!(["es", "ltr", answers("es")]));
    assert_eq!(world.eval("document.querySelectorAll('.consentry-notice').length"), 1);
    assert_eq!(world.eval(place), before);
    world.press_button(&text("es", "notice.reject"));
    world.until("consentry.snapshot().view === 'none'");
    assert_eq!(world.eval("consentry.snapshot().record.action"), "reject_all");
    // The decision waits for no words.
    world.reload();
    world.until("consentry.snapshot().phase === 'ready'");
    assert_eq!(world.eval("consentry.choice('analytics').reason"), "refused");
    // Whoever has the focus in the notice is not interrupted.
    world.run("localStorage.clear();", &[]);
    world.reload();
    notice(world);
    world.run("document.querySelector('.consentry-notice button').focus();", &[]);
    world.until("performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('lang/es.json') && responseEnd)");
    world.settle();
    assert_eq!(world.eval("[document.activeElement.textContent, document.getElementById('consentry-root').lang]"), json!(["Accept all", "en"]));
}

fn a_missing_language_is_english(world: &World) {
    world.servers.page("/lang/it.json", Answer::new("text/plain", b"gone".to_vec()).status(404));
    world.visit(&page("it"));
    notice(world);
    assert_eq!(world.eval(SPEAKS), json!(["en", "ltr", ["Accept all", "Reject all", "Customize"]]));
    assert!(world.said().iter().any(|line| line.contains("/lang/it.json") && line.contains("beside consentry.js")), "{:?}", world.said());
    // A file of another version says half of it: none of it is used.
    world.servers.page("/lang/it.json", Answer::json("{ \"notice.accept\": \"Accetta tutto\" }"));
    world.visit(&page("it"));
    notice(world);
    assert_eq!(world.eval(SPEAKS)[2], json!(["Accept all", "Reject all", "Customize"]));
    // Nobody has this one: nothing is asked for.
    world.visit(&page("tlh"));
    notice(world);
    assert_eq!(world.eval(SPEAKS)[0], "en");
    assert_eq!(asked(world, "/lang/tlh.json"), 0);
}

fn one_file_holds_another_language(world: &World) {
    let tag = "<script src=\"/lang/consentry.de.js\"></script>";
    world.visit(&page("de").tag(tag));
    notice(world);
    assert_eq!(world.eval(SPEAKS), json!(["de", "ltr", answers("de")]));
    assert_eq!(asked(world, "/lang/de.json"), 0);
    world.press_button(&text("de", "notice.customize"));
    world.until("document.querySelector('#consentry-root dialog[open]')");
    assert_eq!(world.eval("document.querySelector('dialog footer button:last-child').textContent"), text("de", "center.save"));
    // The page says nothing: the file's own language, whatever the browser prefers.
    world.visit(&Page::new().root("").tag(tag));
    notice(world);
    assert_eq!(world.eval(SPEAKS)[0], "de");
    // English is one of its other languages.
    world.visit(&page("en").tag(tag));
    notice(world);
    assert_eq!(world.eval(SPEAKS), json!(["en", "ltr", ["Accept all", "Reject all", "Customize"]]));
}

fn a_region_finds_its_language(world: &World) {
    for (asked, lang) in [("pt-BR", "pt-BR"), ("pt-AO", "pt"), ("de-AT", "de"), ("fr_CA", "fr")] {
        world.visit(&page(asked));
        notice(world);
        assert_eq!(world.eval(SPEAKS), json!([lang, "ltr", answers(lang)]), "{asked}");
    }
    world.visit(&page("not a language"));
    notice(world);
    assert_eq!(world.eval(SPEAKS)[0], "en");
    // The tag's attribute comes before the config, and the config before the page.
    let mut config = Page::config_of_two();
    config["lang"] = json!("nl");
    world.visit(&page("fr").config(config.clone()));
    notice(world);
    assert_eq!(world.eval(SPEAKS)[0], "nl");
    world.visit(&page("fr").config(config).tag("<script src=\"/consentry.js\" data-lang=\"ro\"></script>"));
    notice(world);
    assert_eq!(world.eval(SPEAKS)[0], "ro");
}

fn the_site_s_own_words_come_first(world: &World) {
    let mut config = Page::config_of_two();
    config["texts"] = json!({ "fr": { "notice.accept": "Oui à tout" }, "en": { "notice.accept": "Yes" } });
    config["categories"] = json!([{ "id": "analytics", "label": { "en": "Counting", "fr": "Comptage" } }]);
    world.visit(&page("fr").config(config.clone()));
    notice(world);
    let words = answers("fr");
    assert_eq!(world.eval(SPEAKS)[2], json!(["Oui à tout", words[1], words[2]]));
    assert_eq!(world.eval("consentry.snapshot().categories[2].label"), "Comptage");
    // All texts of the first layer in a language that we lack.
    let own: Value = serde_json::from_str(&World::file("locales/en.json")).expect("texts are JSON");
    let klingon = own.as_object().into_iter().flatten().map(|(key, _)| (key.clone(), json!(format!("tlh {key}")))).collect::<serde_json::Map<_, _>>();
    config["texts"] = json!({ "tlh": klingon });
    world.visit(&page("tlh").config(config));
    notice(world);
    assert_eq!(world.eval(SPEAKS), json!(["tlh", "ltr", ["tlh notice.accept", "tlh notice.reject", "tlh notice.customize"]]));
}

fn translations_name_the_binding_version(world: &World) {
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([
        { "url": "/privacy", "languages": ["en"], "authoritative": true },
        { "url": "/confidentialite", "languages": ["fr"] },
    ]);
    let links = "[...document.querySelectorAll('.consentry-notice a')].map((one) => [one.getAttribute('href'), one.textContent])";
    world.visit(&page("fr").config(config.clone()));
    notice(world);
    let binding = text("fr", "notice.authoritative").replace("{language}", "anglais");
    assert_eq!(world.eval(links), json!([["/privacy", binding], ["/confidentialite", text("fr", "notice.policy")]]));
    world.visit(&page("en").config(config));
    notice(world);
    assert_eq!(world.eval(links), json!([["/privacy", "Privacy policy"]]));
}

/// Shows one page after the other in a frame of 320 px, and says what does not fit there.
const MEASURE: &str = "const done = arguments[arguments.length - 1]; const [pages] = arguments; (async () => {
  const found = [];
  const until = async (holds) => { for (let at = performance.now(); performance.now() - at < 4000;) {
    try { if (holds()) return; } catch {} await new Promise((next) => setTimeout(next, 5)); } throw new Error('waited in vain: ' + holds); };
  const spaced = (lang) => !/^(ja|zh|th)/.test(lang);
  for (const [tag, address] of pages) {
    try {
      // Whoever has not answered after some pages is left in peace; here each page is the first.
      localStorage.clear(); sessionStorage.clear();
      const frame = document.createElement('iframe');
      frame.width = 320; frame.height = 640; frame.style.border = 0; frame.src = address;
      document.body.append(frame);
      const root = () => frame.contentDocument.getElementById('consentry-root');
      const say = (what) => found.push(tag + ': ' + what);
      const look = (buttons, layer) => {
        const { contentDocument: inside, contentWindow: view } = frame;
        if (inside.documentElement.scrollWidth > 320) say(layer + ' is wider than its window');
        const sizes = new Set();
        for (const button of buttons) {
          const box = button.getBoundingClientRect();
          sizes.add(Math.round(box.width) + ' x ' + Math.round(box.height));
          if (box.left < 0 || box.right > 320 || box.height < 24) say(layer + ', outside: ' + button.textContent);
          const range = inside.createRange();
          const text = button.firstChild;
          range.selectNodeContents(text);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
          const inner = button.clientWidth;
          if (range.getBoundingClientRect().width > inner + 1) say(layer + ', cut: ' + button.textContent);
          if (lines > 3) say(layer + ', ' + lines + ' lines: ' + button.textContent);
          for (const { 0: word, index } of spaced(tag) ? text.data.matchAll(/[^\\s-]+/g) : []) {
            range.setStart(text, index); range.setEnd(text, index + word.length);
            if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) say(layer + ', broken word: ' + word);
          }
        }
        if (sizes.size != 1) say(layer + ', unequal: ' + [...sizes]);
      };
      await until(() => root().querySelector('.consentry-notice button'));
      if (root().lang != tag) say('the notice speaks ' + root().lang);
      if (root().dir != (/^(ar|fa|he|ur)/.test(tag) ? 'rtl' : 'ltr')) say('the notice reads ' + root().dir);
      look(root().querySelectorAll('.consentry-notice .consentry-actions button'), 'notice');
      frame.contentWindow.consentry.showPreferences();
      await until(() => root().querySelector('dialog[open] footer button'));
      const dialog = root().querySelector('dialog');
      if (dialog.lang != tag) say('the preference center speaks ' + dialog.lang);
      look(dialog.querySelectorAll('footer button'), 'preference center');
      const body = dialog.querySelector('.consentry-body');
      if (body.scrollWidth > body.clientWidth) say('the preference center scrolls sideways');
      frame.remove();
    } catch (error) { found.push(tag + ': ' + error.message); }
  }
  done(found);
})();";

fn every_language_fits_a_narrow_window(world: &World) {
    let all = World::folder("locales").into_iter().filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
    let few = ["ar", "de", "fi", "th"];
    let tags: Vec<String> = all
        .filter(|tag| !tag.contains('.') && (world.engine == Engine::Chromium || few.contains(&tag.as_str())))
        .collect();
    assert!(!tags.is_empty());
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([{ "url": "/privacy", "languages": ["en"], "authoritative": true }, { "url": "/p" }]);
    let mut found = Vec::new();
    for some in tags.chunks(4) {
        let pages: Vec<[String; 2]> = some
            .iter()
            .map(|tag| [tag.clone(), world.publish(&Page::new().root(&format!("lang=\"{tag}\"")).config(config.clone()))])
            .collect();
        world.visit(&Page::without_consentry());
        let wrong = world.run_async(MEASURE, &[json!(pages)]);
        found.extend(wrong.as_array().into_iter().flatten().map(ToString::to_string));
    }
    assert!(found.is_empty(), "at 320 px:\n  {}", found.join("\n  "));
}
