//! Under a law of opt-out the browser's signal denies sale, sharing and targeted ads before the first request, one click
//! does the same, and either stands until the visitor says otherwise. Under opt-in the signal makes an older yes wait.

use consentry_browser_tests::{Engine, Kind, Page, World, promises};
use serde_json::{Value, json};

promises![
    signal_before_the_first_request,
    an_older_yes_waits_for_one_confirmation,
    one_click_on_the_link,
    the_line_hides_nothing_that_has_the_focus,
    opt_in_is_the_floor,
    the_place_counts_at_once_if_stricter,
    three_pages_unanswered,
    what_no_click_opens,
    what_is_forbidden_is_not_asked_for,
    what_runs_already_is_not_said_to_wait,
];

/// A site where the tracker only serves the site, and the video shares; the law of the place decides.
fn config(floor: &str) -> Value {
    let mut config = Page::config_of_two();
    config["floor"] = floor.into();
    config["services"][0]["serviceProvider"] = true.into();
    config
}

/// A page with a script of each service, in a place that the server names.
fn page(world: &World, floor: &str, place: &str) -> Page {
    let widgets = [world.widget("tracker", Kind::Script).marked("data-service=\"tracker\""), world.widget("video", Kind::Script).marked("data-service=\"video\"")];
    let tag = format!("<script src=\"/consentry.js\" data-jurisdiction=\"{place}\"></script>");
    Page::new().config(config(floor)).tag(&tag).body(&widgets.concat())
}

/// Switches the browser's own signal; where an engine has none, pages get the property from a script before ours.
fn with_signal(world: &World, page: Page) -> Page {
    if world.signal(true) {
        return page;
    }
    // Chromium only has it switched on for a whole profile (`a_real_signal` is about that), WebKitGTK not at all.
    assert_ne!(world.engine, Engine::Firefox, "this engine can send the signal");
    page.before("<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });</script>")
}

/// Waits until the status beside the page says this.
#[track_caller]
fn status(world: &World, words: &str) {
    world.until(&format!("document.querySelector('.consentry-aside [role=status]')?.textContent === '{words}'"));
}

fn signal_before_the_first_request(world: &World) {
    // The control: without a signal both load, and nobody is asked.
    world.visit(&page(world, "law", "US-CA"));
    world.ready();
    world.assert_reached(&["tracker/Script", "video/Script"]);
    assert!(!world.asks() && world.is("!document.querySelector('.consentry-aside [role=status]')?.textContent"));
    assert_eq!(world.eval("consentry.choice('video').reason"), "default");
    assert_eq!(world.eval("localStorage.length"), 0, "nothing is written before there is anything to keep");
    world.servers.clear();
    let page = with_signal(world, page(world, "law", "US-CA"));
    world.visit(&page);
    world.ready();
    world.assert_reached(&["tracker/Script"]);
    if world.engine == Engine::Firefox {
        let seen = world.servers.seen();
        assert!(seen.requests.iter().all(|request| request.gpc.as_deref() == Some("1")), "the browser sent Sec-GPC");
    }
    assert_eq!(world.eval("consentry.choice('video').reason"), "signal");
    assert_eq!(world.eval("consentry.snapshot().optOut"), json!(["sale", "share", "targetedAds"]));
    assert!(!world.asks(), "no notice in the way");
    status(world, "Opt-Out Request Honored, as your browser’s signal asks.");
    // Gone later: the opt-out stands, and its status with it.
    world.signal(false);
    world.servers.clear();
    world.visit(&self::page(world, "law", "US-CA"));
    world.ready();
    world.assert_reached(&["tracker/Script"]);
    assert_eq!(world.eval("consentry.choice('video').reason"), "refused");
    status(world, "Opt-Out Request Honored.");
}

fn an_older_yes_waits_for_one_confirmation(world: &World) {
    let plain = page(world, "opt-in", "DE");
    world.visit(&plain);
    world.ready();
    world.assert_silent();
    world.accept_all();
    world.assert_reached(&["tracker/Script", "video/Script"]);
    world.servers.clear();
    let address = world.publish(&with_signal(world, plain));
    world.open(&address);
    world.notice();
    world.assert_reached(&["tracker/Script"]);
    assert_eq!(world.eval("consentry.snapshot().asking"), json!(["marketing"]));
    assert!(world.is("document.querySelector('.consentry-notice').textContent.includes('Your browser asks sites not to sell')"));
    world.run("document.addEventListener('consentry:change', (event) => { window.change = event.detail; });", &[]);
    world.accept_all();
    world.wait_for("the video", |seen| seen.has("video", "/Script"));
    assert_eq!(world.eval("[change.action, change.optOut.length]"), json!(["user_after_gpc", 0]));
    world.servers.clear();
    world.open(&address);
    world.ready();
    world.assert_reached(&["tracker/Script", "video/Script"]);
    assert!(!world.asks(), "asked once");
}

fn one_click_on_the_link(world: &World) {
    let own = "<a id=\"own\" href=\"/privacy\" data-consentry-opt-out>Your Privacy Choices</a>";
    for click in [".consentry-aside a", "#own"] {
        world.visit(&page(world, "law", "US-CA").body(own));
        world.run("localStorage.clear();", &[]);
        world.reload();
        world.ready();
        world.element(".consentry-aside a");
        let link = world.eval("document.querySelector('.consentry-aside a').textContent");
        assert_eq!(link, "Do Not Sell or Share My Personal Information");
        assert!(world.is("document.querySelector('.consentry-aside a').hasAttribute('href')"));
        world.run("document.addEventListener('consentry:change', (event) => { window.change = event.detail; });", &[]);
        world.click(click);
        world.until("window.change");
        assert_eq!(world.eval("change.optOut"), json!(["sale", "share", "targetedAds"]));
        status(world, "Opt-Out Request Honored.");
        world.until("location.pathname.startsWith('/page')");
        world.servers.clear();
        world.reload();
        world.ready();
        world.assert_reached(&["tracker/Script"]);
        status(world, "Opt-Out Request Honored.");
    }
}

fn the_line_hides_nothing_that_has_the_focus(world: &World) {
    let tall = "<div style='height: 150vh'></div><button id='low'>Low</button><div style='height: 150vh'></div>";
    world.visit(&page(world, "law", "US-CA").body(tall));
    world.until("document.querySelector('.consentry-aside')?.offsetHeight");
    let room = "parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockEnd)";
    world.until(&format!("{room} > document.querySelector('.consentry-aside').offsetHeight"));
    world.run("document.querySelector('#low').focus();", &[]);
    let covered = "document.querySelector('#low').getBoundingClientRect().bottom > document.querySelector('.consentry-aside').getBoundingClientRect().top";
    world.until(&format!("scrollY > 0 && !({covered})"));
    // A visitor's own tool takes it away, and its room with it.
    world.run("document.querySelector('#consentry-root').style.setProperty('display', 'none', 'important');", &[]);
    world.until("getComputedStyle(document.documentElement).scrollPaddingBlockEnd === 'auto'");
}

fn opt_in_is_the_floor(world: &World) {
    for place in ["US-CA", "JP", "DE", "", "??"] {
        world.visit(&page(world, "opt-in", place));
        world.notice();
        world.assert_silent();
        assert_eq!(world.eval("consentry.snapshot().regime"), "opt-in", "{place}");
    }
    // Without a word from the server no place is guessed to be looser than what the browser says of itself.
    world.visit(&Page::new().config(config("law")));
    world.ready();
    let facts = world.eval("[consentry.snapshot().regime, consentry.snapshot().jurisdiction.how]");
    assert!(facts == json!(["opt-in", "default"]) || facts == json!(["opt-in", "language"]), "in UTC: {facts}");
}

fn the_place_counts_at_once_if_stricter(world: &World) {
    let mut by_meta = config("law");
    by_meta["jurisdiction"] = json!({ "meta": "place" });
    let page = page(world, "law", "").tag("<script src=\"/consentry.js\"></script>").config(by_meta);
    world.visit(&page.before("<meta name=\"place\" content=\"US-TX\">"));
    world.ready();
    assert_eq!(world.eval("consentry.snapshot().jurisdiction"), json!({ "place": "US-TX", "how": "hint", "stated": null }));
    assert!(world.has("video"));
    let look = "document.querySelector('meta[name=place]').content = arguments[0]; dispatchEvent(new Event('storage'));";
    world.run(look, &["FR".into()]);
    world.notice();
    assert!(!world.has("video") && !world.has("tracker"));
    world.run(look, &["US-TX".into()]);
    assert!(!world.has("video"), "looser only on the next page");
}

fn three_pages_unanswered(world: &World) {
    let address = world.publish(&Page::new());
    for _ in 0..3 {
        world.open(&address);
        world.notice();
    }
    world.open(&address);
    world.ready();
    assert!(!world.asks(), "a fourth page");
    assert!(world.is("document.querySelector('.consentry-reopen button')"));
    world.run("consentry.showNotice();", &[]);
    world.reject_all();
    assert_eq!(world.eval("sessionStorage.length"), 0, "nothing is counted any more");
}

fn what_runs_already_is_not_said_to_wait(world: &World) {
    let told = |page: Page| {
        world.visit(&page);
        world.ready();
        world.run("consentry.showNotice();", &[]);
        world.notice();
        let told = world.eval("[...document.querySelectorAll('.consentry-notice > :first-child p')].map((one) => one.textContent)");
        world.run("localStorage.clear();", &[]);
        told
    };
    // Under opt-in everything waits; where all runs until an opt-out, nothing is said to.
    let asked = "If you agree, Test site and its partners (2) will use cookies and similar storage for extra features, measuring visits, and advertising. If you do not, none of that loads. You can change your choice at any time under “Privacy settings”.";
    assert_eq!(told(page(world, "law", "DE")), json!([asked]));
    let runs = "Until you say no, cookies and similar storage are used by Test site and its partners (2) for extra features, measuring visits, and advertising.";
    assert_eq!(told(page(world, "law", "US-CA")), json!([runs]));
    // What is sensitive waits there all the same, and is told apart.
    let mut sensitive = config("law");
    sensitive["services"][1]["uses"] = json!(["sensitive"]);
    let both = told(page(world, "law", "US-CA").config(sensitive));
    assert!(both[0].as_str().is_some_and(|text| text.contains("partners (1) will use cookies and similar storage for advertising. If you do not")), "{both}");
    assert!(both[1].as_str().is_some_and(|text| text.starts_with("Until you say no") && text.ends_with("for extra features and measuring visits.")), "{both}");
    // In Britain statistics may rest on an objection, as counsel has it, and run before it.
    let mut british = config("law");
    british["categories"] = json!([{ "id": "analytics", "purposes": [{ "id": "count", "basis": "objection" }], "counsel": "Dana Law, 2026-11-01: our own visits" }]);
    let both = told(page(world, "law", "GB").config(british));
    assert!(both[0].as_str().is_some_and(|text| text.contains("for extra features and advertising. If you do not")), "{both}");
    assert_eq!(both[1], "Until you say no, cookies and similar storage are used by Test site and its partners (1) for measuring visits.");
}

fn what_is_forbidden_is_not_asked_for(world: &World) {
    let words = |forbidden: serde_json::Value| {
        let mut config = config("opt-in");
        config["policy"]["forbidden"] = forbidden;
        world.visit(&page(world, "opt-in", "DE").config(config));
        world.notice();
        world.eval("document.querySelector('#consentry-root').textContent").as_str().unwrap_or_default().to_owned()
    };
    let open = words(json!([]));
    assert!(open.contains("advertising") && open.contains("partners (2)"), "{open}");
    let barred = words(json!(["marketing"]));
    assert!(!barred.contains("advertising") && barred.contains("partners (1)"), "{barred}");
}

fn what_no_click_opens(world: &World) {
    let mut config = config("opt-in");
    config["policy"]["forbidden"] = json!(["video", "bad.example"]);
    config["locked"] = json!([{ "id": "tracker", "by": "Town school", "reason": "exam week" }]);
    world.visit(&page(world, "opt-in", "DE").config(config));
    world.notice();
    // The notice asks for what a yes would open, and for nothing else.
    let asks = world.eval("document.querySelector('.consentry-notice').textContent");
    assert!(asks.as_str().is_some_and(|text| text.contains("Test site will use") && text.contains("extra features") && !text.contains("advertising") && !text.contains("measuring")), "{asks}");
    world.accept_all();
    world.assert_silent();
    assert_eq!(world.eval("['video', 'tracker'].map((id) => consentry.choice(id).reason)"), json!(["forbidden", "locked"]));
    assert_eq!(world.eval("consentry.allows('https://bad.example/')"), false);
    world.press_button("Privacy settings");
    world.until("document.querySelector('#consentry-root dialog[open]')");
    assert!(world.is("document.querySelector('dialog').textContent.includes('Kept off: Town school, exam week')"));
    assert_eq!(world.eval("document.querySelectorAll('dialog [role=switch]').length"), 0, "nothing to switch");
}
