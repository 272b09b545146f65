// What counts as marked: an inert script, a template or an element that carries one of our URL attributes, if it names
// a category or a service. Everything else on the page is none of the gate's business.

import { INERT } from './cover.js';
import { all, attributeNames, closest, getAttribute, matches, nextSibling, parentNode, readyState } from './natives.js';

export const NAMING = ['data-category', 'data-consentry', 'data-service'];
const TARGETS = ['src', 'srcset', 'href', 'poster', 'data'];
/** Each URL attribute of ours with the attribute that it stands for. */
const URLS = [
  ...TARGETS.flatMap((target) => [['data-consentry-' + target, target], ['data-' + target, target]]),
  // What styles and the like ask for, one address for each `data:,` in the element.
  ['data-consentry-urls', ''],
];
const PARTS = 'source,track,img';
/** Elements that may wait with an address. */
export const CARRIERS = PARTS + ',iframe,video,audio,embed,object,link,input,image,[data-consentry-urls]:not(script)';

/** Attributes whose change makes the gate look again. */
export const WATCHED = [...NAMING, ...URLS.map(([name]) => name)];
/** Elements that name a category or a service. */
export const NAMED = NAMING.map((name) => `[${name}]`).join();
/** What is released once; an embed may get a new address and wait again. */
export const ONCE = INERT + ',template';
const UNNAMED_PICTURE = 'picture' + NAMING.map((name) => `:not([${name}])`).join('');

/** @typedef {{ category: string | null, service: string | null }} Names */

/** @type {(element: Element) => Names} */
export const namesOf = (element) => ({
  category: getAttribute(element, 'data-consentry') ?? getAttribute(element, 'data-category'),
  service: getAttribute(element, 'data-service'),
});

/**
 * The URL attributes that an element waits with: our name, the real one, the value.
 * @param {Element} element
 * @returns {string[][]}
 */
export const urlsOf = (element) => URLS.flatMap(([name, target]) => {
  const value = getAttribute(element, name);
  return value == null ? [] : [[name, target == 'src' && matches(element, 'object') ? 'data' : target, value]];
});

/**
 * The elements that are released with this one, itself included: the sources of its picture, video or audio that name
 * nothing themselves.
 * @param {Element} element
 * @returns {HTMLElement[]}
 */
export function partsOf(element) {
  const scope = matches(element, 'img') && closest(element, UNNAMED_PICTURE) || element;
  return [/** @type {HTMLElement} */ (scope), ...all(scope, PARTS)].filter((part) =>
    (part === element || !matches(part, NAMED)) && matches(part, CARRIERS) && urlsOf(part)[0]);
}

/** @type {(element: Element) => boolean} */
export const isMarked = (element) => matches(element, ONCE) || !!partsOf(element)[0];

/** Where a held script comes from, or null for an inline one. @type {(script: Element) => string | null} */
export const sourceOf = (script) => getAttribute(script, 'src') ?? urlsOf(script)[0]?.[2] ?? null;

/**
 * Whether the parser has read all of an element: the text of a script or the children of a video may still be under way.
 * @param {Element} element
 * @returns {boolean}
 */
export function isComplete(element) {
  if (readyState(document) != 'loading') return true;
  for (let node = /** @type {Node | null} */ (element); node; node = parentNode(node)) {
    if (nextSibling(node)) return true;
  }
  return false;
}

/** An element as a person would look for it in the page's source. @type {(element: Element) => string} */
export const outline = (element) =>
  `<${[element.localName, ...attributeNames(element).map((name) => `${name}="${getAttribute(element, name)}"`)].join(' ')}>`;

/**
 * How to mark an element that names something but is not held, or nothing if the name may be the page's own business.
 * @param {Element} element
 * @returns {string | undefined}
 */
export function cureFor(element) {
  if (matches(element, 'script:not([type*="/"]),script[type*=javascript]')) return 'give it type="text/plain"';
  const real = TARGETS.find((target) => matches(element, CARRIERS) && getAttribute(element, target));
  return real && `write data-${real} instead of ${real}`;
}
