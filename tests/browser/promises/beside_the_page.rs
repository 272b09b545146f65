//! What a law of opt-out puts on every page can be seen and used beside the notice too, under the titles that the law words;
//! news of the policy are told in the visitor's words, and let go when they were seen. Nothing of it loads without need.

use consentry_browser_tests::{Page, World, promises};
use serde_json::{Value, json};

promises![links_are_not_hidden_by_the_notice, one_link_of_choices, news_let_go, loaded_where_there_is_something_to_say];

/// A site that sells and uses sensitive data, where the law of the place decides.
fn config(ui: Value) -> Value {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    config["services"][0]["uses"] = json!(["sensitive"]);
    config["site"]["policies"] = json!([{ "url": "/privacy" }]);
    config["ui"] = ui;
    config
}

fn page(config: Value, place: &str) -> Page {
    let tag = format!("<script src=\"/consentry.js\" data-jurisdiction=\"{place}\"></script>");
    Page::new().config(config).tag(&tag).body("<h1>Title</h1><p>Text</p>")
}

const TITLES: &str = "[...document.querySelectorAll('.consentry-aside li')].map((one) => one.textContent)";
/// Links that something stands in front of, or that are no links.
const COVERED: &str = "[...document.querySelectorAll('.consentry-aside a')].filter((one) => { one.scrollIntoView({ block: 'nearest' }); const r = one.getBoundingClientRect();
  return !one.getAttribute('href') || r.height < 23.9 || !one.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }).map((one) => one.outerHTML)";

fn files(world: &World) -> usize {
    world.servers.site_requests().iter().filter(|one| one.path == "/consentry.aside.js").count()
}

fn links_are_not_hidden_by_the_notice(world: &World) {
    let axe = World::file("node_modules/axe-core/axe.min.js");
    let check = "const done = arguments[arguments.length - 1]; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => done(violations.map(({ id, nodes }) => id + nodes[0].html)), (error) => done(String(error)));";
    for (layout, lang) in [("bar", "en"), ("box", "ar"), ("compact", "en"), ("modal", "de")] {
        let mut config = config(json!({ "layout": layout }));
        // Titles are the law's; a site's texts do not change them.
        config["texts"] = json!({ "en": { "rights.sale": "Ad choices", "rights.signal": "Signal followed." } });
        world.visit(&page(config, "US-CA").root(&format!("lang=\"{lang}\"")));
        world.element(".consentry-aside a");
        if lang == "en" {
            assert_eq!(world.eval(TITLES), json!(["Do Not Sell or Share My Personal Information", "Do Not Profile Me", "Limit the Use of My Sensitive Personal Information"]));
        }
        assert_eq!(world.eval(COVERED), json!([]), "{layout}");
        world.run("consentry.showNotice();", &[]);
        world.until("document.querySelector('.consentry-notice .consentry-aside')");
        assert_eq!(world.eval(COVERED), json!([]), "beside the notice, {layout}");
        world.run(&axe, &[]);
        assert_eq!(world.run_async(check, &[]), json!([]), "{layout}");
        world.click(".consentry-aside a");
        world.until("document.querySelector('.consentry-honored').textContent");
        assert_eq!(world.eval("consentry.snapshot().optOut"), json!(["sale", "share", "targetedAds"]));
        world.run("consentry.hide();", &[]);
        world.until("document.querySelector('#consentry-root > .consentry-aside')");
        assert_eq!(world.eval(COVERED), json!([]), "after the notice, {layout}");
        world.run("localStorage.clear();", &[]);
    }
}

fn one_link_of_choices(world: &World) {
    world.visit(&page(config(json!({ "optOut": "choices" })), "US-CA"));
    world.element(".consentry-aside a");
    assert_eq!(world.eval(TITLES), json!(["Your Privacy Choices"]));
    let icon = "(() => { const { width, height } = document.querySelector('.consentry-aside a > span').getBoundingClientRect(); return [width, height, document.querySelector('.consentry-aside a').getAttribute('href')]; })()";
    assert_eq!(world.eval(icon), json!([30, 14, "#consentry-rights"]));
    world.click(".consentry-aside a");
    world.until("document.querySelectorAll('.consentry-aside li').length === 3");
    assert_eq!(world.eval("[document.activeElement.className, consentry.snapshot().optOut]"), json!(["consentry-aside", []]), "the focus stays where the visitor was");
    world.click(".consentry-aside li:last-child a");
    world.until("document.querySelector('.consentry-honored').textContent === 'Opt-Out Request Honored.'");
    assert_eq!(world.eval("consentry.choice('tracker').allowed"), false);
    assert!(world.is("document.activeElement.className === 'consentry-aside' && !location.hash"));
}

fn news_let_go(world: &World) {
    let mut config = config(json!({}));
    config["floor"] = "opt-in".into();
    let day = |days: i32| world.eval(&format!("new Date(Date.now() + {days} * 864e5).toISOString().slice(0, 10)"));
    config["policy"]["upcoming"] = json!({ "announced": day(-2), "effective": day(40), "noticeDays": 30, "kind": "controller", "controller": "Buyer Inc." });
    let address = world.publish(&page(config, "DE"));
    world.open(&address);
    world.reject_all();
    world.element(".consentry-aside p a[href='/privacy']");
    let date = world.eval("new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(Date.now() + 40 * 864e5))");
    let told = format!("From {}, Buyer Inc. will be responsible for this site. You will be asked again. Privacy policy", date.as_str().unwrap_or_default());
    assert_eq!(world.eval("document.querySelector('.consentry-aside div p').textContent"), told.as_str());
    world.press_button("Got it");
    world.until("!document.querySelector('.consentry-aside')");
    world.open(&address);
    world.ready();
    world.settle();
    assert_eq!(world.eval("document.querySelectorAll('.consentry-aside').length"), 0, "told twice in a visit");
    world.run("sessionStorage.clear();", &[]);
    world.open(&address);
    world.element(".consentry-aside p");
}

fn loaded_where_there_is_something_to_say(world: &World) {
    let mut strict = config(json!({}));
    strict["floor"] = "opt-in".into();
    world.visit(&page(strict, "DE"));
    world.reject_all();
    world.reload();
    world.ready();
    world.settle();
    assert_eq!(files(world), 0);
    world.visit(&page(config(json!({})), "US-CA"));
    world.element(".consentry-aside");
    assert_eq!(files(world), 1);
}
