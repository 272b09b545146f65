// What page and service worker share: what is open, in IndexedDB. The page writes it, and the worker reads it before each
// answer, so that neither a message nor anything remembered can be older than the decision.

/** The database; `consentry-sw-off.js` deletes it. */
const NAME = 'consentry.worker';

/** Of the state's form: another one's is nobody's. */
export const VERSION = 1;

const STORE = 'kept';

/**
 * @typedef {object} State under the key `state`
 * @property {number} v
 * @property {string[]} free hosts that never wait: the site's own, and what is strictly necessary
 * @property {string[]} open hosts of what is allowed
 * @property {string[]} shut hosts of what is not
 * @property {boolean} others whether hosts that nobody declares pass
 * @property {number} until when the grants lapse, in seconds since 1970
 * @property {string} file the address of consentry-sw.js
 * @property {boolean} [off] nothing is stopped: the site has let go of us
 */

/** @returns {Promise<IDBDatabase>} */
const open = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

/**
 * Reads or writes in one transaction. The connection ends with it: deleting the database never waits for us.
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} act
 * @returns {Promise<any>} what the request has found, when all is written
 */
export const use = async (mode, act) => {
  const base = await open();
  try {
    return await new Promise((done, fail) => {
      const change = base.transaction(STORE, mode);
      const asked = act(change.objectStore(STORE));
      change.oncomplete = () => done(asked.result);
      change.onabort = () => fail(change.error);
    });
  } finally {
    base.close();
  }
};

/** @returns {Promise<void>} when nothing of it is left */
export const forget = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = () => done();
    asked.onerror = () => fail(asked.error);
  });
