// The gate of unmarked third parties: whatever starts after our script ran is stopped unless the decision allows its
// address. Level `marked` does without.

import { bared, createCover, LOADED } from './cover.js';
import { all, closest, getAttribute, hasActivation, isConnected, isElement, isTrusted, localNameOf, matches, on, textOf } from './natives.js';
import { createHold } from './hold.js';
import { createWraps } from './wrap.js';

/** Detached elements, and connections, that are remembered. */
const STRAYS = 200;
/** What no policy of the page's stops; Chromium fetches descriptions of a site's search by itself. */
const UNPOLICED = /RTC|window|spec|search/i;
/** Embeds that a placeholder can stand for. */
const COVERED = ['src', 'data'].map((name) => `[${name}*="#!"]`).join();

/**
 * @param {object} edges
 * @param {(address: string) => import('./address.js').Answer} edges.ask
 * @param {ReturnType<typeof import('./log.js').createLog>} edges.log
 * @param {(id: string) => unknown} edges.waits whether what is asked of a service may wait for a decision still to come
 * @param {import('./cover.js').Free} edges.free
 * @param {(element: HTMLElement) => void} edges.see looks at an element again, whatever becomes of it
 * @param {(root: Node) => Node[]} edges.within the root and those of the shadow trees in it
 * @param {(script: HTMLElement, service: string | null) => void} edges.release runs a script that has failed by its cover
 * @param {(element: HTMLElement, service: string | null) => void} edges.covered
 * @param {(root: Node, host: Node) => void} edges.watch
 */
export const createAuto = ({ ask, log, waits, free, see, within, release, covered, watch }) => {
  /** What is stopped; anything, where nothing is said. @type {RegExp | null} */
  let kinds = null;
  let workersOwn = true;
  /** @type {Set<Element>} */
  const strays = new Set();
  /** What stays connected until it is closed, the latest, with its address. @type {Set<[() => void, string, string]>} */
  const lasting = new Set();
  /** Whether something was taken back: what had its address before may not be shown any more. */
  let less = false;

  /** @type {import('./cover.js').Stops} */
  const stops = (address, kind) => {
    if (kinds && !kinds.test(kind)) return false;
    const { url, ids, pass, known } = ask(address);
    const { href } = url || { href: address };
    // What passes unknown is there only to be reported.
    if (!pass || !known) log.add({ service: ids[0] || null, kind, url: href.split(/[?#]/)[0] }, () => !ask(href).pass);
    return !pass;
  };
  const cover = createCover(stops, free, () => !kinds || kinds.test('spec'));

  /** @param {HTMLElement} element */
  const meet = (element) => {
    const kind = localNameOf(element);
    if (kind == 'script') {
      if (free(element)) return;
      const text = getAttribute(element, 'src') ?? '' + textOf(element);
      // It has begun, and failed: it does not begin again.
      if (text.includes('#!') && isConnected(element)) {
        if (cover.passes(element)) release(element, serviceOf(element));
        return;
      }
    }
    if (cover.settle(element) && kind == 'source') /** @type {any} */ (closest(element, 'video,audio'))?.load();
    if (/^(iframe|video|embed|object)$/.test(kind)) covered(element, matches(element, COVERED) ? serviceOf(element) : null);
  };

  /** @param {Element} element */
  const serviceOf = (element) => ask(bared(getAttribute(element, 'src') ?? getAttribute(element, 'data') ?? '')).ids[0] || null;

  /** @param {Node} node */
  const settleTree = (node) => {
    if (!('querySelectorAll' in node)) return;
    for (const root of less ? within(node) : [node]) {
      if (isElement(root) && matches(root, LOADED)) cover.settle(root);
      all(root, LOADED).forEach(cover.settle);
    }
  };

  /** A form, or a window, that asks on its own: a visitor's own way out is a visit. @type {(address: string, target: string) => unknown} */
  const stopsWindow = (address, target) =>
    (!hasActivation() || [...all(document, 'iframe')].some((frame) => getAttribute(frame, 'name') == target)) && stops(address, 'window');
  /** @type {(form: Element, submitter?: Element | null) => unknown} */
  const stopsForm = (form, submitter) => {
    const read = /** @param {string} name */ (name) => submitter && getAttribute(submitter, 'form' + name) || getAttribute(form, name) || '';
    return stopsWindow(read('action'), read('target'));
  };

  /** @param {Element} element */
  const stopsLink = (element) => {
    const link = closest(element, 'a,area');
    return link && stopsWindow(getAttribute(link, 'href') || '', getAttribute(link, 'target') || '');
  };

  const hold = createHold((address) => stops(address, 'fetch') && ask(address).ids.some(waits), stops);
  const wraps = createWraps({
    stops, cover, hold, stopsForm, stopsWindow, stopsLink, settleTree, watch,
    // A worker from a file has a policy of its own; one that is made here has the page's.
    workerOf: (address, options, dead) => {
      const { url } = ask(address);
      // Each engine has its own way to fail with another origin's; at one of our own that does not come it fires `error`.
      if (dead) return url?.origin == location.origin ? `blob:${location.origin}/0` : dead;
      const load = options?.type == 'module' ? 'import' : 'importScripts';
      return workersOwn || !url ? address : URL.createObjectURL(new Blob([`${load}("${url.href}")`], { type: 'text/javascript' }));
    },
    stray: (element) => isConnected(element) || keep(strays, element),
    lasts: (end, address, kind) => ask(address).ids[0] && keep(lasting, [end, address, kind]),
    less: () => less,
  });

  /** @template T @param {Set<T>} latest @param {T} one */
  const keep = (latest, one) => {
    if (latest.size == STRAYS) latest.delete([...latest][0]);
    latest.add(one);
  };

  return {
    meet,
    enterFrames: wraps.enterFrames,
    shut: () => {
      wraps.install(window);
      on(window, 'submit', (event) => stopsForm(event.target, event.submitter) && event.preventDefault(), true);
      on(window, 'click', (event) => !isTrusted(event) && isElement(event.target) && stopsLink(event.target) && event.preventDefault(), true);
      on(document, 'load', () => wraps.enterFrames(true), true);
    },
    /** After a change of the decision. @param {unknown} lost whether something was taken back */
    update: (lost) => {
      less ||= !!lost;
      hold.update();
      for (const each of less ? [...lasting] : []) {
        const [end, address, kind] = each;
        if (stops(address, kind)) lasting.delete(each), end();
      }
      [...strays].forEach((element) => {
        strays.delete(element);
        see(/** @type {HTMLElement} */ (element));
        if (!isConnected(element) && matches(element, COVERED)) strays.add(element);
      });
    },
    /** @param {string} level @param {any} [workers] */
    activate: (level, workers) => {
      kinds = /sealed|header/.test(level) ? UNPOLICED : level == 'marked' ? /^$/ : null;
      workersOwn = workers != 'wrap';
    },
  };
};
