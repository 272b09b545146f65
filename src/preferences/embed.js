// The preference center within a page of the site: in the flow of its text, with headings that continue the page's own.

import { activeElement, all, closest, contains, isConnected } from '../gate/natives.js';
import { h } from '../face/dom.js';
import { focus } from '../face/modal.js';
import { dress } from '../face/root.js';
import { createPanel } from './panel.js';

/** One below the heading that the place stands under. @param {Node} place */
const levelAt = (place) => {
  const above = [...all(document, 'h1,h2,h3,h4,h5,h6')].filter((one) => one.compareDocumentPosition(place) & 4 && !closest(one, '.consentry-own')).pop();
  return above ? Math.min(+above.localName[1] + 1, 5) : 2;
};

/**
 * @param {import('./preferences.js').PreferencesKit} kit
 * @param {import('./speech.js').Speech} speech
 * @param {() => Promise<import('./stored.js').Stored[]>} stored
 * @param {HTMLElement} place of the page
 */
export const createEmbed = (kit, speech, stored, place) => {
  const { say, lang, dir } = speech;
  const attributes = { class: 'consentry-own consentry-embed', role: 'group', 'aria-label': say('reopen.label'), lang, dir, tabindex: -1 };
  const element = dress(h('div', attributes), kit.config);
  const level = levelAt(place);
  /** @type {ReturnType<typeof createPanel> | undefined} */
  let panel;
  let like = '';

  /** What no click changes, and so is not painted anew with every answer. */
  const fixed = () => {
    const { barred, storage, jurisdiction, signal } = kit.snapshot();
    return JSON.stringify([storage, jurisdiction, signal, barred]);
  };
  const update = () => {
    const now = fixed();
    if (panel && like == now) return panel.update();
    like = now;
    const focused = contains(element, activeElement(document));
    panel = createPanel(kit, speech, { mark: '.embed', level, stored, tell: (text) => kit.status(text), model: panel?.model });
    element.replaceChildren(panel.body, h('footer', null, panel.actions));
    if (focused) focus(element);
  };

  update();
  place.replaceChildren(element);
  return {
    update,
    forget: () => {
      panel = undefined;
      update();
    },
    /** Whether it stands in this place. @param {HTMLElement} where */
    isIn: (where) => isConnected(element) && contains(where, element),
  };
};
