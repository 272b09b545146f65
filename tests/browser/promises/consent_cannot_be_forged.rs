//! No script can say yes for the visitor, by any route; a real click can.

use consentry_browser_tests::{ENTER, Kind, Page, World, promises};

promises![scripts_cannot_accept, a_real_click_elsewhere_lends_nothing, switches_are_not_read_from_the_page];

/// The notice's Accept button, found by what is written on it.
const ACCEPT: &str = "window.accept = () => [...document.querySelectorAll('#consentry-root button')]
  .find((button) => button.textContent.trim() === 'Accept all');";

/// Ways to say yes without the visitor; each runs on its own.
const ROUTES: &[(&str, &str)] = &[
    ("click()", "accept().click();"),
    ("a click event", "accept().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));"),
    ("a pointer click", "accept().dispatchEvent(new PointerEvent('click', { bubbles: true, composed: true }));"),
    ("keys", "for (const type of ['keydown', 'keypress', 'keyup']) accept().dispatchEvent(new KeyboardEvent(type, { key: 'Enter', bubbles: true }));"),
    ("a label", "const label = document.createElement('label'); accept().id ||= 'forged'; label.htmlFor = accept().id; document.body.append(label); label.click();"),
    ("a label around", "const label = document.createElement('label'); accept().replaceWith(label); label.append(kept); label.click();"),
    ("a form", "const form = document.createElement('form'); form.id = 'f'; form.onsubmit = (event) => { event.preventDefault(); consentry.acceptAll(); }; document.body.append(form); form.requestSubmit();"),
    ("a checkbox", "const box = document.createElement('input'); box.type = 'checkbox'; box.setAttribute('data-consentry-grant', ''); box.onchange = () => consentry.acceptAll(); document.body.append(box); box.click();"),
    ("a marked element", "const grant = document.createElement('button'); grant.setAttribute('data-consentry-grant', ''); grant.onclick = () => consentry.acceptAll(); document.body.append(grant); grant.click();"),
    ("acceptAll()", "consentry.acceptAll();"),
    ("save()", "consentry.save({ analytics: true, marketing: true });"),
    ("a false event", "const grant = document.createElement('b'); grant.setAttribute('data-consentry-grant', ''); Object.defineProperty(window, 'event', { configurable: true, value: { type: 'click', isTrusted: true, target: grant, composedPath: () => [grant] } }); consentry.acceptAll(); delete window.event;"),
    ("a storage event", "dispatchEvent(new StorageEvent('storage', { key: 'consentry.record', newValue: '1', storageArea: localStorage }));"),
    ("a message", "postMessage({ consentry: 'acceptAll', type: 'consentry' }, '*');"),
    ("false natives", "Object.defineProperty(Navigator.prototype, 'userActivation', { get: () => ({ isActive: true }) }); Event.prototype.composedPath = () => [accept()]; accept().click(); consentry.acceptAll();"),
];

fn forged_page(world: &World) -> Page {
    let tracker = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"");
    let image = world.widget("video", Kind::Img).marked("data-category=\"marketing\"");
    Page::new().body(&tracker).body(&image).script(ACCEPT)
}

#[track_caller]
fn assert_denied(world: &World, route: &str) {
    let allowed = world.eval("['analytics', 'marketing', 'tracker', 'video'].filter((id) => consentry.has(id))");
    assert_eq!(allowed, serde_json::json!([]), "granted by {route}");
}

fn scripts_cannot_accept(world: &World) {
    let widgets = [world.widget("tracker", Kind::Script), world.widget("video", Kind::Img)];
    world.visit(&widgets.iter().fold(Page::without_consentry(), |page, one| page.body(&one.plain())));
    world.assert_reached(&["tracker/Script", "video/Img"]);
    world.servers.clear();
    world.visit(&forged_page(world));
    world.notice();
    for (route, script) in ROUTES {
        world.run("window.kept = accept();", &[]);
        world.run(&format!("{{ {script} }}"), &[]);
        world.settle();
        assert_denied(world, route);
        if *route == "a label around" {
            // The page tore the notice apart; a fresh one for the rest.
            world.reload();
            world.notice();
        }
    }
    world.assert_silent();
    world.reload();
    world.accept_all();
    world.assert_reached(&["tracker/Script", "video/Img"]);
    assert!(world.has("analytics") && world.has("video"));
}

/// Routes that start from a real click of the visitor, but not on a control that grants.
const CLICKED: &[(&str, &str)] = &[
    ("activation and click()", "accept().click();"),
    ("activation and acceptAll()", "consentry.acceptAll();"),
    ("activation and a label", "{ const label = document.createElement('label'); accept().id ||= 'forged'; label.htmlFor = accept().id; document.body.append(label); label.click(); }"),
    ("activation and a marked element", "{ const grant = document.createElement('b'); grant.setAttribute('data-consentry-grant', ''); grant.onclick = () => consentry.acceptAll(); document.body.append(grant); grant.click(); }"),
    ("a mark put on late", "event.target.setAttribute('data-consentry-grant', ''); setTimeout(() => consentry.acceptAll(), 0);"),
    ("a promise", "Promise.resolve().then(() => new Promise((done) => setTimeout(done, 5))).then(() => consentry.acceptAll());"),
];

fn a_real_click_elsewhere_lends_nothing(world: &World) {
    let buttons: String = (0..CLICKED.len()).map(|at| format!("<button id=\"b{at}\">Read on</button> ")).collect();
    let listen = "for (const [at, code] of routes.entries()) document.getElementById('b' + at).onclick = new Function('event', code);";
    let routes: Vec<&str> = CLICKED.iter().map(|(_, code)| *code).collect();
    let page = forged_page(world).body(&buttons).script(&format!("const routes = {};\n{listen}", serde_json::json!(routes)));
    world.visit(&page);
    world.notice();
    for (at, (route, _)) in CLICKED.iter().enumerate() {
        world.click(&format!("#b{at}"));
        world.settle();
        assert_denied(world, route);
    }
    world.assert_silent();
    // The keyboard is as good as a mouse.
    world.run("accept().focus();", &[]);
    world.press(ENTER);
    world.until("consentry.has('analytics')");
    world.assert_reached(&["tracker/Script", "video/Img"]);
}

fn switches_are_not_read_from_the_page(world: &World) {
    world.visit(&forged_page(world));
    world.customize();
    world.run(
        "for (const one of document.querySelectorAll('#consentry-root [role=switch]')) {
           one.click(); one.setAttribute('aria-checked', 'true'); one.checked = true;
           one.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }));
         }",
        &[],
    );
    world.press_button("Save choices");
    world.until("consentry.snapshot().view === 'none'");
    assert_denied(world, "forged switches and a real Save");
    world.assert_silent();
    assert_eq!(world.eval("consentry.choice('analytics').reason"), "refused");
}
