// What a script expects that runs while the page is read: its `DOMContentLoaded` and `load` listeners are called, and
// its `document.write` lands where it stands. The wrappers come with the first released script; for everyone else they
// do what the page's own methods do at that moment.

import { getPrototypeOf, isTrusted, later, on, own } from './natives.js';
import { uncurry } from './uncurry.js';

/** @typedef {import('./queue.js').Job} Job */

const READ = 'DOMContentLoaded';
const LOADED = 'load';
/** The events that are over. @type {{ [type: string]: Event }} */
const fired = Object.create(null);

/** Starts to notice when the page is read and loaded; it may be already. */
export function noticeReadiness() {
  const { timing } = performance;
  for (const [type, over] of /** @type {const} */ ([[READ, timing.domContentLoadedEventEnd], [LOADED, timing.loadEventEnd]])) {
    if (over) fired[type] = new Event(type);
    on(window, type, (event) => {
      if (isTrusted(event)) fired[type] = event;
    });
  }
}

/** Wraps a method: `instead` answers true where it did the work. @type {(owner: any, name: string, instead: (...args: any[]) => any) => void} */
const wrap = (owner, name, instead) => {
  // Looked up at each call, since pages wrap prototypes, too.
  const natives = own(owner, name) ? { [name]: owner[name] } : getPrototypeOf(owner);
  Reflect.defineProperty(owner, name, /** @type {any} */ ({
    __proto__: null,
    configurable: true,
    writable: true,
    value: /** @type {(this: any, ...args: any[]) => any} */ (function (...args) {
      const self = this ?? owner;
      return self == owner && instead(...args) ? owner : uncurry(natives[name])(self, ...args);
    }),
  }));
};

/**
 * @param {() => Job | undefined} running the released script whose code is running now
 */
export function createStage(running) {
  /** @type {{ job: Job, type: string, target: any, listener: any }[]} */
  let late = [];
  let set = false;

  return {
    /** Before a script is released. */
    enter() {
      if (set) return;
      set = true;
      for (const target of [document, window]) {
        wrap(target, 'addEventListener', (type, listener) => {
          const job = listener && fired[type] && (target == window || type == READ) && running();
          return job && late.push({ job, type, target, listener });
        });
        wrap(target, 'removeEventListener', (type, listener) => {
          late = late.filter((entry) => entry.listener != listener || entry.type != type);
        });
      }
      for (const [name, end] of [['write', ''], ['writeln', '\n']]) {
        wrap(document, name, (...parts) => {
          const write = running()?.write;
          if (write) write(parts.join('') + end);
          return write;
        });
      }
      wrap(document, 'open', (...args) => args.length < 3 && running());
      wrap(document, 'close', running);
    },
    /**
     * Calls the late listeners of scripts that nothing of their group is behind any more, unless they may not run any more.
     * @param {(job: Job) => boolean} awaits @param {(job: Job) => boolean} granted
     */
    call(awaits, granted) {
      const ready = late.filter(({ job }) => !awaits(job));
      late = late.filter((entry) => !ready.includes(entry));
      const due = ready.filter(({ job }) => granted(job));
      for (const type of [READ, LOADED]) {
        for (const entry of due) {
          const { target, listener } = entry;
          // Each in its own task: what one throws is reported and stops none of the others.
          if (entry.type == type) later(() => listener.handleEvent ? listener.handleEvent(fired[type]) : uncurry(listener)(target, fired[type]));
        }
      }
    },
  };
}
