// The cookie mirror: `consentry=1.<unix minutes>.<granted id>.<granted id>…`, by which the site's server can tell what was
// granted. localStorage is the truth: this is written after each decision, and read as a refusal where there is no record.

import { readCookies, stores, writeCookie } from '../gate/stores.js';

/** The longest that browsers keep a cookie. */
const KEPT_S = 400 * 86400;

/** What the cookie says now; all of it, where there are several. */
export const readMirror = () => readCookies(document).split('; ').filter((/** @type {string} */ one) => one.startsWith('consentry=')).join();

/** @param {import('../boot/config.js').Tree} cookie the config's `record.cookie` */
export const createMirror = ({ domain }) => {
  const attributes = `;path=/;samesite=lax;max-age=${KEPT_S}${location.protocol == 'https:' ? ';secure' : ''}`;
  const labels = location.hostname.split('.');
  /** Where it may be put, the best first. The browser takes no domain that others share. */
  const places = [...(domain == 'auto' ? labels.map((_, at) => ';domain=' + labels.slice(-1 - at).join('.')) : []), ''];
  /** @type {(value: string) => boolean} */
  const write = (value) => readMirror() == value || places.some((place) => {
    // A second one beside it, from another config, would make both count for nothing.
    stores.cookie.remove('consentry');
    if (value) writeCookie(document, value + attributes + place);
    return readMirror() == value;
  });
  return {
    /** Writes the decision, and reads it back. @param {import('./seal.js').State} state @returns {boolean} whether it is kept */
    keep: ({ choices, storage, record }) => {
      // What the browser does not keep here, no server is to open on the next page.
      const ids = record && storage == 'local' ? Object.keys(choices).filter((id) => choices[id].allowed && choices[id].reason != 'necessary') : [];
      // A refusal stays where nothing else tells of it.
      if (!record) return /=1\.\d+$/.test(readMirror()) || write('');
      // The grant that lapses first tells the server when to shut; the last no tells other hosts that it was one.
      const nos = Object.keys(choices).filter((id) => /^(refused|withdrawn)$/.test(choices[id].reason));
      const times = (ids[0] ? ids : nos).map((id) => Date.parse(choices[id].since || record.time));
      const at = ids[0] ? Math.min(...times) : Math.max(...times);
      return write(times[0] ? ['consentry=1', Math.floor(at / 60000), ...ids].join('.') : '') && storage == 'local';
    },
  };
};
