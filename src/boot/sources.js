// The three places a config can come from, and the catalog that its short service names stand for.

import { on, readyState } from '../gate/natives.js';
import { readElement, readFile } from './config.js';
import { beside } from './parts.js';

/**
 * @typedef {import('./config.js').Tree} Tree
 * @typedef {import('./start.js').Place} Place
 */

/**
 * Finds the config of the page and begins with it. `consentry.start()` is the third place: nothing to find.
 * @param {Place} place
 * @param {(config: Tree) => void} begin
 * @param {() => boolean} idle whether nothing has begun yet
 * @param {(problem: any) => void} fail
 */
export const findConfig = ({ script, setting }, begin, idle, fail) => {
  if (setting('manual') != null) return;
  const config = readElement('consentry-config', script);
  if (config) return begin(config);
  const address = setting('config');
  if (address != null) return readFile(address, location.origin).then(begin, fail);
  const missing = () => {
    if (idle()) {
      fail(
        new Error(
          'there is no config. Put <script type="application/json" id="consentry-config"> before the tag, ' +
            'or data-config="/consentry.json" on it, or call consentry.start(config).',
        ),
      );
    }
  };
  if (readyState(document) == 'loading') on(document, 'DOMContentLoaded', missing);
  else missing();
};

/**
 * Hands over the catalog: at once where the page holds all that the config names, otherwise the file beside our script.
 * @param {Tree} config
 * @param {HTMLScriptElement | null} script
 * @param {(catalog: Tree) => void} run
 * @param {(problem: any) => void} failed
 */
export const withCatalog = (config, script, run, failed) => {
  const inline = readElement('consentry-catalog', null) || Object.create(null);
  const services = Array.isArray(config.services) ? config.services : [];
  if (services.every((service) => typeof service != 'string' || service in inline)) return run(inline);
  readFile(beside(script, 'consentry.catalog.json')).then(
    (file) => run(Object.assign(file, inline)),
    (problem) =>
      failed(
        new Error(
          `services: names without a declaration are looked up in the catalog, but ${problem.message} ` +
            'Put consentry.catalog.json beside consentry.js, or declare these services in the config.',
        ),
      ),
  );
};
