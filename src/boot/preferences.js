// What the site itself remembers of a visitor's wishes, under the visitor's choice: kept while its category is allowed, in
// memory otherwise, erased when the permission ends.

import { captured, on } from '../gate/natives.js';
import { stores } from '../gate/stores.js';

const { parse, stringify } = JSON;
const { getItem, setItem } = captured(Storage.prototype);
const { read, each, remove } = stores.localStorage;

/** @template T @param {() => T} act @returns {T | undefined} nothing where the browser denies storage */
const attempt = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

/** Value and category of an entry, as it is stored. @param {string | null | undefined} text @returns {any[]} */
const open = (text) => attempt(() => [...parse(text || '[]')]) || [];

/**
 * @param {object} edges
 * @param {import('./page.js').Page} edges.page
 * @param {ReturnType<typeof import('./events.js').createEvents>} edges.events
 * @param {(text: string) => void} edges.warn
 */
export const createPreferences = ({ page, events, warn }) => {
  /** What may not be kept, or not yet. @type {Map<string, string>} */
  const waiting = new Map();
  let prefix = '';
  /** @param {string} key */
  const textOf = (key) => waiting.get(key) ?? (prefix && attempt(() => getItem(read(), prefix + key)));
  const storedKeys = () => {
    const keys = /** @type {string[]} */ ([]);
    if (prefix) attempt(() => each((name) => name.startsWith(prefix) && keys.push(name.slice(prefix.length))));
    return keys;
  };
  const erase = /** @param {string} key */ (key) => void (prefix && attempt(() => remove(prefix + key)));
  const isAllowed = /** @param {any} text */ (text) => page.judge(open(text)[1]) == 'yes';

  /** @param {string} key @returns {boolean} whether it is kept beyond this page */
  const keep = (key) => {
    if (!isAllowed(waiting.get(key))) return false;
    try {
      setItem(read(), prefix + key, /** @type {string} */ (waiting.get(key)));
      waiting.delete(key);
      return true;
    } catch {
      warn(`the preference "${key}" lasts as long as this page: the browser's storage is denied or full.`);
      return false;
    }
  };

  const listen = () => on(window, 'storage', ({ key, newValue }) => {
    if (key?.startsWith(prefix)) events.emit('preference', { key: key.slice(prefix.length), value: open(newValue)[0] });
  });

  return {
    /** After each change of the decision. @param {string} [scope] of the record, for several sites on one origin */
    update(scope) {
      if (!prefix) listen();
      prefix = `consentry.pref${scope ? ':' + scope : ''}.`;
      storedKeys().forEach((key) => {
        const text = attempt(() => getItem(read(), prefix + key));
        if (!isAllowed(text) && !page.session.awaits(open(text)[1])) erase(key);
      });
      [...waiting.keys()].forEach(keep);
    },
    api: Object.freeze({
      /** @param {string} key */
      get: (key) => open(textOf('' + key))[0],
      /** @param {string} key @param {any} value @param {string} [category] */
      set(key, value, category = 'functional') {
        waiting.set('' + key, stringify([value, category]));
        erase(key);
        return keep('' + key);
      },
      /** @param {string} key */
      remove(key) {
        waiting.delete('' + key);
        erase(key);
      },
      keys: () => [...new Set([...waiting.keys(), ...storedKeys()])],
    }),
  };
};
