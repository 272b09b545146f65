// What the preference center holds, wherever it stands: introduction, categories, the visitor's record and rights, and three
// answers of equal weight.

import { activeElement, all, contains, replaceWith, setAttribute } from '../gate/natives.js';
import { h, link } from '../face/dom.js';
import { focus } from '../face/modal.js';
import { logoOf, policyOf, siteOf } from '../face/words.js';
import { exportRecord } from '../rights/export.js';
import { answersIn, Unfit } from '../rights/import.js';
import { categorySection } from './categories.js';
import { deviceSection } from './device.js';
import { createGrowth } from './growth.js';
import { createModel } from './model.js';
import { createPlace } from './place.js';
import { policyDates, policySection } from './policy.js';
import { recordSection } from './record.js';
import { createSearch } from './search.js';

/**
 * @template T
 * @param {(copy: T) => void} take
 * @param {(key: string) => void} tell why a copy does not fit
 */
export const unlessUnfit = (take, tell) => (/** @type {T} */ copy) => {
  try {
    take(copy);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    tell(error.message);
  }
};

/** What the site says of itself and of this visit, before anything that can be switched. @param {import('./categories.js').View} view @param {{ [key: string]: any }} config @param {HTMLElement} place */
const introduction = (view, config, place) => {
  const { say, lang } = view.speech;
  const { categories, storage, jurisdiction, counsel, signal } = view.snapshot();
  const policy = policyOf(config, lang, jurisdiction.place);
  const about = say(categories.some(({ necessary }) => !necessary) ? 'center.about' : 'center.nothing', { site: siteOf(config) });
  return [
    logoOf(config),
    h('p', null, about, policy && [' ', link(policy.url, say('notice.policy'))]),
    policyDates(view, config),
    signal && h('p', null, say('notice.signal')),
    place,
    counsel && h('p', null, say('center.counsel', { counsel })),
    storage == 'memory' && h('p', { class: 'consentry-warning' }, say('status.memory')),
  ];
};

/**
 * @param {import('./preferences.js').PreferencesKit} kit
 * @param {import('./speech.js').Speech} speech
 * @param {object} place
 * @param {string} place.mark ends the ids of this panel's elements, since there may be a second one
 * @param {number} place.level of the categories' headings, from 2 to 5
 * @param {(text: string) => void} place.tell says a short message
 * @param {boolean} [place.alone] whether messages over the page are not heard beside it
 * @param {() => Promise<import('./stored.js').Stored[]>} place.stored what is stored on the device
 * @param {import('./model.js').Model} [place.model] what was set already
 */
export const createPanel = (kit, speech, { mark, level, tell: tellText, alone, stored, model: set }) => {
  const { config, act, genuine } = kit;
  /** What all that is made or painted at once goes by: with hundreds of services it would be described thousands of times. @type {import('../face/face.js').Snapshot | null} */
  let now = kit.snapshot();
  const snapshot = () => now || kit.snapshot();
  const model = set || createModel(snapshot);
  const { say } = speech;
  const tell = /** @param {string} key */ (key) => tellText(say(key));
  /** @type {(() => void)[]} */
  const paints = [];
  const paint = () => {
    now = kit.snapshot();
    paints.forEach((one) => one());
    now = null;
  };
  /** Whether the decision changed with the last answer, which is said over the page. */
  let heard = false;
  /** A copy that waits for the visitor to save it. @type {import('../rights/import.js').Brought | null} */
  let brought = null;

  const { categories, services } = snapshot();
  const growth = createGrowth(services.length, paints);
  const search = createSearch(speech, services, mark, paint);
  /** @type {import('./categories.js').View} */
  const view = {
    speech,
    model,
    snapshot,
    paints,
    growth,
    search,
    local: kit.local,
    mark,
    level,
    turn: (on, event, apply) => {
      if (on && !genuine(event)) return tell('status.forged');
      tellText('');
      apply(on);
      paint();
    },
  };
  /** @param {() => import('../face/face.js').Answer} make @param {string} said once it was taken */
  const answer = (make, said) => (/** @type {Event} */ event) => {
    heard = false;
    const given = make();
    const out = given.kind == 'import' && brought?.out;
    /** Now, or once the age was told. @param {Event} click that it was taken with */
    const done = (click) => {
      model.forget();
      brought = null;
      if (alone || !heard || said == 'record.erased') tell(said);
      update();
      // Once its answers were taken: what the copy opted out of stays out here, and no yes of it is an exception.
      if (out) act({ kind: 'withdraw', id: out }, click);
    };
    if (act({ ...given, done }, event) === false) tell('status.forged');
  };
  /** Sets the switches as a copy has them; only a click on Save makes them answers. @param {import('../rights/import.js').Brought} copy */
  const bring = (copy) => {
    brought = copy;
    for (const id in copy.ids) model.set(id, copy.ids[id]);
    paint();
    tell('copy.ready');
  };
  const recordNow = () =>
    recordSection(view, {
      withdraw: answer(() => ({ kind: 'withdraw' }), 'status.withdrawn'),
      erase: answer(() => ({ kind: 'erase' }), 'record.erased'),
      copy: () => exportRecord(kit),
      bring: unlessUnfit((copy) => bring(answersIn(copy, kit)), tell),
    });
  const place = createPlace(view, (code, event) => {
    if (!genuine(event)) return tell('status.forged');
    act({ kind: 'place', id: code }, event);
    tell((snapshot().jurisdiction.stated || '') == code ? 'status.saved' : 'place.looser');
    // What was pressed may be gone.
    if (!contains(place.element, activeElement(document))) focus(all(place.element, 'summary,button')[0]);
  });
  let record = recordNow();
  const update = () => {
    heard = true;
    model.settle();
    const fresh = recordNow();
    // The button that was pressed is gone with what it stood for.
    const focused = contains(record, activeElement(document));
    replaceWith(record, fresh);
    record = fresh;
    place.update();
    if (focused) {
      setAttribute(fresh.firstElementChild, 'tabindex', '-1');
      focus(fresh.firstElementChild);
    }
    paint();
  };

  const button = /** @param {string} key @param {() => import('../face/face.js').Answer} make */ (key, make) =>
    h('button', { type: 'button', click: answer(make, 'status.saved') }, say(key));
  const body = h(
    'div',
    { class: 'consentry-body' },
    introduction(view, config, place.element),
    search.element,
    categories.map((category) => categorySection(view, category, services.filter((service) => service.category == category.id))),
    record,
    deviceSection(view, stored, tellText),
    policySection(view, config),
  );
  const actions = h(
    'div',
    { class: 'consentry-actions' },
    button('notice.accept', () => ({ kind: 'accept_all' })),
    button('notice.reject', () => ({ kind: 'reject_all' })),
    button('center.save', () => ({ kind: brought ? 'import' : 'save', ids: model.answers() })),
  );
  paint();
  growth.begin();
  return { body, actions, update, bring, model };
};
