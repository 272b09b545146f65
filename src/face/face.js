// What a visitor sees of us before they ask for more: the notice, the way back, and short messages.

import { activeElement, all, append, assign, cancel, contains, later, on, parentNode, readyState, remove, setAttribute } from '../gate/natives.js';
import { fill, h } from './dom.js';
import { createNotice } from './notice.js';
import { createReopen } from './reopen.js';
import { createRoot } from './root.js';

/**
 * @typedef {{ allowed: boolean, reason: string, since: string | null, basis: string }} Choice
 * @typedef {{ id: string, label: string, description: string, necessary: boolean, ask?: string, services: string[] }} Category
 * @typedef {{ id: string, category: string, label: string, description: string, vendor: string, country: string,
 *   privacyPolicy: string, uses?: string[], ask?: string, hosts: string[], cookies: { name: string, domain?: string, duration?: string, purpose?: string, httpOnly?: boolean }[],
 *   storage: { kind: string, key: string, domain?: string, duration?: string, purpose?: string }[] }} Service
 * @typedef {{ id: string | null, time: string, expires: string | null, action: string,
 *   entries: { action: string, time: string, screen?: string, policyVersion?: string }[] }} StoredRecord
 * @typedef {{ choices: { [id: string]: Choice }, categories: Category[], services: Service[], asking: string[],
 *   optOut: string[], offered: string[], signal: boolean, regime: string, upcoming: { kind?: string, effective: string, controller?: string, summary?: string } | null,
 *   jurisdiction: { place: string, stated: string | null }, locked: { id: string, by?: string, reason?: string }[], barred: string[], counsel: string | null,
 *   storage: 'local' | 'memory', age: string | null, parent: string | null, record: StoredRecord | null }} Snapshot
 * @typedef {{ kind: string, id?: string | number, ids?: { [id: string]: boolean }, done?: (event: Event) => void }} Answer `done` hears that it was taken
 */
/**
 * @typedef {object} FaceKit
 * @property {import('../boot/texts.js').Text} text the key itself where there is no text
 * @property {(label: any) => string} local a text of the config, which may be one for each language
 * @property {string} lang
 * @property {string} dir
 * @property {{ [key: string]: any }} config
 * @property {() => Snapshot} snapshot
 * @property {(answer: Answer, event: Event) => boolean | undefined} act false where the answer was not taken, nothing where it waits
 * @property {() => void} openPreferences
 * @property {(place: HTMLElement) => void} beside shows in this place what some laws put beside the page
 * @property {import('../boot/report.js').Report['spare']} spare
 * @property {(text: string) => void} warn
 */

/** How long a message stays that only repeats what the visitor has just done. */
const MESSAGE_MS = 8000;

/** @param {FaceKit} kit */
export const createFace = (kit) => {
  const { config } = kit;
  const root = createRoot(kit, () => notice?.follow());
  /** Nothing, while there are no words. @type {ReturnType<typeof createNotice> | undefined} */
  let notice;
  /** @type {HTMLElement | undefined} */
  let reopen;
  // At the other end of the page than the notice.
  const message = h('div', { class: 'consentry-status' + (config.ui?.position == 'top' ? '' : ' consentry-top'), role: 'status' });
  append(root.element, message);
  let open = false;
  let timer = 0;

  /** Whether the site has a way back of its own; until the page is complete, it may come. */
  const leadsBack = () => {
    if (config.ui?.reopen != 'none') return false;
    if (readyState(document) != 'complete' || all(document, '[data-consentry-open]')[0]) return true;
    return void kit.warn('ui.reopen: "none" needs an element with data-consentry-open on every page (GDPR Art. 7(3)); here the button stays.');
  };
  /** What stands before the page makes all beside it silent. */
  const placeMessage = () => {
    const place = open && notice?.stands() ? notice.element : root.element;
    if (parentNode(message) != place) append(place, message);
  };

  const arrange = () => {
    root.mount();
    root.adopt();
    placeMessage();
    if (!reopen) return;
    if (open || leadsBack()) remove(reopen);
    else append(root.element, reopen);
    kit.beside(open && notice ? notice.element : root.element);
  };

  const present = () => {
    arrange();
    if (!open || !notice) return;
    notice.show(root.element);
    placeMessage();
  };

  const say = /** @param {string} text */ (text) => {
    message.textContent = text;
    cancel(timer);
  };

  // The place that a page has for the notice may be parsed only now.
  if (config.ui?.layout == 'inline') on(document, 'DOMContentLoaded', present);
  if (config.ui?.reopen == 'none') on(window, 'load', arrange);

  return {
    /** Shows the notice, or freshens its words where it is open. */
    show: () => {
      open = true;
      present();
    },
    /**
     * Says everything in this language, anew if need be; but what has the focus is not changed under the visitor's hands.
     * @param {{ lang: string, dir: string }} language
     */
    speak: (language) => {
      if (contains(root.element, activeElement(document))) return;
      notice?.hide();
      if (reopen) remove(reopen);
      assign(kit, language);
      for (const name of /** @type {const} */ (['lang', 'dir'])) setAttribute(root.element, name, kit[name]);
      notice = createNotice(kit, present);
      reopen = createReopen(kit);
      present();
    },
    hide: () => {
      if (open) notice?.hide();
      open = false;
      arrange();
    },
    /** Looks at root, style sheet and the way back again; call it after every change of the decision. */
    update: arrange,
    /** Says a short message, aloud too. @param {string} text */
    status: (text) => {
      say(text);
      timer = later(say, MESSAGE_MS, '');
    },
    /** Says what stays until something else is said: an error, or an offer. @param {string} text @param {[string, () => void]} [offer] */
    alert: (text, offer) => {
      say(text);
      if (offer) fill(message, [' ', h('button', { type: 'button', click: offer[1] }, offer[0])]);
    },
    /** @returns {HTMLElement} the container of all we show */
    root: () => root.element,
  };
};
