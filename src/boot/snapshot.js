// The state as everyone sees it: the engine's choices beside the words of the config.

import { bare } from '../gate/natives.js';

/** @param {string} seconds @returns {string | null} */
const iso = (seconds) => (seconds ? new Date(+seconds * 1000).toISOString() : null);

/** @param {string[][]} outcome @param {string} kind @returns {string[][]} the rows of one kind, without it */
export const rowsOf = (outcome, kind) => outcome.filter((row) => row[0] == kind).map((row) => row.slice(1));

/** Whether somebody said no, at once or later. @param {{ reason: string }} choice */
export const isNo = ({ reason }) => /^(refused|withdrawn)$/.test(reason);

/**
 * Whether the visitor's own last answer was given under another version of the policy: what a signal, time or a parent has
 * written since told them nothing.
 * @param {import('../face/face.js').StoredRecord | null} record @param {{ version: string }} policy
 */
export const isNews = (record, { version }) => {
  const own = record?.entries.filter(({ action }) => !/^(signal|expire|parent|age|place)$/.test(action)).pop();
  return !!own && own.policyVersion != version;
};

/** The categories that every config starts with, in their order. */
const defaults = ['necessary', 'functional', 'analytics', 'marketing'];

/**
 * @param {import('./config.js').Tree} config
 * @param {import('./config.js').Tree} catalog
 * @param {ReturnType<typeof import('./texts.js').createTexts>} texts
 * @param {import('./tell.js').Outcome} outcome
 */
export const describe = (config, catalog, { text, local }, outcome) => {
  /** @type {{ [id: string]: import('../face/face.js').Choice }} */
  const choices = bare(null);
  for (const [id, allowed, reason, since, basis] of rowsOf(outcome, 'choice')) choices[id] = { allowed: !!allowed, reason, since: iso(since), basis };
  const services = (config.services || []).map((/** @type {any} */ entry) => {
    const service = typeof entry == 'string' ? { id: entry, ...catalog[entry] } : entry;
    return {
      cookies: [],
      storage: [],
      hosts: [],
      vendor: '',
      country: '',
      privacyPolicy: '',
      ...service,
      label: local(service.label) || service.id,
      description: local(service.description),
    };
  });
  const declared = config.categories || [];
  const ids = [...new Set([...defaults, ...declared.map((/** @type {any} */ { id }) => id)])];
  const categories = ids.map((id) => {
    const own = declared.find((/** @type {any} */ category) => category.id == id) || {};
    return {
      id,
      label: local(own.label) || text(`category.${id}.label`, null, id),
      description: local(own.description) || text(`category.${id}.description`, null, ''),
      necessary: choices[id]?.reason == 'necessary',
      ask: own.ask,
      services: services.filter((/** @type {any} */ { category }) => category == id).map((/** @type {any} */ service) => service.id),
    };
  });
  const [record] = rowsOf(outcome, 'record').map(([id, time, expires, action, whole]) => ({
    id: id || null,
    time: iso(time),
    expires: iso(expires),
    action,
    text: whole,
    entries: rowsOf(outcome, 'entry').map(([at, what, screen, policyVersion]) => ({ time: iso(at), action: what, screen, policyVersion })),
  }));
  const [[code, regime, how, counsel, stated]] = rowsOf(outcome, 'place');
  const [[out, offered, signaled, announced]] = rowsOf(outcome, 'uses');
  const words = /** @param {string} text */ (text) => text.split(' ').filter((word) => word);
  return {
    regime,
    jurisdiction: { place: code, how, stated: stated || null },
    optOut: words(out),
    offered: words(offered),
    signal: !!signaled,
    age: rowsOf(outcome, 'age')[0]?.[0] || null,
    upcoming: (announced && { ...config.policy.upcoming, summary: local(config.policy.upcoming.summary) }) || null,
    locked: (config.locked || []).map((/** @type {any} */ one) => ({ ...one, reason: local(one.reason) })),
    counsel: counsel || null,
    policy: config.policy,
    choices,
    categories,
    services,
    asking: rowsOf(outcome, 'asking').map(([id]) => id),
    barred: rowsOf(outcome, 'barred').map(([id]) => id),
    storage: rowsOf(outcome, 'memory')[0] ? 'memory' : config.record?.store || 'local',
    record: record || null,
  };
};
