//! "Load once" behind a policy goes by a page of the site's own, `consentry-frame.html`. It shows what its parent puts into it,
//! a page of the site that is: nothing of an address, a message or another site's page. The embed stays what it was.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![keeps_what_the_embed_may, shows_nothing_by_itself];

const FRAME: &str = "/consentry-frame.html";

fn film(world: &World) -> String {
    world.fake("video", "/film", Answer::html("<!doctype html><title>Film</title>"))
}

/// What the film's request says it comes from.
#[track_caller]
fn referer(world: &World) -> Option<String> {
    let seen = world.wait_for("the film", |seen| seen.has("video", "/film"));
    seen.requests.into_iter().find(|one| one.path == "/film").and_then(|one| one.referer)
}

/// Permissions, full screen and the referrer's policy are the embed's, and so is its sandbox.
fn keeps_what_the_embed_may(world: &World) {
    let given = "title=\"Film\" allow=\"fullscreen; camera 'none'\" allowfullscreen=\"\" referrerpolicy=\"no-referrer\" sandbox=\"allow-scripts allow-forms\"";
    let frame = format!("<iframe id=\"film\" name=\"film\" width=\"420\" height=\"236\" data-service=\"video\" data-src=\"{}\" {given}></iframe>", film(world));
    world.visit(&Page::without_consentry().body(&frame.replace("data-src", "src")));
    let expected = referer(world);
    world.go_away();
    world.visit(&Page::new().sealed(Page::config_of_two()).body(&frame));
    world.reject_all();
    world.press_button("Load once");
    assert_eq!(referer(world), expected, "the embed sends the referrer that it sends without");
    let inner = world.eval(
        "(() => { const [one] = document.querySelector('#film').contentDocument.querySelectorAll('iframe');
          return Object.fromEntries(one.getAttributeNames().sort().map((name) => [name, one.getAttribute(name)])); })()",
    );
    let expected = json!({
        "title": "Film", "allow": "fullscreen; camera 'none'", "allowfullscreen": "", "referrerpolicy": "no-referrer",
        "sandbox": "allow-scripts allow-forms", "src": film(world),
    });
    assert_eq!(inner, expected);
    // What the page knows the embed by stays with the frame in the page, which has to allow what is passed on.
    let outer = "(({ id, name, width, height, title, allow, allowFullscreen, offsetWidth, offsetHeight }) =>
      [id, name, width, height, title, allow, allowFullscreen, offsetWidth >= 420, offsetHeight >= 236])(document.querySelector('#film'))";
    assert_eq!(world.eval(outer), json!(["film", "film", "420", "236", "Film", "fullscreen; camera 'none'", true, true, true]));
}

/// What the page of the frame shows.
const SHOWN: &str = "[document.body.childElementCount, document.body.textContent.trim(), document.scripts.length]";

fn nothing() -> Value {
    json!([0, "", 0])
}

fn shows_nothing_by_itself(world: &World) {
    let film = film(world);
    let asked = format!("{FRAME}?url={film}&src={film}#{film}");
    // A visit.
    world.open(&world.site(&asked));
    world.run("postMessage({ url: arguments[0], src: arguments[0] }, '*'); postMessage(arguments[0], '*');", &[json!(film)]);
    world.settle();
    assert_eq!((world.eval(SHOWN), world.reached()), (nothing(), Vec::new()), "to a visitor");
    // A frame in a page of another site, which cannot reach into it.
    let parent = format!(
        "<!doctype html><title>Elsewhere</title><iframe src=\"{}\"></iframe><script>
         addEventListener('load', () => {{
           frames[0].postMessage({{ url: '{film}', src: '{film}' }}, '*');
           frames[0].postMessage('{film}', '*');
           try {{ frames[0].document.body.append('x'); window.reached = 'in'; }} catch (error) {{ window.reached = error.name; }}
         }});</script>",
        world.site(&asked)
    );
    world.servers.page("/parent.html", Answer::html(parent));
    world.open(&format!("{}/parent.html", world.servers.site_as("elsewhere")));
    world.until("window.reached");
    assert_eq!(world.eval("reached"), "SecurityError");
    world.settle();
    assert_eq!(world.reached(), [] as [&str; 0], "to another site's page");
    world.enter("iframe");
    assert_eq!(world.eval(SHOWN), nothing(), "in another site's page");
    world.leave();
    // The control: a page of the site puts an embed into it.
    let own = format!(
        "const one = document.querySelector('#own'); one.onload = () => {{ const inner = one.contentDocument.createElement('iframe'); inner.src = '{film}'; one.contentDocument.body.append(inner); }};
         one.src = '{FRAME}';"
    );
    world.visit(&Page::without_consentry().body("<iframe id=\"own\"></iframe>").script(&own));
    world.wait_for("the film", |seen| seen.has("video", "/film"));
}
