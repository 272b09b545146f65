// How a visitor asks for the preference center on any page, and what comes of it where the engine could not start: see
// src/failed.

import { bare, closest, composedPath, isElement, on } from '../gate/natives.js';
import { createTexts } from './texts.js';

/** @param {() => void} open */
export const onWish = (open) =>
  on(document, 'click', (event) => {
    const [target] = composedPath(event);
    if (!isElement(target) || !closest(target, '[data-consentry-open]')) return;
    // A link leads somewhere for those alone for whom no script runs.
    event.preventDefault();
    open();
  });

/**
 * Opens the preference center as soon as there is one, or says why there is none.
 * @param {import('./start.js').Place} place
 * @param {import('./report.js').Report} report
 * @param {import('./page.js').Page} page
 * @param {Promise<any>} ready
 * @param {() => any} given what could be read of the config
 */
export const createWish = (place, report, page, ready, given) => {
  const explain = async () => {
    const config = given() || bare(null);
    try {
      const texts = createTexts(config, place, report);
      const [show] = await Promise.all([place.parts.load('failed'), texts.load()]);
      show({ config, texts, ...report });
    } catch {
      alert('Privacy settings: nothing can be chosen now. What needs your permission is not loaded.');
    }
  };
  const open = () => {
    if (page.phase == 'ready') page.session.view('preferences');
    else ready.then(open, explain);
  };
  return open;
};
