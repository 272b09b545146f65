// The preference center: a modal dialog over the page, loaded when a visitor asks for it.

import { activeElement, all, append, body, isConnected, on, remove, replaceWith, soon, uncurry } from '../gate/natives.js';
import { h, textsOf } from '../face/dom.js';
import { createSheet } from '../face/sheet.js';
import { createDialog } from './dialog.js';
import { exportRecord } from '../rights/export.js';
import { asLinkedData } from '../rights/dpv.js';
import { answersIn, Unfit } from '../rights/import.js';
import { createAge } from './age.js';
import { createModel } from './model.js';
import { deviceSection } from './device.js';
import { recordSection } from './record.js';
import { listStored } from './stored.js';
import { createSpeech } from './speech.js';
import css from './preferences.css';
import table from './policy.css';

/**
 * @typedef {object} PreferencesKit
 * @property {(key: string, values?: { [name: string]: string | number }) => string} text the key itself where there is no text
 * @property {(label: any) => string} local a text of the config, which may be one for each language
 * @property {string} lang
 * @property {string} dir
 * @property {{ [key: string]: any }} config
 * @property {() => import('../face/face.js').Snapshot} snapshot
 * @property {(answer: import('../face/face.js').Answer, event: Event) => boolean | undefined} act false where the answer was not taken, nothing where it waits for the visitor's age
 * @property {PreferencesKit['act']} answer the same for the question of age
 * @property {(contact: string) => Promise<string>} requestParent
 * @property {() => string} toldAge the age band of this visit; empty while it is not known
 * @property {(event: Event) => boolean} genuine whether a click is the visitor's own
 * @property {() => void} close the visitor leaves without an answer; calls `close()` here
 * @property {() => void} open the preference center is wanted; calls `show()` here
 * @property {import('./stored.js').Places} places where things are stored
 * @property {() => HTMLElement} root
 * @property {import('../boot/report.js').Report['spare']} spare
 * @property {(text: string) => void} warn
 */

const { prototype } = HTMLDialogElement;
const showModal = /* @__PURE__ */ uncurry(prototype.showModal);
const closeDialog = /* @__PURE__ */ uncurry(prototype.close);
const focus = /* @__PURE__ */ uncurry(HTMLElement.prototype.focus);

/**
 * @template T
 * @param {(copy: T) => void} take
 * @param {(key: string) => void} tell why a copy does not fit
 */
const unlessUnfit = (take, tell) => (/** @type {T} */ copy) => {
  try {
    take(copy);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    tell(error.message);
  }
};

/** @param {PreferencesKit} kit */
export const createPreferences = (kit) => {
  const { config, snapshot, act, genuine, root } = kit;
  const speech = createSpeech(kit);
  const { say } = speech;
  const model = createModel(snapshot);
  const adopt = createSheet(css + table, root(), kit.spare);
  // As root.js has it: a page's script that takes our sheets away is noticed by what the notice's sheet sets.
  on(root(), 'transitionrun', adopt);
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
    if (dialog && taken === false) tell('status.forged');
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

  const erase = /** @param {Event} event */ (event) => {
    if (!answer(() => ({ kind: 'erase' }))(event)) return;
    model.forget();
    update();
    tell('record.erased');
  };
  /** Answers of a copy that wait for the visitor to save them. @type {{ [id: string]: boolean } | null} */
  let brought = null;
  /** Sets the switches as a copy has them; only a click on Save makes them answers. @param {any} copy */
  const bring = (copy) => {
    brought = answersIn(copy, kit);
    if (dialog) showBrought();
    else kit.open();
  };
  const showBrought = () => {
    for (const id in brought) model.set(id, brought[id]);
    paint();
    tell('copy.ready');
  };

  const stored = () => listStored(kit.places, snapshot().services);

  let record = h('section');
  const freshRecord = () => {
    const actions = { withdraw, erase, copy: () => exportRecord(kit), bring: unlessUnfit(bring, tell) };
    const fresh = recordSection({ speech, model, snapshot, turn, paints }, actions);
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
    brought = null;
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
      const view = { speech, model, snapshot, turn, paints };
      const { element, title } = createDialog(
        view,
        {
          config,
          local: kit.local,
          record,
          device: deviceSection(view, stored, (text) => void (message.textContent = text)),
          message,
          leave: () => kit.close(),
          accept: answer(() => ({ kind: 'accept_all' })),
          reject: answer(() => ({ kind: 'reject_all' })),
          save: answer(() => ({ kind: brought ? 'import' : 'save', ids: model.answers() })),
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
      // Hidden by a tool of the visitor's, it must not stand before the page.
      kit.spare('watching the dialog', () =>
        new ResizeObserver(() => void (element.offsetWidth || dialog != element || kit.close())).observe(element));
      if (brought) showBrought();
    },
    close,
    update,
    stored,
    age: createAge(kit, speech, adopt),
    /** The visitor's copy. @param {string} [format] `jsonld` for DPV terms */
    copy: (format) => (format == 'jsonld' ? asLinkedData : (/** @type {any} */ copy) => copy)(exportRecord(kit)),
    /** Shows what a copy would answer. @param {any} copy @throws {Error} where it does not fit */
    bring: unlessUnfit(bring, (key) => {
      throw new Error('Consentry: ' + say(key));
    }),
    /** What stands in the dialog, text by text, closed disclosures by their title; empty while it is closed. */
    shown: () => (dialog ? textsOf(dialog) : ''),
  };
};
