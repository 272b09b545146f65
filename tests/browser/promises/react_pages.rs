//! React keeps working: server HTML with marked and unmarked elements hydrates without a warning, and what a grant releases
//! does not get in the way when components change or leave.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![hydration_is_undisturbed, a_route_change_brings_marked_elements];

/// React's own files, joined by the smallest loader that their format needs.
fn publish_react(world: &World) {
    let files = [
        ("react", "react/cjs/react.development.js"),
        ("scheduler", "scheduler/cjs/scheduler.development.js"),
        ("react-dom", "react-dom/cjs/react-dom.development.js"),
        ("react-dom/client", "react-dom/cjs/react-dom-client.development.js"),
        ("react-dom/server", "react-dom/cjs/react-dom-server-legacy.browser.development.js"),
    ];
    let mut script = String::from("window.process = { env: { NODE_ENV: 'development' } };\nconst made = {}, files = {};\n");
    for (name, file) in files {
        let code = World::file(&format!("node_modules/{file}"));
        script.push_str(&format!("files['{name}'] = function (exports, module, require) {{\n{code}\n}};\n"));
    }
    script.push_str(
        "window.load = (name) => {
          if (!made[name]) { const module = made[name] = { exports: {} }; files[name](module.exports, module, load); }
          return made[name].exports;
        };",
    );
    world.servers.page("/react.js", Answer::script(script));
}

/// A page of an application: parts that are marked, parts that are not, and a switch that takes them away.
fn publish_app(world: &World) {
    let frame = world.widget("video", Kind::Iframe).url;
    let script = world.widget("tracker", Kind::Script).url;
    let app = "const { createElement: h, useState } = load('react');
      window.App = () => {
        const [count, setCount] = useState(0);
        const [shown, setShown] = useState(true);
        window.setShown = setShown;
        return h('main', { 'data-count': count },
          h('h1', null, 'Title ', count),
          shown && h('section', { className: 'media' },
            h('iframe', { 'data-service': 'video', 'data-src': 'FRAME', width: 300, height: 150, title: 'Video' }),
            h('iframe', { src: '/witness.js', width: 30, height: 15, title: 'Own' }),
            h('p', null, 'Between'),
            h('script', { type: 'text/plain', 'data-service': 'tracker', 'data-src': 'SCRIPT' })),
          h('button', { id: 'more', onClick: () => setCount(count + 1) }, 'More'));
      };";
    world.servers.page("/app.js", Answer::script(app.replace("FRAME", &frame).replace("SCRIPT", &script)));
}

const HYDRATE: &str = "window.recovered = [];
const { createElement, useEffect } = load('react');
const Seen = () => { useEffect(() => { window.hydrated = true; }, []); return createElement(App); };
window.root = load('react-dom/client').hydrateRoot(document.getElementById('app'), createElement(Seen), { onRecoverableError: (error) => recovered.push(String(error)) });";

fn html(world: &World) -> String {
    world.visit(&Page::without_consentry().body("<script src=\"/react.js\"></script><script src=\"/app.js\"></script>"));
    let html = world.eval("load('react-dom/server').renderToString(load('react').createElement(App))");
    html.as_str().expect("React renders").to_owned()
}

fn page(page: Page, html: &str) -> Page {
    page.body(&format!("<div id=\"app\">{html}</div>"))
        .head("<script defer src=\"/react.js\"></script><script defer src=\"/app.js\"></script><script defer src=\"/hydrate.js\"></script>")
}

/// What React and the browser complained about.
fn complaints(world: &World) -> Value {
    let ours = |line: &&String| !line.contains("Consentry:") && !line.contains("React DevTools");
    json!([world.said().iter().filter(ours).collect::<Vec<_>>(), world.eval("recovered")])
}

fn hydration_is_undisturbed(world: &World) {
    publish_react(world);
    publish_app(world);
    world.servers.page("/hydrate.js", Answer::script(HYDRATE));
    let html = html(world);
    for with in [false, true] {
        world.visit(&page(if with { Page::new() } else { Page::without_consentry() }, &html));
        world.until("window.hydrated");
        assert_eq!(complaints(world), json!([[], []]), "with Consentry: {with}");
        world.click("#more");
        world.until("document.querySelector('#app main').dataset.count === '1'");
        if with {
            world.until("document.querySelector('[data-consentry-placeholder]')");
            world.assert_silent();
            world.accept_all();
            world.assert_reached(&["video/Iframe", "tracker/Script"]);
            world.servers.clear();
        }
        // Away with what was released and with what stands beside it, and back again.
        for shown in ["false", "true", "false"] {
            world.run(&format!("setShown({shown});"), &[]);
            world.until(&format!("!!document.querySelector('.media') === {shown} && document.querySelectorAll('#app iframe').length === ({shown} ? 2 : 0)"));
            world.settle();
        }
        assert_eq!(world.eval("[document.querySelectorAll('[data-consentry-placeholder]').length, document.querySelector('h1').textContent]"), json!([0, "Title 1"]));
        world.run("root.unmount();", &[]);
        assert_eq!(world.eval("document.getElementById('app').childElementCount"), 0);
        assert_eq!(complaints(world), json!([[], []]), "with Consentry: {with}");
    }
}

fn a_route_change_brings_marked_elements(world: &World) {
    publish_react(world);
    let frame = world.widget("video", Kind::Iframe).url;
    let app = "const { createElement: h, useState } = load('react');
      const Router = () => {
        const [path, go] = useState(location.pathname);
        const visit = (to) => { history.pushState(null, '', to); go(to); };
        return h('main', null, h('nav', null, h('button', { id: 'films', onClick: () => visit('/films') }, 'Films'), h('button', { id: 'home', onClick: () => visit('/') }, 'Home')),
          path === '/films' ? h('iframe', { key: 'film', 'data-service': 'video', 'data-src': 'FRAME', width: 300, height: 150, title: 'Film' }) : h('p', { key: 'text' }, 'Home'));
      };
      load('react-dom/client').createRoot(document.getElementById('app')).render(h(Router));";
    world.servers.page("/routes.js", Answer::script(app.replace("FRAME", &frame)));
    world.visit(&Page::new().body("<div id=\"app\"></div><script src=\"/react.js\"></script><script src=\"/routes.js\"></script><script>window.recovered = [];</script>"));
    world.notice();
    world.click("#films");
    world.until("location.pathname === '/films' && document.querySelector('[data-consentry-placeholder]')");
    world.assert_silent();
    world.click("#home");
    world.until("document.querySelector('#app p') && !document.querySelector('[data-consentry-placeholder]')");
    world.accept_all();
    world.assert_reached(&[]);
    world.click("#films");
    world.assert_reached(&["video/Iframe"]);
    world.servers.clear();
    world.run("consentry.withdraw();", &[]);
    world.until("!consentry.has('video')");
    world.click("#home");
    world.click("#films");
    world.until("document.querySelector('[data-consentry-placeholder]')");
    world.assert_silent();
    assert_eq!(complaints(world), json!([[], []]));
}
