//! Every view passes axe-core with all rules on, in each layout, theme, direction and width, paired with each other; texts and
//! controls keep their contrast.

use consentry_browser_tests::{ENTER, ESCAPE, Kind, Page, World, promises};
use serde_json::{Value, json};

promises![no_violations, no_violations_where_age_is_asked, no_violations_within_a_page, no_violations_where_it_is_asked_in_place, no_violations_beside_the_page, contrast_is_kept];

const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(
  ({ violations, passes }) => done([violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join(' / ')), passes.length]),
  (error) => done([[String(error)], 0]));";

/// Texts and controls whose contrast to what is behind them is too low, with the lowest there are: text 4.5, in buttons 5, marks 3.
const CONTRAST: &str = "const rgba = (text) => { const n = text.match(/[\\d.]+/g).map(Number); return text.startsWith('color(srgb') ? [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const ratio = (one, two) => { const [a, b] = [light(one), light(two)].sort((x, y) => y - x); return (a + .05) / (b + .05); };
const ground = (one) => { if (!one) return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
  const own = rgba(getComputedStyle(one).backgroundColor); return own[3] === 1 ? own : over(own, ground(one.parentElement)); };
const opacity = (one) => (one ? getComputedStyle(one).opacity * opacity(one.parentElement) : 1);
const low = []; let counted = 0;
const check = (one, color, least, what, on = 'rgba(0, 0, 0, 0)') => { const back = over(rgba(on), ground(one)); const [r, g, b, a] = rgba(color); counted++;
  const found = ratio(over([r, g, b, a * opacity(one)], back), back); if (found < least) low.push(`${what} ${found.toFixed(2)}: ${one.outerHTML.slice(0, 80)}`); };
for (const one of document.querySelectorAll('#consentry-root *, .consentry-own, .consentry-own *')) {
  if (!one.getClientRects().length || one.matches('option')) continue;
  const style = getComputedStyle(one);
  if ([...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && style.fontSize !== '0px') check(one, style.color, one.closest('button') && !one.closest('.consentry-close') ? 5 : 4.5, 'text');
  if (one.matches('.consentry-switch')) {
    check(one, getComputedStyle(one, '::before').borderTopColor, 3, 'switch');
    check(one, getComputedStyle(one, '::after').borderTopColor, 3, 'knob', getComputedStyle(one, '::before').backgroundColor);
  }
}
return [low, counted];";

/// Layout, scheme, language, width and position: each value of one meets each of another at least once.
const PAIRS: [(&str, &str, &str, u32, &str); 15] = [
    ("bar", "light", "en", 1280, "bottom"),
    ("bar", "dark", "ar", 360, "top"),
    ("bar", "light", "he", 640, "top"),
    ("box", "dark", "en", 640, "bottom"),
    ("box", "light", "ar", 1280, "top"),
    ("box", "light", "he", 360, "bottom"),
    ("compact", "light", "en", 360, "top"),
    ("compact", "dark", "he", 1280, "bottom"),
    ("compact", "light", "ar", 640, "bottom"),
    ("modal", "dark", "en", 1280, "top"),
    ("modal", "light", "ar", 360, "bottom"),
    ("modal", "dark", "he", 640, "bottom"),
    ("inline", "dark", "ar", 1280, "bottom"),
    ("inline", "light", "en", 640, "top"),
    ("inline", "light", "he", 360, "top"),
];

/// Pairs of two values that no row has.
fn missing() -> Vec<String> {
    let rows: Vec<[String; 5]> = PAIRS.iter().map(|(a, b, c, d, e)| [(*a).to_owned(), (*b).to_owned(), (*c).to_owned(), d.to_string(), (*e).to_owned()]).collect();
    let mut missing = Vec::new();
    for (one, other) in (0..5).flat_map(|one| (one + 1..5).map(move |other| (one, other))) {
        for (a, b) in rows.iter().flat_map(|row| rows.iter().map(move |next| (&row[one], &next[other]))) {
            if !rows.iter().any(|row| (&row[one], &row[other]) == (a, b)) {
                missing.push(format!("{a} and {b}"));
            }
        }
    }
    missing
}

#[track_caller]
fn assert_no_violations(world: &World, axe: &str, what: &str) {
    world.run(axe, &[]);
    world.settle();
    let found = world.run_async(RUN, &[]);
    assert_eq!(found[0], json!([]), "{what}");
    assert!(found[1].as_u64().unwrap_or_default() > 10, "{what}: axe-core has looked at nothing");
}

fn page(world: &World, layout: &str, scheme: &str, lang: &str, position: &str) -> Page {
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "layout": layout, "position": position, "theme": { "scheme": scheme } });
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    config["policy"]["data"] = json!([{ "category": "A", "collected": true, "disclosed": true, "sold": false }]);
    let ground = if scheme == "dark" { "color-scheme: dark; background: #111; color: #eee" } else { "background: #fff; color: #111" };
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\" title=\"Film\"");
    let dir = if lang == "en" { "ltr" } else { "rtl" };
    let page = Page::new().config(config).root(&format!("lang=\"{lang}\" dir=\"{dir}\"")).head(&format!("<style>body {{ {ground} }}</style>"));
    page.body("<h1>Title</h1><p>Text</p><div data-consentry-notice></div>").body(&frame)
}

/// Opens a page as wide as asked, in a frame where windows cannot be so narrow, and waits for the notice.
fn open(world: &World, page: &Page, width: u32) {
    let address = world.publish(page);
    world.run("try { sessionStorage.clear(); localStorage.clear(); } catch {}", &[]);
    if width < 600 {
        world.visit(&Page::without_consentry().body(&format!("<h1>Title</h1><iframe title=\"Page\" width=\"{width}\" height=\"640\" src=\"{address}\"></iframe>")));
        world.enter("iframe");
    } else {
        world.resize(width, 900);
        world.open(&address);
    }
    world.until("window.consentry && consentry.snapshot().view === 'notice' && document.querySelector('.consentry-notice p') && document.querySelector('[data-consentry-placeholder]')");
}

/// Shows the views of a page one after the other: the notice with a placeholder, all of the preference center, the way back.
fn each_view(world: &World, look: impl Fn(&str)) {
    look("notice and placeholder");
    world.click(".consentry-notice .consentry-actions button:nth-child(3)");
    world.until("document.querySelector('#consentry-root .consentry-preferences[open]')");
    look("preference center");
    world.run("for (const one of document.querySelectorAll('dialog details')) one.open = true;", &[]);
    world.click(".consentry-switch");
    look("preference center, all open");
    world.click(".consentry-preferences footer button:last-child");
    world.until("consentry.snapshot().view === 'none'");
    look("way back");
    world.click(".consentry-reopen button");
    world.until("document.querySelector('#consentry-root .consentry-preferences[open] #consentry-record')");
    world.run("for (const one of document.querySelectorAll('dialog details')) one.open = true;", &[]);
    look("preference center with a record");
}

fn no_violations(world: &World) {
    assert_eq!(missing(), Vec::<String>::new());
    let axe = World::file("node_modules/axe-core/axe.min.js");
    // The test itself can fail.
    world.visit(&Page::without_consentry().body("<h1>Title</h1><img src=\"/none.gif\"><button></button>"));
    world.run(&axe, &[]);
    assert_ne!(world.run_async(RUN, &[])[0], json!([]));
    for (layout, scheme, lang, width, position) in PAIRS {
        open(world, &page(world, layout, scheme, lang, position), width);
        each_view(world, |view| assert_no_violations(world, &axe, &format!("{view}: {layout}, {scheme}, {lang}, {width}, {position}")));
        world.leave();
    }
    world.resize(1280, 900);
}

/// The question of age in both forms, what it says to a slip, and its last page, which asks for a parent's address.
fn no_violations_where_age_is_asked(world: &World) {
    let axe = World::file("node_modules/axe-core/axe.min.js");
    for (ask, scheme, lang, dir) in [("years", "light", "en", "ltr"), ("bands", "dark", "ar", "rtl"), ("years", "dark", "he", "rtl")] {
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "theme": { "scheme": scheme } });
        config["age"] = json!({ "ask": ask, "parentalConsent": { "endpoint": "/parent" } });
        let head = format!("<style>body {{ color-scheme: {scheme}; background: Canvas; color: CanvasText }}</style>");
        let root = format!("lang=\"{lang}\" dir=\"{dir}\"");
        world.visit(&Page::new().config(config).root(&root).head(&head).body("<h1>Title</h1><p>Text</p>"));
        world.until("consentry.snapshot().view === 'notice' && document.querySelector('.consentry-notice p')");
        world.click(".consentry-notice .consentry-actions button");
        world.until("document.querySelector('.consentry-age')?.matches(':modal')");
        let check = |view: &str| assert_fit(world, &axe, &format!("{view}: {ask}, {scheme}, {lang}"));
        check("question of age");
        if ask == "years" {
            world.click(".consentry-age input");
            world.press(ENTER);
            world.until("document.querySelector('.consentry-age [aria-invalid=true]')");
            check("question of age after a slip");
            world.press("7");
            world.press(ENTER);
            world.until("document.querySelector('.consentry-age input[type=email]')");
            check("question for a parent");
        }
        world.press(ESCAPE);
        world.run("localStorage.clear(); sessionStorage.clear();", &[]);
    }
}

/// No violation and no contrast too low.
#[track_caller]
fn assert_fit(world: &World, axe: &str, what: &str) {
    assert_no_violations(world, axe, what);
    assert_eq!(world.run(CONTRAST, &[])[0], json!([]), "{what}");
}

/// Questions beside a form, before and after an answer, and the one before the browser's own.
fn no_violations_where_it_is_asked_in_place(world: &World) {
    let axe = World::file("node_modules/axe-core/axe.min.js");
    for (scheme, lang, dir) in [("light", "en", "ltr"), ("dark", "ar", "rtl")] {
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "theme": { "scheme": scheme } });
        config["site"]["policies"] = json!([{ "url": "/privacy" }]);
        config["services"][1]["permissions"] = json!(["notifications"]);
        let head = format!("<style>body {{ color-scheme: {scheme}; background: Canvas; color: CanvasText }}</style>");
        let form = "<h1>Title</h1><form data-consentry-ask=\"analytics video\"><label>Name <input></label></form><button id=\"bell\" style=\"background: Canvas; color: CanvasText\" onclick=\"Notification.requestPermission()\">Bell</button>";
        world.visit(&Page::new().config(config).root(&format!("lang=\"{lang}\" dir=\"{dir}\"")).head(&head).before("<script>window.Notification ||= class {}; Notification.requestPermission = async () => 'denied';</script>").body(form));
        world.until("document.querySelectorAll('[data-consentry-asks] button').length === 4 && document.querySelector('.consentry-notice p')");
        assert_fit(world, &axe, &format!("beside a form: {scheme}, {lang}"));
        world.click(".consentry-notice .consentry-actions button:nth-child(2)");
        world.until("consentry.snapshot().view === 'none'");
        assert_fit(world, &axe, &format!("beside a form, refused: {scheme}, {lang}"));
        world.click("#bell");
        world.until("document.querySelector('.consentry-ask')?.matches(':modal')");
        assert_fit(world, &axe, &format!("before the browser asks: {scheme}, {lang}"));
        world.press(ESCAPE);
        world.run("localStorage.clear();", &[]);
    }
}

/// What stands beside the page alone: links of opt-out, news of the policy, the status, and a message.
fn no_violations_beside_the_page(world: &World) {
    let axe = World::file("node_modules/axe-core/axe.min.js");
    for (scheme, lang, dir) in [("light", "en", "ltr"), ("dark", "he", "rtl")] {
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "theme": { "scheme": scheme } });
        config["floor"] = "law".into();
        config["site"]["policies"] = json!([{ "url": "/privacy" }]);
        config["policy"]["upcoming"] = json!({ "announced": "2020-01-01", "effective": "2999-01-01" });
        let head = format!("<style>body {{ color-scheme: {scheme}; background: Canvas; color: CanvasText }}</style>");
        let tag = "<script src=\"/consentry.js\" data-jurisdiction=\"US-CA\"></script>";
        world.visit(&Page::new().config(config).tag(tag).root(&format!("lang=\"{lang}\" dir=\"{dir}\"")).head(&head).body("<h1>Title</h1><p>Text</p>"));
        world.until("document.querySelector('.consentry-aside ul a') && document.querySelector('.consentry-aside div p a')");
        assert_fit(world, &axe, &format!("links and news: {scheme}, {lang}"));
        world.click(".consentry-aside a");
        world.until("document.querySelector('.consentry-honored').textContent && document.querySelector('.consentry-status').textContent");
        assert_fit(world, &axe, &format!("the status: {scheme}, {lang}"));
        world.run("localStorage.clear();", &[]);
    }
}

/// The preference center in a page's own text, wide and narrow, alone and behind the dialog.
fn no_violations_within_a_page(world: &World) {
    let axe = World::file("node_modules/axe-core/axe.min.js");
    for (scheme, lang, width) in [("light", "en", 1280), ("dark", "ar", 1280), ("dark", "en", 360), ("light", "he", 360)] {
        let page = page(world, "box", scheme, lang, "bottom").body("<h2>Choices</h2><div data-consentry-embed></div>");
        open(world, &page, width);
        world.until("document.querySelector('.consentry-embed footer button')");
        let check = |view: &str| {
            assert_fit(world, &axe, &format!("{view}: {scheme}, {lang}, {width}"));
            assert!(world.is("document.documentElement.scrollWidth <= innerWidth"), "{view}: {lang}, {width}: wider than the page");
        };
        check("in the page");
        world.click(".consentry-notice .consentry-actions button:nth-child(2)");
        world.until("consentry.snapshot().view === 'none'");
        world.run("for (const one of document.querySelectorAll('.consentry-embed details')) one.open = true;", &[]);
        check("in the page, all open");
        world.click(".consentry-reopen button");
        world.until("document.querySelector('#consentry-root .consentry-preferences[open] #consentry-record')");
        assert_no_violations(world, &axe, &format!("in the page and before it: {scheme}, {lang}, {width}"));
        world.leave();
    }
    world.resize(1280, 900);
}

fn contrast_is_kept(world: &World) {
    let mut looked = 0;
    let mut check = |what: &str| {
        world.settle();
        let found = world.run(CONTRAST, &[]);
        assert_eq!(found[0], json!([]), "{what}");
        looked += found[1].as_u64().unwrap_or_default();
    };
    for (layout, scheme, lang, width, position) in PAIRS.into_iter().step_by(3) {
        open(world, &page(world, layout, scheme, lang, position), width);
        let checking = std::cell::RefCell::new(&mut check);
        each_view(world, |view| checking.borrow_mut()(&format!("{view}: {layout}, {scheme}")));
        world.leave();
    }
    println!("  {} | contrasts measured: {looked}", world.engine.name());
    assert!(looked > 400, "only {looked} looked at");
    // The measure can fail.
    open(world, &page(world, "bar", "light", "en", "bottom").head("<style>:root { --consentry-text: #999 }</style>"), 1280);
    let faint: Value = world.run(CONTRAST, &[])[0].clone();
    assert!(faint.as_array().is_some_and(|low| low.len() > 3), "{faint}");
    world.resize(1280, 900);
}
