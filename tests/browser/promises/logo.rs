//! The site's logo stands in notice and preference center, in a box of one size before and after it has come; it is asked of
//! the site alone, is an ornament to who listens, and leaves no hole where it does not load.

use consentry_browser_tests::{Page, SHIFTS, World, promises};
use loopback::Answer;
use serde_json::json;
use std::time::Duration;

promises![in_every_layout, comes_late_and_moves_nothing, leaves_no_hole, of_the_site_alone];

/// Far larger than its place, and wider than tall.
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4000 1000\" width=\"4000\" height=\"1000\"><rect width=\"4000\" height=\"1000\" rx=\"200\" fill=\"#b4235a\"/></svg>";

fn page(layout: &str, lang: &str) -> Page {
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "layout": layout, "logo": "/logo.svg" });
    let dir = if lang == "ar" { "rtl" } else { "ltr" };
    Page::new().config(config).root(&format!("lang=\"{lang}\" dir=\"{dir}\"")).head(SHIFTS).body("<h1>Title</h1><div data-consentry-notice></div><p>Text</p>")
}

fn in_every_layout(world: &World) {
    world.servers.page("/logo.svg", Answer::new("image/svg+xml", SVG));
    // Loaded, an ornament, no larger than 9 by 2 em and within what it stands in, above the title and at the side where reading starts.
    let good = "(() => { const logo = document.querySelector(PLACE + ' .consentry-logo'), title = document.querySelector(PLACE + ' h2'); if (!logo?.naturalWidth || !title) return false;
      const [r, t, all] = [logo, title, document.querySelector(PLACE)].map((one) => one.getBoundingClientRect()), em = parseFloat(getComputedStyle(logo).fontSize);
      const start = (one) => getComputedStyle(logo).direction == 'rtl' ? all.right - one.right : one.left - all.left;
      return [logo.alt, r.width <= 9 * em + 1, r.height <= 2 * em + 1, r.width > 0, r.left >= all.left && r.right <= all.right, r.bottom <= t.top + 1 || PLACE.includes('dialog'), Math.abs(start(r) - start(t)) < 2].join(); })()";
    for (layout, lang, width) in [("bar", "en", 1280), ("box", "ar", 1280), ("compact", "en", 640), ("modal", "ar", 640), ("inline", "en", 640)] {
        world.resize(width, 900);
        world.visit(&page(layout, lang));
        world.until("consentry.snapshot().view === 'notice'");
        world.until(&format!("({}) === ',true,true,true,true,true,true'", good.replace("PLACE", "'.consentry-notice'")));
        world.click(".consentry-notice .consentry-actions button:nth-child(3)");
        world.until(&format!("({}) === ',true,true,true,true,true,true'", good.replace("PLACE", "'dialog.consentry-preferences'")));
    }
    world.resize(1280, 900);
}

fn comes_late_and_moves_nothing(world: &World) {
    world.servers.page("/logo.svg", Answer::new("image/svg+xml", SVG).pause_after("<svg", "/go", Duration::from_mins(2)));
    let place = "['.consentry-notice', '.consentry-notice h2', '.consentry-actions'].map((css) => { const r = document.querySelector(css).getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })";
    // Before the page has loaded, the driver would wait for the picture.
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "logo": "/logo.svg" });
    world.visit(&Page::new().no_config().tag("<script src=\"/consentry.js\" data-manual></script>").head(SHIFTS).body("<h1>Title</h1>"));
    world.run("consentry.start(arguments[0]);", &[config]);
    world.notice();
    let before = world.eval(place);
    assert!(world.is("!document.querySelector('.consentry-logo').complete"));
    world.wait_for_site("the logo", |seen| seen.requests.iter().any(|one| one.path == "/logo.svg"));
    world.run("fetch('/go');", &[]);
    world.until("document.querySelector('.consentry-logo').naturalWidth");
    world.settle();
    assert_eq!((world.eval(place), world.eval("shifts")), (before, json!([])));
}

fn leaves_no_hole(world: &World) {
    world.servers.page("/logo.svg", Answer::new("text/plain", "").status(404));
    let height = "document.querySelector('.consentry-notice').offsetHeight";
    let mut without = Page::config_of_two();
    without["ui"] = json!({ "layout": "box" });
    world.visit(&Page::new().config(without));
    world.notice();
    let was = world.eval(height);
    world.visit(&page("box", "en"));
    world.notice();
    world.until(&format!("{height} === {was} && !document.querySelector('.consentry-logo')"));
    // A policy of the page that lets no picture in.
    world.servers.page("/logo.svg", Answer::new("image/svg+xml", SVG));
    world.visit(&page("box", "en").csp("img-src 'none'"));
    world.notice();
    world.until(&format!("{height} === {was}"));
    world.press_button("Customize");
    world.until("document.querySelector('dialog.consentry-preferences[open]') && !document.querySelector('.consentry-logo')");
}

fn of_the_site_alone(world: &World) {
    let mut config = Page::config_of_two();
    config["ui"] = json!({ "logo": world.third_party("tracker", "/logo.svg") });
    world.visit(&Page::new().config(config));
    world.until("consentry.snapshot().phase === 'failed' || document.querySelector('.consentry-notice p')");
    assert!(world.is("!document.querySelector('.consentry-logo')"));
    assert!(world.said().iter().any(|line| line.contains("ui.logo")), "{:?}", world.said());
    world.assert_silent();
}
