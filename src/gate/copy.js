// Which windows have a Consentry of their own.

import { describe, own } from './natives.js';

/**
 * The copy that stands in a window, if it is one of ours: its place cannot be taken.
 * @param {any} view a window of this origin
 * @returns {any}
 */
export const copyIn = (view) => {
  try {
    const { value, writable, configurable } = describe(view, 'consentry') || {};
    if (value && !writable && !configurable && own(value, 'snapshot')) return value;
  } catch {
    // A frame whose document we still know may show another origin's by now.
  }
};
