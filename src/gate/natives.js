// What the browser gave us, captured before page markup (`<img name=currentScript>`, `<input name=getAttribute>`)
// or page scripts can shadow it. Everything is called through the captured `Function.prototype.call`.

const { bind, call } = Function.prototype;

/**
 * Turns a method into a function that takes its `this` first: `uncurry(Element.prototype.remove)(element)`.
 * @type {(method: Function) => (self: any, ...args: any[]) => any}
 */
export const uncurry = /** @type {any} */ (bind.bind(/** @type {any} */ (call)));

export const { getOwnPropertyDescriptor: describe } = Object;

/**
 * The native getter of a property, as a function of its owner.
 * @param {object} owner the prototype (or the global) that holds it
 * @param {string} name
 * @returns {(self: any) => any}
 */
export const getter = (owner, name) => uncurry(/** @type {any} */ (describe(owner, name)).get);

/** Own properties only. @type {(object: object, key: PropertyKey) => boolean} */
export const own = /* @__PURE__ */ uncurry(Object.prototype.hasOwnProperty);

const doc = document;
const forDocument = /** @param {string} name */ (name) => {
  const read = getter(Document.prototype, name);
  return (self = doc) => read(self);
};

/** @type {() => HTMLOrSVGScriptElement | null} */
export const currentScript = /* @__PURE__ */ forDocument('currentScript');
/** @type {(self?: Document) => HTMLElement | null} */
export const body = /* @__PURE__ */ forDocument('body');
/** @type {(self?: Document) => HTMLElement | null} */
export const head = /* @__PURE__ */ forDocument('head');
/** @type {() => HTMLElement | null} */
export const documentElement = /* @__PURE__ */ forDocument('documentElement');
/** @type {() => DocumentReadyState} */
export const readyState = /* @__PURE__ */ forDocument('readyState');
/** @type {() => Element | null} */
export const activeElement = /* @__PURE__ */ forDocument('activeElement');
/** @type {() => CSSStyleSheet[]} */
export const adoptedStyleSheets = /* @__PURE__ */ forDocument('adoptedStyleSheets');
/** @type {() => DocumentVisibilityState} */
export const visibilityState = /* @__PURE__ */ forDocument('visibilityState');

const baseOf = /* @__PURE__ */ getter(Node.prototype, 'baseURI');
/** @returns {string} the document's base address */
export const baseURI = () => baseOf(doc);

const createElement = /* @__PURE__ */ uncurry(Document.prototype.createElement);
/**
 * @template {string} T
 * @param {T} tag
 * @returns {T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement}
 */
export const create = (tag) => createElement(doc, tag);

const createTextNode = /* @__PURE__ */ uncurry(Document.prototype.createTextNode);
/** @type {(text: string) => Text} */
export const textNode = (text) => createTextNode(doc, text);

const nodeType = /* @__PURE__ */ getter(Node.prototype, 'nodeType');
/** @type {(node: Node) => boolean} */
export const isElement = (node) => nodeType(node) === 1;

const allInElement = /* @__PURE__ */ uncurry(Element.prototype.querySelectorAll);
const allInDocument = /* @__PURE__ */ uncurry(Document.prototype.querySelectorAll);
const allInFragment = /* @__PURE__ */ uncurry(DocumentFragment.prototype.querySelectorAll);
/**
 * The elements below a document, fragment, shadow root or element, in tree order.
 * @param {Node} root
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
export const all = (root, selector) =>
  (isElement(root) ? allInElement : nodeType(root) === 9 ? allInDocument : allInFragment)(root, selector);

/** @type {(element: Element, selector: string) => boolean} */
export const matches = /* @__PURE__ */ uncurry(Element.prototype.matches);
/** @type {(element: Element, selector: string) => HTMLElement | null} */
export const closest = /* @__PURE__ */ uncurry(Element.prototype.closest);
/** @type {(element: Element, name: string) => string | null} */
export const getAttribute = /* @__PURE__ */ uncurry(Element.prototype.getAttribute);
/** @type {(element: Element, name: string, value: string) => void} */
export const setAttribute = /* @__PURE__ */ uncurry(Element.prototype.setAttribute);
/** @type {(element: Element, name: string) => void} */
export const removeAttribute = /* @__PURE__ */ uncurry(Element.prototype.removeAttribute);
/** @type {(element: Element, name: string) => boolean} */
export const hasAttribute = /* @__PURE__ */ uncurry(Element.prototype.hasAttribute);
/** @type {(element: Element) => string[]} */
export const attributeNames = /* @__PURE__ */ uncurry(Element.prototype.getAttributeNames);

/** @type {(parent: Node, node: Node, reference: Node | null) => Node} */
export const insertBefore = /* @__PURE__ */ uncurry(Node.prototype.insertBefore);
/** @type {(parent: Node, node: Node) => Node} */
export const append = /* @__PURE__ */ uncurry(Node.prototype.appendChild);
/** @type {(element: Element) => void} */
export const remove = /* @__PURE__ */ uncurry(Element.prototype.remove);
/** @type {(element: Element, ...nodes: (Node | string)[]) => void} */
export const replaceWith = /* @__PURE__ */ uncurry(Element.prototype.replaceWith);
/** @type {(node: Node) => ParentNode & Node | null} */
export const parentNode = /* @__PURE__ */ getter(Node.prototype, 'parentNode');
/** @type {(node: Node) => ChildNode | null} */
export const nextSibling = /* @__PURE__ */ getter(Node.prototype, 'nextSibling');
/** @type {(node: Node) => boolean} */
export const isConnected = /* @__PURE__ */ getter(Node.prototype, 'isConnected');
/** @type {(node: Node, other: Node | null) => boolean} */
export const contains = /* @__PURE__ */ uncurry(Node.prototype.contains);

const listen = /* @__PURE__ */ uncurry(EventTarget.prototype.addEventListener);
const unlisten = /* @__PURE__ */ uncurry(EventTarget.prototype.removeEventListener);
/** @type {(target: EventTarget, type: string, listener: (event: any) => void, options?: boolean | AddEventListenerOptions) => void} */
export const on = (target, type, listener, options = false) => listen(target, type, listener, options);
/** @type {(target: EventTarget, type: string, listener: (event: any) => void, options?: boolean) => void} */
export const off = (target, type, listener, options = false) => unlisten(target, type, listener, options);

/** @type {(target: EventTarget, event: Event) => boolean} */
export const dispatch = /* @__PURE__ */ uncurry(EventTarget.prototype.dispatchEvent);

/** The event being dispatched right now, whatever a page stored in `window.event`. @type {() => Event | undefined} */
export const windowEvent = /* @__PURE__ */ (() => {
  const read = getter(window, 'event');
  return () => read(window);
})();
/** Unforgeable; throws for anything but a real event. @type {(event: Event) => boolean} */
export const isTrusted = /* @__PURE__ */ getter(new Event(''), 'isTrusted');
/** @type {(event: Event) => EventTarget[]} */
export const composedPath = /* @__PURE__ */ uncurry(Event.prototype.composedPath);
/** @type {(event: Event) => string} */
export const eventType = /* @__PURE__ */ getter(Event.prototype, 'type');

/** Whether the visitor has just acted; true where the browser cannot tell. @type {() => boolean} */
export const hasActivation = /* @__PURE__ */ (() => {
  if (!own(Navigator.prototype, 'userActivation')) return () => true;
  const activation = getter(Navigator.prototype, 'userActivation')(navigator);
  const isActive = getter(Object.getPrototypeOf(activation), 'isActive');
  return () => isActive(activation);
})();

/**
 * Watches nodes that come and go. The options object has no prototype, so nothing inherited is read.
 * @param {(records: MutationRecord[]) => void} callback
 * @returns {(target: Node, options: MutationObserverInit) => void} observes one more tree
 */
export const observer = /* @__PURE__ */ (() => {
  const Observer = MutationObserver;
  const observe = uncurry(Observer.prototype.observe);
  return (/** @type {MutationCallback} */ callback) => {
    const watching = new Observer(callback);
    return (/** @type {Node} */ target, /** @type {MutationObserverInit} */ options) =>
      observe(watching, target, Object.assign(Object.create(null), options));
  };
})();

export const { setTimeout: later, clearTimeout: cancel, queueMicrotask: soon, URL: Address } = window;
export const { error: logError, warn: logWarning } = console;
