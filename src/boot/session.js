// Carries the engine's orders out: state first, then the gate, then the face, then whoever listens.

import { own } from '../gate/natives.js';
import { genuine, granting } from '../gate/gesture.js';
import { stores } from '../gate/stores.js';
import { decideWrites } from '../gate/writes.js';
import { describe, rowsOf } from './snapshot.js';
import { judge, step } from './tell.js';

const { each, remove } = stores.localStorage;

/**
 * @typedef {import('./tell.js').Outcome} Outcome
 * @typedef {{ kind: string, ids?: { [id: string]: boolean | number }, id?: string | number, element?: Element, done?: (event: Event) => void }} Act
 */

/** Removes what else of ours is stored beside an erased record; what the site remembers goes with its category. @param {import('./config.js').Tree} [record] */
const forget = ({ scope = '', cookie } = {}) => {
  const ours = RegExp(`^consentry\\.(open|record(?=.*:v))${scope && '\\.' + scope}(:v\\d+)?$`);
  try {
    if (cookie) stores.cookie.remove('consentry');
    each((key) => ours.test(key) && remove(key));
  } catch {
    // Storage is denied: then there is nothing to remove.
  }
};

/**
 * @param {object} edges
 * @param {import('./config.js').Tree} edges.config
 * @param {import('./config.js').Tree} edges.catalog
 * @param {ReturnType<typeof import('./texts.js').createTexts>} edges.texts
 * @param {() => string} edges.facts what server and browser say of the visitor now
 * @param {(services: any[]) => void} edges.declare hears, once, which services there are
 * @param {() => void} edges.changed the state changed: gate and face look again
 * @param {{ [order: string]: (value: string) => void }} edges.orders
 * @param {(screen: string) => string} edges.shown the texts in front of the visitor
 * @param {(services: any[]) => void} edges.granted a visitor's own click has allowed these services
 */
export const createSession = ({ config, catalog, texts, facts, declare, changed, orders, shown, granted }) => {
  /** @type {any} */
  let state;
  /** What the state was described from. @type {Outcome | undefined} */
  let last;
  /** Who sits here; nobody in particular. @type {string | null} */
  let who = null;
  /** What is kept shut for the present subject alone. @type {{ id: string, by?: string, reason?: any }[]} */
  let locks = [];
  const declared = () => ({ ...config, locked: [...(config.locked || []), ...locks] });
  /** Services that were allowed at some time of this page's life. @type {Set<string>} */
  const ever = new Set();
  /** @param {string} id @returns {boolean} */
  const isAllowed = (id) => state.choices[id].allowed;
  const lost = () => [...ever].filter((id) => !isAllowed(id));
  /** Whether a parent said yes to it, and is only to be heard again: then what is stored stays. @param {string} id */
  const awaits = (id) => state.choices[id]?.reason == 'age' && !!state.choices[id].since;

  /** @param {Outcome} outcome */
  const take = (outcome) => {
    const before = state;
    last = outcome;
    state = describe(declared(), catalog, texts, outcome);
    if (!before) declare(state.services);
    const allowed = state.services.filter((/** @type {any} */ { id }) => isAllowed(id));
    allowed.forEach((/** @type {any} */ { id }) => ever.add(id));
    // Before anything is released: what is granted may store at once.
    decideWrites(state.services, isAllowed, awaits);
    if (!before || rowsOf(outcome, 'decide')[0]) changed();
    for (const [order, value] of outcome) if (own(orders, order)) orders[order](value);
    return { gained: allowed.filter((/** @type {any} */ { id }) => before && !before.choices[id].allowed), declined: rowsOf(outcome, 'decline')[0] };
  };

  const tell = /** @type {(kind: string, target?: any, gesture?: boolean, screen?: string) => ReturnType<typeof take>} */ (
    (kind, target = null, gesture = false, screen = 'api') => take(step(kind, target, gesture, screen, texts.lang, shown(screen)))
  );

  return {
    take,
    /** Describes the state again, in the language that is spoken now. */
    reword: () => {
      if (!last) return;
      state = describe(declared(), catalog, texts, last);
      changed();
    },
    state: () => state,
    /** Services that were allowed on this page once, and are not now. */
    lost,
    awaits,
    /** What the age comes to, the band that was given in this visit (empty for none), the key of the record; nothing where the site does not ask. */
    age: () => rowsOf(last || [], 'age')[0] || [],
    /** Somebody else sits here now. @param {string | null} key @param {typeof locks} [locked] */
    subject: (key, locked = []) => {
      who = key;
      locks = locked;
      tell('subject', Object.fromEntries(locked.map(({ id }) => [id, true])), false, key || '');
    },
    /** Whoever sits here begins as if they had never been here: what they said of their age goes, too. */
    restart() {
      this.subject(who, locks);
    },
    /**
     * One answer of the visitor, or of a script for them.
     * @param {Act} act
     * @param {Event | null} event the click it came with
     * @param {string} screen where it was given
     * @returns {string | undefined} nothing where it was taken whole; otherwise what was not: an id, `!age`, or empty
     */
    act: ({ kind, ids, id }, event, screen) => {
      const gesture = event ? genuine(event) : granting();
      const { gained, declined } = tell(kind, ids ?? id ?? null, gesture, screen);
      if (kind == 'erase') forget(config.record);
      if (gesture) granted(gained);
      return declined?.[0];
    },
    /** What a parent answered. @param {{ [id: string]: boolean | number }} yes */
    parent: (yes) => void tell('parent', yes),
    /** The record may have been written elsewhere: reads it again. @returns services that were allowed on this page once, and are not now */
    read: () => {
      tell('read', facts());
      return lost();
    },
    /** The engine hears that a view is wanted or was closed. */
    view: /** @param {'notice' | 'preferences' | 'close'} kind */ (kind) => tell(kind),
    judge,
  };
};
