//! Under the reference Content Security Policy the notice shows, styled, and a yes releases what was held.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;

promises![the_reference_policy, without_webassembly];

const REFERENCE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types consentry";

fn page(world: &World) -> Page {
    world.servers.page("/own.js", Answer::script("(window.ran ||= []).push('own');"));
    world.servers.page("/own.gif", Answer::pixel());
    Page::new()
        .body("<script type=\"text/plain\" data-category=\"analytics\" src=\"/own.js\"></script>")
        .body("<img alt data-category=\"analytics\" data-src=\"/own.gif\">")
}

#[track_caller]
fn own_requests(world: &World) -> usize {
    world.servers.site_requests().iter().filter(|one| one.path.starts_with("/own.")).count()
}

#[track_caller]
fn assert_works(world: &World, page: &Page) {
    world.visit(page);
    world.notice();
    let style = "(() => { const style = getComputedStyle(document.querySelector('.consentry-notice'));
      return [style.position, style.borderTopStyle, style.backgroundColor !== 'rgba(0, 0, 0, 0)']; })()";
    assert_eq!(world.eval(style), serde_json::json!(["fixed", "solid", true]));
    assert_eq!(own_requests(world), 0);
    world.customize();
    let dialog = "(() => { const dialog = document.querySelector('#consentry-root dialog'); const style = getComputedStyle(dialog);
      return [dialog.open, style.borderRadius !== '0px']; })()";
    assert_eq!(world.eval(dialog), serde_json::json!([true, true]));
    world.press_button("Analytics");
    world.press_button("Save choices");
    world.until("window.ran");
    world.settle();
    assert_eq!(world.ran(), ["own"]);
    assert_eq!(own_requests(world), 2);
    let said: Vec<String> = world.said().into_iter().filter(|line| !line.contains("wasm-eval")).collect();
    assert!(said.is_empty(), "{said:?}");
}

fn the_reference_policy(world: &World) {
    assert_works(world, &page(world).csp(REFERENCE));
}

fn without_webassembly(world: &World) {
    assert_works(world, &page(world).csp(&REFERENCE.replace(" 'wasm-unsafe-eval'", "")));
}
