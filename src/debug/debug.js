// For the site's developers: what is held and stopped now, why, and the line of the config that would allow it. It reads
// what `consentry` tells everybody, and changes nothing.

import css from './debug.css';
import { h, fill } from '../face/dom.js';
import { createHosts, isHost } from '../gate/hosts.js';

/** @typedef {import('../gate/log.js').Held} Held */

/** How often what no event tells of is looked at. */
const PACE_MS = 1000;

/** Why something may not run, in the words of a developer. @type {{ [reason: string]: string }} */
const REASONS = {
  starting: 'Consentry has not started yet',
  failed: 'Consentry could not start: see the console',
  unanswered: 'the visitor has not answered',
  refused: 'the visitor said no',
  withdrawn: 'the visitor took the yes back',
  expired: 'the yes is too old',
  changed: 'the yes does not cover what this has become',
  signal: 'the browser\'s signal denies it',
  age: 'the visitor is too young, or of unknown age',
  forbidden: 'policy.forbidden rules it out',
  locked: 'an administrator keeps it shut',
  unknown: 'no category or service has this id',
  granted: 'allowed: a policy in front of the page, or its own service\'s category, holds it',
};

/** What goes into the config for a host that nobody declares. @param {string} url */
const declaration = (url) => {
  const { hostname } = new URL(url, document.baseURI);
  const id = hostname.replace(/^www\./, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `"services": [{ "id": "${id}", "category": "marketing", "hosts": ["${hostname}"] }]`;
};

/** The host of `policy.forbidden` that rules an address out. @param {string | null} url @param {any} policy */
const forbidding = (url, { forbidden = [] }) => {
  const address = url && /^(http|ws)s?:/.test(url) && new URL(url);
  const rules = /** @param {string} one */ (one) => address && isHost(one) && createHosts([{ id: one, hosts: [one] }])(address, address.origin == location.origin)[0];
  return forbidden.find(rules);
};

/**
 * @param {Held} held
 * @param {any} api
 * @returns {{ why: string, cure: string }}
 */
const explain = ({ service, category, url }, api) => {
  const { services, categories, phase, policy } = api.snapshot();
  if (phase != 'ready') return { why: REASONS[phase], cure: '' };
  const id = service || category;
  const host = !id && forbidding(url, policy);
  if (host) return { why: REASONS.forbidden, cure: `"policy": { "forbidden": […] } without "${host}"` };
  if (!id) return { why: 'no service declares this host, so nobody can be asked about it', cure: url ? declaration(url) : '' };
  const known = [...services, ...categories].some((one) => one.id == id);
  const { reason } = api.choice(id);
  const why = REASONS[known ? reason : 'unknown'] || reason;
  if (!known) return { why, cure: service ? `"services": [{ "id": "${service}", "category": "…", "hosts": ["…"] }]` : `"categories": [{ "id": "${category}" }]` };
  if (reason == 'forbidden') return { why, cure: `"policy": { "forbidden": […] } without "${id}"` };
  if (reason == 'locked') return { why, cure: `"locked": […] without "${id}"` };
  return { why, cure: `no line does: only the visitor's yes to "${id}"` };
};

/** What the page load is like, in one line. @param {any} snapshot */
const summary = ({ version, phase, level, late, regime, jurisdiction, signal, storage, record }) => [
  `Consentry ${version}`, phase, `level ${level}`, late && 'late', `${regime} (${jurisdiction.place}, ${jurisdiction.how})`,
  signal && 'signal', storage == 'memory' && 'not stored', record ? record.action : 'no record',
].filter((part) => part).join(' · ');

/**
 * Puts the panel on the page.
 * @param {() => any} find the published API
 */
export const showDebug = (find) => {
  const api = find();
  const host = h('div', { id: 'consentry-debug', role: 'region', 'aria-label': 'Consentry, for developers' });
  const inside = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  inside.adoptedStyleSheets = [sheet];
  const head = h('summary');
  const body = h('tbody');
  const empty = h('p', null, 'Nothing is held or stopped now.');
  const titles = h('tr', null, ['What', 'Whose', 'Why', 'What would allow it'].map((title) => h('th', { scope: 'col' }, title)));
  const table = h('table', null, h('thead', null, titles), body);
  const details = h('details', { open: true }, head, empty, table);
  fill(inside, [details]);
  document.documentElement.append(host);
  let shown = '';

  const update = () => {
    const held = /** @type {Held[]} */ (api.blocked());
    const rows = held.map((one) => {
      const { why, cure } = explain(one, api);
      return [`${one.kind} ${one.name || one.url || '(inline)'}`, one.service || one.category || 'nobody\'s', why, cure];
    });
    const text = summary(api.snapshot()) + ' · ' + (rows.length == 1 ? '1 held' : rows.length + ' held');
    // The same again would take a developer's selection away.
    if (shown == (shown = text + rows)) return;
    head.textContent = text;
    empty.hidden = rows.length > 0;
    table.hidden = !rows.length;
    body.replaceChildren(...rows.map((cells) => h('tr', null, cells.map((cell, at) => h('td', null, at == 3 && cell[0] == '"' ? h('code', null, cell) : cell)))));
  };
  for (const name of ['blocked', 'change', 'ready', 'error']) document.addEventListener('consentry:' + name, update);
  setInterval(update, PACE_MS);
  update();
};
