// Who clicked: tells a visitor's click from one that a script made. A grant rests on nothing else.

import { composedPath, eventType, hasActivation, hasAttribute, isTrusted, later, on, windowEvent } from './natives.js';

// A script has clicked in this task. WebKitGTK turns a scripted `label.click()` into a trusted click on the labelled
// control, inside the same call. A microtask would be too early to forget it: nested dispatches run those.
let forged = false;

/** Starts to notice scripted clicks. */
export function watch() {
  on(window, 'click', (event) => {
    if (!isTrusted(event)) {
      forged = true;
      later(() => { forged = false; });
    }
  }, true);
}

/** @type {(event: Event) => boolean} */
const clicked = (event) => isTrusted(event) && eventType(event) === 'click' && !forged && hasActivation();

/**
 * Whether this is a visitor's own click on a control of ours. `detail` 0 is fine: keyboards and assistive technology click,
 * too. Ours never stand in a label; one around them could pass on a scripted click that `window` does not see.
 * @param {Event | undefined} event
 * @returns {boolean}
 */
export const genuine = (event) => {
  const path = event ? composedPath(event) : [];
  return path.includes(window) && !path.some((node) => node instanceof HTMLLabelElement) && clicked(/** @type {Event} */ (event));
};

/**
 * Whether the running code was called by a visitor's click inside an element marked `data-consentry-grant`.
 * @returns {boolean}
 */
export function granting() {
  const event = windowEvent();
  return !!event && clicked(event) && composedPath(event).some((node) =>
    node instanceof Element && hasAttribute(node, 'data-consentry-grant'));
}
