//! At level `auto` the script tag alone stops what starts after it: unmarked third parties, however they are asked, fail as
//! under a Content-Security-Policy, and come back with the visitor's yes.

use consentry_browser_tests::{Engine, Kind, Page, Widget, World, promises};
use loopback::Answer;

promises![inserted_by_scripts, calls_fail_as_under_csp, unknown_hosts, what_is_no_address_of_a_host, own_content_is_as_without, descriptions_of_a_search, templates_of_other_languages];

/// Inserts markup the way an application does: the fragment's scripts run.
const INSERT: &str = "window.insert = (markup) => {
  document.body.append(document.createRange().createContextualFragment(markup));
};";

/// The kinds whose address stands in an element or its style.
fn widgets(world: &World) -> Vec<Widget> {
    let kinds = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Inline | Kind::InlineModule));
    kinds.map(|kind| world.widget("tracker", kind)).collect()
}

#[track_caller]
fn assert_all_reached(world: &World, widgets: &[Widget]) {
    let paths: Vec<String> = widgets.iter().map(|widget| format!("tracker/{:?}", widget.kind)).collect();
    world.wait_for("every widget", |seen| {
        let reached = seen.paths();
        paths.iter().all(|path| reached.contains(path))
    });
}

fn inserted_by_scripts(world: &World) {
    let widgets = widgets(world);
    let control = |one: &Widget| Widget { kind: one.kind, url: format!("{}?control", one.url) };
    world.visit(&Page::without_consentry().script(INSERT));
    for widget in widgets.iter().map(control) {
        world.run("insert(arguments[0]);", &[widget.plain().into()]);
    }
    assert_all_reached(world, &widgets);
    world.go_away();
    world.visit(&Page::new().script(INSERT));
    world.notice();
    for widget in &widgets {
        world.run("insert(arguments[0]);", &[widget.plain().into()]);
    }
    world.assert_silent();
    assert_eq!(world.eval("consentry.snapshot().level"), "auto");
    world.accept_all();
    assert_all_reached(world, &widgets);
}

/// Asks in every way that a script has, and says how each ended.
const ASK: &str = "const [url, done] = arguments;
const happens = (target) => new Promise((end) => ['load', 'open', 'error'].forEach((type) => target.addEventListener(type, () => end(type))));
const image = (give) => { const one = new Image(); const end = happens(one); give(one); return end; };
const request = (async) => { const one = new XMLHttpRequest(); one.open('GET', url + 'xhr', async); const end = async && happens(one); one.send(); return end || one.status; };
const ways = {
  fetch: () => fetch(url + 'fetch').then(() => 'load', (error) => error.name),
  request: () => fetch(new Request(url + 'request')).then(() => 'load', (error) => error.name),
  xhr: () => request(true),
  syncXhr: () => request(false),
  beacon: () => navigator.sendBeacon(url + 'beacon', 'x'),
  image: () => image((one) => { one.src = url + 'image'; }),
  attribute: () => image((one) => one.setAttribute('src', url + 'attribute')),
  srcset: () => image((one) => { one.srcset = url + 'srcset 1x'; }),
  markup: () => { const box = document.createElement('div'); box.innerHTML = `<img alt src='${url}markup'>`; return happens(box.firstChild); },
  script: () => { const one = document.createElement('script'); one.src = url + 'script'; const end = happens(one); document.head.appendChild(one); return end; },
  socket: () => happens(new WebSocket(url.replace('http', 'ws') + 'socket')),
  events: () => happens(new EventSource(url + 'events')),
  pristine: () => { const one = document.createElement('iframe'); document.body.append(one); return one.contentWindow.fetch(url + 'pristine').then(() => 'load', (error) => error.name); },
  indexed: () => { document.body.insertAdjacentHTML('beforeend', '<iframe></iframe>'); return window[window.length - 1].fetch(url + 'indexed').then(() => 'load', (error) => error.name); },
};
(async () => {
  const ends = {};
  for (const [name, ask] of Object.entries(ways)) {
    try { ends[name] = await ask(); } catch (error) { ends[name] = error.name; }
  }
  done(ends);
})();";

fn calls_fail_as_under_csp(world: &World) {
    let script = loopback::Answer::script("window.loaded = true;");
    for name in ["fetch", "request", "xhr", "beacon", "image", "attribute", "srcset", "markup", "socket", "events", "pristine", "indexed"] {
        world.fake("tracker", &format!("/{name}"), loopback::Answer::pixel());
    }
    world.fake("tracker", "/script", script);
    let url = world.third_party("tracker", "/");
    world.visit(&Page::without_consentry());
    let ends = world.run_async(ASK, &[url.clone().into()]);
    assert_eq!(ends["fetch"], "load", "{ends}");
    assert_eq!(ends["script"], "load", "{ends}");
    assert_eq!(ends["beacon"], true, "{ends}");
    let paths = world.servers.seen().paths();
    for name in ["xhr", "socket", "events", "pristine", "indexed", "markup"] {
        assert!(paths.contains(&format!("tracker/{name}")), "{name}: {paths:?}");
    }
    world.go_away();
    world.visit(&Page::new());
    world.notice();
    let ends = world.run_async(ASK, &[url.clone().into()]);
    let expected = serde_json::json!({
        "fetch": "TypeError", "request": "TypeError", "xhr": "error", "syncXhr": "NetworkError", "beacon": false, "image": "error",
        "attribute": "error", "srcset": "error", "markup": "error", "script": "error", "socket": "error", "events": "error",
        "pristine": "TypeError", "indexed": "TypeError",
    });
    assert_eq!(ends, expected);
    world.assert_silent();
    let blocked = world.eval("consentry.blocked().filter((one) => one.kind === 'fetch').map((one) => [one.service, one.category, one.url])");
    assert!(blocked.to_string().contains("[\"tracker\",\"analytics\",\""), "{blocked}");
    world.accept_all();
    let ends = world.run_async(ASK, &[url.into()]);
    assert_eq!(ends["fetch"], "load", "{ends}");
    assert_eq!(ends["pristine"], "load", "{ends}");
    assert_eq!(ends["beacon"], true, "{ends}");
}

fn unknown_hosts(world: &World) {
    let known = world.fake("cdn", "/known.gif", loopback::Answer::pixel());
    let unknown = world.fake("stranger", "/unknown.gif", loopback::Answer::pixel());
    let images = format!("for (const url of ['{known}', '{unknown}']) {{ const one = document.createElement('img'); one.src = url; document.body.append(one); }}");
    world.visit(&Page::without_consentry().script(&images));
    world.assert_reached(&["cdn/known.gif", "stranger/unknown.gif"]);
    world.go_away();
    let mut config = Page::config_of_two();
    config["site"]["hosts"] = serde_json::json!(["cdn.localhost"]);
    world.visit(&Page::new().config(config.clone()).script(&images));
    world.assert_reached(&["cdn/known.gif"]);
    world.accept_all();
    assert!(world.said().iter().any(|line| line.contains("stranger.localhost") && line.contains("site.hosts")), "{:?}", world.said());
    world.assert_reached(&["cdn/known.gif"]);
    world.go_away();
    config["gate"] = serde_json::json!({ "unknownThirdParties": "report", "counsel": "Dana Law, 2026-11-01: a trial" });
    world.visit(&Page::new().config(config.clone()).script(&images));
    world.assert_reached(&["cdn/known.gif", "stranger/unknown.gif"]);
    let named = || world.said().iter().any(|line| line.contains("stranger.localhost"));
    assert!(named(), "reported");
    assert_eq!(world.eval("consentry.snapshot().counsel"), "Dana Law, 2026-11-01: a trial");
    // No counsel stands against a no.
    world.run("consentry.rejectAll();", &[]);
    world.servers.clear();
    world.reload();
    world.ready();
    world.assert_reached(&["cdn/known.gif"]);
    world.go_away();
    // Without counsel only where nobody's yes is needed, and nobody's no is there.
    config["floor"] = "law".into();
    config["gate"] = serde_json::json!({ "unknownThirdParties": "allow" });
    for (place, reached) in [("DE", false), ("US-CA", true)] {
        config["jurisdiction"] = place.into();
        // Nobody has answered anything there.
        config["record"] = serde_json::json!({ "scope": place.to_lowercase() });
        world.visit(&Page::new().config(config.clone()).tag(&format!("<script src=/consentry.js data-jurisdiction={place}></script>")).script(&images));
        world.assert_reached(if reached { &["cdn/known.gif", "stranger/unknown.gif"] } else { &["cdn/known.gif"] });
        assert!(named() != reached, "what is allowed is not reported");
        if reached {
            world.run("consentry.rejectAll();", &[]);
            world.reload();
            world.assert_reached(&["cdn/known.gif", "stranger/unknown.gif", "cdn/known.gif"]);
        }
        world.go_away();
    }
}

/// What cannot be read as an address is stopped, and what holds its own content passes.
fn what_is_no_address_of_a_host(world: &World) {
    const ASK_ODD: &str = "const [url, done] = arguments;
      const image = (address) => new Promise((end) => { const one = new Image(); one.onload = () => end('load'); one.onerror = () => end('error'); one.src = address; });
      const text = (address) => fetch(address).then((answer) => answer.text(), (error) => error.name);
      const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
      const blob = (parts, type) => URL.createObjectURL(new Blob(parts, { type }));
      (async () => done({
        odd: [await image('http://['), await image('https://a b'), await image(url.replace('//', '//[')), await text('http://['), await text('https://a b')],
        own: [await image(pixel), await image(blob([await (await fetch(pixel)).blob()], 'image/gif')), await text('data:,data'), await text(blob(['blob'], 'text/plain'))],
        allows: window.consentry && ['http://[', 'https://a b', 'data:,x', blob(['x'], 'x/y'), 'about:blank'].map(consentry.allows),
      }))();";
    let url = world.third_party("tracker", "/odd.gif");
    let passes = serde_json::json!(["load", "load", "data", "blob"]);
    world.visit(&Page::without_consentry());
    assert_eq!(world.run_async(ASK_ODD, &[url.clone().into()])["own"], passes, "the control");
    world.visit(&Page::new());
    world.notice();
    for answer in ["Reject all", "Accept all"] {
        world.run("consentry.showNotice();", &[]);
        world.press_button(answer);
        world.until("consentry.snapshot().view === 'none'");
        let ends = world.run_async(ASK_ODD, &[url.clone().into()]);
        assert_eq!(ends["own"], passes);
        assert_eq!(ends["odd"], serde_json::json!(["error", "error", "error", "TypeError", "TypeError"]), "{answer}");
        assert_eq!(ends["allows"], serde_json::json!([false, false, true, true, true]));
    }
    let listed = "consentry.blocked().filter(({ kind, url }) => kind === 'img' && url.includes('[')).map(({ service, url }) => [service, url])";
    let odd = serde_json::json!([[null, "http://["], [null, url.replace("//", "//[")]]);
    assert_eq!(world.eval(listed), odd);
    assert!(!world.said().iter().any(|line| line.contains("asks of http://[")), "no host is there to be declared: {:?}", world.said());
    world.assert_silent();
}

/// What a page does with its own content, and what it finds afterwards.
const OWN: &str = "<script>
document.write('<p id=written>', 'one', '</p>');
document.writeln('<img alt id=early src=/own.gif>');
</script><script>
window.found = {};
const note = (name, value) => { found[name] = value; };
note('written', document.querySelector('#written').outerHTML + document.querySelector('#early').getAttribute('src'));
const box = document.createElement('div');
box.innerHTML = '<b title=\\'a > b\\'>x</b><textarea><img src=x></textarea><svg><image href=\\'#a\\'/><use href=\\'#b\\'/></svg><a href=\\'https://stranger.localhost/\\'>out</a>';
note('innerHTML', box.innerHTML);
box.insertAdjacentHTML('beforeend', '<style>p { color: red } /* don\\'t */ p::after { content: \\'//\\' }</style>');
note('style', box.lastChild.textContent);
note('clone', box.cloneNode(true).outerHTML === box.outerHTML);
const image = new Image(4, 3);
image.src = '/own.gif?x#y';
note('image', [image.src.endsWith('/own.gif?x#y'), image.getAttribute('src'), image.width]);
note('link', Object.assign(document.createElement('a'), { href: 'https://stranger.localhost/x' }).href);
class Socket extends WebSocket {}
class Request2 extends XMLHttpRequest {}
note('classes', [new Request2() instanceof XMLHttpRequest, Socket.OPEN, WebSocket.name, fetch.length, XMLHttpRequest.prototype.open.name, new Audio() instanceof HTMLAudioElement]);
note('range', document.createRange().createContextualFragment('<td>1</td>').childNodes.length);
note('parsed', new DOMParser().parseFromString('<p>1</p>', 'text/html').body.innerHTML);
note('null', Object.assign(document.createElement('p'), { innerHTML: null }).innerHTML);
note('svg', (() => { const one = document.createElementNS('http://www.w3.org/2000/svg', 'image'); one.href.baseVal = '/own.svg'; return one.href.baseVal; })());
note('inserted', (() => { const range = document.createRange(); range.selectNodeContents(box); range.insertNode(document.createElement('i')); return box.firstChild.outerHTML; })());
note('attributes', (() => { const one = document.createElement('a'), two = document.createAttribute('href'); two.value = 'https://stranger.localhost/y'; one.attributes.setNamedItem(two); two.nodeValue += 'z'; return [one.href, one.attributes.length, two.textContent]; })());
note('texts', (() => { const one = document.createElement('style'); one.append('b { color: blue } ', document.createTextNode('i { background: url(/own.gif) }')); one.firstChild.appendData('/* don\\'t */'); one.firstChild.insertData(0, 'q {}'); return [one.textContent, one.cloneNode(false).textContent, one.cloneNode(true).innerHTML]; })());
note('relation', (() => { const one = Object.assign(document.createElement('link'), { rel: 'canonical', href: 'https://stranger.localhost/' }); one.rel = 'author'; document.head.append(one); return [one.href, one.relList.length, one.outerHTML]; })());
note('command', (() => { const one = document.createElement('p'); one.contentEditable = true; document.body.append(one); one.focus(); getSelection().selectAllChildren(one); const done = document.execCommand('insertHTML', false, '<b>x</b>'); const { innerHTML } = one; one.remove(); return [done, innerHTML]; })());
document.body.append(box, 'text');
note('sheet', (() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('p { background: url(/own.gif) }'); return sheet.insertRule('b { color: blue }', 1); })());
const inner = document.body.appendChild(document.createElement('iframe')).contentWindow;
const bytes = (source) => new FontFace('own', source).load().then(() => 'load', (error) => error.message);
Promise.all([inner.fetch(new inner.Request('/own.gif?inner')).then((answer) => answer.url.slice(-6)), bytes(new Uint8Array(9)), bytes(new ArrayBuffer(9)),
  caches.open('own').then(async (cache) => { await cache.addAll(['/own.gif', new Request('/own.gif?2')]); await cache.add('/own.gif?3'); return (await cache.keys()).length; })]).then((all) => note('objects', all));
Promise.all([fetch('/own.gif').then((answer) => answer.ok), fetch(new Request('/own.gif', { method: 'POST', body: 'x' })).then((answer) => answer.ok),
  fetch(new URL('/own.gif', location)).then((answer) => answer.ok), navigator.sendBeacon('/own.gif', 'x')]).then((all) => note('fetch', all));
</script>";

fn own_content_is_as_without(world: &World) {
    world.servers.page("/own.gif", loopback::Answer::pixel());
    world.visit(&Page::without_consentry().body(OWN));
    world.until("found.fetch && found.objects");
    let without = world.eval("found");
    world.visit(&Page::new().body(OWN));
    world.until("found.fetch && found.objects");
    assert_eq!(world.eval("found"), without);
    assert_eq!(without["fetch"], serde_json::json!([true, true, true, true]));
    assert_eq!(world.eval("consentry.blocked()"), serde_json::json!([]));
}

/// Chromium itself fetches what a site's first page names, whatever a policy says.
fn descriptions_of_a_search(world: &World) {
    let format = "application/opensearchdescription+xml";
    let url = world.fake("tracker", "/search.xml", loopback::Answer::new(format, "<OpenSearchDescription/>"));
    let link = format!("<link rel=\"search\" type=\"{format}\" title=\"Other\" href=\"{url}\">");
    let open = |page: Page| {
        world.servers.page("/", loopback::Answer::html(page.head(&link).html()));
        world.open(&world.site("/"));
    };
    open(Page::without_consentry());
    if world.engine == Engine::Chromium {
        world.assert_reached(&["tracker/search.xml"]);
    }
    world.go_away();
    for page in [Page::new(), Page::new().sealed(Page::config_of_two())] {
        open(page);
        world.notice();
        world.settle();
        assert_eq!(world.servers.seen().paths(), Vec::<String>::new());
        world.go_away();
    }
}

/// What is named `template` in SVG or XSL is none of HTML's: what stands beside it and in it waits as anything else.
fn templates_of_other_languages(world: &World) {
    let image = world.fake("tracker", "/image.png", Answer::pixel());
    let made = world.fake("tracker", "/made.png", Answer::pixel());
    let script = format!(
        "const add = (markup) => {{ const box = document.createElement('div'); box.innerHTML = markup; document.body.append(box); }};
        add('<svg><template><image href=\"{image}?in\"/></template></svg><img alt src=\"{image}?beside\">');
        const parse = (text) => new DOMParser().parseFromString(text, 'text/xml');
        const one = new XSLTProcessor();
        one.importStylesheet(parse('<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template match=\"/\"><img src=\"{made}\"/></xsl:template></xsl:stylesheet>'));
        document.body.append(one.transformToFragment(parse('<a/>'), document));
        window.ran = true;"
    );
    world.visit(&Page::new().body(&format!("<p>Text</p><script>{script}</script>")));
    world.notice();
    world.assert_silent();
    assert_eq!(world.eval("window.ran"), true, "{:?}", world.said());
    world.accept_all();
    world.wait_for("all three", |seen| seen.paths().iter().filter(|path| path.ends_with(".png")).count() == 3);
}
