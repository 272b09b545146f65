// Removes what a service has stored, once it is no longer allowed: the declared cookies and storage entries that a page's
// script can reach.

import { describe, getter, uncurry } from './natives.js';

const readCookies = /* @__PURE__ */ getter(Document.prototype, 'cookie');
const writeCookie = /* @__PURE__ */ uncurry(/** @type {any} */ (describe(Document.prototype, 'cookie')).set);

/** "_ga*" as an expression. @type {(pattern: string) => RegExp} */
const matcher = (pattern) =>
  RegExp('^' + pattern.split('*').map((part) => part.replace(/[^\w-]/g, '\\$&')).join('.*') + '$', 's');

/** @param {string} name in every path and domain that this page may write to */
const removeCookie = (name) => {
  const labels = location.hostname.split('.');
  const domains = ['', ...labels.map((_, index) => ';domain=' + labels.slice(index).join('.'))];
  const steps = location.pathname.split('/');
  const paths = steps.flatMap((_, index) => [steps.slice(0, index).join('/') + '/', steps.slice(0, index + 1).join('/')]);
  for (const domain of domains) {
    for (const path of paths) {
      writeCookie(document, `${name}=;max-age=0;path=${path || '/'}${domain}${location.protocol === 'https:' ? ';secure' : ''}`);
    }
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
        const store = kind === 'localStorage' ? localStorage : kind === 'sessionStorage' ? sessionStorage : null;
        for (const found of Object.keys(store || {})) {
          // The visitor's own record is nobody's to sweep.
          if (matcher(key).test(found) && !found.startsWith('consentry.')) store?.removeItem(found);
        }
      }
    } catch {
      // Storage is denied: then there is nothing to remove.
    }
  }
}
