// Levels whose policy stands in front of us, in the head or in a header, or is written by us at once. What lets more in is the next page, never this
// one: here is found what this page lets in, written down what the next one may, and the page loaded again after a grant.
// A file of its own: a page at another level does not pay for it.

import { all, baseURI, create, getAttribute, head, insertBefore, matches, remove, setAttribute } from '../gate/natives.js';
import { namesOf, partsOf, sourceOf } from '../gate/marked.js';
import { createFlag } from './flag.js';
import { leadOf, loadOnce } from './frame.js';
import { createHeader, findPolicy } from './header.js';
import { createMirror } from './mirror.js';
import { createList, NOBODY } from './refused.js';
import { createReload } from './reload.js';

/**
 * @typedef {{ id: string, category: string, hosts: string[] }} Service
 * @typedef {'' | 'reload' | 'unkept' | 'shut'} Why a granted service does not load in this page: a fresh one would let it in, the
 *   browser keeps no choice, or no page lets it in
 * @typedef {{ services: Service[], choices: { [id: string]: { allowed: boolean, reason: string, since: string | null } }, storage: string,
 *   record: any }} State
 */
/**
 * @typedef {object} Found a policy of ours in the head
 * @property {(name: string) => string} [data] an attribute of the snippet that wrote it; nothing where we did
 * @property {string[]} open what it lets into this page of what has to be granted
 * @property {string[]} [own] what it lets in always
 */
/**
 * @typedef {object} Kit
 * @property {import('../boot/config.js').Tree} config
 * @property {HTMLScriptElement | null} script our tag
 * @property {import('../boot/page.js').Page} page
 * @property {string} frame the address of consentry-frame.html
 * @property {() => import('../gate/gate.js').Held[]} held
 * @property {(element: HTMLElement) => void} release
 * @property {import('./refused.js').Refusal[]} refused what the page's policies have kept out so far
 * @property {ReturnType<typeof import('../gate/log.js').createLog>} log
 * @property {(text: string) => void} error
 */

/** A base address asks for nothing. */
const PROBE = `http://${NOBODY}/`;

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

/**
 * The snippet with its meta, where it was the first in the head when it ran; or our tag with the one that we wrote.
 * @param {HTMLScriptElement | null} ours
 * @returns {Found | undefined}
 */
const findMeta = (ours) => {
  const [script] = all(document, 'head>script[data-policy]');
  const [meta] = all(document, 'head>script[data-policy]+meta[http-equiv="Content-Security-Policy" i]');
  const data = /** @param {string} name */ (name) => getAttribute(script, 'data-' + name) || '';
  const content = (meta && getAttribute(meta, 'content')) || '';
  if (!script || !content.startsWith(data('policy'))) return;
  const open = content.slice(data('policy').length).split(' ');
  if (script == ours) return { open, own: data('policy').split(';')[0].split(' ') };
  if (/** @type {any} */ (script).first) return { data, open };
};

/** Looks what stands in front of this page; the answer makes the rest. @param {HTMLScriptElement | null} script our tag */
export const prepareSeal = async (script) => {
  const found = findMeta(script);
  const early = /** @type {any} */ (document).prerendering === true;
  const open = await findPolicy(refuses);
  return (/** @type {Kit} */ kit) => createSeal(kit, found, open, early);
};

/**
 * @param {Kit} kit
 * @param {Found | undefined} found
 * @param {string[] | undefined} open what a policy of the server's lets in
 * @param {boolean} early whether the page began before the visitor was here
 */
const createSeal = (kit, found, open, early) => {
  const { config, page, error } = kit;
  const wanted = config.gate?.level;
  const state = /** @returns {State} */ () => page.session.state();
  const mirror = config.record?.cookie && createMirror(config.record.cookie);
  const keepMirror = () => !!mirror && mirror.keep(state());
  const flag = found && createFlag(found, config, error);
  const shut = !!flag && refuses();
  const isSnippet = shut && !!found.data;
  if (wanted == 'sealed' && !isSnippet) error('gate.level is "sealed", but its snippet is not the first thing in the head, whole. Generate it again and put it there.');
  if (wanted == 'auto-csp' && !shut) error('gate.level is "auto-csp", but the browser does not keep to the policy that was written. Put the tag into the head.');
  if (wanted == 'header' && !(open && mirror)) error('gate.level is "header", but its policy did not come with this page, or record.cookie is missing. Let the server send what `consentry header` writes.');
  const header = open && (mirror || !shut) && createHeader(open, keepMirror);
  const locks = [shut && flag, header].flatMap((lock) => lock || []);
  // What the cookie tells the server may be all that is wanted of us.
  if (!locks[0]) return { keep: keepMirror };
  /** Where two policies stand in front of the page: the later word of the alphabet is the worse. @param {Service} service @returns {Why} */
  const whyOf = (service) => locks.map((lock) => lock.why(service)).sort().pop() || '';
  const reload = createReload(kit);
  const list = createList(kit);

  /** Whether this page's policy lets something in that is denied by now: it came before the no. */
  const lets = () => {
    const { services, choices } = state();
    const needed = services.filter(({ id }) => choices[id].reason == 'necessary');
    const always = [...(config.site?.hosts || []), ...needed.flatMap(({ hosts }) => hosts)];
    return services.some((service) => !choices[service.id].allowed && locks.some((lock) => lock.lets(service, always)));
  };

  return {
    level: isSnippet ? 'sealed' : shut ? 'auto-csp' : 'header',
    lets,
    /** Whether what a granted service declares would be refused in this page, for who stops it by its address. @param {string} id */
    shuts: (id) => shut && !isSnippet && whyOf(page.service(id)),
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
      return services.map(whyOf).find((/** @type {Why} */ why) => (owners ? why : why == 'reload'));
    },
    /** Writes down what the next page may let in. */
    keep: () => {
      if (!header) keepMirror();
      for (const lock of locks) lock.keep(state());
      list();
      // What was taken back before the visit has run in this page.
      if (early && lets()) reload.go();
      early = false;
    },
    /** A visitor's own click has allowed these services. @param {Service[]} services */
    granted: (services) => reload.after(services.filter((service) => whyOf(service) == 'reload')),
    reload: reload.go,
    /** Whether an element can be loaded alone. @param {HTMLElement} element */
    hosts: (element) => matches(element, 'iframe'),
    /** Loads a held element alone. @param {HTMLElement} element */
    release: (element) => {
      const id = namesOf(element).service || page.owners(leadOf(element)[2])[0];
      return whyOf(page.service(id)) ? loadOnce(element, id, kit) : kit.release(element);
    },
  };
};
