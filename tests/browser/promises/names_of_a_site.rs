//! What belongs to the page's site is found by its name, as the browser draws the line: hosts of the same registrable
//! domain are free at level `auto`, and whoever shares no more than a suffix with it waits for a yes.
//!
//! Chromium and Firefox are told that these names are on this machine. WebKitGTK cannot be told, so that there the names end
//! in `.localhost`: what its own list of suffixes says of `co.uk` is not tried.

use consentry_browser_tests::{Engine, Page, World, promises};
use loopback::Answer;

promises![a_host_of_the_site, the_bare_domain, names_under_a_suffix];

/// Opens a page of this host, has it ask these hosts for a picture each, and says whom it reached.
#[track_caller]
fn reached_from(world: &World, page: Page, host: &str, asked: &[&str]) -> Vec<String> {
    let port = |origin: String| origin.rsplit(':').next().unwrap_or_default().to_owned();
    let (own, others) = (port(world.servers.site()), port(world.third_party("any", "")));
    let address = world.publish(&page).replacen(&format!("127.0.0.1:{own}"), &format!("{host}:{own}"), 1);
    world.go_away();
    world.open(&address);
    assert_eq!(world.eval("location.hostname"), host);
    for name in asked {
        let name_there = name.strip_suffix(".localhost").unwrap_or(name);
        world.servers.fake(name_there, "/picture", Answer::pixel());
    }
    world.run_async(
        "const [hosts, port, done] = arguments;
        Promise.all(hosts.map((host) => new Promise((end) => {
          const one = new Image();
          one.onload = one.onerror = end;
          one.src = `http://${host}:${port}/picture`;
        }))).then(() => done());",
        &[asked.into(), others.into()],
    );
    let mut paths = world.servers.seen().paths();
    paths.sort();
    paths
}

/// The hosts in `own` are the page's site, those in `strangers` are not.
#[track_caller]
fn assert_site(world: &World, host: &str, own: &[&str], strangers: &[&str]) {
    let named = |hosts: &[&str]| {
        let mut paths: Vec<String> =
            hosts.iter().map(|host| format!("{}/picture", host.strip_suffix(".localhost").unwrap_or(host))).collect();
        paths.sort();
        paths
    };
    let asked = [own, strangers].concat();
    assert_eq!(reached_from(world, Page::without_consentry(), host, &asked), named(&asked), "the control of {host}");
    assert_eq!(reached_from(world, Page::new(), host, &asked), named(own), "{host}");
    assert!(world.is("consentry.snapshot().phase == 'ready' && !document.cookie.includes('probe')"), "{host}");
}

/// The suffix under which this engine can be told names.
fn suffix(world: &World) -> &'static str {
    if world.engine == Engine::WebKitGtk { "localhost" } else { "example" }
}

fn a_host_of_the_site(world: &World) {
    let suffix = suffix(world);
    let host = |name: &str| format!("{name}.{suffix}");
    let (own, strangers) = ([host("shop"), host("cdn.shop"), host("a.b.shop")], [host("other"), host("notshop")]);
    assert_site(world, &host("www.shop"), &own.each_ref().map(String::as_str), &strangers.each_ref().map(String::as_str));
}

fn the_bare_domain(world: &World) {
    let suffix = suffix(world);
    let host = |name: &str| format!("{name}.{suffix}");
    let (own, strangers) = ([host("cdn.shop"), host("www.shop")], [host("other"), host("cdn.other")]);
    assert_site(world, &host("shop"), &own.each_ref().map(String::as_str), &strangers.each_ref().map(String::as_str));
}

fn names_under_a_suffix(world: &World) {
    if world.engine == Engine::WebKitGtk {
        // `localhost` is a suffix itself: nobody there is of the same site for that alone.
        return assert_site(world, "shop.localhost", &["img.shop.localhost"], &["other.localhost"]);
    }
    assert_site(world, "www.shop.co.uk", &["img.shop.co.uk", "shop.co.uk"], &["other.co.uk", "www.other.co.uk"]);
    assert_site(world, "shop.co.uk", &["img.shop.co.uk"], &["other.co.uk"]);
    // A suffix may have a page of its own, and is no site together with whoever is under it.
    assert_site(world, "dyndns.org", &[], &["other.dyndns.org"]);
    assert_site(world, "www.shop.dyndns.org", &["shop.dyndns.org"], &["other.dyndns.org"]);
}
