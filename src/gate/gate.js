// Finds what the site has marked and, above level `marked`, what names a third party by its address, whenever it comes, and
// holds it until the decision allows it.

import { createAuto } from './auto.js';
import { copyIn } from './copy.js';
import { bared, INERT, LOADED, LOADERS } from './cover.js';
import {
  all, attributeNames, bare, childNodes, closest, defaultView, firstChild, getAttribute, has, isConnected, isElement, later, matches, observer, on, own,
  ownerDocument, parentNode, readyState, shadowRoot,
} from './natives.js';
import { noticeReadiness } from './listeners.js';
import { cureFor, isComplete, isMarked, NAMED, namesOf, ONCE, outline, partsOf, sourceOf, WATCHED } from './marked.js';
import { createRelease, safe } from './release.js';
import { openPolicy } from './trusted.js';

/** @typedef {'yes' | 'no' | 'wait' | 'unknown' | 'starting'} Verdict */
/** @typedef {import('./log.js').Held} Held */

/**
 * @typedef {object} Edges
 * @property {(category: string | null, service: string | null, element?: Element) => Verdict | string} verdict of what an
 *   element names; both must allow it, and the policy in front of us the element
 * @property {(service: string) => string | null} categoryOf the category of a service
 * @property {(service: string) => unknown} holds whether what is asked of a service waits for a decision
 * @property {ReturnType<typeof import('./address.js').createAddresses>} addresses
 * @property {boolean} auto whether unmarked third parties are stopped, too
 * @property {ReturnType<typeof import('./log.js').createLog>} log
 * @property {(element: HTMLElement, service: string | null, always: boolean, why: string) => (() => void) | null} placeholder
 *   puts one beside a held embed and answers how to take it away; `always`: the service's grant alone would open it
 * @property {() => string} speaks the language of placeholders; empty while there are no words yet, so that none is put
 * @property {(text: string) => void} warn says each text once
 * @property {(text: string) => void} error says each text once
 */

/** What a framework needs after `load` to take a page over. */
const HYDRATION_MS = 50;
/** A page that loads for so long shows its placeholders before it has. */
const PATIENCE_MS = 4000;

/** @param {Edges} edges */
export function createGate({ verdict, categoryOf, holds, addresses, auto, log, placeholder, speaks, warn, error }) {
  /** What is released or on its way, and what scripts became. */
  const taken = new WeakSet();
  /** What was released with another element, as a video's sources or a template's content. @type {WeakMap<Node, Element>} */
  const origins = new WeakMap();
  /** Of what a visitor has opened alone, the addresses that it may have. @type {WeakMap<Node, (address: string) => boolean>} */
  const alone = new WeakMap();
  /** @type {WeakMap<Node, { like: string, away: (() => void) | null }>} */
  const placeholders = new WeakMap();
  /** Elements that the parser is still reading. @type {HTMLElement[]} */
  let unread = [];
  /** The document and the shadow roots that the page has named. @type {Set<Node>} */
  const roots = new Set([document]);
  /** The shadow roots that were made since. @type {WeakMap<Node, Node>} */
  const shadows = new WeakMap();
  let shut = false;
  /** Whether frameworks have taken over what the server sent: until then nothing is put between it. */
  let calm = readyState(document) == 'complete';
  const SOUGHT = auto ? NAMED + ',' + LOADED : NAMED;

  /** @param {Node} element */
  const clear = (element) => {
    const away = placeholders.get(element)?.away;
    placeholders.delete(element);
    if (away) away();
  };

  /** @param {HTMLElement} element */
  const judge = (element) => {
    const { category, service } = namesOf(element);
    return shut ? verdict(category, service, element) : 'starting';
  };

  /** @param {HTMLElement} element */
  const open = (element) => {
    const { category, service } = namesOf(element);
    taken.add(element);
    // Shown and laid out first: Chromium loads nothing into an object that gets its address while it is hidden.
    clear(element);
    if (matches(element, 'object')) element.getBoundingClientRect();
    if (matches(element, INERT)) release.script(element, { service, category: service ? categoryOf(service) : category });
    else if (element instanceof HTMLTemplateElement) release.template(element);
    else release.addresses(element);
  };

  /** @param {HTMLElement} element @param {string} why */
  const hold = (element, why) => {
    const { category, service } = namesOf(element);
    wait(element, service, !category || verdict(category, null) === 'yes', why, /!/.test(category + ' ' + service));
  };

  /** @param {HTMLElement} element @param {string | null} service @param {boolean} always @param {string} why @param {boolean} [negated] */
  const wait = (element, service, always, why, negated) => {
    const like = speaks() + always + why;
    if (!calm || placeholders.get(element)?.like === like || !matches(element, 'iframe,video,embed,object')) return;
    clear(element);
    placeholders.set(element, { like, away: negated || !speaks() ? null : placeholder(element, service, always, why) });
  };

  /** @param {HTMLElement} element one that names a category or a service */
  const look = (element) => {
    const answer = judge(element);
    const known = taken.has(element);
    if (answer == 'starting' || !isConnected(element) || known && matches(element, ONCE)) return;
    const marked = isMarked(element);
    const cure = !known && !marked && cureFor(element);
    if (answer == 'unknown' && (marked || cure)) warn(`${outline(element)} names an unknown category or service.`);
    else if (cure) warn(`${outline(element)} is not held: ${cure}.`);
    else if (marked && !isComplete(element)) unread.push(element);
    else if (marked) (answer == 'yes' ? open : hold)(element, answer);
  };

  /** @param {Node} root */
  const scan = (root) => {
    // A frame's document is scanned by the frame's own copy, where it has one.
    const home = /** @type {Document} */ (ownerDocument(root) || root);
    if (home != document && defaultView(home) && copyIn(defaultView(home))) return;
    // A source that comes later belongs to what is there.
    const top = isElement(root) && closest(root, 'picture,video,audio') || root;
    if (isElement(top) && matches(top, SOUGHT)) see(top);
    if (firstChild(top)) all(top, SOUGHT).forEach(see);
  };

  /** One that nobody has thought of keeps no other from being looked at. @param {HTMLElement} element */
  const see = (element) => {
    try {
      if (unmarked) unmarked.meet(element);
      if (matches(element, NAMED)) look(element);
    } catch (problem) {
      error(`${outline(element)} could not be looked at: ${problem}`);
    }
  };

  /** What the page named for a grant that it has may have any address. @type {import('./cover.js').Free} */
  const free = (element) => {
    if (!has(taken, element)) return false;
    const named = matches(element, NAMED) ? element : origins.get(element);
    return named && judge(/** @type {HTMLElement} */ (named)) == 'yes' || alone.get(named || element) || !named;
  };

  /** The hosts that an element names now, for what is opened alone. @param {Element} element @returns {(address: string) => boolean} */
  const hostsOf = (element) => {
    const hosts = bare(null);
    const hostOf = /** @param {string} address */ (address) => '' + addresses.ask(address).url?.hostname;
    for (const part of [element, ...partsOf(element)]) {
      for (const name of attributeNames(part)) {
        if (/(src|srcset|poster|data)$/.test(name)) bared('' + getAttribute(part, name)).split(/[\s,]+/).forEach((one) => hosts[hostOf(one)] = 1);
      }
    }
    return (address) => own(hosts, hostOf(address));
  };

  /** @param {Node} root @returns {Node[]} the root and those of the shadow trees and frames in it */
  const within = (root) => [root, ...[root, ...all(root, '*')].flatMap((element) => {
    const inner = shadows.get(element) || isElement(element) && shadowRoot(element);
    if (!inner) return [];
    if (!shadows.has(element)) enter(inner, element);
    return within(inner);
  })];

  /** Looks into a shadow root or a frame's document, now and later. @param {Node} root @param {Node} host */
  const enter = (root, host) => {
    shadows.set(host, root);
    observe(root);
    scan(root);
  };

  const unmarked = auto && createAuto({
    ask: addresses.ask,
    log,
    waits: (id) => holds(id) && verdict(null, id) == 'wait',
    free,
    see,
    within,
    watch: enter,
    release: (script, service) => {
      taken.add(script);
      release.script(script, { service, category: service && categoryOf(service) });
    },
    covered: (element, service) => {
      if (service && isConnected(element)) wait(element, service, true, verdict(null, service, element));
      else if (!isMarked(element)) clear(element);
    },
  });

  const release = createRelease({
    allows: addresses.allows,
    error,
    taken,
    origins,
    look,
    granted: (element) => {
      if (matches(element, NAMED)) return judge(element) == 'yes';
      // Whoever names nothing is judged by the address, when its turn comes: a no may have come before that.
      const source = sourceOf(element);
      return source == null || addresses.allows(bared(source));
    },
  });

  /** @param {unknown} [less] whether something was taken back on this page */
  const update = (less) => {
    unread = [];
    if (unmarked) unmarked.update(less);
    release.recall();
    [...roots].flatMap(within).forEach(scan);
    release.pump();
  };

  /** What has come into a place: all in one go, where that is all there is in it. @param {Node} place @param {Node[]} come */
  const welcome = (place, come) => {
    const whole = come[1] && come.length >= childNodes(place).length;
    if (whole) scan(place);
    for (const node of come) {
      if (!isElement(node)) continue;
      if (!whole || parentNode(node) != place) scan(node);
      // Only the parser makes shadow roots that nobody asks us for.
      if (unmarked && readyState(document) != 'complete') within(node);
    }
  };

  const watch = observer((records) => {
    const again = unread;
    unread = [];
    again.forEach(see);
    /** @type {Node[]} */
    let come = [];
    records.forEach(({ target, addedNodes, removedNodes, type }, at) => {
      if (type === 'attributes') scan(target);
      removedNodes.forEach(clear);
      addedNodes.forEach((node) => come.push(node));
      if (records[at + 1]?.target == target) return;
      if (unmarked && isElement(target) && matches(target, 'style')) unmarked.meet(target);
      welcome(target, come);
      come = [];
    });
    if (unmarked) unmarked.enterFrames();
    release.pump();
  });
  /** @param {Node} root */
  const observe = (root) => watch(root, { childList: true, subtree: true, attributes: true, attributeFilter: auto ? [...WATCHED, ...LOADERS] : WATCHED });

  return {
    /** From now on nothing marked passes unseen. */
    shut() {
      noticeReadiness();
      observe(document);
      on(document, 'readystatechange', () => update());
      const settle = () => {
        calm = true;
        update();
      };
      on(window, 'load', () => later(settle, HYDRATION_MS));
      later(settle, PATIENCE_MS);
      if (unmarked) unmarked.shut();
      try {
        openPolicy();
        shut = true;
      } catch {
        error('nothing is released: the page\'s Content-Security-Policy must list "consentry" under trusted-types.');
      }
    },
    /** After each change of the decision. @type {(less?: unknown) => void} */
    update,
    /** Looks into a shadow root, or at a piece of page. @param {Node} root */
    activate(root) {
      // Elements of the document are watched already.
      if (!isElement(root)) observe(root), roots.add(root);
      scan(root);
      release.pump();
    },
    /** Releases one element, whatever the decision is. @param {HTMLElement} element */
    release(element) {
      if (!isConnected(element)) return;
      alone.set(element, hostsOf(element));
      if (isMarked(element)) return open(element);
      taken.add(element);
      see(element);
    },
    /** What of the unmarked is stopped. @param {string} level @param {any} [workers] whether they are to have the page's policy */
    level: (level, workers) => unmarked && unmarked.activate(level, workers),
    /** @returns {Held[]} what is held now */
    held: () => [...roots].flatMap((root) => [...all(root, NAMED)])
      .filter((element) => isMarked(element) && !(taken.has(element) && matches(element, ONCE)))
      .map(/** @returns {Held} */ (element) => ({ ...namesOf(element), kind: element.localName, url: addressOf(element) }))
      .concat(log.stopped()),
  };
}

/** Where a held element would go, without what may be personal. @param {HTMLElement} element */
const addressOf = (element) =>
  (safe(sourceOf(partsOf(element)[0] || element) || '', true) || '').split(/[?#, ]/)[0];
