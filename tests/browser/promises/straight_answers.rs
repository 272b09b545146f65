//! Site scripts get straight answers: what is decided, what is held, what may load, and when it changes.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![what_is_held, what_may_load, views_on_request, answers_by_script, nothing_handed_out_can_be_changed];

fn page(world: &World) -> Page {
    let tracker = world.widget("tracker", Kind::Script).marked("data-service=\"tracker\"");
    Page::new().body(&tracker.replace("/Script", "/Script?id=secret#part"))
}

fn what_is_held(world: &World) {
    world.visit(&page(world));
    world.notice();
    let held = world.eval("consentry.blocked()");
    let url = world.third_party("tracker", "/Script");
    assert_eq!(held, json!([{ "service": "tracker", "category": null, "kind": "script", "url": url }]));
    world.accept_all();
    world.assert_reached(&["tracker/Script"]);
    assert_eq!(world.eval("consentry.blocked()"), json!([]));
}

fn what_may_load(world: &World) {
    let mut config = Page::config_of_two();
    config["site"]["hosts"] = json!(["cdn.example.net", "*.example.org"]);
    config["services"][0]["hosts"] = json!(["tracker.localhost", "*.tracker.example", "/collect"]);
    world.visit(&Page::new().config(config));
    world.notice();
    let ask = "['/own', 'data:text/plain,x', 'blob:null/1', 'https://cdn.example.net/a.js', 'https://a.example.org/', 'https://example.org/',
      'http://tracker.localhost:1/t', '//x.tracker.example/', '/collect?x', 'https://stranger.example/', 'javascript:alert(1)', 'http:///', 'https://tracker.localhost.evil.example/']
      .map((url) => consentry.allows(url))";
    let always = [true, true, true, true, true, false];
    let never = [false, false, false, false];
    assert_eq!(world.eval(ask), json!([&always[..], &[false, false, false], &never].concat()));
    world.accept_all();
    assert_eq!(world.eval(ask), json!([&always[..], &[true, true, true], &never].concat()));
}

fn views_on_request(world: &World) {
    let note = "window.heard = []; for (const name of ['show', 'hide']) document.addEventListener('consentry:' + name, (event) => {
      heard.push(name + ' ' + event.detail.view); if (window.veto) event.preventDefault(); });";
    world.visit(&page(world).head(&format!("<script>{note}</script>")));
    world.notice();
    world.run("consentry.hide();", &[]);
    world.until("consentry.snapshot().view === 'none'");
    assert_eq!(world.eval("[localStorage.length, consentry.choice('tracker').reason]"), json!([0, "unanswered"]));
    world.run("consentry.showNotice();", &[]);
    world.reject_all();
    world.run("window.veto = true; consentry.showNotice();", &[]);
    world.settle();
    assert_eq!(world.eval("[consentry.snapshot().view, heard]"), json!(["none", ["hide notice", "show notice", "hide notice", "show notice"]]));
    world.run("window.veto = false; consentry.showPreferences();", &[]);
    world.until("consentry.snapshot().view === 'preferences'");
    world.run("consentry.hide();", &[]);
    world.until("!document.querySelector('#consentry-root dialog[open]')");
    world.assert_silent();
}

fn answers_by_script(world: &World) {
    let note = "window.changes = []; document.addEventListener('consentry:change', ({ detail }) => changes.push(detail.action));";
    world.visit(&page(world).head(&format!("<script>{note}</script>")));
    world.notice();
    world.run("window.calls = 0; consentry.onChange(() => { throw new Error('on purpose'); }); window.stop = consentry.onChange(() => window.calls++);", &[]);
    assert_eq!(world.eval("consentry.rejectAll()"), true);
    world.until("!consentry.snapshot().asking.length && calls === 2");
    assert_eq!(world.eval("[consentry.save({ 'no-such-id': true }), consentry.save({ necessary: false }), consentry.save({ analytics: true })]"), json!([false, false, false]));
    assert_eq!(world.eval("[consentry.has('necessary'), consentry.has('analytics'), consentry.choice('no-such-id')]"), json!([true, false, { "allowed": false, "reason": "unknown", "since": null, "basis": "consent" }]));
    world.run("stop();", &[]);
    world.run("localStorage.clear();", &[]);
    world.reload();
    world.accept_all();
    assert_eq!(world.eval("[consentry.withdraw('tracker'), changes.at(-1)]"), json!([true, "withdraw"]));
    assert_eq!(world.eval("consentry.decision().tracker.allowed"), false);
}

fn nothing_handed_out_can_be_changed(world: &World) {
    world.visit(&page(world));
    world.notice();
    let tamper = "const tries = [() => { consentry.has = () => true; }, () => { consentry.snapshot().choices.analytics.allowed = true; },
      () => { consentry.decision().analytics = { allowed: true }; }, () => { window.consentry = { has: () => true }; },
      () => { delete window.consentry; }, () => { Object.defineProperty(window, 'consentry', { value: 1 }); },
      () => { consentry.snapshot().services.push({ id: 'x' }); }];
      'use strict'; for (const one of tries) try { one(); } catch {}";
    world.run(tamper, &[]);
    assert_eq!(world.eval("[consentry.has('analytics'), consentry.choice('analytics').allowed, consentry.decision().analytics.allowed, consentry.snapshot().services.length]"), json!([false, false, false, 2]));
    world.assert_silent();
}
