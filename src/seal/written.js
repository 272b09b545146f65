// Level `auto-csp`: our own script writes the policy, first of all that it does with the config, and opens it for what the
// flag says was agreed to. It is what `consentry snippet` prints (site/src/snippet.rs), and the hosts of the site's domain:
// those are free at level `auto`, too.

import { siteDomain } from '../gate/address.js';
import { create, insertBefore, nextSibling, parentNode, setAttribute } from '../gate/natives.js';

/** @typedef {import('../boot/config.js').Tree} Tree */

/** What follows the start of a flag: since when, until when, and sources as `sourcesOf` makes them. */
const FLAG = /^(\d{1,10})\|(\d{1,10})\|((?: ?(?:\*\.)?\w[\w.-]*:[\d*]+(?:\/[^\s;,|]*)?)+)$/;

/** Hosts of a config as sources of a policy: each port, and what is under a path. @param {string[]} hosts */
export const sourcesOf = (hosts) =>
  hosts.flatMap((host) => {
    const [, name, port = ':*', path = ''] = /^([*\w.-]+)(:\d+)?(\/.*?)?\/?$/.exec(host) || [];
    const source = name + port + path.replace(/[&',;\\]/g, escape);
    return name ? (path ? [source, source + '/'] : [source]) : [];
  });

/** Where the flag is kept. @param {Tree} config */
export const flagKey = ({ record }) => 'consentry.open' + (record?.scope ? '.' + record.scope : '');

/** How a flag begins that we read ourselves: one from before a signal counts for nothing. @param {Tree} config */
export const flagStart = ({ policy }) => `1${/** @type {any} */ (navigator).globalPrivacyControl ? 'g' : ''}|${policy.version}|`;

/** What the flag opens. @param {Tree} config @returns {string[]} */
const readFlag = (config) => {
  try {
    const flag = '' + localStorage.getItem(flagKey(config));
    const start = flagStart(config);
    const [, since, until, open] = /** @type {any} */ (FLAG.exec(flag.slice(start.length)));
    const now = Date.now() / 1000;
    if (flag.startsWith(start) && since <= now && now < until) return open.split(' ');
  } catch {
    // Denied, or not a flag.
  }
  return [];
};

/** What is always open. @param {Tree} config not checked yet @param {string[]} named hosts that our tag names */
const findOwn = ({ site, services, categories }, named) => {
  const domain = siteDomain();
  try {
    const rests = /** @param {any} category */ ({ purposes }) => purposes?.some((/** @type {any} */ { basis }) => basis == 'necessary');
    const necessary = ['necessary', ...(categories || []).filter(rests).map((/** @type {any} */ { id }) => id)];
    const needed = (services || []).map((/** @type {any} */ { category, hosts }) => (necessary.includes(category) && hosts) || []);
    return sourcesOf([named, site?.hosts || [], ...needed, domain ? [domain, '*.' + domain] : []].flat());
  } catch {
    return []; // the engine says what is wrong with it
  }
};

/**
 * Writes the policy behind our tag, which says then as a snippet does what is in it always.
 * @param {HTMLScriptElement} script
 * @param {Tree} config
 * @param {string[]} named
 */
export const writePolicy = (script, config, named) => {
  const add = /** @param {string[]} list @param {string} between */ (list, between) => ['', ...list].join(between);
  const own = findOwn(config, named);
  const open = readFlag(config);
  // A host without a scheme lets in no socket.
  const policy = `base-uri 'self'${add(own, ' ')}; default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:${add(own, ' ')}${add(own, ' ws://')}`;
  const meta = create('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = policy + add(open, ' ') + add(open, ' ws://');
  setAttribute(script, 'data-policy', policy);
  insertBefore(/** @type {Node} */ (parentNode(script)), meta, nextSibling(script));
};
