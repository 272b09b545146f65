// The cookie mirror: `consentry=1.<unix minutes>.<granted id>.<granted id>…`, by which the site's server can tell what was
// granted. localStorage is the truth: this is written after each decision, and read as a refusal where there is no record. What
// runs by law alone follows as `.~<unix days>.<id>.<id>…`; where nothing was answered that is all there is behind the 1.

import { isNo } from '../boot/snapshot.js';
import { readCookies, stores, writeCookie } from '../gate/stores.js';
import { byLaw, today } from './law.js';

/** The longest that browsers keep a cookie. */
const KEPT_S = 400 * 86400;

/** What the cookie says now; all of it, where there are several. */
export const readMirror = () => readCookies(document).split('; ').filter((/** @type {string} */ one) => one.startsWith('consentry=')).join();

/** @param {import('../boot/config.js').Tree} cookie the config's `record.cookie` */
export const createMirror = ({ domain }) => {
  const attributes = `;path=/;max-age=${KEPT_S};samesite=`;
  const lax = 'lax' + (location.protocol == 'https:' ? ';secure' : '');
  const labels = location.hostname.split('.');
  /** Where it may be put, the best first. The browser takes no domain that others share. */
  const places = [...(domain == 'auto' ? labels.map((_, at) => lax + ';domain=' + labels.slice(-1 - at).join('.')) : []), lax];
  // In a frame of another site browsers take none but this, which that site's pages alone see.
  if (top != window) places.push('none;secure;partitioned');
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
      const isKept = storage == 'local';
      const ids = Object.keys(choices);
      const open = ids.filter((id) => isKept && choices[id].allowed && choices[id].reason != 'necessary');
      const law = open.filter((id) => byLaw(choices[id]));
      const tail = law[0] ? ['~' + today(), ...law] : [];
      // A refusal stays where nothing else tells of it.
      if (!record) return (law[0] ? /=1\.\d/ : /=1\.\d+$/).test(readMirror()) || write(law[0] ? ['consentry=1', ...tail].join('.') : '');
      const granted = open.filter((id) => !law.includes(id));
      // A later no, said at another host while this page was loading: the next page is to hear it.
      const newest = granted.map((id) => choices[id].since || '').sort().pop() || record.time;
      if (+(/=1\.(\d+)$/.exec(readMirror())?.[1] || 0) * 60000 > Date.parse(newest)) return false;
      // The grant that lapses first tells the server when to shut; the last no tells other hosts that it was one.
      const nos = ids.filter((id) => isNo(choices[id]));
      const times = [granted, nos, law].find((some) => some[0])?.map((id) => Date.parse(choices[id].since || record.time)) || [];
      const at = granted[0] ? Math.min(...times) : Math.max(...times);
      return write(times[0] ? ['consentry=1', Math.floor(at / 60000), ...granted, ...tail].join('.') : '') && isKept;
    },
  };
};
