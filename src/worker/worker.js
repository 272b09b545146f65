// consentry-sw.js: a service worker that refuses every third-party request that the decision does not allow, from a visitor's
// second page on. It stands alone at the site's root, or in the site's own worker by `importScripts`. What is the site's own
// it never answers, and a visit it never stops.

import { createHosts } from '../gate/hosts.js';
import { VERSION, forget, use } from './state.js';

/** @typedef {import('./state.js').State} State */

const worker = /** @type {any} */ (self);

/** So many pages in a row may come and go without our script telling of itself. */
const PAGES = 5;
/** How often we look whether our own file is still there. */
const CHECK_MS = 86400_000;
/** Nothing is said to last longer, a day of a wrong clock included. */
const LONGEST_S = 400 * 86400;

/** Whether we have let go of the pages that are open: nothing is stopped there. */
let gone = false;
/** Hosts that a page has just shut, while that is being written. @type {string[]} */
let shutting = [];
/** What never waits, as it was read last: such requests are not touched. @type {((url: URL) => boolean) | undefined} */
let isFree;

const seconds = () => Date.now() / 1000;

/** @param {any} lists @returns {lists is State} */
const isState = (lists) =>
  lists?.v === VERSION &&
  ['free', 'open', 'shut'].every((name) => Array.isArray(lists[name]) && lists[name].every((/** @type {any} */ host) => typeof host == 'string')) &&
  lists.until < seconds() + LONGEST_S;

/** What is kept, with more shut. @param {any} kept @param {string[]} hosts */
const narrow = (kept, hosts) => (isState(kept) ? { ...kept, shut: [...kept.shut, ...hosts] } : kept);

/** What is kept; nothing where it cannot be read or is not as we write it. @returns {Promise<State | null>} */
const read = async () => {
  const kept = narrow(await use('readonly', (store) => store.get('state')).catch(() => null), shutting);
  return isState(kept) || (kept?.v === VERSION && kept.off === true) ? kept : null;
};

/** Whether a third party may be asked. @param {State | null} state @param {URL} url */
const passes = (state, url) => {
  if (!state) return false;
  if (state.off) return (isFree = () => true)();
  const { free, open, shut, until } = state;
  const find = createHosts([{ id: 'free', hosts: free }, { id: 'open', hosts: open }, { id: 'shut', hosts: shut }]);
  isFree = (address) => find(address, false) + '' == 'free';
  const ids = find(url, false);
  return ids[0] ? ids.every((id) => id == 'free' || (id == 'open' && seconds() < until)) : state.others === true && seconds() < until;
};

/** @param {Request} request @param {URL} url */
const answer = async (request, url) => {
  if (!passes(await read(), url)) return Response.error();
  // A site's own worker may have kept what it cannot fetch now.
  return fetch(request).catch(async () => (await caches.match(request)) || Response.error());
};

/** Whether this worker is nothing but us, and not the site's own. */
const isAlone = async () => {
  const state = await read();
  return state?.file ? state.file == location.href : /\/consentry-sw\.js$/.test(location.pathname);
};

/** Stops stopping: nobody is left who could open anything. */
const letGo = async () => {
  if (await isAlone()) {
    gone = true;
    await worker.registration.unregister();
    await forget();
  } else await use('readwrite', (store) => store.put({ v: VERSION, off: true }, 'state'));
};

/** Whether the site has taken our file away. */
const isMissing = async () => {
  const { file = location.href } = (await read()) || {};
  const found = await fetch(file, { cache: 'no-store' }).catch(() => null);
  return found?.status == 404 || found?.status == 410;
};

/** A page of the site is opened: does it still know us? */
const visit = async () => {
  gone = false;
  let missed = 0;
  let due = false;
  await use('readwrite', (store) => {
    const pages = store.get('missed');
    pages.onsuccess = () => store.put((missed = (+pages.result || 0) + 1), 'missed');
    const checked = store.get('checked');
    checked.onsuccess = () => {
      due = !(Math.abs(Date.now() - checked.result) < CHECK_MS);
      if (due) store.put(Date.now(), 'checked');
    };
    return checked;
  });
  if (missed > PAGES || (due && (await isMissing()))) await letGo();
};

worker.addEventListener('install', (/** @type {any} */ event) => {
  // The page can tell by it that the site's own worker has us, too.
  const told = use('readwrite', (store) => store.put(VERSION, 'here'));
  event.waitUntil(told.catch(() => {}).then(isAlone).then((alone) => alone && worker.skipWaiting()));
});

worker.addEventListener('message', (/** @type {any} */ event) => {
  const hosts = event.data?.consentry;
  if (!Array.isArray(hosts)) return;
  shutting = hosts;
  isFree = undefined;
  const written = use('readwrite', (store) => {
    const asked = store.get('state');
    asked.onsuccess = () => store.put(narrow(asked.result, hosts), 'state');
    return asked;
  });
  // Until the page has written what it said itself, or longer: too much is shut then, not too little.
  event.waitUntil(written.catch(() => {}).then(() => shutting == hosts && (shutting = [])));
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  if (gone) return;
  /** @type {Request} */
  const request = event.request;
  if (request.mode == 'navigate') {
    if (request.destination == 'document') event.waitUntil(visit().catch(() => {}));
    return;
  }
  const url = new URL(request.url);
  if (url.origin != location.origin && !isFree?.(url)) event.respondWith(answer(request, url));
});
