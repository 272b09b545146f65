//! The cookie that tells the site's server what was granted tells other pages of the site of a no; and in a frame on another
//! site's page it is written as browsers keep it there.

use consentry_browser_tests::{Engine, Kind, Page, World, promises};
use loopback::Answer;
use serde_json::json;
use std::time::Duration;

promises![a_later_no_at_another_host, a_later_no_while_the_page_loads, in_a_frame_of_another_site];

fn page(world: &World) -> Page {
    let mut config = Page::config_of_two();
    config["record"] = json!({ "cookie": {} });
    Page::new().config(config).body(&world.widget("tracker", Kind::Script).marked("data-service=\"tracker\""))
}

/// Whether the page has written its own grant.
const OWN: &str = "/=1\\.\\d+\\.functional\\.analytics/.test(document.cookie)";

/// Times of the record are of seconds: from the next one on a no can be later.
const NEXT_SECOND: &str = "Math.floor(Date.now() / 1000) > Date.parse(consentry.snapshot().record.time) / 1000";

/// Writes the cookie as another host of the site would that heard an answer so many minutes from now.
fn write(world: &World, minutes: i32, ids: &str) {
    world.run("document.cookie = `consentry=1.${Math.floor(Date.now() / 60000) + arguments[0]}${arguments[1]}; path=/`;", &[minutes.into(), ids.into()]);
}

fn a_later_no_at_another_host(world: &World) {
    let address = world.publish(&page(world));
    world.open(&address);
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    world.until(OWN);
    world.until(NEXT_SECOND);
    for (minutes, ids) in [(-9, ""), (1, ".functional")] {
        world.go_away();
        world.open(&address);
        world.until(OWN);
        write(world, minutes, ids);
        world.open(&address);
        world.ready();
        assert!(world.has("tracker"), "an older no, or a list of grants, says nothing: {minutes} {ids:?}");
    }
    world.until(OWN);
    write(world, 1, "");
    world.go_away();
    world.open(&address);
    world.ready();
    let found = "[consentry.snapshot().view, consentry.choice('tracker').reason, consentry.snapshot().record.action]";
    assert_eq!(world.eval(found), json!(["none", "refused", "import"]));
    world.assert_silent();
    // It is the record's own from now on.
    world.run("document.cookie = 'consentry=; max-age=0; path=/';", &[]);
    world.reload();
    world.ready();
    assert_eq!(world.eval("consentry.choice('tracker').reason"), "refused");
}

/// Where the page is opened again, writes the no of another host before what writes our own cookie has come.
const AGAIN: &str = "if (location.search) consentry.ready.then(() => {
  window.before = performance.getEntriesByType('resource').filter((one) => one.name.includes('consentry.sealed.js')).length;
  document.cookie = `consentry=1.${Math.floor(Date.now() / 60000) + 1}; path=/`;
  setInterval(() => fetch('/go'), 50); // it may be asked for before the file is
});";

fn a_later_no_while_the_page_loads(world: &World) {
    let address = world.publish(&page(world).script(AGAIN));
    world.open(&address);
    world.accept_all();
    world.until(OWN);
    world.until(NEXT_SECOND);
    let file = World::built("consentry.sealed.js");
    let start: String = file.chars().take(40).collect();
    let whole = Answer::script(file);
    world.servers.page("/consentry.sealed.js", whole.clone().pause_after(start, "/go", Duration::from_mins(1)));
    world.servers.page("/go", Answer::new("text/plain", "on"));
    world.go_away();
    // Its load waits for the file, and for all that the file does at once.
    world.open(&format!("{address}?again"));
    assert_eq!(world.eval("window.before"), 0, "the file was on its way");
    world.settle();
    world.servers.page("/consentry.sealed.js", whole);
    world.open(&address);
    world.ready();
    assert_eq!(world.eval("consentry.choice('tracker').reason"), "refused");
}

/// Keeps what is written to the cookie jar in `written`, from before Consentry.
const SPY: &str = "<script>{ const { set, get } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie'); window.written = [];
  Object.defineProperty(Document.prototype, 'cookie', { get, set(text) { written.push(text); set.call(this, text); }, configurable: true }); }</script>";

fn in_a_frame_of_another_site(world: &World) {
    let address = world.publish(&page(world).before(SPY));
    let outer = world.fake("embedder", "/page", Answer::html(format!("<!doctype html><title>Another site</title><iframe id=\"inner\" title=\"Framed\" src=\"{address}\"></iframe>")));
    let tried = "written.filter((one) => /^consentry=1\\./.test(one)).map((one) => one.replace(/^.*?;/, ''))";
    world.open(&address);
    world.accept_all();
    world.until("document.cookie.includes('consentry=1.')");
    let lax = "path=/;max-age=34560000;samesite=lax";
    assert_eq!(world.eval(tried), json!([lax]), "on the site's own page");
    world.open(&outer);
    world.enter("#inner");
    // It has a storage of its own there, where browsers keep sites apart.
    world.until("consentry.snapshot().phase === 'ready'");
    if world.asks() {
        world.accept_all();
    }
    world.until(&format!("document.cookie.includes('consentry=1.') || {tried}.length > 1"));
    let partitioned = "path=/;max-age=34560000;samesite=none;secure;partitioned";
    if world.engine == Engine::Chromium {
        assert_eq!(world.eval(tried), json!([lax, partitioned]));
        assert!(world.is("document.cookie.includes('consentry=1.')"), "kept");
        world.servers.clear();
        world.run("location.reload();", &[]);
        world.wait_for_site("the frame's page", |seen| seen.requests.iter().any(|one| one.path.starts_with("/page") && one.cookies.contains("consentry=1.")));
        world.until("window.consentry?.snapshot().phase === 'ready'");
        world.run("consentry.rejectAll();", &[]);
        world.until("/consentry=1\\.\\d+$/.test(document.cookie)");
        world.run("consentry.eraseRecord();", &[]);
        world.until("!document.cookie.includes('consentry')");
    }
    world.leave();
}
