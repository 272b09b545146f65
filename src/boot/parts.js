// Our own later files: the preference center and the fallback engine, from the script's own folder, with integrity.

import { parts as digests, version } from 'gen/parts.js';
import { append, baseURI, create, head, documentElement, on, remove, setAttribute, Address } from '../gate/natives.js';
import { scriptUrl } from '../gate/trusted.js';

/**
 * @typedef {object} Parts
 * @property {(name: 'preferences' | 'fallback') => Promise<any>} load
 */

/**
 * The address of a file beside our script.
 * @param {HTMLScriptElement | null} script
 * @param {string} file
 */
export const beside = (script, file) => new Address(`${file}?v=${version}`, (script && script.src) || baseURI()).href;

/** @param {HTMLScriptElement | null} script our tag */
export const createParts = (script) => {
  /** @type {Map<Element, (part: any) => void>} */
  const expected = new Map();
  /** @type {{ [name: string]: Promise<any> }} */
  const loading = Object.create(null);
  /** @type {Parts['load']} */
  const fetchPart = (name) =>
    new Promise((resolve, reject) => {
      const element = create('script');
      const address = beside(script, `consentry.${name}.js`);
      const fail = () => {
        delete loading[name];
        expected.delete(element);
        remove(element);
        reject(new Error(`${address} did not load, or is not the file that belongs to this version. Put it beside consentry.js.`));
      };
      expected.set(element, resolve);
      on(element, 'error', fail);
      // A file that ran has handed its part over by now; one that failed while running has not.
      on(element, 'load', () => (expected.has(element) ? fail() : remove(element)));
      setAttribute(element, 'integrity', digests[name]);
      setAttribute(element, 'crossorigin', 'anonymous');
      if (script) element.nonce = script.nonce;
      element.src = scriptUrl(address);
      append(/** @type {Node} */ (head(document) || documentElement(document)), element);
    });
  return {
    /** @type {Parts['load']} */
    load: (name) => (loading[name] = loading[name] || fetchPart(name)),
    /**
     * Takes a part from a script that we put on the page; anything else is not ours.
     * @param {Element | null} element the running script
     * @param {any} part
     */
    accept: (element, part) => {
      const resolve = element && expected.get(element);
      if (!resolve) return false;
      expected.delete(element);
      resolve(part);
      return true;
    },
  };
};
