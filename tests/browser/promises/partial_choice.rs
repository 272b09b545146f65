//! A partial choice opens what was chosen and nothing else, now and on the next page.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![one_category_of_two];

fn one_category_of_two(world: &World) {
    let tracker = world.widget("tracker", Kind::Script);
    let video = world.widget("video", Kind::Iframe);
    world.visit(&Page::without_consentry().body(&tracker.plain()).body(&video.plain()));
    world.assert_reached(&["tracker/Script", "video/Iframe"]);
    world.servers.clear();
    let tracker = tracker.marked("data-category=\"analytics\" data-service=\"tracker\"");
    world.visit(&Page::new().body(&tracker).body(&video.marked("data-service=\"video\"")));
    world.customize();
    world.assert_silent();
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.until("consentry.has('analytics')");
    for _ in 0..2 {
        world.assert_reached(&["tracker/Script"]);
        assert!(world.has("tracker") && !world.has("video") && !world.has("marketing"));
        assert_eq!(world.eval("consentry.choice('video').reason"), "refused");
        world.servers.clear();
        world.reload();
        world.ready();
    }
}
