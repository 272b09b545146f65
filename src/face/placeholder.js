// What stands where a held embed would be: who it comes from, what loading it means, and the visitor's choice.

import { h, link } from './dom.js';
import { dress } from './root.js';
import { partsOf, urlsOf } from '../gate/marked.js';
import { activeElement, Address, baseURI, contains, insertBefore, matches, nextSibling, parentNode, remove, removeAttribute, setAttribute } from '../gate/natives.js';

/** What of the embed's place in the page becomes the placeholder's, as it was written: a part of a width stays one. */
const PLACE = 'inset,margin,border-width,padding,float,clear,flex,align-self,justify-self,order,grid-area,vertical-align,z-index,box-sizing,min-width,max-width,min-height,max-height,aspect-ratio,width,height'.split(',');

/** Where an embed is so low, in pixels, the buttons stand before the words; in the lowest all is one line. */
const LOW = 240;
const LOWEST = 100;

/** Who an embed comes from that names a category alone: its host. @param {Element} element */
const hostOf = (element) => {
  try {
    return new Address(urlsOf(partsOf(element)[0])[0][2], baseURI()).hostname;
  } catch {
    return '';
  }
};

/** @typedef {{ label: string, vendor?: string, privacyPolicy?: string, placeholder?: any }} Service */

/**
 * @param {object} edges
 * @param {{ lang: string, dir: string, local: (label: any) => string, text: (key: string, values?: { [name: string]: string }) => string }} edges.texts
 * @param {{ [key: string]: any }} edges.config
 * @param {(id: string) => Service | null} edges.service
 * @param {(act: { kind: 'load_once' | 'allow_service', id: string, element: HTMLElement }, event: Event) => unknown} edges.act
 * @param {() => void} edges.open opens the preference center
 * @param {() => void} edges.reload loads the page again
 * @param {() => boolean} edges.signal whether the browser's signal is honored: a yes here goes against it
 */
export function createPlaceholder({ texts, config, service, act, open, reload, signal }) {
  const { text } = texts;
  /**
   * @param {HTMLElement} element
   * @param {string | null} id the service that the element names
   * @param {boolean} always whether allowing the service would open it
   * @param {string} why `reload`, `unkept` or `shut` where it is allowed, but held by the policy in front of us
   * @param {boolean} once whether it can be loaded alone
   * @returns {(() => void) | null} takes the placeholder away again
   */
  return (element, id, always, why, once) => {
    const style = getComputedStyle(element);
    const { display, position, width, height, transform } = style;
    // A hidden or one-pixel embed is not for visitors to see.
    if (display === 'none' || parseFloat(width) < 2) return null;
    const { label, vendor, privacyPolicy, placeholder } = (id && service(id)) || /** @type {Service} */ ({ label: hostOf(element) });
    const button = /** @type {(key: string, listener: (event: Event) => void) => HTMLElement} */ ((key, listener) =>
      h('button', { type: 'button', click: listener }, text(key, { label })));
    const choose = /** @type {(kind: 'load_once' | 'allow_service') => (event: Event) => void} */ ((kind) => (event) =>
      void act({ kind, id: /** @type {string} */ (id), element }, event));
    const title = texts.local(placeholder?.title) || text('placeholder.title', { label });
    const about = texts.local(placeholder?.text);
    const tallness = parseFloat(height);
    const inner = h(
      'div',
      { 'data-consentry-placeholder': tallness < LOWEST ? 'lowest' : tallness < LOW ? 'low' : '', class: 'consentry-own', role: 'group', 'aria-label': title, lang: texts.lang, dir: texts.dir },
      h('strong', null, title),
      about && h('span', null, about),
      h('span', null, text(why == 'unkept' ? 'status.memory' : 'placeholder.text', { vendor: vendor || label })),
      always && signal() && h('span', null, text('notice.signal')),
      privacyPolicy && link(privacyPolicy, `${text('notice.policy')} (${vendor || label})`),
      h(
        'div',
        null,
        why == 'reload' && button('placeholder.reload', reload),
        id && once && button('placeholder.once', choose('load_once')),
        id && always && !/reload|shut|unkept/.test(why) && button('placeholder.always', choose('allow_service')),
        button('reopen.label', open),
      ),
    );
    dress(inner, config);
    // The place that the embed has in the page's layout becomes the placeholder's, whatever the page's rules say of it: a
    // box of the same measures, in which what is said lies without making it larger.
    const box = h('div', { class: 'consentry-own', 'data-consentry-place': true }, inner);
    const keep = /** @param {string} name @param {string} value */ (name, value) => box.style.setProperty(name, value, 'important');
    // What is not displayed is told as it was written, and not as it came out. But into an object that is measured and then
    // hidden Chromium loads nothing any more.
    const hide = () => setAttribute(element, 'data-consentry-held', '');
    const before = matches(element, 'object') ? null : element.getBoundingClientRect();
    if (before) hide();
    for (const name of PLACE) keep(name, style.getPropertyValue(name));
    keep('transform', transform);
    if (style.maxWidth == 'none') keep('max-width', '100%');
    keep('display', /^inline/.test(display) ? 'inline-block' : 'block');
    keep('position', position == 'static' ? 'relative' : position);
    insertBefore(/** @type {Node} */ (parentNode(element)), box, nextSibling(element));
    // An embed has a size of its own, and parts of what has none come out otherwise for a box.
    if (!before) hide();
    const there = before && box.getBoundingClientRect();
    if (there && Math.abs(there.width - before.width) > 0.5) keep('width', width);
    if (there && Math.abs(there.height - before.height) > 0.5) keep('height', height);
    return () => {
      const focused = contains(box, activeElement(document));
      removeAttribute(element, 'data-consentry-held');
      remove(box);
      if (focused) element.focus();
    };
  };
}
