// Removes what a service has stored, once it is no longer allowed: the declared cookies and storage entries that a page's
// script can reach.

import { captured, describe, uncurry } from './natives.js';

const { cookie: readCookies } = captured(Document.prototype);
const writeCookie = /* @__PURE__ */ uncurry(/** @type {any} */ (describe(Document.prototype, 'cookie')).set);

/** "_ga*" as an expression. @type {(pattern: string) => RegExp} */
const matcher = (pattern) =>
  RegExp('^' + pattern.split('*').map((part) => part.replace(/[^\w-]/g, '\\$&')).join('.*') + '$', 's');

/** Removes a cookie in every path and domain that this page may write to. @param {string} name */
const removeCookie = (name) => {
  const { hostname, pathname, protocol } = location;
  const domains = [''];
  const paths = /** @type {string[]} */ ([]);
  hostname.replace(/^|\./g, (_, at) => `${domains.push(';domain=' + hostname.slice(at))}`);
  pathname.replace(/\/|$/g, (_, at) => `${paths.push(pathname.slice(0, at), pathname.slice(0, at + 1))}`);
  for (const domain of domains) {
    for (const path of paths) writeCookie(document, `${name}=;max-age=0;path=${path}${domain}${protocol == 'https:' ? ';secure' : ''}`);
  }
};

/** @param {{ cookies: { name: string }[], storage: { kind: string, key: string }[] }[]} services */
export function sweep(services) {
  for (const { cookies, storage } of services) {
    try {
      for (const { name } of cookies) {
        for (const cookie of readCookies(document).split('; ')) {
          const [found] = cookie.split('=');
          if (matcher(name).test(found)) removeCookie(found);
        }
      }
      for (const { kind, key } of storage) {
        if (!/^(local|session)Storage$/.test(kind)) continue;
        const store = /** @type {Storage} */ (/** @type {any} */ (window)[kind]);
        for (const found of Object.keys(store)) {
          // The visitor's own record is nobody's to sweep.
          if (matcher(key).test(found) && !found.startsWith('consentry.')) store.removeItem(found);
        }
      }
    } catch {
      // Storage is denied: then there is nothing to remove.
    }
  }
}
