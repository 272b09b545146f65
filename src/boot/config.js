// Where the config comes from, and how it becomes a plain tree: own properties only, no prototypes, no getters run later.

import { Address, all, assign, bare, baseURI, captured, getAttribute } from '../gate/natives.js';
import { failure } from './report.js';

const { isArray } = Array;
const { parse, stringify } = JSON;
const { fetch } = window;
const { status, text: textOf } = captured(Response.prototype);
const Script = HTMLScriptElement;

/** @typedef {{ [key: string]: any }} Tree a plain copy of a config or a part of one */

/** @param {string} text @returns {any} its value, of objects without a prototype */
export const read = (text) => parse(text, (_, value) => (value && typeof value == 'object' && !isArray(value) ? assign(bare(null), value) : value));

/** A plain copy of a value: own properties only, nothing that runs when it is read. @param {any} value @returns {any} */
export const clean = (value) => read(stringify(value) || 'null');

/**
 * @param {string} text
 * @param {string} source where it stands, for the error
 * @returns {Tree}
 */
const json = (text, source) => {
  try {
    return read(text);
  } catch (error) {
    throw failure(`${source} is not JSON (${error}). Correct it there.`);
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
      return json('' + element.textContent, '#' + id);
    }
  }
};

/**
 * Asks the site's own server, whose answers are believed: nothing that the page has put in the way of `fetch` hears of it.
 * @param {string} address
 * @param {string} [body] is posted
 * @returns {Promise<{ status: number, text: string }>}
 */
export const ask = async (address, body) => {
  const answer = await fetch(address, { method: body ? 'POST' : 'GET', body, mode: 'same-origin', redirect: 'error', cache: 'no-store', credentials: 'same-origin', keepalive: true });
  return { status: status(answer), text: await textOf(answer) };
};

/**
 * @param {string} address
 * @param {RequestMode} mode `same-origin` refuses other origins, redirects there included
 * @param {string} cure what to do where it does not load
 * @returns {Promise<Tree>}
 */
export const readFile = async (address, mode, cure) => {
  const { href } = new Address(address, baseURI());
  const answer = await fetch(href, { mode, credentials: 'same-origin' }).catch(() => null);
  if (!answer?.ok) throw failure(`${href} did not load. ${cure}`);
  return json(await answer.text(), href);
};

/**
 * Takes the values away that a warning is about, so that their defaults apply.
 * @param {Tree} config
 * @param {string} path as in an issue: `ui.theme.accent`, `categories[1].label`
 */
export const drop = (config, path) => {
  // A key with dots of its own stands in quotes: `texts.en["notice.accept"]`.
  const steps = [...path.matchAll(/\["(.+?)"]|[^.[\]]+/g)].map(([step, quoted]) => quoted || step);
  const last = /** @type {string} */ (steps.pop());
  const place = steps.reduce((/** @type {any} */ tree, step) => tree?.[step], config);
  if (place) delete place[last];
};
