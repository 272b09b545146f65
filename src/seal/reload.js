// The one reload after a grant: a fresh GET of the same address, never a form sent again, and never over what a visitor
// has entered.

import { createHosts } from '../gate/hosts.js';
import { all, closest, composedPath, getAttribute, hasAttribute, isTrusted, on } from '../gate/natives.js';
import { addressOf } from './refused.js';

/** What one page tells the next in the same tab: its `#…`, or that it is the answer to a form. */
const KEY = 'consentry.next';

/** Reads the note and writes another, if there is one. @param {string} [text] */
const note = (text) => {
  try {
    const { sessionStorage } = window;
    const found = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (text) sessionStorage.setItem(KEY, text);
    return found || '';
  } catch {
    return ''; // denied: then nothing is loaded again either
  }
};

/** @param {any} field */
const isChanged = ({ type, value, defaultValue, checked, defaultChecked, selected, defaultSelected, index }) =>
  // The first option is selected where none says so; sliders and boxes have a value where none is given.
  checked != defaultChecked || (index ? selected != defaultSelected : defaultValue != null && value != defaultValue && !/range|color|checkbox|radio/.test(type));

/** @param {import('./seal.js').Kit} kit */
export const createReload = ({ script, page, held, refused }) => {
  const left = note();
  if (left[0] == '#') location.replace(left);
  let keeps = left == 'post';
  on(document, 'input', (event) => {
    const [target] = composedPath(event);
    // Editing by script looks the same, before a visitor has touched anything.
    const byHand = /** @type {any} */ (navigator).userActivation?.hasBeenActive != false;
    if (byHand && isTrusted(event) && target instanceof Element && !closest(target, '#consentry-root')) keeps = true;
  });
  on(window, 'submit', ({ target, submitter, defaultPrevented }) => {
    const method = (submitter && getAttribute(submitter, 'formmethod')) || getAttribute(target, 'method') || '';
    if (!defaultPrevented && /^post$/i.test(method)) note('post');
  });
  /** Whether this page may have missed something before we came. */
  const late = page.snapshot().late || !script || script.async || hasAttribute(script, 'defer');
  const go = () => {
    note(location.hash);
    location.replace(location.href.split('#')[0]);
  };
  return {
    go,
    /** A grant opens these services for a fresh page. @param {import('./seal.js').Service[]} services */
    after: (services) => {
      const owner = createHosts(services);
      const isOf = /** @param {import('../gate/gate.js').Held} one */ ({ service, category }) =>
        services.some(({ id, category: of }) => (service ? service == id : category == of));
      /** @param {import('./refused.js').Refusal} one */
      const wasOf = (one) => {
        const url = addressOf(one);
        return url && owner(url, false)[0];
      };
      if (!services[0] || !(late || held().some(isOf) || refused.some(wasOf))) return;
      if (keeps || [...all(document, 'input,textarea,option')].some(isChanged)) page.views.offer();
      else go();
    },
  };
};
