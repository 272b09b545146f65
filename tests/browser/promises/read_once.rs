//! What a script hands over is read once, so that what is judged is what the browser gets, and gets no more trust than it had.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::json;

promises![no_trust_is_made, what_is_judged_is_what_is_asked];

const TRUSTED_TYPES: &str = "require-trusted-types-for 'script'; trusted-types consentry page";

/// What a page with Trusted Types may write into itself, and what comes of it.
const WRITE: &str = "const [url] = arguments;
window.policy = window.policy || trustedTypes.createPolicy('page', { createHTML: (text) => text, createScriptURL: (text) => text });
const markup = `<img alt src='${url}markup' onerror='window.ran = 1'>`;
const write = (give) => {
  const place = document.createElement('div');
  window.last = place;
  try { give(place); return place.childNodes.length; } catch (error) { return error.name; }
};
const named = { Trusted: class TrustedHTML { toString() { return markup; } } }.Trusted;
const lines = [
  write((place) => { place.innerHTML = [markup]; }),
  write((place) => { place.innerHTML = new named(); }),
  write((place) => { place.innerHTML = policy.createScriptURL(markup); }),
  write((place) => { const one = document.createElement('script'); one.src = { toString: () => url + 'script' }; place.append(one); }),
  write((place) => { place.innerHTML = policy.createHTML(markup); }),
];
// What a page makes of the method is nothing to the browser.
const toString = TrustedHTML.prototype.toString;
TrustedHTML.prototype.toString = () => '';
lines.push(write((place) => { place.innerHTML = policy.createHTML(markup); }));
TrustedHTML.prototype.toString = () => markup;
lines.push(write((place) => { place.innerHTML = policy.createHTML('<b>x</b>'); }), last.innerHTML);
TrustedHTML.prototype.toString = toString;
return lines;";

fn no_trust_is_made(world: &World) {
    let url = world.third_party("tracker", "/");
    world.fake("tracker", "/markup", Answer::pixel());
    let expected = json!(["TypeError", "TypeError", "TypeError", "TypeError", 1, 1, 1, "<b>x</b>"]);
    world.visit(&Page::without_consentry().csp(TRUSTED_TYPES));
    assert_eq!(world.run(WRITE, &[url.clone().into()]), expected);
    world.wait_for("the images", |seen| seen.has("tracker", "/markup"));
    world.go_away();
    world.visit(&Page::new().csp(TRUSTED_TYPES));
    world.notice();
    assert_eq!(world.run(WRITE, &[url.into()]), expected);
    world.assert_silent();
}

/// Things that turn into another text each time they are asked.
const TURN: &str = "const [url, done] = arguments;
const turning = (name, thing = {}) => { let asked = 0; return Object.assign(thing, { toString: () => asked++ ? url + name : '/own.gif' }); };
const named = { Trusted: class TrustedThing {} }.Trusted;
const place = document.body.appendChild(document.createElement('div'));
const answers = (name, thing) => Object.assign(thing, { toString: () => url + name });
new Image().src = answers('request', new Request('/own.gif'));
new Image().src = answers('trusted', trustedTypes.createPolicy('page', { createHTML: (text) => text }).createHTML('/own.gif'));
new Image().src = turning('object');
new Image().src = turning('named', new named());
new Image().src = turning('function', () => {});
new Image().setAttribute('src', turning('attribute', []));
place.innerHTML = Object.assign([], { toString: ((asked) => () => asked++ ? `<img alt src='${url}markup'>` : '<b></b>')(0) });
fetch(turning('fetch')).catch(() => {}).then(() => done(place.innerHTML));";

fn what_is_judged_is_what_is_asked(world: &World) {
    let url = world.third_party("tracker", "/");
    world.servers.page("/own.gif", Answer::pixel());
    world.visit(&Page::new());
    world.notice();
    assert_eq!(world.run_async(TURN, &[url.into()]), "<b></b>");
    world.assert_silent();
}
