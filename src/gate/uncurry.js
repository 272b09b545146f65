// For every place that keeps a method from being replaced later; a service worker has no document, and needs it, too.

const { bind, call } = Function.prototype;

/**
 * Turns a method into a function that takes its `this` first: `uncurry(Element.prototype.remove)(element)`.
 * @type {(method: Function) => (self: any, ...args: any[]) => any}
 */
export const uncurry = /** @type {any} */ (bind.bind(/** @type {any} */ (call)));
