//! Several people at one device: what one allowed is nothing to the next, what one refused holds for all, and a record that
//! lasts a session is gone with it.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![no_grant_crosses, named_by_the_server, locked_for_one, nothing_unsaved_crosses, only_for_the_session];

fn page(world: &World, tag: &str) -> Page {
    let widgets = [world.widget("tracker", Kind::Script).marked("data-service=\"tracker\""), world.widget("video", Kind::Script).marked("data-service=\"video\"")];
    Page::new().tag(&format!("<script src=\"/consentry.js\" {tag}></script>")).body(&widgets.concat())
}

fn no_grant_crosses(world: &World) {
    let address = world.publish(&page(world, ""));
    world.open(&address);
    world.accept_all();
    world.assert_reached(&["tracker/Script", "video/Script"]);
    world.run("document.addEventListener('consentry:change', () => { window.changed = true; }); consentry.subject('ann@example.com');", &[]);
    world.until("window.changed && !consentry.has('tracker')");
    world.notice();
    let said = "[...document.querySelectorAll('#consentry-root [role=status]')].map((one) => one.textContent).join('')";
    assert_eq!(world.eval(said), "", "whoever is new reads nothing of what another has saved");
    world.reject_all();
    assert!(!world.is("Object.keys(localStorage).join().includes('ann')"), "whom the site means cannot be read");
    // Back to nobody in particular: Ann's no is newer than that yes.
    world.run("consentry.subject(null);", &[]);
    assert_eq!(world.eval("[consentry.has('tracker'), consentry.choice('tracker').reason]"), json!([false, "refused"]));
    world.servers.clear();
    world.open(&address);
    world.ready();
    world.assert_silent();
}

fn named_by_the_server(world: &World) {
    let (ann, bob) = (world.publish(&page(world, "data-subject=\"ann\"")), world.publish(&page(world, "data-subject=\"bob\"")));
    world.open(&ann);
    world.accept_all();
    world.assert_reached(&["tracker/Script", "video/Script"]);
    world.servers.clear();
    world.run("try { sessionStorage.clear(); } catch {}", &[]);
    world.open(&bob);
    world.notice();
    world.assert_silent();
    world.open(&ann);
    world.ready();
    world.assert_reached(&["tracker/Script", "video/Script"]);
    assert_eq!(world.eval("Object.keys(localStorage).filter((key) => key.startsWith('consentry.record')).length"), 1);
}

fn locked_for_one(world: &World) {
    world.visit(&page(world, ""));
    world.ready();
    world.run("consentry.subject('pupil', { locked: [{ id: 'video', by: 'Town school', reason: 'Lessons' }] });", &[]);
    world.accept_all();
    world.wait_for("the tracker", |seen| seen.has("tracker", "/Script"));
    world.assert_reached(&["tracker/Script"]);
    assert_eq!(world.eval("[consentry.choice('video').reason, consentry.snapshot().locked[0].by]"), json!(["locked", "Town school"]));
    world.run("consentry.subject('teacher');", &[]);
    assert_eq!(world.eval("[consentry.choice('video').reason, consentry.snapshot().locked.length]"), json!(["unanswered", 0]));
}

fn nothing_unsaved_crosses(world: &World) {
    world.visit(&Page::new().body("<div data-consentry-embed></div>"));
    world.until("document.querySelector('.consentry-embed footer button')");
    world.reject_all();
    let marketing = "document.querySelector('.consentry-embed [value=marketing]').getAttribute('aria-checked')";
    let click = |css: &str| {
        world.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' });", &[css.into()]);
        world.click(css);
    };
    click(".consentry-embed [value=marketing]");
    assert_eq!(world.eval(marketing), "true");
    world.run("consentry.subject('ann');", &[]);
    assert_eq!(world.eval(marketing), "false", "what another had switched");
    click(".consentry-embed footer button:last-child");
    world.until("consentry.snapshot().record");
    assert!(!world.has("video") && !world.has("marketing"));
}

fn only_for_the_session(world: &World) {
    let mut config = Page::config_of_two();
    config["record"] = json!({ "store": "session" });
    let address = world.publish(&page(world, "").config(config));
    world.open(&address);
    world.accept_all();
    assert_eq!(world.eval("[consentry.snapshot().storage, localStorage.length, 'consentry.record' in sessionStorage]"), json!(["session", 0, true]));
    world.reload();
    world.ready();
    assert!(world.has("tracker") && !world.asks());
    // Another tab is another session, as the browser's next start would be.
    let tab = world.new_tab();
    world.switch_to(&tab);
    world.open(&address);
    world.notice();
    assert!(!world.has("tracker"));
}
