// A page's life around us: other tabs, pages that come back from the back/forward cache, pages prerendered ahead of a visit.

import { on, visibilityState } from '../gate/natives.js';

/** @returns {Promise<void> | undefined} until a prerendered page is activated; nothing where the visitor is here already */
export const whenActive = () => {
  if (/** @type {any} */ (document).prerendering === true) return new Promise((run) => on(document, 'prerenderingchange', run));
};

/**
 * Keeps this page in step with the stored record, which other tabs may write.
 * @param {() => any[]} read reads the record again; answers the services that were allowed on this page once, and are not now
 */
export const keepInStep = (read) => {
  on(window, 'storage', ({ key }) => {
    if (key == null || /^consentry\.record/.test(key)) read();
  });
  on(document, 'visibilitychange', () => visibilityState(document) == 'visible' && read());
  on(window, 'pageshow', ({ persisted }) => {
    // Alive again, with whatever ran before: what was withdrawn meanwhile only ends with a fresh page. A GET: reloading
    // would send a form again.
    if (persisted && read()[0]) location.replace(location.href.split('#')[0]);
  });
};

/**
 * Reads again once no other tab writes: of two that wrote at the same time, one joins what both did. An answer is in force
 * and written before that. A lock comes only later, when the page may be gone.
 * @param {() => void} read
 */
export const inTurn = async (read) => {
  try {
    await navigator.locks.request('consentry.record', read);
  } catch {
    // No locks here: the later text stays until the other tab looks.
  }
};
