// The notice: a region beside the page's content, never in its way.

import { append, documentElement, parentNode, remove, setAttribute } from '../gate/natives.js';
import { fill, h } from './dom.js';
import { bindingOf, nameOf, policyOf, siteOf, wordsOf } from './words.js';

/** @param {import('./face.js').FaceKit} kit */
export const createNotice = (kit) => {
  const { text, config, lang, act, openPreferences, snapshot, spare } = kit;
  const { layout = 'bar', position = 'bottom' } = config.ui || {};
  const answer = /** @param {string} kind */ (kind) => (/** @type {Event} */ event) => void act({ kind }, event);
  const button = /** @param {string} name @param {(event: Event) => void} click */ (name, click) =>
    h('button', { type: 'button', click }, text('notice.' + name));
  const title = text('notice.title', { site: siteOf(config) });
  const link = config.site?.policies?.[0] && h('a', null, text('notice.policy'));
  const words = h('div');
  const element = h(
    'div',
    { class: `consentry-notice consentry-${layout} consentry-${position}`, role: 'region', 'aria-label': title },
    words,
    h(
      'div',
      { class: 'consentry-actions' },
      button('accept', answer('accept_all')),
      button('reject', answer('reject_all')),
      button('customize', (event) => {
        // WebKit gives a clicked button no focus, and the dialog has to know where to lead back to.
        /** @type {HTMLElement} */ (event.currentTarget).focus();
        openPreferences();
      }),
      link,
    ),
    h('button', { type: 'button', class: 'consentry-close', 'aria-label': text('notice.close'), click: answer('dismiss') }, '\xd7'),
  );

  // Keeps what gets the focus from being hidden under the notice, without moving anything.
  const padding = 'scroll-padding-block-' + (position == 'top' ? 'start' : 'end');
  const pad = /** @param {string} value */ (value) => documentElement(document)?.style.setProperty(padding, value);
  const sizes = spare('room for the notice', () => new ResizeObserver(([entry]) => pad(`${entry.borderBoxSize[0].blockSize + 32}px`)));

  return {
    element,
    /** @param {Element} root */
    show: (root) => {
      words.textContent = '';
      const policy = policyOf(config, lang, snapshot().jurisdiction.place);
      const binding = bindingOf(config, policy);
      if (link && policy) setAttribute(link, 'href', policy.url);
      const sentences = [...wordsOf(kit), binding && h('a', { href: binding.url }, text('notice.authoritative', { language: nameOf(/** @type {string[]} */ (binding.languages)[0], lang) }))];
      fill(words, [h('h2', null, title), sentences.map((sentence) => sentence && h('p', null, sentence))]);
      if (parentNode(element)) return;
      append(root, element);
      sizes?.observe(element);
    },
    hide: () => {
      sizes?.disconnect();
      remove(element);
      pad('');
    },
  };
};
