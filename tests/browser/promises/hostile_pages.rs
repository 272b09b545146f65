//! Whatever a page's style sheets and scripts do to everything, what we show stays as it is on a clean page: measured
//! against the same view there, in the same run.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::{Value, json};

promises![style_sheets_change_nothing, covers_and_backdrops_change_nothing, scripts_change_nothing];

/// Each element below the first that a selector finds: where it is and how it looks, unless it is an empty box.
const LOOKS: &str = "const [css] = arguments; const top = document.querySelector(css);
return [top, ...top.querySelectorAll('*')].map((one) => { const r = one.getBoundingClientRect(), s = getComputedStyle(one);
  const looks = ['display', 'visibility', 'opacity', 'color', 'backgroundColor', 'fontFamily', 'fontSize', 'fontWeight', 'fontStyle', 'lineHeight', 'letterSpacing', 'textTransform',
    'textAlign', 'textDecorationLine', 'borderTopWidth', 'borderTopLeftRadius', 'boxShadow', 'filter', 'clipPath', 'cursor', 'pointerEvents', 'animationName'].map((name) => s[name]);
  const [before, after] = ['::before', '::after'].map((part) => getComputedStyle(one, part).content);
  return [one.localName, one.className, (one.firstChild && one.firstChild.data || '').slice(0, 20), ...(r.width && r.height ? [...[r.x, r.y, r.width, r.height].map(Math.round), ...looks, before, after] : [])].join(' | '); });";

/// Whether every control below a selector is in front, large enough, and its words are to be seen.
const REACHED: &str = "const [css] = arguments; const top = document.querySelector(css);
return [...top.querySelectorAll('button, a')].filter((one) => { one.scrollIntoView({ block: 'center' }); const r = one.getBoundingClientRect();
  const hit = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2); const s = getComputedStyle(one);
  return !one.contains(hit) || r.height < 23 || s.opacity < 0.7 || s.visibility !== 'visible' || parseFloat(s.fontSize) < 12; }).map((one) => one.outerHTML);";

/// The views, one after the other, each as it looks.
fn views(world: &World, page: &Page, disturb: &str, what: &str) -> Vec<Value> {
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\" title=\"Film\" width=\"400\" height=\"200\"");
    // A page's scroll bars are its own: they take room from any view.
    let page = page.clone().head("<style>html:root { overflow: hidden !important }</style>");
    world.visit(&page.body("<h1>Title</h1><p>Text</p>").body(&frame));
    let look = |css: &str| {
        world.run(disturb, &[]);
        world.settle();
        assert_eq!(world.eval("document.getElementById('consentry-root').offsetWidth"), 0, "{what}: something beside our own");
        assert_eq!(world.run(REACHED, &[css.into()]), json!([]), "{what}: {css}");
        world.run("scrollTo(0, 0); for (const one of document.querySelectorAll('.consentry-body')) one.scrollTop = 0;", &[]);
        world.run(LOOKS, &[css.into()])
    };
    world.notice();
    let notice = look(".consentry-notice");
    if disturb.is_empty() {
        world.until("document.querySelector('[data-consentry-placeholder]')");
        world.run("document.querySelector('.consentry-notice').hidden = true; for (const one of document.querySelectorAll('.cover')) one.hidden = true;", &[]);
        let placeholder = "(() => { const one = document.querySelector('[data-consentry-placeholder]'); return [getComputedStyle(one).display, one.getBoundingClientRect().width > 60]; })()";
        assert_eq!(world.eval(placeholder), json!(["flex", true]), "{what}");
    }
    world.customize();
    world.run("for (const one of document.querySelectorAll('dialog section:not([aria-labelledby=consentry-device]) details')) one.open = true;", &[]);
    let center = look("#consentry-root dialog");
    world.press_button("Save choices");
    world.until("consentry.snapshot().view === 'none' && document.querySelector('.consentry-status').textContent");
    let rest = [look(".consentry-reopen"), look(".consentry-status")];
    world.run("localStorage.clear();", &[]);
    [notice, center].into_iter().chain(rest).collect()
}

#[track_caller]
fn assert_the_same(world: &World, clean: &[Value], page: &Page, disturb: &str, what: &str) {
    for (now, before) in views(world, page, disturb, what).iter().zip(clean) {
        let (now, before) = (now.as_array().expect("a list"), before.as_array().expect("a list"));
        assert_eq!(now.len(), before.len(), "{what}");
        for (now, before) in now.iter().zip(before) {
            assert_eq!(now, before, "{what}");
        }
    }
}

fn config() -> Value {
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    config
}

fn clean(world: &World) -> Vec<Value> {
    let clean = views(world, &Page::new().config(config()), "", "a clean page");
    // What is compared is there to be compared.
    assert!(clean.iter().map(|view| view.as_array().map_or(0, Vec::len)).sum::<usize>() > 90, "{clean:?}");
    clean
}

fn sheet(css: &str) -> Page {
    Page::new().config(config()).head(&format!("<style>{css}</style>"))
}

fn style_sheets_change_nothing(world: &World) {
    let clean = clean(world);
    let file = World::file;
    let everything = "{ all: unset !important; color: #ccc !important; font: 9px cursive !important; padding: 20px !important; margin: 7px !important; float: left !important;
      letter-spacing: 1em !important; text-transform: uppercase !important; transform: rotate(3deg) !important; opacity: .3 !important; max-width: 90px !important;
      box-shadow: 0 0 9px red !important; position: static !important; visibility: hidden !important; content: 'x' !important }";
    let sheets = [
        ("everything", format!("*, *::before, *::after {everything}")),
        ("Bootstrap", file("node_modules/bootstrap/dist/css/bootstrap.min.css")),
        ("Tailwind's reset", file("node_modules/tailwindcss/preflight.css")),
        ("buttons", "button { background: #fff000; color: #fff; border: 4px dashed; width: 100%; font: 30px serif; text-transform: uppercase } button:hover { display: none }".to_owned()),
        ("blocks", "div, section, aside, header, footer, dialog, ul, li, p, h2, h3, span { display: none } #main, .x { display: none !important }".to_owned()),
        ("aimed at such tools", "[id*=consent], [class*=consent], [class*=cookie], [role=region], [popover] { display: none; opacity: 0; pointer-events: none; z-index: -1 }".to_owned()),
        ("small root", "html { font-size: 62.5% } body { font-size: 1.6rem; line-height: 1 }".to_owned()),
        ("a transformed body", "body { transform: scale(.5); filter: blur(2px); perspective: 90px; contain: strict; overflow: hidden; height: 300px }".to_owned()),
        ("a filtered page", "html { filter: grayscale(1); transform: translateX(0) }".to_owned()),
        ("a right-to-left sheet", "html { direction: rtl; writing-mode: vertical-rl; text-align: right } body { writing-mode: horizontal-tb }".to_owned()),
    ];
    for (what, css) in sheets {
        assert_the_same(world, &clean, &sheet(&css), "", what);
    }
}

fn covers_and_backdrops_change_nothing(world: &World) {
    let clean = clean(world);
    let cover = "<div class=\"cover\" style=\"position: fixed; inset: 0; z-index: 2147483647; background: #fff\">Wait …</div>";
    assert_the_same(world, &clean, &Page::new().config(config()).body(cover), "", "a cover");
    // A page that dims what is behind its own dialogs does not dim itself behind the notice.
    world.visit(&sheet("::backdrop { background: red; pointer-events: auto }").body("<button id=\"own\" onclick=\"window.pressed = true\">Own</button>"));
    world.notice();
    world.click("#own");
    assert_eq!(world.eval("[pressed, getComputedStyle(document.getElementById('consentry-root'), '::backdrop').display]"), json!([true, "none"]));
}

fn scripts_change_nothing(world: &World) {
    let clean = clean(world);
    let page = Page::new().config(config());
    for (what, disturb) in [
        ("other style sheets", "document.adoptedStyleSheets = [new CSSStyleSheet()];"),
        ("an empty body", "document.body.replaceChildren(); document.body.className = 'empty';"),
        ("a new body", "document.documentElement.replaceChild(document.createElement('body'), document.body);"),
        ("attributes", "for (const one of document.querySelectorAll('body, html')) { one.inert = false; one.setAttribute('style', 'transform: translateX(0); font-size: 3px'); }"),
    ] {
        assert_the_same(world, &clean, &page, disturb, what);
    }
}
