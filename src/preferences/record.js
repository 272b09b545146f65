// The visitor's record: what they answered, when, and how to take it all back.

import { h } from '../face/dom.js';

/**
 * @param {import('./categories.js').View} view
 * @param {(event: Event) => void} withdraw
 */
export const recordSection = ({ speech, snapshot }, withdraw) => {
  const { say, date, knows } = speech;
  const { record, choices } = snapshot();
  const word = /** @param {string} action */ (action) => (knows('action.' + action) ? say('action.' + action) : action);
  const fact = /** @param {string} name @param {string} value */ (name, value) => [h('dt', null, name), h('dd', null, value)];
  const title = h('h3', { id: 'consentry-record' }, say('record.title'));
  if (!record) return h('section', { 'aria-labelledby': title.id }, title, h('p', null, say('record.none')));
  const earlier = record.entries.slice(0, -1).reverse();
  const granted = Object.values(choices).some(({ allowed, reason }) => allowed && reason != 'necessary');
  return h(
    'section',
    { 'aria-labelledby': title.id },
    title,
    h(
      'dl',
      null,
      fact(say('record.time'), `${word(record.action)}, ${date(record.time)}`),
      record.expires ? fact(say('record.expires'), date(record.expires)) : [],
      fact(say('record.id'), record.id || say('record.anonymous')),
    ),
    earlier.length > 0 &&
      h(
        'details',
        null,
        h('summary', null, say('record.history', { count: earlier.length })),
        h('ul', null, earlier.map((entry) => h('li', null, `${word(entry.action)}, ${date(entry.time)}`))),
      ),
    granted && h('button', { type: 'button', class: 'consentry-withdraw', click: withdraw }, say('record.withdraw')),
  );
};
