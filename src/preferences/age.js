// How old are you? A modal question that gives no hint of what the answer decides, and, for children, what comes next.

import { append } from '../gate/natives.js';
import { h } from '../face/dom.js';
import { openModal } from '../face/modal.js';
import { createSheet } from '../face/sheet.js';
import { siteOf } from '../face/words.js';
import css from './age.css';

/** Where a group of ages can begin: all thresholds that the law knows. */
const BEGINNINGS = [0, 12, 13, 14, 15, 16, 18];

/** Nobody gets older. */
const OLDEST = 120;

/**
 * The groups of ages that a visitor chooses from, with the words for them.
 * @param {{ [place: string]: number }} thresholds of the site's own
 * @param {string} lang
 * @returns {[number, string][]}
 */
const groups = (thresholds, lang) => {
  const { format } = new Intl.NumberFormat(lang);
  const from = [...new Set([...BEGINNINGS, ...Object.values(thresholds)])].sort((one, other) => one - other);
  const words = /** @param {number} low @param {number} [next] */ (low, next) =>
    !next ? format(low) + '+' : next == low + 1 ? format(low) : `${format(low)}\u2013${format(next - 1)}`;
  return from.map((low, index) => [low, words(low, from[index + 1])]);
};

/**
 * @param {import('./preferences.js').PreferencesKit} kit
 * @param {import('./speech.js').Speech} speech
 * @param {() => void} adoptOuter puts the preference center's style sheet back
 */
export const createAge = (kit, { say, lang, dir }, adoptOuter) => {
  const { config, snapshot, answer, toldAge, requestParent } = kit;
  /** Its style, made when it is asked for the first time. @type {(() => void) | undefined} */
  let adopt;
  /** The open question. @type {Promise<string | null> | null} */
  let asking = null;

  /** @param {((event: Event) => unknown) | undefined} then goes on in the click that told an age which is old enough */
  const ask = (then) =>
    new Promise((done) => {
      const message = h('p', { id: 'consentry-age-message', role: 'status' });
      const title = h('h2', { id: 'consentry-age', tabindex: -1 }, say('age.title'));
      const body = h('div', { class: 'consentry-body' });
      const leave = () => {
        asking = null;
        end();
        done(snapshot().age);
      };
      const close = h('button', { type: 'button', class: 'consentry-close', 'aria-label': say('failed.close'), click: leave }, '\xd7');
      const element = h(
        'dialog',
        { class: 'consentry-preferences consentry-age', lang, dir, 'aria-labelledby': title.id },
        h('header', null, title, close),
        body,
        message,
      );
      const show = /** @param {Node[]} parts */ (...parts) => {
        body.textContent = message.textContent = '';
        parts.forEach((part) => append(body, part));
      };
      /** Says what is wrong with an entry, beside the field and aloud. @param {HTMLInputElement} field @param {string} key */
      const refuse = (field, key) => {
        message.textContent = say(key);
        field.setAttribute('aria-invalid', 'true');
        field.focus();
      };
      /** The end of it, where nothing is left to be answered. @param {string} key */
      const conclude = (key) => show(h('p', null, say(key)), h('button', { type: 'button', class: 'consentry-plain', click: leave }, say('upcoming.seen')));
      // A form, so that Enter clicks its button; it is sent nowhere, not by a click that takes the form away either.
      const form = /** @param {string} key @param {(event: Event) => unknown} act @param {Node[]} parts */ (key, act, ...parts) => {
        const click = /** @param {Event} event */ (event) => {
          event.preventDefault();
          act(event);
        };
        const submit = /** @param {Event} event */ (event) => event.preventDefault();
        return h('form', { class: 'consentry-row', submit }, parts, h('button', { class: 'consentry-plain', click }, say(key)));
      };
      const tell = /** @param {number} years @param {Event} event */ (years, event) => {
        if (!answer({ kind: 'age', id: years }, event)) return void (message.textContent = say('status.forged'));
        if (snapshot().age == 'child') return showParent();
        leave();
        then?.(event);
      };
      const showParent = () => {
        // Where no parent can agree nothing changes with an answer, so what is shown says only that.
        const asks = config.age.parentalConsent;
        title.textContent = say(asks ? 'age.parent' : 'reopen.label');
        title.focus();
        if (!asks) return conclude('age.off');
        if (snapshot().parent == 'pending') return conclude('parent.pending');
        const field = h('input', { type: 'email', id: 'consentry-parent', autocomplete: 'off', 'aria-describedby': 'consentry-parent-about ' + message.id });
        let sent = false;
        const send = () => {
          if (sent) return;
          if (!/^\S+@\S+$/.test(field.value)) return refuse(field, 'parent.invalid');
          field.removeAttribute('aria-invalid');
          message.textContent = '';
          sent = true;
          requestParent(field.value).then(showParent, () => {
            sent = false;
            message.textContent = say('parent.failed');
          });
        };
        show(
          form('parent.send', send, h('label', { for: field.id }, say('parent.contact')), field),
          h('p', { id: 'consentry-parent-about' }, say('parent.text', { site: siteOf(config) })),
        );
      };
      const showQuestion = () => {
        const about = h('p', { id: 'consentry-age-about' }, say('age.text'));
        if (config.age.ask == 'bands') {
          const buttons = groups(config.age.thresholds || {}, lang).map(([low, words]) =>
            h('button', { type: 'button', dir: 'ltr', click: (/** @type {Event} */ event) => tell(low, event) }, words),
          );
          return show(about, h('div', { class: 'consentry-actions', role: 'group', 'aria-labelledby': title.id }, buttons));
        }
        const field = h('input', { inputmode: 'numeric', autocomplete: 'off', maxlength: 3, 'aria-labelledby': title.id, 'aria-describedby': `${about.id} ${message.id}` });
        const go = /** @param {Event} event */ (event) => {
          const years = /^ *\d+ *$/.test(field.value) ? +field.value : OLDEST + 1;
          if (years <= OLDEST) return tell(years, event);
          refuse(field, 'age.invalid');
        };
        show(about, form('age.continue', go, field));
      };
      // Who is known to be a child is not asked anew for every yes; a site's sign-up may ask in a later visit.
      if (snapshot().age == 'child' && (then || toldAge())) showParent();
      else showQuestion();
      adoptOuter();
      adopt ??= createSheet(css, kit.root(), kit.spare);
      adopt();
      const end = openModal(kit, element, leave, title);
    });

  /**
   * Asks, unless it was answered in this visit, and that is enough where the visitor says they are.
   * @param {(event: Event) => unknown} [then]
   * @returns {Promise<string | null>} what the age comes to; nothing where the site does not ask
   */
  return async (then) => {
    if (!config.age || (toldAge() && snapshot().age != 'unknown' && !then)) return snapshot().age;
    return (asking ??= /** @type {Promise<string | null>} */ (ask(then)));
  };
};
