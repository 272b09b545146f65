// The way back: a small button in a corner of every page.

import { h } from './dom.js';

/** @param {import('./face.js').FaceKit} kit @returns {HTMLElement} */
export const createReopen = ({ text, openPreferences }) => {
  const label = text('reopen.label');
  const click = /** @param {Event} event */ (event) => {
    /** @type {HTMLElement} */ (event.currentTarget).focus();
    openPreferences();
  };
  return h(
    'div',
    { class: 'consentry-reopen', role: 'region', 'aria-label': label },
    h('button', { type: 'button', click }, h('span', { 'aria-hidden': 'true' }), h('span', null, label)),
  );
};
