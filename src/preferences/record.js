// The visitor's record: what they answered, when, and what they can do with it.

import { on } from '../gate/natives.js';
import { h } from '../face/dom.js';
import { heading, section } from './categories.js';

/**
 * @typedef {object} Actions
 * @property {(event: Event) => void} withdraw
 * @property {(event: Event) => void} erase
 * @property {() => { [name: string]: any }} copy
 * @property {(copy: any) => void} bring
 */

/** Hands a text to the browser's downloads. @param {string} text @param {string} name */
const download = (text, name) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  h('a', { href: url, download: name }).click();
  // The download has its own hold on the text by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
};

/** No copy has so many bytes. */
const LARGEST = 1e7;

/** Lets the visitor choose a file. @param {(copy: any) => void} bring gets its JSON, nothing where it is none */
const choose = (bring) => {
  const input = h('input', { type: 'file', accept: '.json,application/json' });
  on(input, 'change', async () => {
    const [file] = /** @type {FileList} */ (input.files);
    let copy = null;
    try {
      if (file.size < LARGEST) copy = JSON.parse(await file.text());
    } catch {
      // Unreadable, or not JSON: refused like anything else that is no copy.
    }
    bring(copy);
  });
  input.click();
};

/**
 * @param {import('./categories.js').View} view
 * @param {Actions} actions
 */
export const recordSection = (view, { withdraw, erase, copy, bring }) => {
  const { say, date, knows, list } = view.speech;
  const { record, choices } = view.snapshot();
  const word = /** @param {string} action */ (action) => (knows('action.' + action) ? say('action.' + action) : action);
  const fact = /** @param {string} name @param {string} value */ (name, value) => [h('dt', null, name), h('dd', null, value)];
  const button = /** @param {string} key @param {(event: Event) => void} click */ (key, click) =>
    h('button', { type: 'button', class: 'consentry-plain', click }, say(key));
  const title = heading(view, 'record', say('record.title'));
  const bringing = button('record.bring', () => choose(bring));
  if (!record) return section(view, title, title, h('p', null, say('record.none')), bringing);
  const earlier = record.entries.slice(0, -1).reverse();
  const granted = Object.values(choices).some(({ allowed, reason }) => allowed && reason != 'necessary');
  return section(
    view,
    title,
    title,
    h(
      'dl',
      null,
      fact(say('record.time'), list(word(record.action), date(record.time))),
      record.expires ? fact(say('record.expires'), date(record.expires)) : [],
      fact(say('record.id'), record.id || say('record.anonymous')),
    ),
    earlier.length > 0 &&
      h(
        'details',
        null,
        h('summary', null, say('record.history', { count: earlier.length })),
        h('ul', null, earlier.map((entry) => h('li', null, list(word(entry.action), date(entry.time))))),
      ),
    granted && button('record.withdraw', withdraw),
    button('record.copy', () => download(JSON.stringify(copy(), null, 2), `consent-${location.hostname}.json`)),
    bringing,
    button('record.erase', erase),
  );
};
