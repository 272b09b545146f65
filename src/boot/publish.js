// `window.consentry`: taken once, by the first copy on the page, so that no script can put another in its place.

import { copyIn } from '../gate/copy.js';
import { logError, logWarning } from '../gate/natives.js';

/**
 * @typedef {import('./api.js').Api & { push: (...fns: any[]) => void }} Published
 */

const { defineProperty, freeze, getOwnPropertyDescriptor } = Object;
const place = getOwnPropertyDescriptor(window, 'consentry');

/** The copy that came first. @returns {Published | undefined} */
export const first = () => copyIn(window);

/**
 * @param {import('./api.js').Api} api
 * @param {(fn: any) => boolean} accept takes a function that is a part of ours
 * @returns {Published}
 */
export const publish = (api, accept) => {
  const run = /** @param {any} fn */ (fn) => {
    try {
      accept(fn) || fn(published);
    } catch (error) {
      logError('Consentry: a function in the queue failed:', error);
    }
  };
  const published = freeze({ ...api, push: /** @param {any[]} fns */ (...fns) => fns.forEach(run) });
  try {
    defineProperty(window, 'consentry', /** @type {any} */ ({ __proto__: null, value: published, writable: false, configurable: false }));
  } catch {
    logError('Consentry: window.consentry is taken. Load consentry.js first.');
  }
  if (place && Array.isArray(place.value)) place.value.forEach(run);
  return published;
};

/** @param {Published} copy the one that stays @param {string} where the one that leaves */
export const handOver = (copy, where) =>
  logWarning(`Consentry: this page loads it twice. The first copy (${copy.version}) stays in charge; remove ${where}.`);
