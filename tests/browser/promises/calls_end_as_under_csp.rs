//! What starts something more than a request, a worker, a worklet, a transport, ends at level `auto` as it ends under a real
//! Content-Security-Policy in the same engine: it throws, rejects or fires `error`, whichever the engine does there.

use consentry_browser_tests::{Engine, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![workers_and_their_like, rtc_asks_no_server];

/// What keeps the third party out, and the site's own folder that a service declares.
const POLICY: &str = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

/// Starts each, and says how it ended.
const START: &str = "const [url, own, done] = arguments;
const happens = (target) => new Promise((end) => ['message', 'open', 'error'].forEach((type) => target.addEventListener(type, () => end(type))));
const shared = (address) => { const one = new SharedWorker(address); one.port.start(); return Promise.race([one, one.port].map(happens)); };
const settles = (promise) => promise.then(() => 'done', (error) => error.name);
const register = async (address) => settles(navigator.serviceWorker.register(address, { scope: own + 'scope/' }).then((one) => one.unregister()));
const ways = {
  worker: () => happens(new Worker(url + 'worker.js')),
  moduleWorker: () => happens(new Worker(url + 'worker.js', { type: 'module' })),
  shared: () => shared(url + 'worker.js'),
  service: () => register(url + 'worker.js'),
  transport: () => settles(new WebTransport(url.replace('http:', 'https:')).ready),
  audioWorklet: () => settles(new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(url + 'worklet.js')),
  paintWorklet: () => settles(CSS.paintWorklet.addModule(url + 'worklet.js')),
  font: () => settles(new FontFace('far', `url(${url}font.woff2)`).load()),
  ownWorker: () => happens(new Worker(own + 'worker.js')),
  ownModule: () => happens(new Worker(own + 'worker.js', { type: 'module' })),
  ownShared: () => shared(own + 'worker.js'),
  ownService: () => register(own + 'worker.js'),
};
(async () => {
  const ends = {};
  for (const [name, start] of Object.entries(ways)) {
    try { ends[name] = await start(); } catch (error) { ends[name] = 'throws ' + error.name; }
  }
  done(ends);
})();";

fn start(world: &World, page: &Page) -> Value {
    world.visit(page);
    world.until("document.readyState === 'complete'");
    world.run_async(START, &[json!(world.third_party("tracker", "/")), json!("/collect/")])
}

fn workers_and_their_like(world: &World) {
    for path in ["/worker.js", "/worklet.js"] {
        world.fake("tracker", path, Answer::script("postMessage(1);"));
    }
    world.fake("tracker", "/font.woff2", Answer::new("font/woff2", ""));
    world.servers.page("/collect/worker.js", Answer::script("globalThis.onconnect = ({ ports: [port] }) => port.postMessage(1); globalThis.postMessage && postMessage(1);"));
    world.visit(&Page::without_consentry());
    let control = "const done = arguments[arguments.length - 1]; new Worker('/collect/worker.js').onmessage = ({ data }) => done(data);";
    assert_eq!(world.run_async(control, &[]), 1, "the control");
    let under = start(world, &Page::without_consentry().csp(&format!("{POLICY}; worker-src 'none'")));
    world.go_away();
    let mut config = Page::config_of_two();
    config["services"][0]["hosts"] = json!(["tracker.localhost", "/collect"]);
    let ours = start(world, &Page::new().config(config));
    for (name, end) in under.as_object().expect("ends by name") {
        let found = ours[name].as_str().unwrap_or_default();
        // WebKit refuses these before they start, where a file that does not come ends them as in the other engines.
        let expected = match (world.engine, name.as_str()) {
            (Engine::WebKitGtk, "ownWorker" | "ownModule" | "ownShared") => "error",
            (Engine::WebKitGtk, "audioWorklet") => "AbortError",
            _ => end.as_str().unwrap_or_default(),
        };
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(ours["ownWorker"], "error");
    world.assert_silent();
}

/// No policy stops WebRTC: it starts, and asks nobody.
fn rtc_asks_no_server(world: &World) {
    let script = "const [host, done] = arguments;
      const one = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + host }] });
      const servers = one.getConfiguration().iceServers.length;
      one.createDataChannel('x');
      one.createOffer().then((offer) => done([offer.type, servers, typeof RTCPeerConnection.generateCertificate]), (error) => done(error.name));";
    let host = world.third_party("tracker", "").replace("http://", "");
    world.visit(&Page::without_consentry());
    if !world.is("window.RTCPeerConnection") {
        return;
    }
    assert_eq!(world.run_async(script, &[json!(host)]), json!(["offer", 1, "function"]), "the control");
    world.go_away();
    world.visit(&Page::new());
    world.notice();
    assert_eq!(world.run_async(script, &[json!(host)]), json!(["offer", 0, "function"]));
    assert_eq!(world.eval("consentry.blocked().map(({ service, kind }) => service + ' ' + kind)"), json!(["tracker RTCPeerConnection"]));
}
