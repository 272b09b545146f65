// The page's side of consentry-sw.js: registers it where no other worker stands, and writes down what is open before the
// gate opens it. A file of its own: a page without a worker does not pay for it.

import { siteDomain } from '../gate/address.js';
import { isHost } from '../gate/hosts.js';
import { Address, getAttribute, later, on, readyState } from '../gate/natives.js';
import { DAY, endOf, LAW_DAYS, today } from '../seal/law.js';
import { VERSION, use } from './state.js';

/**
 * @typedef {object} Kit
 * @property {import('../boot/config.js').Tree} config
 * @property {HTMLScriptElement | null} script our tag
 * @property {import('../boot/page.js').Page} page
 * @property {() => string | undefined} unknown what becomes of hosts that nobody declares
 * @property {(address: string) => any} scriptUrl
 * @property {(text: string) => void} warn
 * @property {(text: string) => void} error
 */

/** The worker believes nothing that is to last longer. */
const MOST_DAYS = 395;

/** As long as a grant waits at most for the browser's storage. */
const PATIENCE_MS = 3000;

/** What our own later files need: the folder of our script. @param {HTMLScriptElement | null} script */
const folderOf = (script) => {
  if (!script?.src) return [];
  const { host, pathname } = new Address('.', script.src);
  return [host + pathname.replace(/\/$/, '')];
};

/** The site's own hosts. @param {Kit} kit @returns {string[]} */
const ownHosts = ({ config, script }) => {
  const domain = siteDomain();
  return [
    location.hostname,
    ...(domain ? [domain, '*.' + domain] : []),
    ...((script && getAttribute(script, 'data-hosts')) || '').split(/[\s,]+/).filter((host) => host),
    ...(config.site?.hosts || []),
    ...folderOf(script),
  ];
};

/** What the worker is to know now. @param {Kit} kit @param {string} file @returns {import('./state.js').State} */
const stateOf = (kit, file) => {
  const { policy, record } = kit.config;
  const { services, choices, regime } = kit.page.session.state();
  /** @param {(choice: { allowed: boolean, reason: string }) => boolean} is @returns {string[]} */
  const hosts = (is) => services.filter((/** @type {any} */ { id }) => is(choices[id])).flatMap((/** @type {any} */ one) => one.hosts)
    // What lies on the site's own origin is the page's to stop.
    .filter((/** @type {string} */ host) => host[0] != '/');
  const days = Math.min(record?.expiresDays?.granted || 365, MOST_DAYS);
  const others = /report|allow/.test(kit.unknown() || '');
  const ends = services.map((/** @type {any} */ { id }) => choices[id]).filter((/** @type {any} */ { allowed, reason }) => allowed && reason != 'necessary')
    .map((/** @type {any} */ choice) => endOf(choice, days));
  return {
    v: VERSION,
    free: [...ownHosts(kit), ...hosts(({ reason }) => reason == 'necessary')],
    open: hosts(({ allowed, reason }) => allowed && reason != 'necessary'),
    shut: [...hosts(({ allowed }) => !allowed), ...(policy.forbidden || []).filter((/** @type {string} */ one) => isHost(one) && one[0] != '/')],
    others,
    // Written anew on every page: what counsel lets last longer is told again in time.
    until: Math.min((today() + (others && regime != 'opt-in' ? LAW_DAYS : days)) * DAY, ...ends),
    file,
  };
};

/** @param {Kit} kit */
export const createWorker = (kit) => {
  const { config, page, scriptUrl, warn, error } = kit;
  const container = navigator.serviceWorker;
  const file = new Address(config.gate.worker, location.origin).href;
  const scope = new Address('.', file).href;
  // One worker serves every tab and every part of an origin: it cannot keep a choice that is one tab's or one part's.
  const isKept = () => page.session.state().storage == 'local' && !config.record?.scope;

  /** The registration at our scope, and whether it is another worker's. */
  const find = async () => {
    const found = (await container.getRegistrations()).find((one) => one.scope == scope);
    const theirs = found && [found.active, found.waiting, found.installing].some((one) => one && one.scriptURL != file);
    return { found, theirs };
  };

  const write = /** @param {import('./state.js').State} state */ (state) =>
    use('readwrite', (store) => {
      store.put(0, 'missed');
      return store.put(state, 'state');
    });

  const register = async () => {
    const { found, theirs } = await find();
    if (!isKept()) {
      warn('gate.worker needs a choice that the browser keeps for the whole site: it is not used with record.scope, record.store "session", or where storage is denied.');
      if (found && !theirs) await found.unregister();
    } else if (!found) await container.register(scriptUrl(file));
    else if (theirs && !(await use('readonly', (store) => store.get('here')))) {
      warn(`another service worker stands at ${scope}. Let it begin with importScripts('${config.gate.worker}').`);
    }
  };

  /** One after the other: the last one written is the last one decided. */
  let kept = Promise.resolve();
  let last = '';
  const fail = /** @param {any} problem */ (problem) => error(`gate.worker: ${problem}. Is ${file} there, and worker-src 'self' allowed?`);
  const keep = () => {
    if (!isKept()) return kept;
    const state = stateOf(kit, file);
    const text = JSON.stringify(state);
    if (text == last) return kept;
    // The page may be gone before the database has it.
    if (last) container.controller?.postMessage({ consentry: state.shut });
    last = text;
    kept = kept.then(() => write(state)).catch((problem) => {
      last = '';
      fail(problem);
    });
    return kept;
  };

  if (!container) {
    warn('gate.worker: there are no service workers here. They need https.');
    return { keep: () => {} };
  }
  const begin = () => later(() => kept.then(register).catch(fail), 0);
  keep();
  if (readyState(document) == 'complete') begin();
  else on(window, 'load', begin);
  return {
    /** Writes the decision down; nothing is to be opened before, where a worker stands in front of this page. */
    keep: () => Promise.race([keep(), new Promise((go) => later(go, PATIENCE_MS))]),
  };
};
