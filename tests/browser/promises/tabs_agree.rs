//! Two tabs of a site agree within a second, on a yes and on a no; a yes travels by the stored record alone.

use consentry_browser_tests::{Kind, Page, World, promises};
use std::time::Instant;

promises![within_a_second];

fn within_a_second(world: &World) {
    let frame = world.widget("tracker", Kind::Iframe).marked("data-service=\"tracker\"");
    let note = "document.addEventListener('consentry:change', () => { (window.changes ||= []).push([Date.now(), consentry.has('tracker')]); });";
    let address = world.publish(&Page::new().body(&frame).script(note));
    world.open(&address);
    world.notice();
    let first = world.window();
    let second = world.new_tab();
    world.switch_to(&second);
    world.open(&address);
    world.notice();
    world.assert_silent();
    let delay = |from: &str, to: &str, act: &dyn Fn(), granted: bool| {
        world.switch_to(from);
        act();
        let pressed = world.eval("changes.at(-1)[0]").as_f64().unwrap_or_default();
        let begun = Instant::now();
        world.switch_to(to);
        world.until(&format!("consentry.has('tracker') === {granted} && window.changes && changes.at(-1)[1] === {granted}"));
        let heard = world.eval("changes.at(-1)[0]").as_f64().unwrap_or_default();
        assert!(heard - pressed < 1000.0, "the other tab took {} ms, seen after {:?}", heard - pressed, begun.elapsed());
        assert!(!world.asks(), "the other tab still asks");
    };
    delay(&second, &first, &|| world.accept_all(), true);
    world.wait_for("both tabs' frames", |seen| seen.count("tracker") >= 2);
    delay(&first, &second, &|| { world.run("consentry.withdraw();", &[]); }, false);
    assert_eq!(world.eval("consentry.choice('tracker').reason"), "withdrawn");
}
