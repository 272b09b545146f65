//! Applications that replace the body, the style sheets or our root keep working, and so does the notice.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![put_back];

fn put_back(world: &World) {
    let image = world.widget("tracker", Kind::Img).marked("data-service=\"tracker\"");
    world.visit(&Page::new().body("<p>First view</p>"));
    world.notice();
    let there = "document.querySelectorAll('#consentry-root').length === 1 && (() => { const one = document.querySelector('#consentry-root .consentry-notice');
      const r = one && one.getBoundingClientRect(); return one && getComputedStyle(one).position === 'fixed' && one.contains(document.elementFromPoint(r.x + r.width / 2, r.y + 6)); })()";
    for change in [
        "const body = document.createElement('body'); body.textContent = 'Second view'; document.body.replaceWith(body);",
        "document.body.innerHTML = '<main>Third view</main>';",
        "document.adoptedStyleSheets = [];",
        "document.querySelector('#consentry-root').remove();",
        "document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body'));",
    ] {
        world.run(change, &[]);
        world.until(there);
        world.settle();
    }
    world.run("document.body.append(document.createRange().createContextualFragment(arguments[0]));", &[image.into()]);
    world.assert_silent();
    world.press_button("Accept all");
    world.assert_reached(&["tracker/Img"]);
}
