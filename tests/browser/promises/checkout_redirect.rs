//! Links, forms and redirects to another company are visits: a shop's way to the payment and back stays open.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;

promises![on_the_way_to_the_payment, from_a_sealed_page];

fn on_the_way_to_the_payment(world: &World) {
    to_the_payment_and_back(world, &Page::new());
}

fn from_a_sealed_page(world: &World) {
    to_the_payment_and_back(world, &Page::new().sealed(Page::config_of_two()));
}

#[track_caller]
fn to_the_payment_and_back(world: &World, page: &Page) {
    let back = world.publish(&page.clone().body("<p id=\"paid\">Paid</p>"));
    world.fake("pay", "/pay", Answer::html(format!("<!doctype html><title>Pay</title><form method=post action='{back}'><button id=pay>Pay</button></form>")));
    let pay = world.third_party("pay", "/pay");
    world.servers.page("/checkout", Answer::html("").status(303).header("Location", &pay));
    world.fake("pay", "/saml", Answer::html("<!doctype html><title>SAML</title><p id=saml>SAML</p>"));
    let saml = world.third_party("pay", "/saml");
    let page = page.clone().body("<form method=\"post\" action=\"/checkout\"><button id=\"buy\">Buy</button></form>").body(&format!(
        "<form method=\"post\" action=\"{saml}\"><button id=\"saml-form\">Sign in</button></form><a id=\"link\" href=\"{pay}\">Pay elsewhere</a>"
    ));
    let shop = world.publish(&page);
    for refused in [false, true] {
        world.open(&shop);
        if refused {
            // By script: after some pages without an answer nobody is asked again.
            world.ready();
            world.run("consentry.rejectAll();", &[]);
            world.until("consentry.choice('video').reason === 'refused'");
        }
        world.click("#buy");
        world.click("#pay");
        world.until("document.querySelector('#paid') && window.consentry");
        assert_eq!(world.asks(), !refused, "a refusal holds on the way back");
        for (button, there) in [("#link", "#pay"), ("#saml-form", "#saml")] {
            world.open(&shop);
            world.ready();
            world.click(button);
            world.element(there);
        }
    }
}
