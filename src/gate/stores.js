// The places where a page keeps things: what is in each, and how it is taken out. A browser may deny any of them, at any
// time: then these throw or reject.

import { captured, getter, setter } from './natives.js';

/** @typedef {{ each: (look: (name: string) => unknown) => unknown, remove: (name: string) => unknown }} Store `each` may be slow */

export const { cookie: readCookies } = captured(Document.prototype);
export const writeCookie = /* @__PURE__ */ setter(Document.prototype, 'cookie');
const { key: keyAt, length: lengthOf, removeItem } = captured(Storage.prototype);

/** What a frame of another site may write, too. */
const NONE = ';secure;samesite=none';

/** Removes a cookie in every path and domain that this page may write to. @param {string} name */
const removeCookie = (name) => {
  const { hostname, pathname } = location;
  const domains = [''];
  const paths = /** @type {string[]} */ ([]);
  hostname.replace(/^|\./g, (_, at) => `${domains.push(';domain=' + hostname.slice(at))}`);
  pathname.replace(/\/|$/g, (_, at) => `${paths.push(pathname.slice(0, at), pathname.slice(0, at + 1))}`);
  for (const domain of domains) {
    for (const path of paths) {
      for (const kind of ['', NONE, NONE + ';partitioned']) writeCookie(document, `${name}=;max-age=0;path=${path}${domain}${kind}`);
    }
  }
};

/** @param {'localStorage' | 'sessionStorage'} name */
const area = (name) => {
  const read = getter(window, name);
  return {
    read: () => read(window),
    /** @param {(name: string) => unknown} look */
    each: (look) => {
      const store = read(window);
      for (let at = lengthOf(store); at--;) look(/** @type {string} */ (keyAt(store, at)));
    },
    remove: (/** @type {string} */ key) => removeItem(read(window), key),
  };
};

export const stores = {
  cookie: {
    each: (/** @type {(name: string) => unknown} */ look) =>
      readCookies(document).split('; ').forEach((/** @type {string} */ cookie) => look(cookie.split('=')[0])),
    remove: removeCookie,
  },
  localStorage: area('localStorage'),
  sessionStorage: area('sessionStorage'),
  indexedDB: {
    each: async (/** @type {(name: any) => unknown} */ look) => {
      for (const { name } of await indexedDB.databases()) look(name);
    },
    remove: (/** @type {string} */ name) => indexedDB.deleteDatabase(name),
  },
  cacheStorage: {
    each: async (/** @type {(name: string) => unknown} */ look) => (await caches.keys()).forEach(look),
    remove: (/** @type {string} */ name) => caches.delete(name),
  },
};
