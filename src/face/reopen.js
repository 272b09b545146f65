// The way back: a small button in a corner of every page.

import { h } from './dom.js';
import { focus } from './root.js';

/** @param {import('./face.js').FaceKit} kit @returns {HTMLElement} */
export const createReopen = ({ text, openPreferences }) => {
  const label = text('reopen.label');
  const click = /** @param {Event} event */ (event) => {
    focus(event.currentTarget);
    openPreferences();
  };
  return h(
    'div',
    { class: 'consentry-reopen', role: 'region', 'aria-label': label },
    h('button', { type: 'button', click }, h('span', { 'aria-hidden': 'true' }), h('span', null, label)),
  );
};
