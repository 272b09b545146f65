// Which windows have a Consentry of their own.

import { describe, own } from './natives.js';
import { uncurry } from './uncurry.js';

/** What only a copy's guard of writes takes, and from whatever it is called on: the browser's own function throws. */
export const PROBE = 'consentry!';

/**
 * The copy that stands in a window, if it is one of ours: its place cannot be taken, and it is seen to be shut. A script
 * that came first can put anything in the place.
 * @param {any} view a window of this origin
 * @returns {any}
 */
export const copyIn = (view) => {
  try {
    const { value, writable, configurable } = describe(view, 'consentry') || {};
    if (value && !writable && !configurable && own(value, 'snapshot')) {
      uncurry(view.Storage.prototype.setItem)(value, PROBE, '');
      return value;
    }
  } catch {
    // Not shut; or a frame whose document we still know may show another origin's by now.
  }
};
