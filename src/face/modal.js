// A dialog of ours before the page: how it comes, is left without an answer, and goes.

import { append, isConnected, remove } from '../gate/natives.js';
import { uncurry } from '../gate/uncurry.js';

const { prototype } = HTMLDialogElement;
const showModal = /* @__PURE__ */ uncurry(prototype.showModal);
const closeDialog = /* @__PURE__ */ uncurry(prototype.close);
export const focus = /* @__PURE__ */ uncurry(HTMLElement.prototype.focus);

/**
 * @param {{ root: () => HTMLElement, spare: import('../boot/report.js').Report['spare'] }} kit
 * @param {HTMLDialogElement} element
 * @param {() => void} leave the visitor goes without an answer: by Escape, a phone's back gesture, or a tool that hides it,
 *   since nothing unseen may stand before the page
 * @param {HTMLElement} title takes the focus: on a button, a key that is held down would press it
 * @returns {() => void} takes it away; the browser leads the focus back
 */
export const openModal = ({ root, spare }, element, leave, title) => {
  element.oncancel = (event) => {
    event.preventDefault();
    leave();
  };
  element.onclose = () => leave();
  append(root(), element);
  showModal(element);
  focus(title);
  spare('watching the dialog', () =>
    new ResizeObserver(() => void (element.offsetWidth || !isConnected(element) || leave())).observe(element));
  return () => {
    element.onclose = null;
    closeDialog(element);
    remove(element);
  };
};
