// The ES module. Importing it does nothing, in a page or on a server: the first call starts what it needs.
// It offers level `marked` only: what ran before it was imported has run.

import { version } from 'gen/parts.js';

/** @typedef {import('../boot/publish.js').Published} Published */

/** Our later files as modules beside this one, each by a name that bundlers see. */
const parts = {
  // @ts-ignore written by the build, beside this module
  aside: () => import('./consentry.aside.js'),
  // @ts-ignore written by the build, beside this module
  ask: () => import('./consentry.ask.js'),
  // @ts-ignore written by the build, beside this module
  debug: () => import('./consentry.debug.js'),
  // @ts-ignore written by the build, beside this module
  dpv: () => import('./consentry.dpv.js'),
  // @ts-ignore written by the build, beside this module
  failed: () => import('./consentry.failed.js'),
  // @ts-ignore written by the build, beside this module
  fallback: () => import('./consentry.fallback.js'),
  // @ts-ignore written by the build, beside this module
  preferences: () => import('./consentry.preferences.js'),
  // @ts-ignore written by the build, beside this module
  sealed: () => import('./consentry.sealed.js'),
  // @ts-ignore written by the build, beside this module
  server: () => import('./consentry.server.js'),
  // @ts-ignore written by the build, beside this module
  worker: () => import('./consentry.worker.js'),
};
/** @type {import('../boot/parts.js').Parts['load']} */
const loadPart = async (name) => (await parts[name]()).default;

/** @type {Published | undefined} */
let api;

/** @returns {any} the page's copy, made at the first call */
const copy = () => {
  if (typeof document == 'undefined') return absent;
  // `require` keeps the bundled code unevaluated until here.
  return (api = api || require('../boot/attach.js').attach(loadPart));
};

const denied = { allowed: false, reason: 'starting', since: null, basis: 'consent' };
const nothing = { phase: 'starting', version, level: 'marked', late: false, regime: 'opt-in', jurisdiction: { place: 'unknown', how: 'default', stated: null }, optOut: [], offered: [], signal: false, age: null, parent: null, upcoming: null, locked: [], counsel: null, policy: null, choices: {}, categories: [], services: [], asking: [], view: 'none', storage: 'memory', record: null };
const pending = new Promise(() => {});

/** Where there is no page (a server), everything is still to be decided. */
const absent = {
  ready: pending,
  start: async () => {
    throw new Error('Consentry starts in a page; there is no document here.');
  },
  has: () => false,
  choice: () => denied,
  decision: () => ({}),
  allows: () => false,
  blocked: () => [],
  snapshot: () => nothing,
  whenGranted: () => pending,
  onChange: () => () => {},
  acceptAll: () => false,
  rejectAll: () => false,
  save: () => false,
  withdraw: () => false,
  exportRecord: () => pending,
  importRecord: () => pending,
  eraseRecord: () => false,
  askAge: () => pending,
  requestParent: () => pending,
  subject: () => {},
  preferences: { get: () => {}, set: () => false, remove: () => {}, keys: () => [] },
  stored: () => pending,
  showNotice: () => {},
  showPreferences: () => {},
  hide: () => {},
  activate: () => {},
};

/** @param {string} name */
const method = (name) => (/** @type {any[]} */ ...given) => copy()[name](...given);

export { version };
/** Resolves when the decision is in force. */
export const ready = {
  then: (/** @type {any[]} */ ...given) => copy().ready.then(...given),
  catch: (/** @type {any} */ given) => copy().ready.catch(given),
  finally: (/** @type {any} */ given) => copy().ready.finally(given),
};
export const start = method('start');
export const has = method('has');
export const choice = method('choice');
export const decision = method('decision');
export const allows = method('allows');
export const blocked = method('blocked');
export const snapshot = method('snapshot');
export const whenGranted = method('whenGranted');
export const onChange = method('onChange');
export const acceptAll = method('acceptAll');
export const rejectAll = method('rejectAll');
export const save = method('save');
export const withdraw = method('withdraw');
export const exportRecord = method('exportRecord');
export const importRecord = method('importRecord');
export const eraseRecord = method('eraseRecord');
export const askAge = method('askAge');
export const requestParent = method('requestParent');
export const subject = method('subject');
/** @param {string} name */
const preference = (name) => (/** @type {any[]} */ ...given) => copy().preferences[name](...given);
export const preferences = { get: preference('get'), set: preference('set'), remove: preference('remove'), keys: preference('keys') };
export const stored = method('stored');
export const showNotice = method('showNotice');
export const showPreferences = method('showPreferences');
export const hide = method('hide');
export const activate = method('activate');
