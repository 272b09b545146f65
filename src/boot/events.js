// Who listens: DOM events on the document, listeners and promises of the API. Late listeners hear the present state.

import { dispatch, own, soon } from '../gate/natives.js';

const Happening = CustomEvent;

const { freeze: close, isFrozen } = Object;

/**
 * What is told is what decides: nothing that the page can replace stands between it and being frozen.
 * @template T @param {T} value @returns {T} the same, frozen through and through
 */
const freeze = (value) => {
  if (value && typeof value == 'object' && !isFrozen(value)) {
    close(value);
    // What the page gave to every object is the page's own.
    for (const key in value) if (own(value, key)) freeze(value[key]);
  }
  return value;
};

/** @param {import('./page.js').Page} page */
export const createEvents = (page) => {
  /** @type {Set<(snapshot: any) => void>} */
  const listeners = new Set();
  /** @type {(snapshot: any) => void} */
  let resolve;
  /** @type {(problem: any) => void} */
  let reject;
  const ready = new Promise((yes, no) => ((resolve = yes), (reject = no)));
  // Nobody has to listen: the console has said it already.
  ready.catch(() => {});

  const snapshot = () => freeze(page.snapshot());
  // A listener that throws is the page's own error, and no other listener misses its turn.
  const call = /** @param {(snapshot: any) => void} fn */ (fn) => soon(() => fn(snapshot()));
  /** @param {string} name @param {any} [extra] @returns {boolean} false where a listener canceled it */
  const emit = (name, extra, cancelable = false) =>
    dispatch(document, new Happening('consentry:' + name, { cancelable, detail: freeze({ ...page.snapshot(), ...extra }) }));
  /** @param {(snapshot: any) => void} fn @returns {() => void} stops it */
  const onChange = (fn) => {
    listeners.add(fn);
    if (page.phase == 'ready') call(fn);
    return () => void listeners.delete(fn);
  };

  return {
    ready,
    snapshot,
    emit,
    onChange,
    /** The engine runs and the decision is in force. */
    started: () => {
      resolve(snapshot());
      emit('ready');
      listeners.forEach(call);
    },
    /** @param {Error} problem */
    failed: (problem) => {
      reject(problem);
      emit('error', { error: problem });
    },
    /** The decision changed. @param {string} action */
    changed: (action) => {
      emit('change', { action });
      listeners.forEach(call);
    },
    /** @param {() => boolean} holds @returns {Promise<any>} the snapshot, once it holds */
    when: (holds) =>
      new Promise((done) => {
        const stop = onChange((now) => {
          if (holds()) stop(), done(now);
        });
      }),
  };
};
