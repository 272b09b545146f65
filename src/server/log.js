// The consent log: each entry of the record, once more, for the site's own server. It never delays the page; what cannot be
// delivered waits in the browser, within bounds. An entry here has an id of its own and no age band, so that the log
// cannot be joined with anything else.

import { entriesOf } from '../rights/entries.js';

/** Most entries of one request, and most that wait. */
const BATCH = 20;
const MOST = 50;

/** The first pause after a failure, doubled with each, half as long or half as long again, and the longest. */
const PAUSE_MS = 5000;
const LONGEST_MS = 3600_000;

/** @typedef {{ dropped: number, records: { id: string }[] }} Queue */

/** @param {import('./server.js').Kit} kit */
export const createLog = ({ config, ask, error, area }) => {
  const { log, scope } = config.record || {};
  const key = 'consentry.queue' + (scope ? '.' + scope : '');
  /** What waits where storage is denied or full. @type {Queue} */
  let memory = { dropped: 0, records: [] };
  let failures = 0;
  let busy = false;
  let timer = 0;

  /** @returns {Queue} */
  const read = () => {
    try {
      const kept = JSON.parse(area().getItem(key) || 'null');
      if (kept && Array.isArray(kept.records)) return kept;
    } catch {
      // Denied, or not ours.
    }
    return memory;
  };
  /** @param {Queue} queue */
  const keep = (queue) => {
    memory = queue;
    try {
      area().removeItem(key);
      if (!queue.records.length && !queue.dropped) return;
      area().setItem(key, JSON.stringify(queue));
      memory = { dropped: 0, records: [] };
    } catch {
      // Denied or full: it waits as long as this page.
    }
  };

  const later = () => {
    const pause = Math.min(LONGEST_MS, PAUSE_MS * 2 ** failures++) * (0.5 + Math.random());
    clearTimeout(timer);
    timer = /** @type {any} */ (setTimeout(send, Math.min(LONGEST_MS, pause)));
  };

  const deliver = async () => {
    for (let queue = read(); queue.records.length; queue = read()) {
      const records = queue.records.slice(0, BATCH);
      const { dropped } = queue;
      const { status } = await ask(log.url, JSON.stringify({ v: 1, retentionDays: log.retentionDays, records, ...(dropped && { dropped }) })).catch(() => ({ status: 0 }));
      const isDone = (status > 199 && status < 300) || status == 409;
      if (!isDone && (!status || status == 408 || status == 429 || status > 499)) return later();
      if (!isDone) error(`record.log: ${log.url} answered ${status}, so ${records.length} entries are dropped.`);
      failures = 0;
      // Others may have added to it meanwhile.
      const now = read();
      const sent = records.map(({ id }) => id);
      keep({ dropped: now.dropped - dropped, records: now.records.filter(({ id }) => !sent.includes(id)) });
    }
  };

  /** A page that is left, perhaps to be kept and shown again, holds up no other. */
  const left = () => new Promise((done) => addEventListener('pagehide', done, { once: true }));

  /** Sends what waits; of several tabs one at a time, where browsers have locks. */
  const send = async () => {
    if (busy || !log) return;
    busy = true;
    try {
      if (navigator.locks) await navigator.locks.request(key, () => Promise.race([deliver(), left()]));
      else await deliver();
    } finally {
      busy = false;
    }
  };

  return {
    send,
    /** @param {string | undefined} text the record as it was just written; none where it was erased */
    add: (text) => {
      const id = crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      const entry = text && entriesOf(text).pop();
      if (entry) {
        const { byParent, ...rest } = entry;
        const { ageBand, previousId, ...facts } = rest.facts;
        const queue = read();
        queue.records.push(/** @type {any} */ ({ ...rest, facts, id }));
        for (; queue.records.length > MOST; queue.dropped++) queue.records.shift();
        keep(queue);
      } else {
        // What was not sent yet is erased with the rest.
        keep({ dropped: 0, records: [/** @type {any} */ ({ id, time: new Date().toISOString(), facts: { action: 'erase' } })] });
      }
      return send();
    },
  };
};
