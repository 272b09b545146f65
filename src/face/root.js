// The container of everything a visitor sees of us, and its place in the document.

import { body, documentElement, insertBefore, isConnected, later, observer, on } from '../gate/natives.js';
import { h } from './dom.js';
import { createSheet } from './sheet.js';
import css from './notice.css';
import placeholders from './placeholder.css';

/**
 * Gives an element of ours the colors of the config, and the font of what is around it where the config wants that.
 * @template {HTMLElement} T
 * @param {T} element
 * @param {{ [key: string]: any }} config
 */
export const dress = (element, { ui }) => {
  for (const [name, value] of Object.entries(ui?.theme || {})) {
    if (value != 'auto') element.style.setProperty(value == 'inherit' ? 'font-family' : '--consentry-' + name, value, 'important');
  }
  return element;
};

/**
 * The root stands between head and body, whenever it comes: there no hydration of a page meets it, no new body takes it
 * away, the notice waits for no slow page, and it is what Tab reaches first. Where browsers have a top layer for it, it is there: above everything, and
 * out of reach of a transform or filter that the page puts on all of itself.
 * @param {import('./face.js').FaceKit} kit
 * @param {() => void} follow hears that the page may have another body
 */
export const createRoot = ({ config, spare }, follow) => {
  const element = h('div', { id: 'consentry-root', class: 'consentry-own', popover: 'manual', 'data-nosnippet': true });
  dress(element, config);
  const adopt = createSheet(css + placeholders, element, spare);
  // The sheet sets `order`. When a page's script takes the sheet away, the value falls back, and this tells at once.
  element.style.setProperty('transition', 'order 1ms', 'important');
  on(element, 'transitionrun', adopt);

  let wait = 0;
  const place = () => {
    const html = documentElement(document);
    if (!html || isConnected(element)) return;
    insertBefore(html, element, body(document));
    for (const node of [document, html]) watch(node, { childList: true });
    adopt();
    spare('lifting the notice', () => element.showPopover?.());
  };
  // The first time at once; a page that keeps removing the root is answered ever later, so that the two never run in a circle.
  const watch = observer(() => {
    follow();
    if (isConnected(element)) return;
    if (wait) later(place, wait);
    else place();
    wait = isConnected(element) ? 1 : wait * 2;
  });
  return { element, adopt, mount: place };
};
