// The one way in which the gate stands in front of what the browser offers: a wrapper has the name, the length and the
// statics of what it wraps, and can be extended like it.

import { assign, bare, describe } from './natives.js';

const { apply, construct, defineProperty } = Reflect;

/** @typedef {(call: () => any, self: any, args: any[]) => any} Run what happens instead; `call` does what would have happened, with `args` as they are then */

/**
 * Wraps a method, a constructor, or both halves of an accessor.
 * @param {any} target @param {string} name
 * @param {Run} run
 * @param {Run | null} [read] for an accessor's getter, where that is something else or, by null, nothing
 */
export const around = (target, name, run, read = run) => {
  const { get, set, value, configurable } = assign(bare(null), target && describe(target, name));
  if (!configurable) return;
  /** @param {any} native @param {Run | null} run */
  const through = (native, run) => native && run ? new Proxy(native, /** @type {any} */ ({
    __proto__: null,
    apply: (/** @type {any} */ fn, /** @type {any} */ self, /** @type {any[]} */ args) => run(() => apply(fn, self, args), self, args),
    construct: (/** @type {any} */ fn, /** @type {any[]} */ args, /** @type {any} */ made) => run(() => construct(fn, args, made), null, args),
  })) : native;
  const wrapped = through(value, run);
  defineProperty(target, name, /** @type {any} */ (value ? { __proto__: null, value: wrapped }
    : { __proto__: null, get: through(get, set ? read : run), set: through(set, run) }));
  if (value?.prototype && value.prototype.constructor == value) value.prototype.constructor = wrapped;
};
