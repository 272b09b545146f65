// The preference center: a modal dialog over the page, loaded when a visitor asks for it.

import { activeElement, all, append, body, isConnected, remove, replaceWith, soon, uncurry } from '../gate/natives.js';
import { h, textsOf } from '../face/dom.js';
import { createSheet } from '../face/sheet.js';
import { createDialog } from './dialog.js';
import { createModel } from './model.js';
import { recordSection } from './record.js';
import { createSpeech } from './speech.js';
import css from './preferences.css';

/**
 * @typedef {object} PreferencesKit
 * @property {(key: string, values?: { [name: string]: string | number }) => string} text the key itself where there is no text
 * @property {string} lang
 * @property {string} dir
 * @property {{ [key: string]: any }} config
 * @property {() => import('../face/face.js').Snapshot} snapshot
 * @property {(answer: import('../face/face.js').Answer, event: Event) => boolean} act false where the answer was not taken
 * @property {(event: Event) => boolean} genuine whether a click is the visitor's own
 * @property {() => void} close the visitor leaves without an answer; calls `close()` here
 * @property {() => HTMLElement} root
 * @property {import('../boot/report.js').Report['spare']} spare
 */

const { prototype } = HTMLDialogElement;
const showModal = /* @__PURE__ */ uncurry(prototype.showModal);
const closeDialog = /* @__PURE__ */ uncurry(prototype.close);
const focus = /* @__PURE__ */ uncurry(HTMLElement.prototype.focus);

/** @param {PreferencesKit} kit */
export const createPreferences = (kit) => {
  const { config, snapshot, act, genuine, root } = kit;
  const speech = createSpeech(kit);
  const { say } = speech;
  const model = createModel(snapshot);
  const adopt = createSheet(css, root(), kit.spare);
  /** @type {(() => void)[]} */
  let paints = [];
  /** @type {HTMLDialogElement | null} */
  let dialog = null;
  /** @type {Element | null} */
  let opener = null;
  const message = h('p', { role: 'status' });

  const paint = () => paints.forEach((one) => one());
  const tell = /** @param {string} key */ (key) => void (message.textContent = say(key));
  const answer = /** @param {() => import('../face/face.js').Answer} make */ (make) => (/** @type {Event} */ event) => {
    const taken = act(make(), event);
    if (dialog && !taken) tell('status.forged');
    return taken;
  };
  const turn = /** @type {import('./categories.js').View['turn']} */ (
    (on, event, apply) => {
      if (on && !genuine(event)) return tell('status.forged');
      message.textContent = '';
      apply();
      paint();
    }
  );
  const withdraw = /** @param {Event} event */ (event) => {
    if (!answer(() => ({ kind: 'withdraw' }))(event)) return;
    model.forget();
    update();
    tell('status.withdrawn');
  };

  let record = h('section');
  const freshRecord = () => {
    const fresh = recordSection({ speech, model, snapshot, turn, paints }, withdraw);
    if (isConnected(record)) replaceWith(record, fresh);
    record = fresh;
  };
  const update = () => {
    if (!dialog) return;
    adopt();
    freshRecord();
    paint();
  };

  /** Native dialogs lead the focus back by themselves; this is for an opener that went away in between. */
  const leadBack = () => {
    const now = activeElement(document);
    if (now && now != body(document)) return;
    const target = opener && isConnected(opener) ? opener : all(root(), '.consentry-reopen button')[0];
    if (target) focus(target);
  };
  const close = () => {
    if (!dialog) return;
    const closing = dialog;
    dialog = null;
    closeDialog(closing);
    remove(closing);
    soon(leadBack);
  };

  return {
    show: () => {
      if (dialog) return;
      const now = activeElement(document);
      opener = now == body(document) ? null : now;
      model.forget();
      message.textContent = '';
      paints = [];
      freshRecord();
      const { element, title } = createDialog(
        { speech, model, snapshot, turn, paints },
        {
          config,
          record,
          message,
          leave: () => kit.close(),
          accept: answer(() => ({ kind: 'accept_all' })),
          reject: answer(() => ({ kind: 'reject_all' })),
          save: answer(() => ({ kind: 'save', ids: model.answers() })),
        },
      );
      dialog = element;
      // Escape, the back gesture of a phone: all leave without an answer, and write nothing.
      element.oncancel = (event) => {
        event.preventDefault();
        kit.close();
      };
      element.onclose = () => dialog == element && kit.close();
      adopt();
      append(root(), element);
      paint();
      showModal(element);
      focus(title);
    },
    close,
    update,
    /** What stands in the dialog, text by text, closed disclosures by their title; empty while it is closed. */
    shown: () => (dialog ? textsOf(dialog) : ''),
  };
};
