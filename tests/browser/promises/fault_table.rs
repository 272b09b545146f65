//! Whatever breaks while Consentry starts, the page works, nothing third-party loads, and the console says what to mend.

use consentry_browser_tests::{FULL_STORAGE, Fault, Kind, Page, World, assert_published, promises};
use serde_json::Value;

promises![broken_natives, broken_ornaments, broken_surroundings];

/// What is broken before our tag, each at one step of the start, and the step that the error names; none where the product
/// does without.
const BROKEN: &[(&str, &str, &str)] = &[
    ("the observer", "window.MutationObserver = function () { throw new Error('broken'); };", "before it could start"),
    ("observe()", "MutationObserver.prototype.observe = function () { throw new Error('broken'); };", "shutting the gate"),
    ("no observer", "delete window.MutationObserver;", "before it could start"),
    ("reading JSON", "{ const own = JSON.parse; JSON.parse = function () { throw new Error('broken'); }; addEventListener('load', () => { JSON.parse = own; }); }", "#consentry-config is not JSON"),
    ("looking for elements", "Document.prototype.querySelectorAll = function () { throw new Error('broken'); };", "reading the config"),
    ("reading attributes", "Element.prototype.getAttribute = function () { throw new Error('broken'); };", "reading the config"),
    ("writing attributes", "Element.prototype.setAttribute = function () { throw new Error('broken'); };", "preparing the notice"),
    ("making elements", "Document.prototype.createElement = function () { throw new Error('broken'); };", "preparing the notice"),
    ("inserting", "Node.prototype.insertBefore = function () { throw new Error('broken'); };", "putting the decision in force"),
    ("listening", "EventTarget.prototype.addEventListener = function () { throw new Error('broken'); };", "shutting the gate"),
    ("dispatching", "EventTarget.prototype.dispatchEvent = function () { throw new Error('broken'); };", "putting the decision in force"),
    ("custom events", "window.CustomEvent = function () { throw new Error('broken'); };", "putting the decision in force"),
    ("defining properties", "Object.defineProperty = function () { throw new Error('broken'); };", "window.consentry is taken"),
    ("descriptors", "Object.getOwnPropertyDescriptor = function () { throw new Error('broken'); };", "before it could start"),
    ("freezing", "Object.freeze = function () { throw new Error('broken'); };", "before it could start"),
    ("addresses", "window.URL = function () { throw new Error('broken'); };", "before it could start"),
    ("the clock", "Date.now = function () { throw new Error('broken'); };", "checking the config"),
    ("storage", "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });", ""),
    ("reading storage", "Storage.prototype.getItem = function () { throw new Error('broken'); };", ""),
    ("writing storage", "Storage.prototype.setItem = function () { throw new Error('broken'); };", ""),
    ("random numbers", "Crypto.prototype.getRandomValues = function () { throw new Error('broken'); };", ""),
    ("compiling", "WebAssembly.Module = function () { throw new Error('broken'); };", ""),
    ("starting the module", "WebAssembly.Instance = function () { throw new Error('broken'); };", ""),
    ("all of WebAssembly", "window.WebAssembly = { get Module() { throw new Error('broken'); }, get instantiate() { throw new Error('broken'); } };", ""),
    ("promises", "{ const Own = Promise; window.Promise = function () { throw new Error('broken'); }; addEventListener('load', () => { window.Promise = Own; }); }", "before it could start"),
];

/// What an error tells the site's owner to do, one of these.
const CURES: [&str; 3] = ["Load consentry.js before other scripts", "Load consentry.js first", "Correct it there"];

/// What only looks or fits better with it, and is broken before our tag.
const ORNAMENTS: &[(&str, &str)] = &[
    ("style sheets", "window.CSSStyleSheet = function () { throw new Error('broken'); };"),
    ("sizes", "window.ResizeObserver = function () { throw new Error('broken'); };"),
    ("popovers", "HTMLElement.prototype.showPopover = function () { throw new Error('broken'); };"),
    ("adopting styles", "Object.defineProperty(Document.prototype, 'adoptedStyleSheets', { get() { return []; }, set() { throw new Error('broken'); } });"),
    ("no adopted styles", "delete Document.prototype.adoptedStyleSheets;"),
    ("no sizes", "delete window.ResizeObserver;"),
];

fn page(world: &World) -> Page {
    [Kind::Script, Kind::Iframe, Kind::Img].iter().fold(Page::new(), |page, kind| {
        page.body(&world.widget("tracker", *kind).marked("data-category=\"analytics\""))
    })
}

const OWN: &str = "<p id=\"text\">Own text</p><script>window.own = (window.own || 0) + 1;</script>";

#[track_caller]
fn look(world: &World, fault: &str, page: &Page) -> Fault {
    world.visit(&page.clone().body(OWN));
    assert_eq!(world.eval("[own, text.textContent]"), serde_json::json!([1, "Own text"]), "the page, after {fault}");
    let state = "window.consentry && consentry.snapshot ? (({ phase, view }) => [phase, view])(consentry.snapshot()) : ['absent', 'none']";
    // A start that is under way ends in one of the other phases; a moment later the face is there.
    world.until(&format!("({state})[0] !== 'starting'"));
    world.assert_silent();
    let state = world.eval(state);
    let word = |at: usize| state.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    let said = world.said().into_iter().filter(|line| line.contains("Consentry")).collect();
    Fault { name: fault.to_owned(), phase: word(0), view: word(1), said }
}

fn broken_natives(world: &World) {
    let widgets = [Kind::Script, Kind::Iframe, Kind::Img].map(|kind| world.widget("tracker", kind));
    world.visit(&widgets.iter().fold(Page::without_consentry(), |page, one| page.body(&one.plain())));
    world.assert_reached(&["tracker/Script", "tracker/Iframe", "tracker/Img"]);
    world.servers.clear();
    let mut wrong = Vec::new();
    let mut seen = Vec::new();
    for (fault, script, step) in BROKEN {
        let shown = look(world, fault, &page(world).before(&format!("<script>{script}</script>")));
        let Fault { phase, view, said, .. } = &shown;
        // Either the product works, or one error says at which step it failed, and what to do.
        let clear: Vec<_> = said.iter().filter(|line| line.starts_with("error: Consentry: ")).collect();
        let cured = |line: &&String| CURES.iter().any(|cure| line.contains(cure));
        let right = if step.is_empty() {
            phase == "ready" && view == "notice" && clear.is_empty()
        } else {
            phase != "ready" && view == "none" && clear.iter().any(|line| line.contains(step)) && clear.iter().all(cured)
        };
        if !right {
            wrong.push(format!("{fault}: {phase}, {view}; said {:?}", world.said()));
        }
        seen.push(shown);
    }
    assert!(wrong.is_empty(), "not as it should be:\n{}", wrong.join("\n"));
    assert_published("A throw at a step of the start", &seen);
}

fn broken_ornaments(world: &World) {
    let mut seen = Vec::new();
    for (fault, script) in ORNAMENTS {
        let shown = look(world, fault, &page(world).before(&format!("<script>{script}</script>")));
        let Fault { phase, view, said, .. } = &shown;
        assert_eq!((phase.as_str(), view.as_str()), ("ready", "notice"), "after {fault}");
        let cured = |line: &String| line.starts_with("warn: Consentry: ") && line.contains(CURES[0]);
        assert!(said.len() == 1 && said.iter().all(cured), "after {fault}: {said:?}");
        seen.push(shown);
        let position = "getComputedStyle(document.querySelector('.consentry-notice')).position";
        assert_eq!(world.eval(position), "fixed", "after {fault}");
        world.accept_all();
        world.until("ran.includes('Script')");
        world.run("localStorage.clear();", &[]);
        world.go_away();
    }
    assert_published("What only looks or fits better with it", &seen);
}

fn broken_surroundings(world: &World) {
    let missing = || loopback::Answer::new("text/plain", "").status(404);
    let base = page(world);
    let syntax = "<script type=\"application/json\" id=\"consentry-config\">{ \"policy\": </script>";
    let no_wasm = format!("script-src 'self' 'unsafe-inline' {}", world.third_party("tracker", ""));
    let named = base.clone().config(serde_json::json!({ "policy": { "version": "1" }, "services": ["google-analytics"] }));
    let no_catalog = "<script type=\"application/json\" id=\"consentry-catalog\">{</script>";
    let five = serde_json::json!({
        "policy": { "version": 3 },
        "categories": [{ "id": "Media" }],
        "services": [{ "id": "map", "category": "medai", "hosts": ["http:/x"] }, "gogle-analytics"]
    });
    let damaged = "localStorage.clear(); localStorage.setItem('consentry.record', 'no record');";
    let cases: Vec<(&str, Page, &str, &str)> = vec![
        ("no config", base.clone().no_config(), "consentry-config", "Put <script"),
        ("a config that is not JSON", base.clone().no_config().before(syntax), "#consentry-config is not JSON", "Correct it"),
        ("a config of a wrong type", base.clone().config(serde_json::json!([1])), "config: must be an object", ""),
        ("a service that no catalog has", base.clone().config(serde_json::json!({ "policy": { "version": "1" }, "services": ["no-such-service"] })), "services[0]", "describe it"),
        ("no WebAssembly, no fallback", base.clone().csp(&no_wasm), "consentry.fallback.js", "Put it beside consentry.js"),
        ("no Trusted Types policy allowed", base.clone().csp("require-trusted-types-for 'script'; trusted-types other"), "", ""),
        ("a catalog that is not JSON", base.clone().before(no_catalog), "#consentry-catalog is not JSON", "Correct it"),
        ("five mistakes in the config", base.clone().config(five), "services[1]", ""),
        ("full storage", base.clone().before(FULL_STORAGE), "", ""),
        ("a record that is none", base.clone().before(&format!("<script>{damaged}</script>")), "", ""),
        // The last: from here on the file is missing.
        ("no file of the catalog", named, "consentry.catalog.json", "Put it beside consentry.js"),
    ];
    let mut seen = Vec::new();
    for (fault, page, word, cure) in cases {
        if word.ends_with(".js") || word.ends_with(".json") {
            world.servers.page(&format!("/{word}"), missing());
        }
        let shown = look(world, fault, &page);
        let Fault { phase, view, said, .. } = &shown;
        if word.is_empty() {
            assert!((phase == "ready" && view == "notice") || !said.is_empty(), "after {fault}: {:?}", world.said());
        } else {
            assert_eq!(phase, "failed", "after {fault}");
            let clear = said.iter().filter(|line| line.starts_with("error: Consentry: ")).collect::<Vec<_>>();
            assert!(clear.len() == 1 && clear.iter().all(|line| line.contains(word) && line.contains(cure)), "after {fault}: {said:?}");
        }
        seen.push(shown);
    }
    assert_published("What is around it", &seen);
}
