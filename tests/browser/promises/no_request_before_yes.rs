//! No marked element of any kind makes a request before the visitor says yes, whenever it is inserted.

use consentry_browser_tests::{Kind, Page, Widget, World, promises};

promises![every_kind_at_parse, every_kind_inserted_later, inserted_by_a_released_script, inside_a_shadow_root];

const ANALYTICS: &str = "data-category=\"analytics\"";

/// The page's own policy lets the third party in: what stops the requests is not the CSP.
fn open_policy(world: &World) -> String {
    let third = world.third_party("tracker", "");
    format!("default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' {third}")
}

fn widgets(world: &World) -> Vec<Widget> {
    Kind::ALL.map(|kind| world.widget("tracker", kind)).into()
}

fn paths(widgets: &[Widget]) -> Vec<String> {
    widgets.iter().map(|widget| format!("tracker/{:?}", widget.kind)).collect()
}

/// The same widgets as the control page asks for them: no engine takes what it had there for what comes later.
fn controls(widgets: &[Widget]) -> Vec<Widget> {
    widgets.iter().map(|one| Widget { kind: one.kind, url: format!("{}?control", one.url) }).collect()
}

/// Asserts that every widget's address was asked for; media and embeds may ask more than once.
#[track_caller]
fn assert_all_reached(world: &World, widgets: &[Widget]) {
    let paths = paths(widgets);
    world.wait_for("every widget", |seen| {
        let reached = seen.paths();
        paths.iter().all(|path| reached.contains(path))
    });
}

fn every_kind_at_parse(world: &World) {
    let widgets = widgets(world);
    let policy = open_policy(world);
    let plain = controls(&widgets).iter().fold(Page::without_consentry().csp(&policy), |page, one| page.body(&one.plain()));
    world.visit(&plain);
    assert_all_reached(world, &widgets);
    world.go_away();
    let marked = widgets.iter().fold(Page::new().csp(&policy), |page, one| page.body(&one.marked(ANALYTICS)));
    world.visit(&marked);
    world.notice();
    world.assert_silent();
    world.accept_all();
    assert_all_reached(world, &widgets);
}

/// Inserts markup the way an application does: the fragment's scripts run.
const INSERT: &str = "window.insert = (markup) => {
  document.body.append(document.createRange().createContextualFragment(markup));
};";

fn every_kind_inserted_later(world: &World) {
    let widgets = widgets(world);
    world.visit(&Page::without_consentry().script(INSERT));
    for widget in controls(&widgets) {
        world.run("insert(arguments[0]);", &[widget.plain().into()]);
    }
    assert_all_reached(world, &widgets);
    world.go_away();
    world.visit(&Page::new().script(INSERT));
    world.notice();
    for widget in &widgets {
        world.run("insert(arguments[0]);", &[widget.marked(ANALYTICS).into()]);
    }
    world.assert_silent();
    world.accept_all();
    assert_all_reached(world, &widgets);
    // What comes after the answer follows it at once.
    world.servers.clear();
    let late = Widget { kind: Kind::Img, url: world.fake("tracker", "/late.gif", loopback::Answer::pixel()) };
    world.run("insert(arguments[0]);", &[late.marked(ANALYTICS).into()]);
    world.wait_for("the late image", |seen| seen.has("tracker", "/late.gif"));
}

fn inserted_by_a_released_script(world: &World) {
    let inner = [world.widget("video", Kind::Script), world.widget("video", Kind::Iframe)];
    let markup = inner.iter().map(|one| one.marked("data-service=\"video\"")).collect::<String>();
    let insert = format!("{INSERT} insert({markup:?});");
    let url = world.fake("tracker", "/loader.js", loopback::Answer::script(insert));
    let loader = Widget { kind: Kind::Script, url };
    let save = "<button data-consentry-grant onclick=\"consentry.save({ analytics: true })\">Measure</button>";
    world.visit(&Page::new().body(&loader.marked(ANALYTICS)).body(save));
    world.ready();
    world.assert_silent();
    world.press_button("Measure");
    world.until("document.querySelector('[data-service=video]')");
    world.assert_reached(&["tracker/loader.js"]);
    let save = "consentry.save({ analytics: true, marketing: true })";
    world.run("document.querySelector('[data-consentry-grant]').setAttribute('onclick', arguments[0]);", &[save.into()]);
    world.press_button("Measure");
    world.assert_reached(&["tracker/loader.js", "video/Script", "video/Iframe"]);
}

fn inside_a_shadow_root(world: &World) {
    let widgets = [world.widget("tracker", Kind::Img), world.widget("tracker", Kind::Iframe)];
    let fill = |markup: String| {
        format!("host.attachShadow({{ mode: 'closed' }}).append(document.createRange().createContextualFragment({markup:?}));")
    };
    let plain = fill(widgets.iter().map(Widget::plain).collect());
    world.visit(&Page::without_consentry().body("<div id=\"host\"></div>").script(&plain));
    assert_all_reached(world, &widgets);
    world.servers.clear();
    let marked = fill(widgets.iter().map(|one| one.marked(ANALYTICS)).collect());
    let keep = marked.replace("host.attachShadow", "(window.root = host.attachShadow").replace(").append", ")).append");
    world.visit(&Page::new().body("<div id=\"host\"></div>").script(&keep));
    world.ready();
    world.run("consentry.activate(root);", &[]);
    world.servers.clear();
    world.assert_silent();
    world.accept_all();
    world.run("consentry.activate(root);", &[]);
    assert_all_reached(world, &widgets);
}
