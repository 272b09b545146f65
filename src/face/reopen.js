// The way back: a small button in a corner of every page.

import { h } from './dom.js';

/** @param {import('./face.js').FaceKit} kit @returns {HTMLElement} */
export const createReopen = ({ text, openPreferences, snapshot }) => {
  const label = text('reopen.label');
  const click = /** @param {Event} event */ (event) => {
    /** @type {HTMLElement} */ (event.currentTarget).focus();
    openPreferences();
  };
  return h(
    'div',
    // Who has not answered before sees its words where no pointer can hover over it.
    { class: 'consentry-reopen' + (snapshot().record ? '' : ' consentry-new'), role: 'region', 'aria-label': label },
    h('button', { type: 'button', click }, h('span', { 'aria-hidden': 'true' }), h('span', null, label)),
  );
};
