//! An optimizer that defers, combines or delays our script changes when it asks, not what it holds; the snapshot says so.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;

promises![delayed_by_an_optimizer];

fn delayed_by_an_optimizer(world: &World) {
    let config = "<script type=\"application/json\" id=\"consentry-config\">CONFIG</script>".replace("CONFIG", &Page::config_of_two().to_string());
    let script = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"");
    let product = std::fs::read_to_string(World::product()).expect("the product is built");
    world.servers.page("/combined.js", Answer::script(format!("window.before = 1;\n{product};\nwindow.after = 1;")));
    let tags = [
        ("deferred", "<script defer src=\"/consentry.js\"></script>", true),
        ("a module's turn", "<script type=\"module\">document.head.append(Object.assign(document.createElement('script'), { src: '/consentry.js' }));</script>", true),
        ("combined, deferred", "<script defer src=\"/combined.js\"></script>", true),
        ("delayed until load", "<script>addEventListener('load', () => document.head.append(Object.assign(document.createElement('script'), { src: '/consentry.js' })));</script>", true),
        ("in its place", "<script src=\"/consentry.js\"></script>", false),
    ];
    for (name, tag, late) in tags {
        world.visit(&Page::without_consentry().before(&config).head(tag).body(&script));
        world.until("window.consentry && consentry.snapshot().view === 'notice'");
        assert_eq!(world.eval("consentry.snapshot().late"), late, "{name}");
        let said = world.said();
        let warnings = said.iter().filter(|line| line.contains("Put the tag first in <head>")).count();
        assert_eq!(warnings, usize::from(late), "{name}: {said:?}");
        world.assert_silent();
    }
    world.visit(&Page::without_consentry().before(&config).head(tags[3].1).body(&script));
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
}
