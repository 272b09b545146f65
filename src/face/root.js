// The container of everything a visitor sees of us, and its place in the document.

import { activeElement, append, body, contains, documentElement, getter, isConnected, later, observer, on, parentNode, readyState, uncurry } from '../gate/natives.js';
import { h } from './dom.js';
import { createSheet } from './sheet.js';
import css from './notice.css';
import placeholders from '../gate/placeholder.css';

const styleOf = /* @__PURE__ */ getter(HTMLElement.prototype, 'style');
const setProperty = /* @__PURE__ */ uncurry(CSSStyleDeclaration.prototype.setProperty);

/** Sets one CSS property of an element. @type {(element: Element, name: string, value: string, priority?: string) => void} */
export const setStyle = (element, name, value, priority = '') => setProperty(styleOf(element), name, value, priority);

/** The inline value of a CSS property. @type {(element: HTMLElement, name: string) => string} */
export const styleValue = (element, name) => styleOf(element).getPropertyValue(name);

/** @type {(element: EventTarget | null) => void} */
export const focus = /* @__PURE__ */ uncurry(HTMLElement.prototype.focus);

/**
 * The root is the last child of the body, where hydration and `:first-child` rules of a page never meet it. While the
 * parser still fills the body it stands behind it, so that the notice waits for no slow page.
 * @param {{ lang: string, dir: string, config: { [key: string]: any } }} kit
 * @param {() => void} placed called whenever the root has come into the document
 */
export const createRoot = ({ lang, dir, config }, placed) => {
  const theme = config.ui?.theme || {};
  const element = h('div', { id: 'consentry-root', 'data-nosnippet': true, lang, dir });
  for (const name of Object.keys(theme)) {
    setStyle(element, '--consentry-' + name, theme[name]);
  }
  const adopt = createSheet(css + placeholders);
  // The sheet sets `order`. When a page's script takes the sheet away, the value falls back, and this tells at once.
  setStyle(element, 'transition', 'order 1ms', 'important');
  on(element, 'transitionrun', adopt);

  let wait = 0;
  const place = () => {
    const html = documentElement(document);
    const content = body(document);
    const parent = readyState(document) == 'loading' ? html : content;
    if (!html || !content || !parent || (isConnected(element) && parentNode(element) == parent)) return;
    const focused = activeElement(document);
    const inside = contains(element, focused);
    append(parent, element);
    for (const node of [document, html, content]) watch(node, { childList: true });
    adopt();
    placed();
    if (inside) focus(focused);
  };
  // The first time at once; a page that keeps removing the root is answered ever later, so that the two never run in a circle.
  const watch = observer(() => {
    if (isConnected(element)) return;
    if (wait) later(place, wait);
    else place();
    wait = isConnected(element) ? 1 : wait * 2;
  });
  return {
    element,
    adopt,
    mount: () => {
      place();
      if (!isConnected(element)) watch(/** @type {Node} */ (documentElement(document)), { childList: true });
      on(document, 'DOMContentLoaded', place);
    },
  };
};
