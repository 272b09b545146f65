// Levels whose policy stands in front of us, in the head or in a header. What lets more in is the next page, never this
// one: here is found what this page lets in, written down what the next one may, and the page loaded again after a grant.
// A file of its own: a page at another level does not pay for it.

import { all, baseURI, create, getAttribute, head, insertBefore, matches, remove, setAttribute } from '../gate/natives.js';
import { namesOf, partsOf, sourceOf } from '../gate/marked.js';
import { createFlag } from './flag.js';
import { loadOnce } from './frame.js';
import { createHeader, findPolicy } from './header.js';
import { createMirror } from './mirror.js';
import { createReload } from './reload.js';

/**
 * @typedef {{ id: string, category: string, hosts: string[] }} Service
 * @typedef {'' | 'reload' | 'unkept' | 'shut'} Why a granted service does not load in this page: a fresh one would let it in, the
 *   browser keeps no choice, or no page lets it in
 * @typedef {{ services: Service[], choices: { [id: string]: { allowed: boolean, reason: string, since: string | null } }, storage: string,
 *   record: any }} State
 */
/**
 * @typedef {object} Kit
 * @property {import('../boot/config.js').Tree} config
 * @property {HTMLScriptElement | null} script our tag
 * @property {import('../boot/page.js').Page} page
 * @property {string} frame the address of consentry-frame.html
 * @property {() => import('../gate/gate.js').Held[]} held
 * @property {(element: HTMLElement) => void} release
 * @property {string[]} refused what the page's policy has kept out so far
 * @property {(text: string) => void} error
 */

/** Nobody's: the name is reserved, and a base address asks for nothing. */
const PROBE = 'http://consentry.invalid/';

/** Whether a policy is in force that keeps base addresses to the site: ours does. */
const refuses = () => {
  const base = create('base');
  const place = /** @type {Node} */ (head(document));
  setAttribute(base, 'href', PROBE);
  insertBefore(place, base, place.firstChild);
  const refused = baseURI() != PROBE;
  remove(base);
  return refused;
};

/** The snippet with its meta, where it was the first in the head when it ran. */
const findSnippet = () => {
  const [script] = all(document, 'head>script[data-policy]');
  const [meta] = all(document, 'head>script[data-policy]+meta[http-equiv="Content-Security-Policy" i]');
  const data = /** @param {string} name */ (name) => getAttribute(script, 'data-' + name) || '';
  const content = (meta && getAttribute(meta, 'content')) || '';
  if (!(/** @type {any} */ (script)?.first) || !content.startsWith(data('policy'))) return;
  return { data, open: content.slice(data('policy').length).split(' ') };
};

/** Looks what stands in front of this page; the answer makes the rest. */
export const prepareSeal = async () => {
  const snippet = findSnippet();
  const open = snippet ? undefined : await findPolicy(refuses);
  return (/** @type {Kit} */ kit) => createSeal(kit, snippet, open);
};

/**
 * @param {Kit} kit
 * @param {ReturnType<typeof findSnippet>} snippet
 * @param {string[] | undefined} open what a policy of the server's lets in
 */
const createSeal = (kit, snippet, open) => {
  const { config, page, error } = kit;
  const wanted = config.gate?.level;
  const state = () => page.session.state();
  const mirror = config.record?.cookie && createMirror(config.record.cookie);
  const keepMirror = () => !!mirror && mirror.keep(state());
  const flag = snippet && createFlag(snippet.data, snippet.open, config, error);
  const shut = !!flag && refuses();
  if (wanted == 'sealed' && !shut) error('gate.level is "sealed", but its snippet is not the first thing in the head, whole. Generate it again and put it there.');
  if (wanted == 'header' && !(open && mirror)) error('gate.level is "header", but its policy did not come with this page, or record.cookie is missing. Let the server send what `consentry header` writes.');
  const lock = shut ? flag : open && createHeader(open, keepMirror);
  // What the cookie tells the server may be all that is wanted of us.
  if (!lock) return { keep: keepMirror };
  const reload = createReload(kit);

  return {
    level: shut ? 'sealed' : 'header',
    /**
     * Why what an element names does not load in this page, though it is granted.
     * @param {string | null} category
     * @param {string | null} name
     * @param {Element} element
     * @returns {Why | undefined}
     */
    why: (category, name, element) => {
      const address = sourceOf(partsOf(element)[0] || element);
      const owners = name ? [name] : address ? page.owners(address) : null;
      const services = state().services.filter((/** @type {Service} */ { id, category: of }) => (owners ? owners.includes(id) : of == category));
      // What has no address may do more than what is shut: it waits only for what a fresh page would let in.
      return services.map(lock.why).find((/** @type {Why} */ why) => (owners ? why : why == 'reload'));
    },
    /** Writes down what the next page may let in. */
    keep: () => {
      lock.keep(state());
      if (shut) keepMirror();
    },
    /** A visitor's own click has allowed these services. @param {Service[]} services */
    granted: (services) => reload.after(services.filter((service) => lock.why(service) == 'reload')),
    reload: reload.go,
    /** Whether an element can be loaded alone. @param {HTMLElement} element */
    hosts: (element) => matches(element, 'iframe'),
    /** Loads a held element alone. @param {HTMLElement} element */
    release: (element) => (lock.why(page.service(namesOf(element).service + '')) ? loadOnce(element, kit) : kit.release(element)),
  };
};
