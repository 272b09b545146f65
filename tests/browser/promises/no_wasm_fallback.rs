//! Where WebAssembly cannot run, the same engine translated to JavaScript gives the visitor the same product.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![refused_by_the_csp, absent_from_the_browser, no_fallback_file];

fn page(world: &World) -> Page {
    let script = world.widget("tracker", Kind::Script);
    Page::new().body(&script.marked("data-service=\"tracker\""))
}

#[track_caller]
fn assert_same_product(world: &World, page: &Page) {
    world.visit(page);
    world.notice();
    let fallbacks = world.servers.site_requests().iter().filter(|one| one.path == "/consentry.fallback.js").count();
    assert_eq!(fallbacks, 1);
    world.assert_silent();
    world.customize();
    world.press_button("Marketing");
    world.press_button("Save choices");
    world.until("consentry.has('marketing') && !consentry.has('analytics')");
    world.assert_silent();
    world.run("consentry.showPreferences();", &[]);
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.assert_reached(&["tracker/Script"]);
    world.servers.clear();
    world.reload();
    world.assert_reached(&["tracker/Script"]);
    assert!(world.has("analytics") && !world.asks());
    let errors = world.said().into_iter().filter(|line| line.starts_with("error") || line.starts_with("un")).count();
    assert_eq!(errors, 0, "{:?}", world.said());
}

fn refused_by_the_csp(world: &World) {
    let third = world.third_party("tracker", "");
    let csp = format!("default-src 'self'; script-src 'self' {third}; img-src {third}");
    world.visit(&Page::without_consentry().csp(&csp).body(&world.widget("tracker", Kind::Script).plain()));
    world.assert_reached(&["tracker/Script"]);
    world.servers.clear();
    assert_same_product(world, &page(world).csp(&csp));
}

/// Lockdown Mode, simulated: the browser has no WebAssembly at all.
fn absent_from_the_browser(world: &World) {
    assert_same_product(world, &page(world).before("<script>delete window.WebAssembly;</script>"));
}

fn no_fallback_file(world: &World) {
    let missing = loopback::Answer::new("text/plain", "not here").status(404);
    world.servers.page("/consentry.fallback.js", missing);
    let third = world.third_party("tracker", "");
    let csp = format!("default-src 'self'; script-src 'self' {third}; img-src {third}");
    world.visit(&page(world).csp(&csp).body("<p id=\"text\">Our own text</p>"));
    world.until("consentry.snapshot().phase === 'failed'");
    world.assert_silent();
    assert_eq!(world.eval("[text.textContent, consentry.has('analytics')]"), serde_json::json!(["Our own text", false]));
    let said = world.said();
    let errors: Vec<&String> = said.iter().filter(|line| line.starts_with("error: Consentry")).collect();
    assert!(errors.len() == 1 && errors.iter().all(|line| line.contains("consentry.fallback.js")), "{said:?}");
}
