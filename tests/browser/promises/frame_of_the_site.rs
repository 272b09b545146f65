//! A page of the site inside a frame of the site: one choice for both, and nothing gets out through either.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![with_the_tag, without_the_tag];

/// In the frame's page.
fn framed(expression: &str) -> String {
    format!("document.querySelector('#inner').contentWindow.{expression}")
}

fn with_the_tag(world: &World) {
    let inner = Page::new().body(&world.widget("tracker", Kind::Script).marked("data-service=\"tracker\""));
    let inner = world.publish(&inner);
    world.visit(&Page::new().body(&format!("<iframe id=inner title=Inner src=\"{inner}\"></iframe>")));
    world.notice();
    world.until(&framed("consentry.snapshot().phase === 'ready'"));
    world.assert_silent();
    world.accept_all();
    world.until(&framed("consentry.has('tracker')"));
    world.assert_reached(&["tracker/Script"]);
    assert_eq!(world.eval(&framed("consentry.snapshot().view")), "none", "one answer closes both notices");
    world.run("consentry.withdraw();", &[]);
    world.until(&format!("!{}", framed("consentry.has('tracker')")));
}

/// A frame that the page writes has natives of its own, and its address is the page's: the gate of the page holds there, too.
fn without_the_tag(world: &World) {
    let image = world.widget("tracker", Kind::Img);
    let script = format!(
        "window.stopped = [];
         const frame = document.body.appendChild(document.createElement('iframe'));
         frame.id = 'inner';
         const inner = frame.contentWindow;
         inner.document.body.innerHTML = '<p>' + \"{}\" + '</p>';
         new inner.Image().src = '{url}';
         inner.fetch('{url}').catch((error) => stopped.push(error.name));
         inner.navigator.sendBeacon('{url}') || stopped.push('beacon');
         const late = inner.document.createElement('img');
         late.src = '{url}';
         inner.document.body.append(late);",
        image.plain().replace('"', "'"),
        url = image.url,
    );
    let run = format!("{script} setTimeout(() => {{ window.done = true; }}, 0);");
    world.visit(&Page::without_consentry().body("<p>Page</p>").script(&format!("addEventListener('load', () => {{ {run} }});")));
    world.wait_for("the images", |seen| seen.count("tracker") >= 3);
    world.go_away();
    world.visit(&Page::new().body("<p>Page</p>").script(&format!("addEventListener('load', () => {{ {run} }});")));
    world.until("window.done && stopped.length === 2");
    assert_eq!(world.eval("stopped.sort()"), json!(["TypeError", "beacon"]));
    world.assert_silent();
    world.accept_all();
    world.wait_for("the images", |seen| seen.count("tracker") >= 1);
}
