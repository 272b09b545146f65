// Elements from plain calls: text is always text, and nothing here knows markup or `style` attributes.

import { append, create, on, setAttribute, textNode } from '../gate/natives.js';

/** @typedef {Node | string | null | undefined | false | ''} Child */
/** @typedef {{ [name: string]: string | number | boolean | null | undefined | ((event: any) => void) }} Attributes */

/**
 * An element. A function under a name becomes a listener for that event, `true` an empty attribute; null, undefined and
 * false leave the attribute out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes | null} [attributes]
 * @param {(Child | Child[])[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export const h = (tag, attributes, ...children) => {
  const element = create(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value == 'function') on(element, name, value);
    else if (value != null && value !== false) setAttribute(element, name, value === true ? '' : '' + value);
  }
  fill(element, children);
  return /** @type {any} */ (element);
};

/**
 * A link that opens beside the page, so that nothing that was set here is lost.
 * @param {string} href
 * @param {string} text
 * @param {Attributes} [more]
 */
export const link = (href, text, more) => h('a', { href, target: '_blank', rel: 'noopener noreferrer', ...more }, text);

/**
 * Appends children; texts become text nodes.
 * @param {Node} parent
 * @param {(Child | Child[])[]} children
 */
export const fill = (parent, children) => {
  for (const child of /** @type {Child[]} */ (children.flat())) {
    if (child) append(parent, typeof child == 'string' ? textNode(child) : child);
  }
};
