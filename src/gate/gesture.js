// Who clicked: tells a visitor's click from one that a script made. A grant rests on nothing else.

import { composedPath, eventType, hasActivation, hasAttribute, isElement, isTrusted, on, soon, windowEvent } from './natives.js';

// An untrusted click is being dispatched. WebKitGTK turns a scripted `label.click()` into a trusted click on the
// labelled control, inside the same call; the microtask runs only once the script that forged it has returned.
let forged = false;

/** Starts to notice scripted clicks. */
export function watch() {
  on(window, 'click', (event) => {
    if (!isTrusted(event)) {
      forged = true;
      soon(() => { forged = false; });
    }
  }, true);
}

/**
 * Whether this is a visitor's own click. `detail` 0 is fine: keyboards and assistive technology click, too.
 * @param {Event | undefined} event
 * @returns {boolean}
 */
export const genuine = (event) =>
  !!event && isTrusted(event) && eventType(event) === 'click' && !forged && hasActivation();

/**
 * Whether the running code was called by a visitor's click inside an element marked `data-consentry-grant`.
 * @returns {boolean}
 */
export function granting() {
  const event = windowEvent();
  return genuine(event) && composedPath(/** @type {Event} */ (event)).some((node) =>
    node instanceof Node && isElement(node) && hasAttribute(/** @type {Element} */ (node), 'data-consentry-grant'));
}
