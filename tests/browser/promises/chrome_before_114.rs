//! Where the browser refuses a large module at once (simulated: Chrome before 114), the start is asynchronous and shut.

use consentry_browser_tests::{Kind, Page, World, promises};

promises![started_later_and_shut_meanwhile];

/// `WebAssembly.Module` as Chrome before 114 had it on the main thread, and a compiler that is slower than the parser.
const OLD: &str = "<script>{
  const { Module, instantiate } = WebAssembly;
  const probed = new Promise((done) => { window.probed = done; });
  WebAssembly.instantiate = (...given) => probed.then(() => instantiate(...given));
  WebAssembly.Module = function (bytes) {
    window.refused = true;
    if (bytes.byteLength > 4096) throw new RangeError('WebAssembly.Compile is disallowed on the main thread');
    return new Module(bytes);
  };
}</script>";
const PROBE: &str = "<script>window.early = [consentry.snapshot().phase, consentry.has('analytics')]; probed();</script>";

fn started_later_and_shut_meanwhile(world: &World) {
    let [script, image] = [Kind::Script, Kind::Img].map(|kind| world.widget("tracker", kind));
    world.visit(&Page::without_consentry().body(&script.plain()).body(&image.plain()));
    world.assert_reached(&["tracker/Script", "tracker/Img"]);
    world.servers.clear();
    let mark = "data-service=\"tracker\"";
    let page = Page::new().before(OLD).head(PROBE).body(&script.marked(mark)).body(&image.marked(mark));
    world.visit(&page);
    world.notice();
    assert_eq!(world.eval("[refused, ...early]"), serde_json::json!([true, "starting", false]));
    world.assert_silent();
    world.accept_all();
    world.assert_reached(&["tracker/Script", "tracker/Img"]);
    world.servers.clear();
    world.reload();
    world.assert_reached(&["tracker/Script", "tracker/Img"]);
    let fallbacks = world.servers.site_requests().iter().filter(|one| one.path.contains("fallback")).count();
    assert_eq!(fallbacks, 0, "the translated engine was loaded although WebAssembly works");
}
