// Where the config comes from, and how it becomes a plain tree: own properties only, no prototypes, no getters run later.

import { all, Address, baseURI, getAttribute, getter, own } from '../gate/natives.js';

const { isArray } = Array;
const { create: bare, keys } = Object;
const { parse } = JSON;
const { fetch } = window;
const textOf = getter(Node.prototype, 'textContent');
const Script = HTMLScriptElement;

/** @typedef {{ [key: string]: any }} Tree a plain copy of a config or a part of one */

/**
 * Copies a value's own enumerable properties into objects without a prototype. What nests deeper than any config can is
 * dropped, cycles with it.
 * @param {any} value
 * @returns {any}
 */
export const clean = (value, depth = 0) => {
  if (!value || typeof value != 'object' || depth > 12) return depth > 12 ? undefined : value;
  if (isArray(value)) return value.map((item) => clean(item, depth + 1));
  const copy = bare(null);
  for (const key of keys(value)) {
    const item = clean(value[key], depth + 1);
    if (item !== undefined) copy[key] = item;
  }
  return copy;
};

/**
 * @param {string} text
 * @param {string} source where it stands, for the error
 * @returns {Tree}
 */
const json = (text, source) => {
  try {
    return clean(parse(text));
  } catch (error) {
    throw new Error(`${source} is not JSON: ${/** @type {Error} */ (error).message}. Check commas and quotes there.`);
  }
};

/**
 * The JSON in `<script type="application/json" id="…">`, if it stands before our own tag. Other markup with that id is
 * ignored: it may come from a visitor's comment.
 * @param {string} id
 * @param {Node | null} script our own tag
 * @returns {Tree | undefined}
 */
export const readElement = (id, script) => {
  for (const element of all(document, `script[id="${id}"]`)) {
    const before = !script || script.compareDocumentPosition(element) & 2;
    if (element instanceof Script && getAttribute(element, 'type') == 'application/json' && before) {
      return json(textOf(element), '#' + id);
    }
  }
};

/**
 * @param {string} address
 * @param {string} [origin] the only origin that may answer, redirects included
 * @returns {Promise<Tree>}
 */
export const readFile = async (address, origin) => {
  const url = new Address(address, baseURI());
  const refuse = /** @param {string} why */ (why) => new Error(`${url.href} ${why}`);
  if (origin && url.origin != origin) throw refuse('is on another origin. Serve the config from the site itself.');
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(url.href, { credentials: 'same-origin' });
  } catch {
    throw refuse('did not load. Check the address and the connect-src of the page\'s CSP.');
  }
  if (!answer.ok) throw refuse(`did not load (status ${answer.status}). Check the address.`);
  if (origin && new Address(answer.url).origin != origin) throw refuse('was redirected to another origin.');
  return json(await answer.text(), url.href);
};

/**
 * Takes the values away that a warning is about, so that their defaults apply.
 * @param {Tree} config
 * @param {string} path as in an issue: `ui.theme.accent`, `categories[1].label`
 */
export const drop = (config, path) => {
  const steps = path.replace(/\[(\d+)]/g, '.$1').split('.');
  // The keys of texts have dots of their own.
  const last = steps.splice(steps[0] == 'texts' && steps[2] ? 2 : -1).join('.');
  let place = config;
  for (const step of steps) {
    if (!place || typeof place != 'object' || !own(place, step)) return;
    place = place[step];
  }
  if (place && typeof place == 'object') delete place[last];
};
