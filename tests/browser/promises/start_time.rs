//! The decision is in force within milliseconds: measured beside a peer's evaluation in the same run, never a failure; and
//! what a page pays for once, it does not pay before the notice.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;

promises![beside_a_peer, no_formatter_before_the_notice];

const RUNS: usize = 15;

/// Evaluates a file as an inline script and says how long that took.
const MEASURE: &str = "<script>function measure(text) {
  const script = document.createElement('script');
  script.textContent = text;
  const begun = performance.now();
  document.head.append(script);
  return performance.now() - begun;
}</script>";

/// What a page with the peer writes after its file, so that it knows what was decided.
const PEER_RUN: &str = "CookieConsent.run({ categories: { necessary: { readOnly: true }, analytics: {} },
  language: { default: 'en', translations: { en: { consentModal: { title: 'Cookies', description: 'Text', acceptAllBtn: 'Accept all', acceptNecessaryBtn: 'Reject all', showPreferencesBtn: 'Customize' },
  preferencesModal: { sections: [{ title: 'Analytics', linkedCategory: 'analytics' }] } } } } });";

fn beside_a_peer(world: &World) {
    let peer = World::file("node_modules/vanilla-cookieconsent/dist/cookieconsent.umd.js");
    world.servers.page("/peer.js", Answer::script(peer.clone()));
    world.servers.page("/peer-run.js", Answer::script(peer + PEER_RUN));
    let evaluate = |file: &str| {
        let load = format!("const request = new XMLHttpRequest(); request.open('GET', '{file}', false); request.send();");
        format!("{MEASURE}<script>{{ {load} window.took = measure(request.responseText); }}</script>")
    };
    let median = |page: &Page, holds: &str| {
        let address = world.publish(page);
        let mut times: Vec<f64> = (0..RUNS)
            .map(|_| {
                world.open(&address);
                assert_eq!(world.eval(holds), true, "nothing was measured");
                world.eval("took").as_f64().unwrap_or(f64::NAN)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times.get(RUNS / 2).copied().unwrap_or(f64::NAN)
    };
    let own = median(&Page::new().tag(&evaluate("/consentry.js")), "consentry.snapshot().phase === 'ready'");
    let bare = median(&Page::without_consentry().head(&evaluate("/peer.js")), "typeof CookieConsent === 'object'");
    let run = median(&Page::without_consentry().head(&evaluate("/peer-run.js")), "CookieConsent.validConsent() === false");
    let name = world.engine.name();
    println!("  {name}: {own:.1} ms from evaluation to the decision; the peer's evaluation {bare:.1} ms, with its run() {run:.1} ms");
}

/// Keeps the names of the formatters that are made; the first one of a page reads all languages of the browser.
const FORMATTERS: &str = "<script>window.made = [];
for (const name of ['DateTimeFormat', 'DisplayNames', 'ListFormat', 'NumberFormat', 'PluralRules', 'RelativeTimeFormat']) {
  Intl[name] = new Proxy(Intl[name], { construct: (type, given) => (made.push(name), new type(...given)) });
}
for (const { prototype } of [Number, Date]) {
  const say = prototype.toLocaleString;
  prototype.toLocaleString = function (...given) { made.push('toLocaleString'); return say.apply(this, given); };
}</script>";

fn no_formatter_before_the_notice(world: &World) {
    // Without Temporal a formatter alone knows the time zone.
    let made = "made.filter((name) => window.Temporal || name != 'DateTimeFormat').join()";
    let shown = |lang: &str| {
        let mut config = Page::config_of_two();
        config["services"][0]["cookies"] = serde_json::json!([]);
        world.visit(&Page::new().config(config).root(&format!("lang=\"{lang}\"")).before(FORMATTERS));
        world.ready();
        world.until(&format!("document.querySelector('#consentry-root[lang={lang}] .consentry-notice p')"));
        world.eval("document.querySelector('.consentry-notice p').textContent").to_string()
    };
    let said = shown("en");
    assert_eq!(world.eval(made), "");
    assert!(said.contains("Test site and its partners (2)"), "{said}");
    assert!(said.contains("extra features, measuring visits, and advertising"), "{said}");
    let said = shown("de");
    assert_eq!(world.eval(made), "");
    assert!(said.contains("Zusatzfunktionen, Besuchsstatistik und Werbung"), "{said}");
    // Nor does the preference center need one, where nothing was answered yet and nothing is kept for so and so long.
    world.click(".consentry-notice .consentry-actions button:nth-child(3)");
    world.until("document.querySelector('.consentry-preferences[open]')");
    let told = world.eval("document.querySelector('.consentry-preferences section > details > summary').textContent");
    assert_eq!([world.eval(made), told], ["", "1 Dienst"]);
    // Whether "y" or "e" comes before the last word depends on that word: the browser knows.
    shown("es");
    assert_eq!(world.eval("made.includes('ListFormat')"), true);
}
