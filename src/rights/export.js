// The visitor's copy of the record: every field that ISO/IEC TS 27560:2023 wants of a consent record, filled from the
// record and from what the site declares. www/consentry.export.schema.json describes it.

import { policyOf, siteOf } from '../face/words.js';
import { entriesOf, sealOf } from './entries.js';

/**
 * @typedef {import('../face/face.js').Snapshot} Snapshot
 * @typedef {import('./entries.js').Entry} Entry
 * @typedef {{ config: { [key: string]: any }, snapshot: () => Snapshot, lang: string }} Source
 */

/** The version of the copy's own form. */
export const FORM = 'consentry-export/1';
/** The profile of ISO/IEC TS 27560:2023 in DPV terms. */
export const PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#record';

const DAY_MS = 864e5;
/** The state of a use that is opted out of. */
const OUT = 'opted out';
const absolute = /** @param {string | undefined} url */ (url) => (url ? new URL(url, document.baseURI).href : null);

/** Who is responsible, and who receives. @param {Source} source */
const parties = ({ config, snapshot }) => {
  const site = config.site || {};
  const controller = {
    id: 'controller',
    name: site.controller || siteOf(config),
    role: 'PII controller',
    type: 'organization',
    address: location.origin,
    contact: site.contact || null,
  };
  const known = new Map([['', controller]]);
  for (const { vendor, country, privacyPolicy, hosts } of snapshot().services) {
    if (!vendor || vendor == controller.name || known.has(vendor)) continue;
    const id = 'vendor-' + known.size;
    known.set(vendor, {
      id,
      name: vendor,
      role: 'third party',
      type: 'organization',
      address: [hosts[0], country].filter((part) => part).join(', ') || location.origin,
      contact: absolute(privacyPolicy),
    });
  }
  return { list: [...known.values()], of: /** @param {string} vendor */ (vendor) => (known.get(vendor) || controller).id };
};

/** What is agreed to with one category or service. @param {Source} source @param {ReturnType<typeof parties>} who @param {Entry} latest */
const processing = ({ config, snapshot, lang }, who, { facts }) => {
  const { categories, services, choices, jurisdiction } = snapshot();
  const links = config.site?.links || {};
  const declaredOf = /** @param {string} id @returns {any[]} */ (id) =>
    (config.categories || []).flatMap((/** @type {any} */ category) => (category.id == id ? category.purposes || [] : []));
  const common = {
    privacyNotice: absolute(policyOf(config, lang, jurisdiction.place)?.url) || location.origin,
    language: facts.language || lang,
    piiControllers: ['controller'],
    jurisdiction: facts.jurisdiction || 'unknown',
    withdrawalMethod: 'Privacy settings, on every page of ' + location.origin,
    privacyRights: Object.entries(links).map(([kind, url]) => ({ kind, url: absolute(/** @type {string} */ (url)) })),
  };
  return categories.flatMap((category) => {
    const own = declaredOf(category.id).map(({ id }) => id);
    const inside = services.filter((service) => service.category == category.id);
    const whole = { id: category.id, service: null, purposes: own.length ? own : [category.label], lawfulBasis: choices[category.id].basis, pii: [], recipients: [] };
    const rows = inside.map((service) => ({
      id: service.id,
      service: service.label,
      purposes: [...whole.purposes, .../** @type {any} */ (service).purposes || []],
      lawfulBasis: choices[service.id].basis,
      pii: [...service.cookies.map((cookie) => ({ type: 'cookie', ...cookie })), ...service.storage.map(({ kind, key, ...rest }) => ({ type: kind, name: key, ...rest }))],
      recipients: service.vendor ? [who.of(service.vendor)] : [],
    }));
    return [whole, ...rows].map(({ pii, recipients, ...row }) => ({
      ...row,
      category: category.id,
      piiInformation: pii.length ? pii.map(({ type, name, duration }) => ({ type, name, retention: duration || 'not declared' })) : [{ type: 'the choice itself', name: row.id, retention: 'as long as the record' }],
      storageLocations: ["the visitor's device", ...recipients],
      retentionPeriod: pii.map(({ duration }) => duration).filter((duration) => duration)[0] || 'not declared',
      recipientThirdParties: recipients,
      ...common,
    }));
  });
};

/** What happened, the oldest first: every answer that an entry brought, and every use that was opted out of by it. @param {Entry[]} entries */
const events = (entries) => {
  /** What each subject's last answer was. @type {{ [subject: string]: { state: string, time: string } }} */
  const last = Object.create(null);
  /** What was opted out of so far. @type {Set<string>} */
  const out = new Set();
  return entries.flatMap(({ id, time, expires, facts, answers, byParent, once }) => {
    const days = Math.round((Date.parse(expires) - Date.parse(time)) / DAY_MS);
    const { action } = facts;
    const who = /** @param {string} subject @param {boolean} isOut */ (subject, isOut) => {
      if (byParent.includes(subject) || action == 'parent') return 'parent or guardian';
      // What else opts out adds what the browser says to an answer.
      return isOut && !/^(withdraw|reject_all|import)$/.test(action) ? 'browser signal' : 'PII principal';
    };
    const event = /** @param {string} subject @param {string} state @param {string} validityDuration */ (subject, state, validityDuration) => ({
      time,
      validityDuration,
      entityId: id || 'anonymous',
      type: state == OUT ? 'opt-out' : 'expressed consent',
      state,
      subject,
      indicatedBy: who(subject, state == OUT),
      ...facts,
    });
    // It stands until the visitor grants again, whatever time goes by.
    const outs = (facts.optedOut || '').split(' ').filter((use) => use && !out.has(use));
    outs.forEach((use) => out.add(use));
    const rows = Object.entries(answers).flatMap(([subject, answer]) => {
      if (!answer || answer == 'necessary') return [];
      const before = last[subject];
      last[subject] = answer;
      if (answer.time != time || (before?.state == answer.state && before.time == time)) return [];
      return [event(subject, before?.state == 'given' && answer.state == 'given' ? 'renewed' : answer.state, `P${days}D`)];
    });
    return [...rows, ...outs.map((use) => event(use, OUT, 'unlimited')), ...(once ? [event(once, 'given', 'PT0S')] : [])];
  });
};

/** Where the record itself is kept, and for how many days; null where it is until somebody erases it, or nobody says. @param {Source['config']} config */
const recordKept = ({ record: { log } = /** @type {any} */ ({}) }) => [
  { location: "the visitor's device", days: null },
  ...(log ? [{ location: absolute(log.url), days: log.retentionDays || null }] : []),
];

/**
 * @param {Source} source
 * @returns {{ [name: string]: any }} plain JSON
 * @throws {Error} where there is no record yet
 */
export const exportRecord = (source) => {
  const { record, choices, policy } = /** @type {any} */ (source.snapshot());
  if (!record) throw new Error('Consentry: there is no record yet.');
  const entries = entriesOf(record.text);
  const latest = entries[entries.length - 1];
  const who = parties(source);
  const recordId = latest.id || 'sha256-' + sealOf(record.text);
  const exported = new Date().toISOString();
  return {
    schemaVersion: FORM,
    conformsTo: ['ISO/IEC TS 27560:2023', PROFILE],
    recordId,
    receiptId: `${recordId}/${exported}`,
    piiPrincipalId: latest.id || 'anonymous',
    exported,
    site: location.origin,
    policy,
    choices,
    piiProcessing: processing(source, who, latest),
    parties: who.list,
    events: events(entries),
    recordKept: recordKept(source.config),
    record: record.text,
  };
};
