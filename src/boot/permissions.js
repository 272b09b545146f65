// Permissions of the browser that services need (`services[].permissions`): a call that would ask for one waits until the
// visitor has answered in our words, and fails as after a no without a yes. What no service declares is not ours.

import { around } from '../gate/around.js';
import { bare, hasActivation, own } from '../gate/natives.js';

/**
 * @typedef {object} Call
 * @property {string} permission
 * @property {() => any} run makes the call
 * @property {boolean} active whether the visitor has just acted: only then is anything asked
 */

/** Whose calls need which permission. */
const CALLS = [
  ['geolocation', 'Geolocation', 'getCurrentPosition'],
  ['geolocation', 'Geolocation', 'watchPosition'],
  ['', 'Geolocation', 'clearWatch'],
  ['notifications', 'Notification', 'requestPermission'],
  ['push', 'PushManager', 'subscribe'],
];

/** What the caller hears after a no. @param {string} name @param {any[]} given */
const deny = (name, given) => {
  const message = 'Consentry: not allowed';
  if (name == 'subscribe') throw new DOMException(message, 'NotAllowedError');
  if (name != 'requestPermission') return given[1]?.({ code: 1, PERMISSION_DENIED: 1, message });
  given[0]?.('denied');
  return 'denied';
};

/**
 * @param {import('./page.js').Page} page
 * @param {(call: Call) => Promise<{ result: any } | void>} ask what came of the call, nothing after a no
 * @returns {() => void} call it after each change: ends what is not allowed any more
 */
export const guardPermissions = (page, ask) => {
  /** What runs until it is ended. @type {[string, () => unknown][]} */
  let running = [];
  /** Watches by the number that the page was given before they began. @type {{ [id: string]: number }} */
  const numbers = bare(null);
  let last = 0;
  const isOpen = /** @param {string} permission */ (permission) => {
    const { phase, choices, services } = page.snapshot();
    const needing = services.filter((/** @type {any} */ { permissions }) => permissions?.includes(permission));
    return phase == 'ready' && (!needing[0] || needing.some((/** @type {any} */ { id }) => choices[id].allowed));
  };

  for (const [permission, owner, name] of CALLS) {
    const type = /** @type {any} */ (window)[owner];
    const target = type && (own(type, name) ? type : type.prototype);
    around(target, name, (call, self, given) => {
      if (!permission) {
        given[0] = numbers[given[0]] ?? given[0];
        return call();
      }
      const run = () => {
        const result = call();
        if (name == 'watchPosition') running.push([permission, () => self.clearWatch(result)]);
        if (name == 'subscribe') result.then((/** @type {any} */ one) => running.push([permission, () => one.unsubscribe()]));
        return result;
      };
      if (isOpen(permission)) return run();
      const number = --last;
      const answer = ask({ permission, run, active: hasActivation() }).then((done) => {
        if (!done) return deny(name, given);
        numbers[number] = done.result;
        return done.result;
      });
      return permission == 'geolocation' ? (name == 'watchPosition' ? number : undefined) : answer;
    });
  }
  return () => {
    running = running.filter(([permission, end]) => isOpen(permission) || void end());
  };
};
