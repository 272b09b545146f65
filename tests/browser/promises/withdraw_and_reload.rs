//! A withdrawal takes effect at once for what comes after it, removes what the service stored, and holds after a reload.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![withdrawn_means_gone];

fn withdrawn_means_gone(world: &World) {
    let tracker = world.widget("tracker", Kind::Script);
    let video = world.widget("video", Kind::Iframe);
    world.visit(&Page::without_consentry().body(&tracker.plain()).body(&video.plain()));
    world.assert_reached(&["tracker/Script", "video/Iframe"]);
    world.servers.clear();
    let page = Page::new().body(&tracker.marked("data-service=\"tracker\"")).body(&video.marked("data-service=\"video\""));
    world.visit(&page);
    world.accept_all();
    world.assert_reached(&["tracker/Script", "video/Iframe"]);
    world.run(
        "document.cookie = '_tr1=a; path=/; max-age=9999'; document.cookie = 'own=b; path=/; max-age=9999';
         localStorage.tr_id = 'c'; localStorage.own = 'd';",
        &[],
    );
    // Withdrawing needs no gesture; what is left belongs to the site.
    world.run("consentry.withdraw('tracker');", &[]);
    world.until("!consentry.has('tracker')");
    assert_eq!(world.eval("consentry.choice('tracker').reason"), "withdrawn");
    assert_eq!(world.eval("document.cookie"), "own=b");
    assert_eq!(world.eval("[localStorage.tr_id || null, localStorage.own]"), serde_json::json!([null, "d"]));
    assert!(world.has("video"));
    world.servers.clear();
    world.reload();
    world.ready();
    world.assert_reached(&["video/Iframe"]);
    world.run("consentry.withdraw();", &[]);
    world.until("!consentry.has('video')");
    world.go_away();
    world.visit(&page);
    world.ready();
    world.assert_silent();
    assert!(!world.has("video") && !world.has("tracker"));
}
