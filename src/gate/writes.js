// Keeps what denied services store out of the browser: their writes do nothing, and what is there by now, from earlier or by
// a way that cannot be watched, is removed as long as the page lives.

import { around } from './around.js';
import { PROBE } from './copy.js';
import { cancel, later, on } from './natives.js';
import { uncurry } from './uncurry.js';
import { stores } from './stores.js';

/** @typedef {keyof typeof stores} Kind */
/** @typedef {{ id: string, cookies: { name: string, domain?: string }[], storage: { kind: string, key: string }[] }} Service */

const KINDS = /** @type {Kind[]} */ (Object.keys(stores));
/** These are quick to look through. */
const UNWATCHED = KINDS.slice(0, 3);
/** How long what came by such a way may stay; what takes longer to look for may stay longer. */
const PACE_MS = 1000;
const SLOW_MS = 5000;

/** "_ga*" as an expression. @type {(pattern: string) => RegExp} */
const matcher = (pattern) =>
  RegExp('^' + pattern.replace(/[^\w*-]/g, '\\$&').replace(/\*/g, '.*') + '$', 's');

/**
 * Who declares what is stored under which names; the most specific first, of two equals a denied one.
 * @param {Service[]} services
 * @param {(id: string) => boolean} allowed
 * @param {(id: string) => boolean} stays
 */
const rulesOf = (services, allowed, stays) => services.flatMap(({ id, cookies, storage }) =>
  /** @type {any[]} */ ([...cookies, ...storage])
    // A cookie of another site may be named like one of this site's own.
    .filter(({ domain }) => !domain || ('.' + location.hostname).endsWith(domain.replace(/^\.?/, '.')))
    .map(({ kind = 'cookie', name, key = name }) => ({
      id,
      kind,
      test: matcher(key),
      denied: !allowed(id),
      stays: stays(id),
      weight: /\*/.test(key) ? key.length : 1e9,
    }))).sort((a, b) => b.weight - a.weight || +b.denied - +a.denied);

/** @type {ReturnType<typeof rulesOf>} */
let rules = [];
let timer = 0;
/** When all kinds were looked through. */
let last = 0;

/** The rule for a name; what is ours is nobody's to declare. @type {(kind: string, name: string) => typeof rules[0] | undefined} */
export const ruleOf = (kind, name) => rules.find((rule) => rule.kind == kind && !/^consentry\./.test(name) && rule.test.test(name));

/** Whether what is there is removed, too. @param {typeof rules[0] | undefined} rule */
const isSwept = (rule) => rule?.denied && !rule.stays;

/** @param {boolean} [whole] */
const sweep = (whole) => {
  cancel(timer);
  const now = Date.now();
  // Either way round: clocks are set.
  if (whole || Math.abs(now - last) > SLOW_MS) last = now;
  const kinds = last == now ? KINDS : UNWATCHED;
  const held = rules.filter(isSwept).map(({ kind }) => kind);
  kinds.filter((kind) => held.includes(kind)).forEach(async (kind) => {
    const { each, remove } = stores[/** @type {Kind} */ (kind)];
    try {
      await each((name) => isSwept(ruleOf(kind, name)) && remove(name));
    } catch {
      // The browser denies the place: nothing is in there.
    }
  });
  if (held[0]) sweepSoon(PACE_MS);
};

/** @param {number} delay */
const sweepSoon = (delay) => {
  cancel(timer);
  timer = later(sweep, delay);
};

/**
 * From now on nothing is written under a denied service's names.
 * @param {(id: string, kind: string, name: string) => void} report hears of what is kept out
 */
export const guardWrites = (report) => {
  /** @type {(type: string, name: string, kindOf: (self: any) => Kind, refuse: (self: any) => unknown, read?: (first: any) => string) => void} */
  const guard = (type, name, kindOf, refuse, read = (first) => first) =>
    around(/** @type {any} */ (window)[type]?.prototype, name, (call, self, args) => {
      const entry = read(args[0]);
      if (entry == PROBE) return;
      const kind = kindOf(self);
      const rule = ruleOf(kind, entry);
      if (!rule || !rule.denied) return call();
      report(rule.id, kind, entry);
      return refuse(self);
    }, null);
  const { open } = IDBFactory.prototype;

  guard('Document', 'cookie', () => 'cookie', () => {}, (text) => /** @type {any} */ (/^[\s=]*([^=;]*?)\s*(=|;|$)/.exec(text))[1]);
  guard('CookieStore', 'set', () => 'cookie', async () => {}, (first) => first?.name ?? first);
  guard('Storage', 'setItem', (self) => (self == stores.sessionStorage.read() ? 'sessionStorage' : 'localStorage'), () => {});
  guard('CacheStorage', 'open', () => 'cacheStorage', async () => {
    throw new DOMException('Consentry: not allowed yet', 'NotAllowedError');
  });
  guard('IDBFactory', 'open', () => 'indexedDB', (self) => {
    // Given up while it is made, a database never was, and the request fails as if the browser had refused it.
    const request = uncurry(open)(self, 'consentry.refused');
    on(request, 'upgradeneeded', (event) => {
      event.stopImmediatePropagation();
      request.transaction.abort();
    });
    return request;
  });
  // Writing a property cannot be watched, but on the way there a script comes by here.
  for (const kind of ['localStorage', 'sessionStorage']) {
    around(window, kind, (call) => {
      sweepSoon(0);
      return call();
    });
  }
  on(window, 'pagehide', () => sweep());
};

/**
 * After each change of the decision.
 * @param {Service[]} services
 * @param {(id: string) => boolean} allowed
 * @param {(id: string) => boolean} stays whether what a denied one has stored waits for an answer that is on its way
 */
export const decideWrites = (services, allowed, stays) => {
  rules = rulesOf(services, allowed, stays);
  sweep(true);
};
