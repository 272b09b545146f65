//! A sign-in in a window of its own opens, reports to its page and is closed, with Consentry as without.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![a_sign_in_window];

fn a_sign_in_window(world: &World) {
    let login = world.fake("login", "/oauth", Answer::html("<!doctype html><title>Sign in</title><script>opener.postMessage({ token: 'abc' }, '*');</script>"));
    let open = format!("document.querySelector('#sign-in').onclick = () => {{ window.popup = open('{login}', 'oauth', 'width=400,height=400'); }};
      addEventListener('message', ({{ data, source }}) => {{ if (data.token) {{ window.token = [data.token, source === popup]; popup.close(); }} }});");
    for page in [Page::without_consentry(), Page::new(), Page::new().sealed(Page::config_of_two())] {
        world.visit(&page.body("<button id=\"sign-in\" type=\"button\">Sign in</button>").script(&open));
        world.until("document.readyState === 'complete'");
        world.click("#sign-in");
        world.until("window.token");
        assert_eq!(world.eval("token"), json!(["abc", true]));
        world.until("popup.closed");
    }
}
