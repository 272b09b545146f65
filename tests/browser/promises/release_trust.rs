//! Release never gives an element more trust than the page's own policy gave it.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![a_nonce_is_the_page_s_to_give, addresses_that_are_code_never_run, trusted_types_let_configured_hosts_pass];

fn held(attributes: &str, content: &str) -> String {
    format!("<script type=\"text/plain\" data-category=\"analytics\" {attributes}>{content}</script>")
}

fn a_nonce_is_the_page_s_to_give(world: &World) {
    let [with, without] = ["with", "without"].map(|word| world.fake_script("tracker", word));
    let body = [
        held(&format!("nonce=\"r4nd0m\" src=\"{with}\""), ""),
        held(&format!("src=\"{without}\""), ""),
        held("nonce=\"r4nd0m\"", "ran.push('inline with');"),
        held("", "ran.push('inline without');"),
        held("nonce=\"wrong\"", "ran.push('inline wrong');"),
    ];
    let third = world.third_party("tracker", "");
    for policy in ["'nonce-r4nd0m' 'strict-dynamic' 'wasm-unsafe-eval'", "'nonce-r4nd0m' 'wasm-unsafe-eval'"] {
        let policy = format!("script-src {policy}; img-src {third}");
        let page = body.iter().fold(Page::new(), |page, one| page.body(one));
        let page = page.nonce("r4nd0m").csp(&policy).tag("<script nonce=\"r4nd0m\" src=\"/consentry.js\"></script>");
        world.visit(&page);
        world.accept_all();
        world.until("window.ran && ran.length >= 2");
        world.assert_reached(&["tracker/with.js"]);
        assert_eq!(world.ran(), ["with", "inline with"], "under {policy}");
        assert!(world.said().iter().any(|line| line.starts_with("error: Consentry") && line.contains("nonce")));
        world.run("localStorage.clear();", &[]);
        world.servers.clear();
    }
}

fn addresses_that_are_code_never_run(world: &World) {
    let image = world.widget("tracker", Kind::Img);
    let code = "javascript:parent.ran=['frame'];top.ran=['frame']";
    let body = format!(
        "<iframe data-category=\"analytics\" data-src=\"{code}\"></iframe>
         <iframe data-category=\"analytics\" data-src=\" java\nscript:parent.ran=['frame']\"></iframe>
         <iframe data-category=\"analytics\" data-src=\"data:text/html,<script>parent.ran=['data']</script>\"></iframe>
         <object data-category=\"analytics\" data-src=\"{code}\" type=\"text/html\"></object>
         <embed data-category=\"analytics\" data-src=\"{code}\" type=\"text/html\">
         <script type=\"text/plain\" data-category=\"analytics\" src=\"data:text/javascript,ran=['data']\"></script>
         <script type=\"text/plain\" data-category=\"analytics\" src=\"javascript:ran=['script']\"></script>"
    );
    world.visit(&Page::new().body(&body).body(&image.marked("data-category=\"analytics\"")));
    world.accept_all();
    world.assert_reached(&["tracker/Img"]);
    assert!(world.ran().is_empty(), "code ran from an address: {:?}", world.ran());
    let live = "[...document.querySelectorAll('[src], [data]')].filter((e) => e.type !== 'text/plain').filter((e) => /^\\s*(java\\s*script|data):/i.test(e.src || e.data)).length";
    assert_eq!(world.eval(live), 0);
}

fn trusted_types_let_configured_hosts_pass(world: &World) {
    let good = world.fake_script("tracker", "good");
    let bad = world.fake_script("stranger", "bad");
    let policy = "require-trusted-types-for 'script'; trusted-types consentry";
    let body = [held(&format!("src=\"{good}\""), ""), held(&format!("src=\"{bad}\""), "")].concat();
    world.visit(&Page::without_consentry().body(&format!("<script src=\"{bad}\"></script>")));
    world.assert_reached(&["stranger/bad.js"]);
    world.servers.clear();
    world.visit(&Page::new().csp(policy).body(&body));
    world.accept_all();
    world.until("window.ran");
    if world.is("window.trustedTypes") {
        world.assert_reached(&["tracker/good.js"]);
        // The policy is ours alone: the page cannot make its own by that name.
        let taken = "(() => { try { trustedTypes.createPolicy('consentry', {}); return false; } catch { return true; } })()";
        assert_eq!(world.eval(taken), true);
    } else {
        world.wait_for("the script", |seen| seen.has("tracker", "/good.js"));
    }
    assert!(world.said().iter().all(|line| !line.starts_with("uncaught")), "{:?}", world.said());
}
