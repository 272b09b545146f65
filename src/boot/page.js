// What this page load knows about itself.

import { version } from 'gen/parts.js';
import { readyState } from '../gate/natives.js';

/**
 * @typedef {object} Page
 * @property {'starting' | 'ready' | 'failed'} phase
 * @property {'none' | 'notice' | 'preferences'} view what the visitor sees of us
 * @property {string} lang the language that is spoken; empty while it is on its way
 * @property {any} session the running engine; nothing before it is ready
 * @property {any} views what shows; nothing before the engine is ready
 * @property {any} seal what the policy in front of us lets in; nothing where there is none
 * @property {() => any} snapshot
 * @property {(condition: any) => string} judge `yes`, `no`, `wait`, `unknown`; `starting` before the engine runs
 * @property {(category: string | null, service: string | null, element?: Element) => string} verdict the same, for an
 *   element; `reload`, `unkept` or `shut` where the policy in front of us holds what is granted
 * @property {(id: string) => any} service a declared service
 * @property {() => Promise<any>} server what talks to the site's own server, loaded if need be
 * @property {(key: string | null, more?: { locked?: any[] }) => void} turn somebody else sits here now
 * @property {(contact: string) => Promise<string>} requestParent
 * @property {string | null} parent how far asking a parent has come
 * @property {string} level what the gate does
 * @property {string[] | null} open what the service worker in front of the page lets through; nothing where there is none
 * @property {(id: string) => boolean} isOpen
 * @property {(address: string) => string[]} owners the services that an address belongs to; the site itself has no id
 */

/** @param {string} level @param {Page['owners']} owners @returns {Page} */
export const createPage = (level, owners) => {
  const late = readyState(document) != 'loading';
  /** @type {Page} */
  const page = {
    phase: 'starting',
    view: 'none',
    lang: '',
    level,
    owners,
    session: null,
    views: null,
    seal: null,
    open: null,
    isOpen: (id) => !page.open || page.open.includes(id),
    parent: null,
    server: async () => null,
    turn: () => {},
    requestParent: async (contact) => (await page.server()).parents.send(contact),
    snapshot: () => ({
      phase: page.phase,
      version,
      level: page.seal?.level || page.level,
      late,
      regime: 'opt-in',
      jurisdiction: { place: 'unknown', how: 'default', stated: null },
      optOut: [],
      offered: [],
      signal: false,
      age: null,
      parent: page.parent,
      upcoming: null,
      locked: [],
      counsel: null,
      view: page.view,
      policy: null,
      choices: {},
      categories: [],
      services: [],
      asking: [],
      barred: [],
      storage: 'memory',
      record: null,
      ...page.session?.state(),
    }),
    judge: (condition) => (page.phase == 'ready' ? page.session.judge(condition) : 'starting'),
    verdict: (category, service, element) => {
      const ids = /** @type {string[]} */ ([category, service].filter((id) => id != null));
      const answer = page.judge({ all: ids });
      // What runs after a no waits for nobody.
      if (answer == 'yes' && !ids.every((id) => id[0] == '!' || page.isOpen(id))) return 'wait';
      return (answer == 'yes' && element && page.seal?.why(category, service, element)) || answer;
    },
    service: (id) => page.snapshot().services.find((/** @type {any} */ service) => service.id == id) || null,
  };
  return page;
};
