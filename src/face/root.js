// The container of everything a visitor sees of us, and its place in the document.

import { body, documentElement, getter, insertBefore, isConnected, later, observer, on, uncurry } from '../gate/natives.js';
import { h } from './dom.js';
import { createSheet } from './sheet.js';
import css from './notice.css';

const styleOf = /* @__PURE__ */ getter(HTMLElement.prototype, 'style');
const setProperty = /* @__PURE__ */ uncurry(CSSStyleDeclaration.prototype.setProperty);

/** Sets one CSS property of an element. @type {(element: Element, name: string, value: string, priority?: string) => void} */
export const setStyle = (element, name, value, priority = '') => setProperty(styleOf(element), name, value, priority);

/** The inline value of a CSS property. @type {(element: HTMLElement, name: string) => string} */
export const styleValue = (element, name) => styleOf(element).getPropertyValue(name);

/**
 * The root stands beside the body, before it: first in the tab order, untouched when a page empties, replaces or
 * hydrates its body, and outside every `body > :first-child` and `* + *` of the page's style sheets.
 * @param {{ lang: string, dir: string, config: { [key: string]: any } }} kit
 * @param {() => void} placed called whenever the root has come into the document
 */
export const createRoot = ({ lang, dir, config }, placed) => {
  const theme = config.ui?.theme || {};
  const element = h('div', { id: 'consentry-root', 'data-nosnippet': true, lang, dir });
  for (const name of Object.keys(theme)) {
    setStyle(element, '--consentry-' + name, theme[name]);
  }
  const adopt = createSheet(css);
  // The sheet sets `order`. When a page's script takes the sheet away, the value falls back, and this tells at once.
  setStyle(element, 'transition', 'order 1ms', 'important');
  on(element, 'transitionrun', adopt);

  let wait = 0;
  const place = () => {
    const html = documentElement();
    const content = body();
    if (!html || !content || isConnected(element)) return;
    insertBefore(html, element, content);
    watch(html, { childList: true });
    adopt();
    placed();
  };
  // The first time at once; a page that keeps removing the root is answered ever later, so that the two never run in a circle.
  const watch = observer(() => {
    if (isConnected(element)) return;
    if (wait) later(place, wait);
    else place();
    if (isConnected(element)) wait = 1;
    else wait *= 2;
  });
  return {
    element,
    adopt,
    mount: () => {
      const html = documentElement();
      watch(document, { childList: true });
      if (html) watch(html, { childList: true });
      place();
    },
  };
};
