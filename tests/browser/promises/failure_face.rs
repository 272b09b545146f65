//! Whoever asks for the settings where Consentry could not start is told so, in the page's language, and can close it again.

use consentry_browser_tests::{ESCAPE, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![every_fault_is_told, in_the_language_of_the_page, without_a_file_of_its_own];

const ASK: &str = "<h1>Title</h1><a href=\"/elsewhere\" data-consentry-open>Privacy settings</a>";
const DIALOG: &str = "document.querySelector('dialog.consentry-failed')?.matches(':modal')";

fn wrong() -> Value {
    let mut config = Page::config_of_two();
    config["site"]["contact"] = "mailto:hello@site.example".into();
    config["services"][0]["category"] = "nowhere".into();
    config
}

fn every_fault_is_told(world: &World) {
    let missing = || Answer::new("text/plain", "").status(404);
    world.servers.page("/consentry.fallback.js", missing());
    world.servers.page("/consentry.preferences.js", missing());
    let page = Page::new().body(ASK);
    let named = json!({ "policy": { "version": "1" }, "services": ["no-such-service"] });
    let faults: Vec<(&str, Page)> = vec![
        ("no config", page.clone().no_config()),
        ("a wrong config", page.clone().config(wrong())),
        ("a config that is no object", page.clone().config(json!([1]))),
        ("a config of wrong types", page.clone().config(json!({ "site": 1, "lang": 2, "texts": 3, "ui": 4 }))),
        ("a config that does not load", page.clone().no_config().tag("<script src=\"/consentry.js\" data-config=\"/none.json\"></script>")),
        ("a service that no catalog has", page.clone().config(named)),
        ("no WebAssembly and no fallback", page.clone().csp("script-src 'self' 'unsafe-inline'")),
    ];
    for (fault, page) in faults {
        world.visit(&page);
        world.until("window.consentry && consentry.snapshot().phase === 'failed'");
        assert!(!world.is("document.querySelector('.consentry-failed')"), "{fault}: nobody asked");
        world.click("[data-consentry-open]");
        world.until(DIALOG);
        let shape = "(() => { const one = document.querySelector('.consentry-failed'); const words = (name) => document.getElementById(one.getAttribute(name)).textContent;
          return [words('aria-labelledby'), words('aria-describedby').includes('nothing can be chosen here now'), one.contains(document.activeElement), location.pathname.includes('page-')]; })()";
        assert_eq!(world.eval(shape), json!(["Privacy settings", true, true, true]), "{fault}");
        let link = "document.querySelector('.consentry-failed a')?.href || ''";
        let contact = if fault == "a wrong config" { "mailto:hello@site.example" } else { "" };
        assert_eq!(world.eval(link), contact, "{fault}");
        world.press(ESCAPE);
        world.until("!document.querySelector('.consentry-failed')");
        world.run("consentry.showPreferences();", &[]);
        world.until(DIALOG);
        world.click(".consentry-failed button");
        world.until("!document.querySelector('.consentry-failed')");
        world.assert_silent();
    }
}

fn in_the_language_of_the_page(world: &World) {
    let axe = World::file("node_modules/axe-core/axe.min.js");
    let check = "const done = arguments[arguments.length - 1]; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => done(violations.map(({ id, nodes }) => id + nodes[0].html)), (error) => done(String(error)));";
    for (lang, dir, title) in [("en", "ltr", "Privacy settings"), ("ar", "rtl", ""), ("de", "ltr", ""), ("tlh", "ltr", "Privacy settings")] {
        world.visit(&Page::new().config(wrong()).root(&format!("lang=\"{lang}\"")).body(ASK));
        world.until("consentry.snapshot().phase === 'failed'");
        world.click("[data-consentry-open]");
        world.until(DIALOG);
        let found = world.eval("(({ lang, dir, textContent }) => [lang, dir, textContent])(document.querySelector('.consentry-failed'))");
        assert_eq!((&found[0], &found[1]), (&json!(if lang == "tlh" { "en" } else { lang }), &json!(dir)), "{found}");
        let text = found[2].as_str().unwrap_or_default();
        assert_eq!(text.starts_with("Privacy settingsSomething"), !title.is_empty(), "{lang}: {text}");
        world.run(&axe, &[]);
        assert_eq!(world.run_async(check, &[]), json!([]), "{lang}");
    }
}

fn without_a_file_of_its_own(world: &World) {
    world.servers.page("/consentry.failed.js", Answer::new("text/plain", "").status(404));
    world.visit(&Page::new().no_config().body(ASK));
    world.until("consentry.snapshot().phase === 'failed'");
    world.run("window.alert = (text) => { window.told = text; };", &[]);
    world.click("[data-consentry-open]");
    world.until("window.told");
    assert!(world.is("told.includes('nothing can be chosen now')"));
}
