// What the browser gave us, captured before page markup (`<img name=currentScript>`, `<input name=getAttribute>`)
// or page scripts can shadow it. Everything is called through the captured `Function.prototype.call`.

import { uncurry } from './uncurry.js';

export const { getOwnPropertyDescriptor: describe, getPrototypeOf, assign, create: bare } = Object;

/**
 * The native getter of a property, as a function of its owner.
 * @param {object} owner the prototype (or the global) that holds it
 * @param {string} name
 * @returns {(self: any) => any}
 */
export const getter = (owner, name) => uncurry(/** @type {any} */ (describe(owner, name)).get);

/** The native setter of a property, as a function of its owner and a value. @type {(owner: object, name: string) => (self: any, value: any) => void} */
export const setter = (owner, name) => uncurry(/** @type {any} */ (describe(owner, name)).set);

/**
 * @template T
 * @typedef {{ [K in keyof T]: T[K] extends (...given: infer A) => infer R ? (self: any, ...given: A) => R : (self: any) => T[K] }} Captured
 */

/**
 * Takes methods and getters out of a prototype by destructuring; each takes its owner first.
 * @type {<T extends object>(prototype: T) => Captured<T>}
 */
export const captured = (prototype) => new Proxy(/** @type {any} */ (prototype), {
  get: (owner, name) => {
    const { get, value } = /** @type {any} */ (describe(owner, name));
    return uncurry(typeof get == 'function' ? get : value);
  },
});

/** Own properties only. @type {(object: object, key: PropertyKey) => boolean} */
export const own = /* @__PURE__ */ uncurry(Object.prototype.hasOwnProperty);

const { createElement, createTextNode, querySelectorAll: allInDocument } = captured(Document.prototype);
export const { activeElement, body, currentScript, defaultView, documentElement, head, importNode, readyState, visibilityState } =
  captured(Document.prototype);

const { baseURI: baseOf } = captured(Node.prototype);
export const { firstChild, nodeType, ownerDocument, textContent: textOf } = captured(Node.prototype);
export const setText = /* @__PURE__ */ setter(Node.prototype, 'textContent');
export const {
  appendChild: append, childNodes, contains, insertBefore, isConnected, nextSibling, parentNode,
} = captured(Node.prototype);

const { closest: closestOf, querySelectorAll: allInElement } = captured(Element.prototype);
export const {
  getAttribute, getAttributeNames: attributeNames, hasAttribute, localName: localNameOf, matches, namespaceURI, outerHTML, remove, removeAttribute,
  replaceWith, setAttribute, shadowRoot,
} = captured(Element.prototype);
export const setHTML = /* @__PURE__ */ setter(Element.prototype, 'innerHTML');
export const contentOf = /* @__PURE__ */ getter(HTMLTemplateElement.prototype, 'content');

export const { endsWith, indexOf, startsWith, toLowerCase } = captured(String.prototype);
export const { has } = captured(WeakSet.prototype);

const { addEventListener } = captured(EventTarget.prototype);
export const { dispatchEvent: dispatch } = captured(EventTarget.prototype);
export const { composedPath, type: eventType } = captured(Event.prototype);

/** @returns {string} the document's base address */
export const baseURI = () => baseOf(document);

/**
 * @template {string} T
 * @param {T} tag
 * @returns {T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement}
 */
export const create = (tag) => /** @type {any} */ (createElement(document, tag));

/** @type {(text: string) => Text} */
export const textNode = (text) => createTextNode(document, text);

export const isElement = /** @type {(node: any) => node is HTMLElement} */ ((node) => nodeType(node) == 1);

/**
 * The elements below a document, fragment, shadow root or element, in tree order. Markup shadows nothing in a fragment.
 * @param {any} root
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
export const all = (root, selector) => /** @type {any} */ (
  isElement(root) ? allInElement(root, selector) : nodeType(root) == 9 ? allInDocument(root, selector) : root.querySelectorAll(selector));

export const closest = /** @type {(element: Element, selector: string) => HTMLElement | null} */ (closestOf);

export const on =
  /** @type {(target: EventTarget, type: string, listener: (event: any) => void, capture?: boolean) => void} */ (addEventListener);

const readEvent = getter(window, 'event');
/** The event being dispatched right now, whatever a page stored in `window.event`. @returns {Event | undefined} */
export const windowEvent = () => readEvent(window);
/** Unforgeable; throws for anything but a real event. @type {(event: Event) => boolean} */
export const isTrusted = /* @__PURE__ */ getter(new Event(''), 'isTrusted');

const { userActivation } = navigator;
const isActive = userActivation && captured(getPrototypeOf(userActivation)).isActive;
/** Whether the visitor has just acted; true where the browser cannot tell. @returns {boolean} */
export const hasActivation = () => !isActive || isActive(userActivation);

const { observe } = captured(MutationObserver.prototype);
/**
 * Watches nodes that come and go. The options object has no prototype, so nothing inherited is read.
 * @param {MutationCallback} callback
 * @returns {(target: Node, options: MutationObserverInit) => void} observes one more tree
 */
export const observer = (callback) => {
  const watching = new MutationObserver(callback);
  return (target, options) => observe(watching, target, assign(bare(null), options));
};

export const { setTimeout: later, clearTimeout: cancel, queueMicrotask: soon, URL: Address } = window;
export const { error: logError, warn: logWarning } = console;
