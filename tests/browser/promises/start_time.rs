//! The decision is in force within milliseconds: measured beside a peer's evaluation in the same run, never a failure.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;

promises![beside_a_peer];

const RUNS: usize = 15;

/// Evaluates a file as an inline script and says how long that took.
const MEASURE: &str = "<script>function measure(text) {
  const script = document.createElement('script');
  script.textContent = text;
  const begun = performance.now();
  document.head.append(script);
  return performance.now() - begun;
}</script>";

fn beside_a_peer(world: &World) {
    let peer = World::file("node_modules/vanilla-cookieconsent/dist/cookieconsent.umd.js");
    world.servers.page("/peer.js", Answer::script(peer));
    let evaluate = |file: &str| {
        let load = format!("const request = new XMLHttpRequest(); request.open('GET', '{file}', false); request.send();");
        format!("<script>{{ {load} window.took = measure(request.responseText); }}</script>")
    };
    let ours = world.publish(&Page::new().tag(&(MEASURE.to_owned() + &evaluate("/consentry.js"))));
    let theirs = world.publish(&Page::without_consentry().head(&(MEASURE.to_owned() + &evaluate("/peer.js"))));
    let median = |address: &str, holds: &str| {
        let mut times: Vec<f64> = (0..RUNS)
            .map(|_| {
                world.open(address);
                assert_eq!(world.eval(holds), true, "nothing was measured");
                world.eval("took").as_f64().unwrap_or(f64::NAN)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times.get(RUNS / 2).copied().unwrap_or(f64::NAN)
    };
    let own = median(&ours, "consentry.snapshot().phase === 'ready'");
    let peer = median(&theirs, "typeof CookieConsent === 'object'");
    println!("  {}: {own:.1} ms to the decision, the peer's evaluation {peer:.1} ms, ratio {:.2}", world.engine.name(), own / peer);
}
