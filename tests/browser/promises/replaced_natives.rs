//! Whatever a page makes of the language's own methods while it lives, nobody has said yes by that: what waits goes on
//! waiting, marked or not.

use consentry_browser_tests::{Kind, Page, World, promises};
use serde_json::json;

promises![opens_nothing, changes_no_choice];

/// Puts each of these in the place of each method and getter, one after the other, and asks for the third party meanwhile.
const TRY: &str = "const [url, mark, done] = arguments;
const { defineProperty, getOwnPropertyDescriptor, getOwnPropertyNames } = Object, { ownKeys } = Reflect;
const values = { true: () => true, false: () => false, empty: () => '', none: () => undefined, yes: () => 'yes', necessary: () => 'necessary', list: () => [], same: (one) => one,
  itself() { return this; }, here: () => location.href, host: () => location.hostname, zero: () => 0 };
const owners = { Array: Array.prototype, String: String.prototype, RegExp: RegExp.prototype, Map: Map.prototype, Set: Set.prototype, WeakMap: WeakMap.prototype,
  WeakSet: WeakSet.prototype, URL: URL.prototype, Object, OwnObject: Object.prototype, Reflect, JSON, Number: Number.prototype, Function: Function.prototype,
  Promise: Promise.prototype, NodeList: NodeList.prototype, Lists: Array, TextDecoder: TextDecoder.prototype,
  TextEncoder: TextEncoder.prototype, Uint8Array: Object.getPrototypeOf(Uint8Array.prototype) };
// What regular expressions are made of: with another `exec` the browser's own `replace` never ends.
const skipped = /^(constructor|__proto__|caller|arguments|exec|flags|global|Symbol\\(Symbol\\.(replace|match|split|search|matchAll)\\))$/;
(async () => {
  const box = document.body.appendChild(document.createElement('div'));
  let tried = 0;
  for (const owner in owners) for (const key of ownKeys(owners[owner])) {
    const found = getOwnPropertyDescriptor(owners[owner], key);
    if (skipped.test(String(key)) || !found.configurable || !found.get && typeof found.value != 'function') continue;
    for (const value in values) {
      const name = `${url}${owner}.${String(key).replace(/\\W/g, '')}.${value}`;
      const held = document.createElement('img'), image = new Image(), one = document.createElement('p');
      const waiting = mark.replace('URL', name + '.marked');
      tried += 1;
      const put = found.get ? { get: values[value], set: found.set, configurable: true } : { value: values[value], writable: true, configurable: true };
      put.__proto__ = null;
      defineProperty(owners[owner], key, put);
      try { image.src = name + '.image'; } catch {}
      try { fetch(name + '.fetch', { mode: 'no-cors' }).catch(() => {}); } catch {}
      try { one.innerHTML = waiting; box.appendChild(one); } catch {}
      await null; await null; await null;
      found.__proto__ = null;
      defineProperty(owners[owner], key, found);
      one.remove();
    }
  }
  done(tried);
})();";

fn opens_nothing(world: &World) {
    let url = world.third_party("tracker", "/");
    let mark = "<img alt data-service=tracker data-src='URL'>";
    world.visit(&Page::new().body("<p>Text</p>"));
    world.notice();
    let tried = world.run_async(TRY, &[url.into(), mark.into()]);
    assert!(tried.as_u64() > Some(1000), "{tried}");
    world.settle();
    world.assert_silent();
    assert_eq!(world.eval("[consentry.has('tracker'), consentry.has('analytics')]"), json!([false, false]));
}

/// What the page is told of the choices is not what decides.
fn changes_no_choice(world: &World) {
    let image = world.widget("tracker", Kind::Img);
    let script = "const { isFrozen, freeze, values } = Object, { forEach, map } = Array.prototype;
      Object.isFrozen = () => true; Object.freeze = (one) => one; Object.values = () => []; Array.prototype.forEach = () => {};
      const told = [];
      document.addEventListener('consentry:blocked', (event) => told.push(event.detail));
      consentry.onChange((one) => told.push(one));
      consentry.rejectAll();
      told.push(consentry.snapshot());
      await null; await null;
      let changed = 0;
      for (const { choices = {}, services = [] } of told) {
        for (const id of ['analytics', 'tracker']) try { if (choices[id]) { choices[id].allowed = true; changed += choices[id].allowed; choices[id] = { allowed: true, reason: 'granted', since: null }; } } catch {}
        for (const one of services) try { one.hosts.length = 0; one.category = 'necessary'; } catch {}
      }
      assign(Object, { isFrozen, freeze, values }); assign(Array.prototype, { forEach, map });
      new Image().src = url;
      done(changed);";
    let script = format!("const [url, done] = arguments, {{ assign }} = Object; (async () => {{ {script} }})();");
    world.visit(&Page::new());
    world.notice();
    assert_eq!(world.run_async(&script, &[image.url.into()]), 0);
    world.assert_silent();
    assert_eq!(world.eval("[consentry.has('tracker'), consentry.choice('tracker').allowed]"), json!([false, false]));
}
