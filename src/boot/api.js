// What site scripts can call. Every method answers while starting and after a failure too: denied.

import { version } from 'gen/parts.js';
import { clean } from './config.js';

/** @typedef {ReturnType<typeof createApi>} Api */

/**
 * @param {object} parts
 * @param {import('./page.js').Page} parts.page
 * @param {ReturnType<typeof import('./events.js').createEvents>} parts.events
 * @param {any} parts.gate
 * @param {ReturnType<typeof import('./preferences.js').createPreferences>['api']} parts.preferences
 * @param {() => void} parts.openPreferences
 * @param {(url: string) => boolean} parts.allows
 * @param {(config: any) => Promise<any>} parts.start
 */
export const createApi = ({ page, events, gate, preferences, openPreferences, allows, start }) => {
  const holds = /** @param {any} condition */ (condition) => page.judge(condition) == 'yes';
  /** @param {string} kind @param {any} [more] @returns {boolean} whether it was taken whole */
  const tell = (kind, more) => page.phase == 'ready' && !!page.views.act('api')({ kind, ...more }, null);
  return {
    version,
    ready: events.ready,
    start,
    /** @param {any} condition */
    has: (condition) => holds(clean(condition)),
    /** @param {string} id */
    choice: (id) =>
      events.snapshot().choices[id] || { allowed: false, reason: page.phase == 'ready' ? 'unknown' : page.phase, since: null, basis: 'consent' },
    decision: () => events.snapshot().choices,
    /** @param {string} url */
    allows: (url) => page.phase == 'ready' && allows('' + url),
    blocked: gate.held,
    snapshot: events.snapshot,
    /** @param {any} condition */
    whenGranted: (condition) => {
      const asked = clean(condition);
      return events.when(() => holds(asked));
    },
    onChange: events.onChange,
    acceptAll: () => tell('accept_all'),
    rejectAll: () => tell('reject_all'),
    /** @param {any} ids */
    save: (ids) => tell('save', { ids: clean(ids) }),
    /** @param {string} [id] */
    withdraw: (id) => tell('withdraw', { id }),
    exportRecord: /** @param {string} [format] */ async (format) => page.views.copy(format),
    importRecord: /** @param {any} copy */ async (copy) => (await page.views.center()).bring(clean(copy)),
    eraseRecord: () => tell('erase'),
    askAge: async () => (await page.views.center()).age(),
    requestParent: page.requestParent,
    /** @param {string | null} key @param {any} [more] */
    subject: (key, more) => page.turn(key, clean(more) || undefined),
    preferences,
    stored: async () => (await page.views.center()).stored(),
    showNotice: () => {
      if (page.phase == 'ready') page.session.view('notice');
    },
    showPreferences: openPreferences,
    hide: () => page.views?.close(),
    /** @param {Node} [root] */
    activate: (root = document) => gate.activate(root),
  };
};
