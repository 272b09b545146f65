//! At level `header` the server's own policy keeps third parties out, marked or not, and lets in what the visitor's cookie
//! says was granted; the cookie alone never makes Consentry believe a grant.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![all, some, refused, a_cookie_alone, withdrawn, erased, off_by_default, level_is_detected, without_our_file];

/// Unmarked third parties and a marked embed.
fn widgets(world: &World, page: Page) -> Page {
    let film = world.fake("video", "/film", Answer::html("<!doctype html><title>Film</title>"));
    page.body(&world.widget("tracker", Kind::Script).plain())
        .body(&world.widget("video", Kind::Img).plain())
        .body(&world.widget("video", Kind::ImgSrcset).plain())
        .body(&format!("<iframe data-service=\"video\" data-src=\"{film}\" title=\"Film\" width=\"420\" height=\"236\"></iframe>"))
}

fn page(world: &World) -> Page {
    widgets(world, Page::new().headed(Page::config_of_two()))
}

const ALL: [&str; 4] = ["tracker/Script", "video/Img", "video/ImgSrcset", "video/film"];

/// Opens the page as a new visitor, to whom nothing third-party has come.
#[track_caller]
fn open(world: &World) -> String {
    let address = world.publish(&page(world));
    world.servers.clear();
    world.open(&address);
    world.notice();
    assert_eq!(world.reached(), [] as [&str; 0]);
    assert_eq!(world.eval("consentry.snapshot().level"), "header");
    assert_eq!(world.eval("document.cookie"), "");
    world.servers.clear();
    address
}

/// The cookie without its minutes, which are those of now.
#[track_caller]
fn mirror(world: &World) -> String {
    let cookie = world.eval("document.cookie");
    let minutes = "Math.abs(document.cookie.split('.')[1] * 60000 - Date.now()) < 9e4";
    assert!(cookie == "" || world.is(minutes), "{cookie}");
    let parts: Vec<&str> = cookie.as_str().unwrap_or_default().split('.').collect();
    parts.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, part)| *part).collect::<Vec<_>>().join(".")
}

fn all(world: &World) {
    world.visit(&widgets(world, Page::without_consentry()));
    world.wait_for("the control", |seen| ALL[..3].iter().all(|path| seen.paths().iter().any(|one| one == path)));
    world.go_away();
    let address = open(world);
    world.press_button("Accept all");
    world.assert_reached_alone(&ALL);
    assert_eq!(world.navigations(&address), 1);
    assert_eq!(mirror(world), "consentry=1.functional.analytics.marketing.tracker.video");
    world.open("about:blank");
    world.servers.clear();
    world.open(&address);
    world.assert_reached_alone(&ALL);
    assert_eq!((world.navigations(&address), world.eval("consentry.snapshot().level")), (1, json!("header")));
}

fn some(world: &World) {
    let address = open(world);
    world.customize();
    world.press_button("Marketing");
    world.press_button("Save choices");
    world.assert_reached_alone(&ALL[1..]);
    assert_eq!((mirror(world).as_str(), world.navigations(&address)), ("consentry=1.marketing.video", 1));
}

fn refused(world: &World) {
    let address = open(world);
    world.reject_all();
    assert_eq!(mirror(world), "consentry=1");
    // Where the browser has lost the record, the cookie tells of the refusal; nobody is asked again.
    world.run("localStorage.clear();", &[]);
    world.open(&address);
    world.ready();
    assert_eq!(world.eval("[consentry.snapshot().view, consentry.choice('analytics').reason, consentry.snapshot().record.action]"), json!(["none", "refused", "import"]));
    assert_eq!((world.reached(), world.navigations(&address)), (Vec::new(), 1));
}

fn a_cookie_alone(world: &World) {
    let address = open(world);
    let forged = "document.cookie = `consentry=1.${Math.floor(Date.now() / 60000)}.analytics.tracker; path=/`;";
    world.run(forged, &[]);
    world.open(&address);
    world.notice();
    assert!(!world.has("tracker") && !world.has("analytics"));
    assert_eq!((world.eval("consentry.choice('marketing').reason"), mirror(world).as_str()), (json!("refused"), "consentry=1"));
    world.servers.clear();
    world.reload();
    world.ready();
    assert_eq!(world.reached(), [] as [&str; 0], "the server has heard that it was not so");
}

fn withdrawn(world: &World) {
    let address = open(world);
    world.press_button("Accept all");
    world.assert_reached_alone(&ALL);
    world.run("consentry.withdraw('tracker');", &[]);
    assert_eq!(mirror(world), "consentry=1.functional.analytics.marketing.video");
    world.run("consentry.withdraw();", &[]);
    assert_eq!(mirror(world), "consentry=1");
    world.open("about:blank");
    world.servers.clear();
    world.open(&address);
    world.ready();
    assert_eq!(world.reached(), [] as [&str; 0]);
}

fn erased(world: &World) {
    open(world);
    world.reject_all();
    assert_eq!(mirror(world), "consentry=1");
    world.run("consentry.eraseRecord();", &[]);
    assert_eq!(world.eval("document.cookie"), "");
}

fn off_by_default(world: &World) {
    world.visit(&Page::new());
    world.accept_all();
    assert_eq!(world.eval("document.cookie"), "");
    // At a level that needs no server's policy it is written just as well, soon after the start.
    let mut config = Page::config_of_two();
    config["record"] = json!({ "cookie": { "domain": "auto" } });
    world.visit(&Page::new().config(config));
    world.until("document.cookie.startsWith('consentry=1.')");
    assert_eq!((world.eval("consentry.snapshot().level"), mirror(world).split('.').count()), (json!("auto"), 6));
}

/// The level is what the browser refuses, whatever the config says.
fn level_is_detected(world: &World) {
    let level = |page: &Page| {
        world.visit(page);
        world.ready();
        world.eval("consentry.snapshot().level")
    };
    let mut claims = Page::config_of_two();
    claims["record"] = json!({ "cookie": {} });
    assert_eq!(level(&Page::new().headed(claims.clone()).config(claims.clone())), "header");
    claims["gate"] = json!({ "level": "header" });
    for foreign in ["default-src * 'unsafe-inline'", "base-uri 'self'", "base-uri 'self'; default-src 'self' 'unsafe-inline'; img-src *"] {
        assert_eq!(level(&Page::new().config(claims.clone()).csp(foreign)), "marked", "{foreign}");
        assert!(world.said().iter().any(|line| line.starts_with("error: Consentry: gate.level")), "{:?}", world.said());
    }
}

fn without_our_file(world: &World) {
    world.servers.page("/consentry.js", Answer::new("text/plain", "not here").status(404));
    world.visit(&page(world).body("<p id=\"text\">Our own text</p>"));
    assert_eq!(world.eval("[typeof consentry, text.textContent]"), json!(["undefined", "Our own text"]));
    assert_eq!(world.reached(), [] as [&str; 0]);
}
