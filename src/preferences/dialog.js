// The dialog itself: title, introduction, categories, the visitor's record, and three answers of equal weight.

import { h } from '../face/dom.js';
import { policyOf, siteOf } from '../face/words.js';
import { categorySection } from './categories.js';
import { policyDates, policySection } from './policy.js';

/**
 * @typedef {object} Parts
 * @property {{ [key: string]: any }} config
 * @property {(label: any) => string} local a text of the config, which may be one for each language
 * @property {Element} record the visitor's record
 * @property {Element} device what is stored on the device
 * @property {Element} message where short messages appear
 * @property {(event: Event) => void} leave
 * @property {(event: Event) => void} accept
 * @property {(event: Event) => void} reject
 * @property {(event: Event) => void} save
 */

/**
 * @param {import('./categories.js').View} view
 * @param {Parts} parts
 * @returns {{ element: HTMLDialogElement, title: HTMLElement }} the title takes the focus
 */
export const createDialog = (view, { config, local, record, device, message, leave, accept, reject, save }) => {
  const { say, lang, dir } = view.speech;
  const { categories, services, storage, jurisdiction, counsel, signal } = view.snapshot();
  const policy = policyOf(config, lang, jurisdiction.place);
  const about = say(categories.some(({ necessary }) => !necessary) ? 'center.about' : 'center.nothing', { site: siteOf(config) });
  const button = /** @param {string} key @param {(event: Event) => void} click */ (key, click) =>
    h('button', { type: 'button', click }, say(key));
  const title = h('h2', { id: 'consentry-title', tabindex: -1 }, say('reopen.label'));
  const close = h('button', { type: 'button', class: 'consentry-close', 'aria-label': say('center.close'), click: leave }, '\xd7');
  const element = h(
    'dialog',
    { class: 'consentry-preferences', lang, dir, 'aria-labelledby': title.id },
    h('header', null, title, close),
    h(
      'div',
      { class: 'consentry-body' },
      h('p', null, about, policy && [' ', h('a', { href: policy.url }, say('notice.policy'))]),
      policyDates(view, config),
      signal && h('p', null, say('notice.signal')),
      jurisdiction.place != 'unknown' && h('p', null, say('center.place', { place: view.speech.country(jurisdiction.place) })),
      counsel && h('p', null, say('center.counsel', { counsel })),
      storage == 'memory' && h('p', { class: 'consentry-warning' }, say('status.memory')),
      categories.map((category) => categorySection(view, category, services.filter((service) => service.category == category.id))),
      record,
      device,
      policySection(view, config, local),
    ),
    h(
      'footer',
      null,
      message,
      h(
        'div',
        { class: 'consentry-actions' },
        button('notice.accept', accept),
        button('notice.reject', reject),
        button('center.save', save),
      ),
    ),
  );
  return { element, title };
};
