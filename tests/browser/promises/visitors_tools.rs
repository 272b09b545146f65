//! Tools of the visitor's own can see and work what we show: those that refuse for them find it by its words and buttons, and
//! those that hide it leave a page that can be used, and no yes.

use consentry_browser_tests::{Page, World, promises};
use serde_json::{Value, json};

promises![a_tool_finds_the_notice_and_refuses, a_script_that_accepts_is_refused, hidden_it_leaves_the_page_alone];

/// Refuses as such tools do, knowing nothing of us: some block in front of the page that speaks of cookies, and in it a
/// real button whose words say no.
const REFUSE: &str = "const [no] = arguments; const seen = (one) => { const r = one.getBoundingClientRect(); return r.width > 9 && r.height > 9 && getComputedStyle(one).visibility === 'visible'; };
const blocks = [...document.querySelectorAll('div, section, dialog, [role=dialog], [role=region]')].filter((one) => seen(one) && ['fixed', 'sticky'].includes(getComputedStyle(one).position) && /cookie|evästeet|クッキー|كوكي|ارتباط|饼干/i.test(one.textContent));
const buttons = blocks.flatMap((one) => [...one.querySelectorAll('button')]).filter((one) => seen(one) && !one.disabled && one.innerText.trim().toLowerCase().includes(no.toLowerCase()));
if (buttons[0]) buttons[0].click();
return [blocks.length > 0, [...new Set(buttons)].length];";

fn text(tag: &str, key: &str) -> String {
    let texts: Value = serde_json::from_str(&World::file(&format!("locales/{tag}.json"))).expect("texts are JSON");
    texts[key].as_str().unwrap_or_default().to_owned()
}

fn shown(world: &World) {
    world.until("window.consentry && consentry.snapshot().view === 'notice' && document.querySelector('.consentry-notice p')");
}

fn a_tool_finds_the_notice_and_refuses(world: &World) {
    let words = [("en", "reject"), ("de", "ablehnen"), ("fr", "refuser"), ("es", "rechazar"), ("it", "rifiuta"), ("nl", "weigeren"), ("pl", "odrzuć"), ("ja", "拒否"), ("ar", "رفض")];
    for ((lang, no), layout) in words.into_iter().zip(["bar", "box", "compact", "modal"].into_iter().cycle()) {
        let mut config = Page::config_of_two();
        config["ui"] = json!({ "layout": layout });
        world.visit(&Page::new().config(config).root(&format!("lang=\"{lang}\"")).body("<h1>Title</h1>"));
        shown(world);
        let label = text(lang, "notice.reject").to_lowercase();
        assert!(label.contains(no), "{lang}: {label}");
        assert_eq!(world.run(REFUSE, &[no.into()]), json!([true, 1]), "{lang}, {layout}");
        world.until("consentry.snapshot().view === 'none'");
        assert_eq!(world.eval("[consentry.snapshot().record.action, consentry.has('analytics'), consentry.choice('marketing').reason]"), json!(["reject_all", false, "refused"]), "{lang}");
        world.run("localStorage.clear();", &[]);
    }
    // From the second layer just so, and the switches say what they are.
    world.visit(&Page::new());
    world.customize();
    assert_eq!(world.eval("[...document.querySelectorAll('dialog [role=switch], dialog [role=checkbox]')].every((one) => one.localName === 'button' && one.getAttribute('aria-checked') === 'false')"), true);
    assert_eq!(world.run(REFUSE, &["reject".into()])[0], true);
    world.until("consentry.snapshot().view === 'none' && consentry.snapshot().record.action === 'reject_all'");
}

fn a_script_that_accepts_is_refused(world: &World) {
    world.visit(&Page::new());
    shown(world);
    assert_eq!(world.run(REFUSE, &["accept".into()])[0], true);
    world.settle();
    assert_eq!(world.eval("[consentry.has('analytics'), consentry.snapshot().record, consentry.snapshot().view]"), json!([false, null, "notice"]));
}

fn hidden_it_leaves_the_page_alone(world: &World) {
    let hide = "document.getElementById('consentry-root').style.setProperty('display', 'none', 'important');";
    let free = "[document.documentElement, document.body].map((one) => getComputedStyle(one).overflow).concat([document.querySelectorAll(':modal').length, document.querySelectorAll('[inert]').length, getComputedStyle(document.documentElement).scrollPaddingBlockEnd])";
    for layout in ["bar", "box", "compact", "modal"] {
        for disturb in [hide, "document.querySelector('.consentry-notice').remove();"] {
            let mut config = Page::config_of_two();
            config["ui"] = json!({ "layout": layout });
            world.visit(&Page::new().config(config).body("<button id=\"own\" onclick=\"window.pressed = true\">Own</button>").body(&"<p>Text</p>".repeat(90)));
            shown(world);
            world.run(disturb, &[]);
            world.settle();
            let state = world.eval(free);
            assert_eq!(json!([state[0], state[1], state[2], state[3]]), json!(["visible", "visible", 0, 0]), "{layout}, {disturb}");
            assert!(disturb != hide || state[4] == "auto", "{layout}: room for what is not there");
            world.click("#own");
            world.run("scrollTo(0, 400);", &[]);
            world.until("pressed && scrollY > 300");
            assert_eq!(world.eval("[consentry.has('analytics'), consentry.has('marketing'), consentry.snapshot().record, localStorage.length]"), json!([false, false, null, 0]), "{layout}");
        }
    }
    // The same of the preference center, which nobody sees then.
    world.visit(&Page::new().body("<button id=\"open\" data-consentry-open>Cookies</button><button id=\"own\" onclick=\"window.pressed = true\">Own</button>"));
    shown(world);
    world.run(hide, &[]);
    world.click("#open");
    world.until("performance.getEntriesByType('resource').some(({ name }) => name.includes('consentry.preferences'))");
    world.settle();
    world.click("#own");
    assert_eq!(world.eval("[pressed, document.querySelectorAll(':modal').length, consentry.snapshot().record]"), json!([true, 0, null]));
}
