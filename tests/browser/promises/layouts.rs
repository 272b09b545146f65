//! Every layout gives the same answers the same looks, and none of them is a wall: a modal notice lets go at Escape, and
//! never stands before the policy; one within the page moves nothing outside its place.

use consentry_browser_tests::{ESCAPE, Page, TAB, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![answers_alike_in_every_layout, no_theme_makes_refusing_fainter, a_modal_notice_is_no_wall, within_the_page, back_within_the_page, with_light_and_dark_of_its_own, in_its_own_font_or_the_page_s];

const LOOKS: &str = "['Accept all', 'Reject all', 'Customize'].map((name) => {
  const one = [...document.querySelectorAll('.consentry-notice .consentry-actions button')].find((button) => button.textContent === name);
  const style = getComputedStyle(one), { width, height } = one.getBoundingClientRect();
  return [one.localName, Math.round(width), Math.round(height), ...['font', 'color', 'backgroundColor', 'backgroundImage', 'borderTop', 'borderRadius', 'padding', 'opacity', 'boxShadow', 'textDecoration', 'filter', 'cursor']
    .map((name) => style[name])].join(' | '); })";

fn config(ui: Value) -> Value {
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    config["ui"] = ui;
    config
}

fn page(ui: Value) -> Page {
    let text = "<p>Text with <a id=\"link\" href=\"#there\">a link</a>.</p>".repeat(3);
    Page::new().config(config(ui)).body(&format!("{text}<div id=\"place\" data-consentry-notice></div><button id=\"own\" onclick=\"window.pressed = true\">Own</button>{text}"))
}

fn answers_alike_in_every_layout(world: &World) {
    let hostile = "<style>.consentry-actions button:nth-child(2) { background: #eee; color: #ccc; font-size: 7px; border: 0; padding: 0 }</style>";
    for layout in ["bar", "box", "compact", "modal", "inline"] {
        for theme in [json!({ "scheme": "light" }), json!({ "scheme": "dark" }), json!({ "accent": "#b4235a", "background": "#fff7ee", "text": "#2b1a10", "radius": "2px" })] {
            for width in [1280, 640] {
                world.resize(width, 900);
                world.visit(&page(json!({ "layout": layout, "theme": theme })).head(hostile));
                world.notice();
                let looks = world.eval(LOOKS);
                let first = looks.get(0).cloned().unwrap_or_default();
                assert_eq!(looks, json!([first, first, first]), "{layout}, {theme}, {width}");
            }
        }
    }
    world.resize(1280, 900);
}

/// The ready themes, and style sheets that set what Consentry's rules are made of on one answer alone.
fn no_theme_makes_refusing_fainter(world: &World) {
    let mut themes: Vec<String> = World::folder("www/themes").iter().filter(|name| name.ends_with(".css")).map(|name| World::file(&format!("www/themes/{name}"))).collect();
    assert!(themes.len() >= 6, "the ready themes are looked at");
    for rule in ["", " !important"] {
        let set = ["--consentry-button-background: #eee", "--consentry-button-color: #ddd", "--ink: #ddd", "--accent: #fff", "--radius: 90px", "--back: #ddd", "--consentry-text: #ddd", "--consentry-accent: #fff", "--consentry-font: cursive"]
            .map(|one| format!("{one}{rule};")).concat();
        themes.push(format!(".consentry-actions button:nth-child(2) {{ {set} }}"));
        themes.push(format!("#consentry-root .consentry-notice .consentry-actions > :nth-of-type(2), dialog footer button:nth-of-type(2) {{ {set} }}"));
    }
    let center = LOOKS.replace(".consentry-notice .consentry-actions", "dialog.consentry-preferences footer").replace("'Customize'", "'Save choices'");
    for theme in themes {
        world.visit(&page(json!({})).head(&format!("<style>{theme}</style>")));
        world.notice();
        let looks = world.eval(LOOKS);
        let first = looks.get(0).cloned().unwrap_or_default();
        assert_eq!(looks, json!([first, first, first]), "{theme}");
        // Without a click: where the pointer rests, the next page's button is lit.
        world.run("consentry.showPreferences();", &[]);
        world.until("document.querySelector('dialog.consentry-preferences[open] footer button')");
        let looks = world.eval(&center);
        let first = looks.get(0).cloned().unwrap_or_default();
        assert_eq!(looks, json!([first, first, first]), "preference center: {theme}");
    }
}

fn a_modal_notice_is_no_wall(world: &World) {
    let modal = "document.querySelector('.consentry-notice').matches(':modal')";
    world.visit(&page(json!({ "layout": "modal" })));
    world.notice();
    let state = "(() => { const one = document.querySelector('.consentry-notice'); return [one.localName, one.getAttribute('role'), one.contains(document.activeElement), document.activeElement.localName]; })()";
    assert_eq!(world.eval(modal), true);
    assert_eq!(world.eval(state), json!(["dialog", "dialog", true, "dialog"]), "no answer has the focus");
    for _ in 0..8 {
        world.press(TAB);
        assert!(world.is("!document.activeElement.closest('main')"), "the focus left the modal notice");
    }
    world.press(ESCAPE);
    world.until(&format!("!{modal}"));
    assert_eq!(world.eval("[document.querySelector('.consentry-notice').getAttribute('role'), consentry.snapshot().view, localStorage.length]"), json!(["region", "notice", 0]));
    world.click("#own");
    assert_eq!(world.eval("pressed"), true);
    world.reject_all();
    assert_eq!(world.eval("document.querySelectorAll('dialog').length"), 0);
    world.reload();
    world.ready();
    assert!(!world.asks());
    // Before the policy itself it never stands.
    let mut config = config(json!({ "layout": "modal" }));
    config["site"]["policies"] = json!([{ "url": "policy.html#cookies" }]);
    world.servers.page("/policy.html", Answer::html(Page::new().config(config).body("<h1>Policy</h1>").html()));
    world.run("localStorage.clear();", &[]);
    world.open(&world.site("/policy.html"));
    world.notice();
    assert_eq!(world.eval("[document.querySelector('.consentry-notice').localName, document.querySelectorAll('dialog').length]"), json!(["div", 0]));
}

fn within_the_page(world: &World) {
    world.visit(&page(json!({ "layout": "inline" })));
    world.notice();
    let facts = "(() => { const one = document.querySelector('.consentry-notice'), style = getComputedStyle(one);
      return [one.parentNode.id, style.position, style.boxShadow, one.lang, getComputedStyle(document.documentElement).scrollPaddingBlockEnd]; })()";
    assert_eq!(world.eval(facts), json!(["place", "relative", "none", "en", "auto"]));
    world.accept_all();
    assert!(world.has("analytics"));
    assert_eq!(world.eval("[document.querySelectorAll('.consentry-notice').length, document.getElementById('place').childNodes.length]"), json!([0, 0]));
    world.run("localStorage.clear();", &[]);
    // A page without the place is asked all the same.
    world.visit(&Page::new().config(config(json!({ "layout": "inline" }))).body("<p>Text</p>"));
    world.notice();
    let box_ = "[document.querySelector('.consentry-notice').parentNode.id, document.querySelector('.consentry-notice').className.includes('consentry-box')]";
    assert_eq!(world.eval(box_), json!(["consentry-root", true]));
}

/// Whatever the page makes of the place, the question stays, and so does the way back afterwards.
fn back_within_the_page(world: &World) {
    world.visit(&page(json!({ "layout": "inline" })));
    world.notice();
    for change in [
        "const place = document.querySelector('#place'); place.replaceWith(place.cloneNode());",
        "const body = document.createElement('body'); body.innerHTML = '<main><div id=\"place\" data-consentry-notice></div></main>'; document.body.replaceWith(body);",
        "document.querySelector('#place').textContent = '';",
    ] {
        world.run(change, &[]);
        world.until("document.querySelector('#place > .consentry-notice .consentry-actions button')");
    }
    world.run("document.querySelector('main').textContent = 'Another view';", &[]);
    world.until("document.querySelector('#consentry-root > .consentry-notice.consentry-box .consentry-actions button')");
    assert_eq!(world.eval("document.querySelectorAll('.consentry-notice').length"), 1);
    world.reject_all();
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open]')");
}

fn with_light_and_dark_of_its_own(world: &World) {
    let ground = "[getComputedStyle(document.querySelector('.consentry-notice')).backgroundColor, getComputedStyle(document.querySelector('.consentry-notice')).colorScheme]";
    for (scheme, dark) in [("light", false), ("dark", true)] {
        world.visit(&page(json!({ "theme": { "scheme": scheme } })));
        world.notice();
        let found = world.eval(ground);
        assert_eq!(found[1], scheme);
        assert_eq!(found[0] != "rgb(255, 255, 255)", dark, "{found}");
    }
    world.visit(&page(json!({})).head("<style>:root { --consentry-scheme: dark }</style>"));
    world.notice();
    assert_eq!(world.eval(ground)[1], "dark");
    // One answer set apart: nothing starts, and the rule is named.
    world.visit(&page(json!({ "theme": { "rejectBackground": "#eee" } })));
    world.until("consentry.snapshot().phase === 'failed'");
    assert!(world.said().iter().any(|line| line.contains("ui.theme.rejectBackground: must not set one answer apart") && line.contains("CNIL")), "{:?}", world.said());
}

fn in_its_own_font_or_the_page_s(world: &World) {
    let hostile = "<style>html { font: italic 62.5% Georgia, serif } body { font-family: Arial } #place, #embed { font-family: Courier, monospace } button, h2 { font-family: fantasy !important }</style>";
    let named = "<style>:root { --consentry-font: Verdana, sans-serif }</style>";
    let fonts = "(() => { const of = (css) => [...new Set([...document.querySelectorAll(css)].map((one) => { const { fontFamily, fontStyle } = getComputedStyle(one); return [fontFamily, fontStyle].join(' | '); }))];
      return [of('.consentry-notice, .consentry-notice :is(h2, p, button)'), of('.consentry-embed, .consentry-embed :is(h3, p, button)')]; })()";
    let own = "system-ui, sans-serif";
    let cases = [
        ("bar", "auto", "", own, own),
        ("bar", "auto", named, "Verdana, sans-serif", "Verdana, sans-serif"),
        ("bar", "inherit", "", "Georgia, serif", "Courier, monospace"),
        ("inline", "inherit", named, "Courier, monospace", "Courier, monospace"),
    ];
    for (layout, font, style, notice, embed) in cases {
        world.visit(&page(json!({ "layout": layout, "theme": { "font": font } })).head(hostile).head(style).body("<div id=\"embed\" data-consentry-embed></div>"));
        world.notice();
        world.until("document.querySelector('.consentry-embed footer button')");
        let expected = json!([[format!("{notice} | normal")], [format!("{embed} | normal")]]);
        assert_eq!(world.eval(fonts), expected, "{layout}, {font}, {style}");
    }
}
