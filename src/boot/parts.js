// Our own later files: the preference center and the fallback engine, from the script's own folder, with integrity.

import { base, parts as digests, version } from 'gen/parts.js';
import { append, baseURI, create, head, documentElement, on, remove, Address } from '../gate/natives.js';
import { scriptUrl } from '../gate/trusted.js';
import { failure } from './report.js';

/**
 * @typedef {object} Parts
 * @property {(name: 'aside' | 'ask' | 'debug' | 'dpv' | 'failed' | 'fallback' | 'preferences' | 'sealed' | 'server' | 'worker') => Promise<any>} load
 */

/**
 * The address of a file beside our script.
 * @param {HTMLScriptElement | null} script
 * @param {string} file
 */
export const beside = (script, file) => new Address(`${base}${file}?v=${version}`, (script && script.src) || baseURI()).href;

/** @param {HTMLScriptElement | null} script our tag */
export const createParts = (script) => {
  /** What takes the part that a script of ours hands over. @type {Map<unknown, (part: any) => void>} */
  const expected = new Map();
  /** @type {{ [name: string]: Promise<any> }} */
  const loading = {};
  /** @type {Parts['load']} */
  const fetchPart = (name) =>
    new Promise((resolve, reject) => {
      const element = create('script');
      const address = beside(script, `consentry.${name}.js`);
      // A file that ran has handed its part over by then; one that failed while running has not.
      const end = () => {
        if (expected.delete(element)) {
          delete loading[name];
          reject(failure(`${address} did not load, or is of another version. Put it beside consentry.js.`));
        }
        remove(element);
      };
      expected.set(element, resolve);
      on(element, 'error', end);
      on(element, 'load', end);
      element.integrity = digests[name];
      element.crossOrigin = 'anonymous';
      if (script) element.nonce = script.nonce;
      element.src = scriptUrl(address);
      append(/** @type {Node} */ (head(document) || documentElement(document)), element);
    });
  return {
    /** @type {Parts['load']} */
    load: (name) => (loading[name] ??= fetchPart(name)),
    /**
     * Takes a part from a script that we put on the page; anything else is not ours.
     * @param {Element | null} element the running script
     * @param {any} part
     */
    accept: (element, part) => {
      expected.get(element)?.(part);
      return expected.delete(element);
    },
  };
};
