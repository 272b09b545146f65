// The flag of levels `sealed` and `auto-csp`, `consentry.open` in localStorage: `1|policy version|valid from|valid until|hosts`.
// Who writes the policy reads it before anything else runs; whatever is not exactly as it should be keeps the page shut.

import { createHosts } from '../gate/hosts.js';
import { Address } from '../gate/natives.js';
import { endOf, sinceOf } from './law.js';
import { flagKey, flagStart, sourcesOf as allSourcesOf } from './written.js';

/**
 * @typedef {import('./seal.js').Service} Service
 * @typedef {import('./seal.js').State} State
 * @typedef {import('./seal.js').Why} Why
 */

/** A policy's source as a config's host. @param {string} source */
export const plain = (source) => decodeURIComponent(source).replace(':*', '').replace(/\/$/, '');

/**
 * @param {import('./seal.js').Found} found
 * @param {import('../boot/config.js').Tree} config
 * @param {(text: string) => void} error
 */
export const createFlag = ({ data, open, own }, config, error) => {
  const { policy, record } = config;
  const key = flagKey(config);
  /** What the snippet can open; a policy that we wrote opens whatever a service declares. */
  const sources = data && data('hosts').split(' ').filter((source) => source);
  /** What the next page lets in. */
  let next = open;
  let kept = true;
  const sourcesOf = /** @param {Service} service */ ({ hosts }) =>
    sources ? sources.filter((source) => hosts.some((host) => plain(host) == plain(source))) : allSourcesOf(hosts).filter((source) => !own?.includes(source));
  const start = data ? `1|${policy.version}|` : flagStart(config);
  const fits = !data || data('version') == policy.version;
  if (!fits) error('the snippet in the head is of another policy version, so nothing third-party loads. Generate it again.');

  /** @type {(state: State) => { hosts: string[], flag: string }} */
  const flagOf = ({ services, choices }) => {
    const granted = services.filter((service) => choices[service.id].allowed && sourcesOf(service)[0]);
    // A host that is open is open for whatever lies under it: what is denied there keeps it shut.
    const denied = services.flatMap(({ id, hosts }) => (choices[id].allowed ? [] : hosts)).filter((host) => host[0] != '/');
    const covers = /** @param {string} source */ (source) => {
      const owner = createHosts([{ id: source, hosts: [plain(source)] }]);
      return denied.some((host) => owner(new Address('http://' + host.replace('*', 'x')), false)[0]);
    };
    const refused = data && /** @type {any} */ (navigator).globalPrivacyControl ? data('sale').split(' ') : [];
    const agreed = granted.flatMap(sourcesOf);
    const hosts = (sources || [...new Set(agreed)]).filter((source) => agreed.includes(source) && !refused.includes(source) && !covers(source));
    const all = granted.map(({ id }) => choices[id]);
    const until = all.map((choice) => endOf(choice, record?.expiresDays?.granted || 365));
    return { hosts, flag: hosts[0] ? start + [Math.max(...all.map(sinceOf)), Math.min(...until), hosts.join(' ')].join('|') : '' };
  };

  return {
    /** @type {(service: Service) => Why} */
    why: (service) => {
      const needed = sourcesOf(service);
      const lets = /** @param {string[]} list */ (list) => needed.every((source) => list.includes(source));
      return lets(open) ? '' : lets(next) ? 'reload' : kept ? 'shut' : 'unkept';
    },
    /** Whether this page's policy lets any of it in. @param {Service} service */
    lets: (service) => sourcesOf(service).some((source) => open.includes(source)),
    /** Writes the flag, and reads it back: what the browser does not keep, no next page opens. @param {State} state */
    keep: (state) => {
      const { hosts, flag } = fits && state.storage == 'local' ? flagOf(state) : { hosts: [], flag: '' };
      next = [];
      kept = false;
      try {
        const { localStorage } = window;
        const found = () => localStorage.getItem(key) || '';
        if (found() != flag) {
          localStorage.removeItem(key);
          if (flag) localStorage.setItem(key, flag);
        }
        if (found() != flag) return;
        next = hosts;
        kept = state.storage == 'local';
      } catch {
        // Denied or full: what was open before has gone, and nothing else is let in.
      }
    },
  };
};
