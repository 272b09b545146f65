// What a visitor reads who asks for the preference center where the engine could not start: a file of its own, which needs
// neither engine nor a right config.

import { Address, all, baseURI, documentElement } from '../gate/natives.js';
import { h } from '../face/dom.js';
import { openModal } from '../face/modal.js';
import { createSheet } from '../face/sheet.js';
import english from '../../locales/en.failed.json';
import css from './failed.css';

/**
 * The site's contact, as far as it can be told from a config that nobody has checked.
 * @param {any} contact
 * @param {string} words
 */
const contactOf = (contact, words) => {
  if (!contact || typeof contact != 'string') return null;
  if (!/^(mailto:|https?:|[./])/.test(contact)) return h('p', null, `${words}: ${contact}`);
  try {
    const { href, protocol } = new Address(contact, baseURI());
    return /^(mailto|https?):$/.test(protocol) && h('p', null, h('a', { href }, words));
  } catch {
    return null;
  }
};

/**
 * @param {object} edges
 * @param {{ [key: string]: any }} edges.config what could be read of it
 * @param {ReturnType<typeof import('../boot/texts.js').createTexts>} edges.texts
 * @param {import('../boot/report.js').Report['spare']} edges.spare
 */
export const showFailure = ({ config, texts: { text, lang, dir }, spare }) => {
  if (all(document, '.consentry-failed')[0]) return;
  // Both texts or none: they stand in one language.
  const translated = Object.keys(english).every((key) => text(key) != key);
  const spoken = translated ? lang : 'en';
  const site = typeof config.site?.name == 'string' ? config.site.name : location.hostname;
  const say = /** @param {keyof typeof english} key */ (key) => (translated ? text(key, { site }) : english[key].replace('{site}', site));
  const root = /** @type {HTMLElement} */ (documentElement(document));
  createSheet(css, root, spare);
  const title = h('h2', { id: 'consentry-failed', tabindex: -1 }, translated || /^en/.test(lang) ? text('reopen.label') : 'Privacy settings');
  const about = h('p', { id: 'consentry-failed-about' }, say('failed.text'));
  const leave = () => close();
  const element = h(
    'dialog',
    { class: 'consentry-failed', lang: spoken, dir: translated ? dir : 'ltr', 'aria-labelledby': title.id, 'aria-describedby': about.id },
    title,
    about,
    contactOf(config.site?.contact, say('links.contact')),
    h('button', { type: 'button', click: leave }, say('failed.close')),
  );
  const close = openModal({ root: () => root, spare }, element, leave, title);
};
