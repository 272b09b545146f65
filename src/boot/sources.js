// The three places a config can come from, and the catalog that its short service names stand for. What the page itself
// holds is found at once: nothing here waits that need not.

import { bare, on, readyState } from '../gate/natives.js';
import { readElement, readFile } from './config.js';
import { beside } from './parts.js';

/**
 * @typedef {import('./config.js').Tree} Tree
 * @typedef {import('./start.js').Place} Place
 */

/**
 * The config of the page. `consentry.start()` is the third place, and has until the page is read.
 * @param {Place} place
 * @returns {Tree | Promise<Tree | void>}
 */
export const findConfig = ({ script, setting }) => {
  const config = readElement('consentry-config', script);
  const address = setting('config');
  if (config) return config;
  if (address == null) return new Promise((done) => (readyState(document) == 'loading' ? on(document, 'DOMContentLoaded', () => done()) : done()));
  return readFile(address, 'same-origin', 'Check the address and connect-src; another origin is refused.');
};

/**
 * The catalog of services: the file beside our script, where the page does not hold all that the config names.
 * @param {Tree} config
 * @param {HTMLScriptElement | null} script
 * @returns {Tree | Promise<Tree>}
 */
export const findCatalog = ({ services }, script) => {
  const inline = readElement('consentry-catalog', null) || bare(null);
  if (![services].flat().some((service) => typeof service == 'string' && !(service in inline))) return inline;
  const cure = 'Put it beside consentry.js, or declare all services in the config.';
  return readFile(beside(script, 'consentry.catalog.json'), 'cors', cure).then((file) => ({ ...file, ...inline }));
};
