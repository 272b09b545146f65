//! `DOMContentLoaded` and `load` listeners that a released script adds still fire, once; nobody else's fire again.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;

promises![late_listeners_fire_once];

const OWN: &str = "window.own = []; window.late = [];
document.addEventListener('DOMContentLoaded', () => own.push('document'));
addEventListener('DOMContentLoaded', () => own.push('window'));
addEventListener('load', () => own.push('load'));";

const LATE: &str = "document.addEventListener('DOMContentLoaded', (event) => late.push('document ' + event.type));
window.addEventListener('DOMContentLoaded', { handleEvent(event) { late.push('object ' + event.type); } });
addEventListener('load', function (event) { late.push('load ' + event.type + ' ' + (this === window)); });
addEventListener('load', () => late.push('once'), { once: true });
const gone = () => late.push('removed');
addEventListener('load', gone);
removeEventListener('load', gone);";

fn late_listeners_fire_once(world: &World) {
    let url = world.fake("tracker", "/late.js", Answer::script(LATE));
    let held = format!("<script type=\"text/plain\" data-category=\"analytics\" src=\"{url}\"></script>");
    world.visit(&Page::new().head(&format!("<script>{OWN}</script>")).body(&held));
    world.accept_all();
    world.until("late.length >= 4");
    // A site script that comes as late as that has missed the events, as it always has.
    world.run("addEventListener('load', () => own.push('too late'));", &[]);
    world.assert_reached(&["tracker/late.js"]);
    let mut late: Vec<String> = serde_json::from_value(world.eval("late")).unwrap_or_default();
    late.sort_unstable();
    assert_eq!(late, ["document DOMContentLoaded", "load load true", "object DOMContentLoaded", "once"]);
    assert_eq!(world.eval("own"), serde_json::json!(["document", "window", "load"]));
}
