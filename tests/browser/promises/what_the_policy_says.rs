//! What the site's policy says of itself is where visitors look for it: its dates, its news, its table of personal
//! information, the text for their place, and the site's own channels.

use consentry_browser_tests::{Page, World, promises};
use serde_json::{Value, json};

promises![channels_and_table, news_for_those_who_answered_before, the_text_for_the_place, links_that_opt_out_of_one_use];

fn center(world: &World) -> String {
    world.until("document.querySelector('#consentry-root dialog[open]')");
    // `textContent`, not what is laid out: closed disclosures count, too.
    world.eval("document.querySelector('#consentry-root dialog').textContent").as_str().unwrap_or_default().to_owned()
}

fn channels_and_table(world: &World) {
    let mut config = Page::config_of_two();
    config["site"]["contact"] = "mailto:privacy@site.example".into();
    config["site"]["links"] = json!({ "authority": "https://authority.example/", "rights": "/rights", "dpo": "mailto:dpo@site.example", "appeal": "/appeal", "unsubscribe": "/stop" });
    config["policy"] = json!({ "version": "1", "effective": "2018-05-24", "updated": "2019-12-31", "data": [
        { "category": "A", "label": { "en": "Identifiers", "de": "Kennungen" }, "collected": true, "disclosed": true, "disclosedBefore": false },
        { "category": "K", "label": "Inferences" } ] });
    config["signals"] = json!({ "dnt": "ignore" });
    world.visit(&Page::new().config(config.clone()));
    world.customize();
    let text = center(world);
    for words in ["In force since May 24, 2018.", "last updated on December 31, 2019.", "Test site does not sell personal information.", "“Do Not Track” changes nothing here"] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    // The site first, an authority last.
    let links = world.eval("[...document.querySelectorAll('.consentry-links a')].map((link) => [link.getAttribute('href'), link.textContent])");
    assert_eq!(links, json!([["mailto:privacy@site.example", "Contact Test site"], ["/rights", "See, correct, delete or object to data about you"], ["/stop", "Stop messages"],
      ["mailto:dpo@site.example", "Data protection officer"], ["/appeal", "Appeal a decision"], ["https://authority.example/", "Complain to an authority"]]));
    let rows = world.eval("[...document.querySelectorAll('.consentry-table tr')].map((row) => [...row.cells].map((cell) => cell.textContent))");
    assert_eq!(rows[0], json!(["", "Collected", "Collected, past 12 months", "Disclosed for business", "Disclosed for business, past 12 months", "Sold", "Sold, past 12 months"]));
    assert_eq!(rows[1], json!(["A · Identifiers", "Yes", "Yes", "Yes", "No", "No", "No"]));
    assert_eq!(rows[2], json!(["K · Inferences", "No", "No", "No", "No", "No", "No"]));
    // A service that sells, or a row that says so, and the sentence is gone.
    config["services"][1]["uses"] = json!(["sale"]);
    world.visit(&Page::new().config(config));
    world.customize();
    assert!(!center(world).contains("does not sell"));
}

/// The line on every page, when there is one.
fn line(world: &World) -> Value {
    world.settle();
    world.eval("document.querySelector('.consentry-aside div p')?.firstChild.data ?? null")
}

fn news_for_those_who_answered_before(world: &World) {
    let today = world.eval("new Date().toISOString().slice(0, 10)");
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([{ "url": "/privacy", "languages": ["en"] }]);
    world.visit(&Page::new().config(config.clone()));
    world.reject_all();
    config["policy"] = json!({ "version": "2", "updated": today, "changes": { "en": "The address changed.", "de": "Die Anschrift." } });
    let address = world.publish(&Page::new().config(config.clone()));
    world.open(&address);
    world.ready();
    let date = world.eval("new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date())");
    let told = format!("The privacy policy was last updated on {}. The address changed.", date.as_str().unwrap_or_default());
    world.element(".consentry-aside a");
    assert_eq!(line(world), told.as_str());
    assert_eq!(world.eval("document.querySelector('.consentry-aside a').getAttribute('href')"), "/privacy");
    assert!(!world.asks(), "a version that is not material asks nobody");
    // What the engine writes by itself tells nobody of anything.
    let place = Page::new().config(config.clone()).tag("<script src=\"/consentry.js\" data-gpc=\"1\" data-jurisdiction=\"US-CA\"></script>");
    world.visit(&place);
    world.ready();
    assert_eq!(world.eval("consentry.snapshot().record.entries.map((one) => [one.action, one.policyVersion]).pop()"), json!(["signal", "2"]));
    assert!(line(world).as_str().is_some_and(|line| line.contains("The address changed.")), "{}", line(world));
    // Old news are none, and whoever answers under the new version has read it.
    let mut old = config.clone();
    old["policy"]["updated"] = "2020-01-01".into();
    world.visit(&Page::new().config(old));
    world.ready();
    assert_eq!(line(world), Value::Null);
    world.open(&address);
    world.run("consentry.showNotice();", &[]);
    world.reject_all();
    assert_eq!(line(world), Value::Null);
    world.run("consentry.eraseRecord();", &[]);
    world.open(&address);
    world.ready();
    assert_eq!(line(world), Value::Null, "a first visit has no news");
}

fn the_text_for_the_place(world: &World) {
    let mut config = Page::config_of_two();
    config["site"]["policies"] = json!([
        { "url": "/global", "languages": ["en"], "authoritative": true },
        { "url": "/global-de", "languages": ["de"] },
        { "url": "/california", "places": ["US-CA"], "languages": ["en"] },
    ]);
    for (place, lang, url, binding) in [("US-CA", "en", "/california", ""), ("US-TX", "en", "/global", ""), ("DE", "de", "/global-de", "/global"), ("", "en", "/global", "")] {
        let tag = format!("<script src=\"/consentry.js\" data-jurisdiction=\"{place}\" data-lang=\"{lang}\"></script>");
        world.visit(&Page::new().config(config.clone()).tag(&tag));
        world.until("document.querySelector('.consentry-actions a')");
        assert_eq!(world.eval("document.querySelector('.consentry-actions a').getAttribute('href')"), url, "{place}");
        assert_eq!(world.eval("document.querySelector('.consentry-notice p a')?.getAttribute('href') || ''"), binding, "{place}");
    }
}

fn links_that_opt_out_of_one_use(world: &World) {
    let mut config = Page::config_of_two();
    config["floor"] = "law".into();
    config["services"][0]["uses"] = json!(["profiling"]);
    config["services"][1]["uses"] = json!(["targetedAds"]);
    let links = ["profiling", "targetedAds"].map(|use_| format!("<a id=\"{use_}\" href=\"#\" data-consentry-opt-out=\"{use_}\">No {use_}</a>"));
    let page = Page::new().config(config).tag("<script src=\"/consentry.js\" data-jurisdiction=\"US-CA\"></script>").body(&links.concat());
    for (link, tracker, video) in [("#profiling", false, true), ("#targetedAds", true, false)] {
        world.visit(&page);
        world.run("localStorage.clear();", &[]);
        world.reload();
        world.ready();
        assert!(world.has("tracker") && world.has("video"), "on by default");
        world.click(link);
        world.until("consentry.snapshot().record");
        assert_eq!((world.has("tracker"), world.has("video")), (tracker, video), "{link}");
    }
}
