// Asking where it matters: beside a form or a button that names what it is for (`data-consentry-ask`), and before the
// browser asks for a permission. A file of its own, loaded where a page has either.

import { all, isConnected, isElement, observer, remove, setAttribute } from '../gate/natives.js';
import { h, link } from '../face/dom.js';
import { openModal } from '../face/modal.js';
import { dress } from '../face/root.js';
import { createSheet } from '../face/sheet.js';
import { policyOf } from '../face/words.js';
import { why } from '../preferences/categories.js';
import { createSpeech } from '../preferences/speech.js';
import css from './ask.css';

/** @typedef {import('../preferences/preferences.js').PreferencesKit} Kit */
/** @typedef {{ id: string, label: string, description: string, vendor?: string, privacyPolicy?: string, permissions?: string[] }} Matter */

const MARK = 'data-consentry-ask';

/** @param {Kit} kit */
export const createAsk = (kit) => {
  const { config, snapshot, act, root } = kit;
  const speech = createSpeech(kit);
  const { say, lang, dir } = speech;
  const adopt = createSheet(css, root(), kit.spare);
  /** What brings each panel up to date, by the element that it stands in. @type {Map<Element, (() => void)[]>} */
  const panels = new Map();
  /** The question that is open. @type {Promise<unknown> | null} */
  let open = null;

  const matter = /** @param {string} id @returns {Matter | undefined} */ (id) =>
    [...snapshot().categories, ...snapshot().services].find((one) => one.id == id);
  const isAllowed = /** @param {string} id */ (id) => !!snapshot().choices[id]?.allowed;
  const button = /** @param {string} key @param {string} label @param {(event: Event) => void} click */ (key, label, click) =>
    h('button', { type: 'button', click }, say(key, { label }));

  /** What it is, whose, and which policy governs it, each policy once, as what a signal of the browser's is honored for. @param {Matter} one @param {Set<string>} [told] */
  const wordsOf = ({ id, label, description, vendor, privacyPolicy }, told = new Set()) => {
    const own = `category.${id}.description`;
    const url = privacyPolicy || policyOf(config, lang, snapshot().jurisdiction.place)?.url;
    const once = /** @param {string | undefined} what */ (what) => what && !told.has(what) && told.add(what);
    const [news, signal] = [once(url), snapshot().signal && once('signal')];
    return [
      h('span', null, description || (speech.knows(own) ? say(own) : '')),
      signal && h('span', null, say('notice.signal')),
      news && link(/** @type {string} */ (url), say('notice.policy') + (vendor ? ` (${vendor || label})` : '')),
    ];
  };
  /** Grants or refuses one thing by the visitor's click. @param {Matter} one @param {boolean} yes */
  const answer = ({ id }, yes) => (/** @type {Event} */ event) => {
    act({ kind: yes ? 'allow_service' : 'refuse', id }, event);
  };

  /** @param {Matter} one @param {(() => void)[]} paints @param {Set<string>} told policies that are linked already */
  const panel = (one, paints, told) => {
    const { id, label } = one;
    const reason = h('span', { role: 'status' });
    const buttons = /** @type {[HTMLElement, boolean][]} */ ([[button('ask.allow', label, answer(one, true)), true], [button('ask.refuse', label, answer(one, false)), false]]);
    const element = h(
      'div',
      { 'data-consentry-placeholder': true, 'data-consentry-asks': id, class: 'consentry-own', role: 'group', 'aria-label': label, lang, dir },
      h('strong', null, label),
      wordsOf(one, told),
      reason,
      h('div', null, buttons.map(([one]) => one)),
    );
    dress(element, config);
    paints.push(() => {
      const choice = snapshot().choices[id];
      const words = why({ speech, snapshot }, id, false);
      // What is written again is read aloud again.
      if (reason.textContent != words) reason.textContent = words;
      const answered = /granted|refused|withdrawn/.test(choice.reason);
      for (const [one, yes] of buttons) {
        setAttribute(one, 'aria-pressed', '' + (answered && choice.allowed == yes));
        one.hidden = snapshot().barred.includes(id);
      }
      // What loads something stands there itself now.
      element.hidden = choice.allowed && 'hosts' in one;
    });
    return element;
  };

  /** @param {HTMLElement} place */
  const ask = (place) => {
    const old = all(place, '[data-consentry-asks]');
    if (panels.has(place) && old[0]) return;
    old.forEach(remove);
    const paints = /** @type {(() => void)[]} */ ([]);
    const ids = (place.getAttribute(MARK) || '').split(/\s+/).filter((id) => id);
    const known = ids.map(matter).filter((one) => one);
    if (known.length < ids.length) kit.warn(`${MARK}="${ids.join(' ')}" names an unknown category or service.`);
    const told = new Set();
    place.prepend(...known.map((one) => panel(/** @type {Matter} */ (one), paints, told)));
    panels.set(place, paints);
  };
  const look = () => {
    panels.forEach((_, place) => isConnected(place) || panels.delete(place));
    all(document, `[${MARK}]`).forEach(ask);
    panels.forEach((paints) => paints.forEach((paint) => paint()));
  };

  /** Asks before the browser does. @param {Matter} one @param {() => any} run @returns {Promise<{ result: any } | void>} */
  const dialog = (one, run) =>
    new Promise((done) => {
      const title = h('h2', { id: 'consentry-ask', tabindex: -1 }, one.label);
      const end = /** @param {{ result: any }} [what] */ (what) => {
        shut();
        done(what);
      };
      const close = /** @param {boolean} yes */ (yes) => (/** @type {Event} */ event) => {
        answer(one, yes)(event);
        // Within the click: the browser may want to see it before it asks.
        end(yes && isAllowed(one.id) ? { result: run() } : undefined);
      };
      const element = h(
        'dialog',
        { class: 'consentry-ask', lang, dir, 'aria-labelledby': title.id },
        title,
        wordsOf(one).map((words) => words && h('p', null, words)),
        h('p', null, say('ask.browser')),
        h('div', { class: 'consentry-actions' }, button('ask.allow', one.label, close(true)), button('ask.refuse', one.label, close(false))),
      );
      adopt();
      const shut = openModal(kit, element, end, title);
    });

  /** A push subscription outlives pages: without permission it is ended wherever the site is opened. */
  const endPushes = async () => {
    const needing = snapshot().services.filter((/** @type {Matter} */ { permissions }) => permissions?.includes('push'));
    if (!needing[0] || needing.some(({ id }) => isAllowed(id))) return;
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) || []) (await worker.pushManager?.getSubscription())?.unsubscribe();
  };

  const update = () => {
    look();
    endPushes().catch(() => {});
  };
  observer((records) => records.some(({ addedNodes }) => [...addedNodes].some(isElement)) && look())(document, { childList: true, subtree: true });
  update();

  return {
    update,
    /** @param {import('../boot/permissions.js').Call} call */
    permit: async ({ permission, run, active }) => {
      while (open) await open;
      const needing = /** @type {any[]} */ (snapshot().services).filter(({ permissions }) => permissions?.includes(permission));
      if (!needing[0] || needing.some(({ id }) => isAllowed(id))) return { result: run() };
      const one = needing.find(({ id }) => !snapshot().barred.includes(id));
      if (!active || !one) return;
      const asked = (open = dialog(one, run));
      const answered = await asked;
      open = null;
      return answered;
    },
  };
};
