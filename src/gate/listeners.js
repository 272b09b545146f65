// What a script expects that runs while the page is read: its `DOMContentLoaded` and `load` listeners are called, and
// its `document.write` lands where it stands. The wrappers are on only while a released script is under way.

import { currentScript, describe, isTrusted, later, on, uncurry } from './natives.js';

/** @typedef {import('./queue.js').Job} Job */

/** Defines a property by own keys alone. @type {(owner: any, name: string, property: PropertyDescriptor) => boolean} */
const define = (owner, name, property) => Reflect.defineProperty(owner, name, Object.assign(Object.create(null), property));

const READ = 'DOMContentLoaded';
const LOADED = 'load';
/** The events that are over. @type {{ [type: string]: Event }} */
const fired = Object.create(null);

/** Starts to notice when the page is read and loaded; it may be already. */
export function noticeReadiness() {
  const { timing } = performance;
  const note = (/** @type {Event} */ event) => {
    if (isTrusted(event)) fired[event.type] = event;
  };
  if (timing.domContentLoadedEventEnd) fired[READ] = new Event(READ);
  if (timing.loadEventEnd) fired[LOADED] = new Event(LOADED);
  on(window, READ, note);
  on(window, LOADED, note);
}

/**
 * @param {() => Job | undefined} running the released script whose code is running now
 */
export function createStage(running) {
  /** @type {(() => void)[]} */
  let undo = [];
  let scripts = 0;
  /** @type {{ job: Job, type: string, target: any, listener: any }[]} */
  let late = [];

  /** @type {(owner: any, name: string, property: PropertyDescriptor) => void} */
  const patch = (owner, name, property) => {
    const before = describe(owner, name);
    if (!define(owner, name, { configurable: true, ...property })) return;
    undo.push(() => {
      // The page may have put its own on top meanwhile; that one stays.
      const now = describe(owner, name);
      if (now?.value !== property.value || now?.set !== property.set) return;
      if (before) define(owner, name, before);
      else delete owner[name];
    });
  };

  /** Wraps a method: `instead` answers true where it did the work. @type {(owner: any, name: string, instead: (...args: any[]) => any) => void} */
  const wrap = (owner, name, instead) => {
    const native = uncurry(owner[name]);
    patch(owner, name, {
      writable: true,
      value: /** @type {(this: any, ...args: any[]) => any} */ (function (...args) {
        return (this ?? owner) === owner && instead(...args) || native(this ?? owner, ...args);
      }),
    });
  };

  /** @type {(target: any, type: string, listener: any) => boolean} */
  const expect = (target, type, listener) => {
    const job = fired[type] && (target === window || type === READ) && running();
    if (job) late.push({ job, type, target, listener });
    return !!job;
  };

  const enter = () => {
    for (const owner of [document, window]) {
      wrap(owner, 'addEventListener', (type, listener) => listener && expect(owner, type, listener));
    }
    const onload = /** @type {any} */ (describe(window, 'onload'));
    if (onload && onload.set) {
      patch(window, 'onload', {
        get: onload.get,
        set: (listener) => {
          uncurry(onload.set)(window, listener);
          if (listener) expect(window, LOADED, listener);
        },
      });
    }
    for (const [name, end] of [['write', ''], ['writeln', '\n']]) {
      wrap(document, name, (...parts) => {
        const job = running();
        if (job) job.write(parts.join('') + end);
        return !!job;
      });
    }
    wrap(document, 'open', (...args) => args.length < 3 && running() && document);
    wrap(document, 'close', running);
  };

  return {
    enter() {
      if (!scripts++) enter();
    },
    leave() {
      if (!--scripts) {
        for (const back of undo.reverse()) back();
        undo = [];
      }
    },
    /** Calls the late listeners of scripts that nothing of their group is behind any more. @param {(job: Job) => boolean} awaits */
    call(awaits) {
      const due = late.filter(({ job }) => !awaits(job));
      late = late.filter((entry) => !due.includes(entry));
      for (const type of [READ, LOADED]) {
        for (const { target, listener } of due.filter((entry) => entry.type === type)) {
          // Each in its own task: what one throws is reported and stops none of the others.
          later(() => typeof listener === 'function' ? uncurry(listener)(target, fired[type]) : listener.handleEvent(fired[type]));
        }
      }
    },
  };
}
