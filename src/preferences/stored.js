// What is stored on the visitor's device now, by service, with sizes, and how to delete it piece by piece.

/** @typedef {import('../face/face.js').Service} Service */
/**
 * @typedef {object} Stored
 * @property {string | null} service who declares it; none for what is the site's own, or nobody's
 * @property {string} kind
 * @property {string} name
 * @property {number | null} size in bytes; none where it cannot be told
 * @property {boolean} reachable whether a page can see and remove it; what it cannot see may be stored or not
 * @property {string} [domain] another company's
 * @property {() => Promise<boolean>} remove whether it is gone
 */
/**
 * @typedef {object} Places
 * @property {typeof import('../gate/stores.js').stores} stores
 * @property {(kind: string, name: string) => { id: string } | undefined} ruleOf
 */

/** A database that does not answer for so long is in use elsewhere: its size stays unknown. */
const PATIENCE_MS = 2000;

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text).length;

/** What a value takes, near enough. @param {any} value @param {Set<any>} [seen] @returns {number} */
const weigh = (value, seen = new Set()) => {
  if (typeof value == 'string') return bytes(value);
  if (value instanceof Blob) return value.size;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (!value || typeof value != 'object') return 8;
  if (seen.has(value)) return 0;
  seen.add(value);
  const parts = Array.isArray(value) || value instanceof Map || value instanceof Set ? [...value] : Object.entries(value);
  return parts.reduce((sum, part) => sum + weigh(part, seen), 0);
};

/** @param {string} name @returns {Promise<number>} */
const weighDatabase = (name) =>
  new Promise((done, fail) => {
    const request = indexedDB.open(name);
    // It is gone since it was listed: it must not come back.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = () => fail(request.error);
    request.onsuccess = () => {
      const database = request.result;
      let sum = 0;
      const end = () => {
        database.close();
        done(sum);
      };
      const names = [...database.objectStoreNames];
      if (!names[0]) return end();
      const reading = database.transaction(names);
      reading.oncomplete = end;
      reading.onerror = () => fail(reading.error);
      for (const store of names) {
        reading.objectStore(store).openCursor().onsuccess = ({ target }) => {
          const cursor = /** @type {IDBRequest<IDBCursorWithValue | null>} */ (target).result;
          if (!cursor) return;
          sum += weigh(cursor.key) + weigh(cursor.value);
          cursor.continue();
        };
      }
    };
  });

/** @param {string} name */
const weighCache = async (name) => {
  const cache = await caches.open(name);
  let sum = 0;
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    sum += bytes(request.url) + (response ? (await response.blob()).size : 0);
  }
  return sum;
};

/** @param {string} name */
const weighCookie = (name) => bytes(document.cookie.split('; ').find((cookie) => cookie.split('=')[0] == name) || '');

/** @type {{ [kind: string]: (name: string) => number | Promise<number> }} */
const scales = {
  cookie: weighCookie,
  localStorage: (name) => bytes(name + localStorage.getItem(name)),
  sessionStorage: (name) => bytes(name + sessionStorage.getItem(name)),
  indexedDB: weighDatabase,
  cacheStorage: weighCache,
};

/** @template T @param {() => T | Promise<T>} act @returns {Promise<T | null>} nothing where the browser denies it or takes too long */
const unless = async (act) => {
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, null));
  try {
    return await /** @type {Promise<T | null>} */ (Promise.race([act(), late]));
  } catch {
    return null;
  }
};

/** @param {Places} places @param {string} kind @returns {Promise<string[]>} */
const namesOf = async ({ stores }, kind) => {
  const names = new Set();
  await unless(async () => void (await /** @type {any} */ (stores)[kind].each((/** @type {string} */ name) => name && names.add(name))));
  return [...names].sort();
};

/** Whether what is stored under a domain is another site's. @param {string} [domain] */
export const isForeign = (domain = '') => !('.' + location.hostname).endsWith(domain.replace(/^\.?(?=.)/, '.'));

/** What services keep out of this page's reach. @param {Service[]} services @returns {Stored[]} */
const outOfReach = (services) =>
  services.flatMap(({ id, cookies, storage }) =>
    /** @type {any[]} */ ([...cookies, ...storage])
      .filter(({ domain, httpOnly }) => httpOnly || isForeign(domain))
      .map(({ kind = 'cookie', key, name = key, domain }) => ({ service: id, kind, name, domain, size: null, reachable: false, remove: async () => false })));

/**
 * @param {Places} places
 * @param {Service[]} services
 * @returns {Promise<Stored[]>}
 */
export const listStored = async (places, services) => {
  const found = Object.keys(places.stores).map(async (kind) =>
    Promise.all((await namesOf(places, kind)).map(async (name) => ({
      service: places.ruleOf(kind, name)?.id ?? null,
      kind,
      name,
      size: await unless(() => scales[kind](name)),
      reachable: true,
      remove: async () => {
        const request = await unless(() => /** @type {any} */ (places.stores)[kind].remove(name));
        if (request instanceof IDBRequest) await unless(() => new Promise((done) => (request.onsuccess = request.onerror = done)));
        return !(await namesOf(places, kind)).includes(name);
      },
    }))));
  return [...(await Promise.all(found)).flat(), ...outOfReach(services)];
};
