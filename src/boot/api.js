// What site scripts can call. Every method answers while starting and after a failure too: denied.

import { version } from 'gen/parts.js';
import { clean } from './config.js';

/** @typedef {ReturnType<typeof createApi>} Api */

/**
 * @param {object} parts
 * @param {import('./page.js').Page} parts.page
 * @param {ReturnType<typeof import('./events.js').createEvents>} parts.events
 * @param {any} parts.gate
 * @param {ReturnType<typeof import('./views.js').createViews>} parts.views
 * @param {(config: any) => Promise<any>} parts.begin
 */
export const createApi = ({ page, events, gate, views, begin }) => {
  const act = views.act('api');
  const has = /** @param {any} condition */ (condition) => page.judge(clean(condition)) == 'yes';
  const denied = /** @param {string} reason */ (reason) => ({ allowed: false, reason, since: null });
  /** @param {any} answer */
  const tell = (answer) => page.phase == 'ready' && act(answer, null);
  /** @param {'notice' | 'preferences'} view */
  const ask = (view) => page.phase == 'ready' && page.session.view(view);
  return {
    version,
    ready: events.ready,
    /** @param {any} config */
    start: (config) => begin(clean(config)),
    has,
    /** @param {string} id */
    choice: (id) => events.snapshot().choices[id] || denied(page.phase == 'ready' ? 'unknown' : page.phase),
    decision: () => events.snapshot().choices,
    allows: page.allows,
    blocked: () => gate.held(),
    snapshot: events.snapshot,
    /** @param {any} condition */
    whenGranted: (condition) => {
      const asked = clean(condition);
      return events.when(() => page.judge(asked) == 'yes');
    },
    onChange: events.onChange,
    acceptAll: () => tell({ kind: 'accept_all' }),
    rejectAll: () => tell({ kind: 'reject_all' }),
    /** @param {any} ids */
    save: (ids) => tell({ kind: 'save', ids: clean(ids) }),
    /** @param {string} [id] */
    withdraw: (id) => tell({ kind: 'withdraw', id }),
    showNotice: () => void ask('notice'),
    showPreferences: () => void ask('preferences'),
    hide: views.hide,
    /** @param {Node} [root] */
    activate: (root) => gate.activate(root || document),
  };
};
