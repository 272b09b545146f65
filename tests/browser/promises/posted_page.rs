//! A page that answers a form is neither loaded nor sent again by what the visitor answers.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![reached_by_a_form];

fn reached_by_a_form(world: &World) {
    let frame = world.widget("video", Kind::Iframe).marked("data-service=\"video\"");
    let address = world.publish(&Page::new().body("<p id=\"result\">Result</p>").body(&frame));
    let form = format!("<form method=\"post\" action=\"{address}\"><input name=\"a\" value=\"1\"><button id=\"send\">Send</button></form>");
    world.visit(&Page::without_consentry().body(&form));
    world.click("#send");
    world.until("document.querySelector('#result') && window.consentry");
    let path = address.rsplit('/').next().unwrap_or_default();
    let loads = || -> Vec<String> {
        let requests = world.servers.site_requests().into_iter();
        requests.filter(|one| one.path.ends_with(path)).map(|one| one.method).collect()
    };
    assert_eq!(loads(), ["POST"]);
    world.assert_silent();
    world.accept_all();
    world.assert_reached(&["video/Iframe"]);
    world.run("consentry.withdraw();", &[]);
    world.until("!consentry.has('video')");
    world.settle();
    assert!(loads().is_empty(), "loaded again: {:?}", loads());
}
