// Level `header`: the server's own policy came with this page, opened for what the cookie mirror said. What it lets in is read
// from the policy itself, as the browser quotes it where it refuses something.

import { all, getAttribute, later, on } from '../gate/natives.js';
import { plain } from './flag.js';
import { readMirror } from './mirror.js';

/** How long a browser may take to say what it has refused. */
const PATIENCE_MS = 500;

/**
 * The hosts that the policy of this page lets in; nothing where it has none of the form that `consentry header` makes.
 * @param {() => boolean} refuses makes the browser refuse something harmless; whether it did
 * @returns {Promise<string[] | undefined>}
 */
export const findPolicy = (refuses) =>
  new Promise((done) => {
    on(document, 'securitypolicyviolation', ({ originalPolicy, effectiveDirective }) => {
      const [, sources] = /^base-uri [^;]*; default-src ([^;]*);?$/.exec(originalPolicy) || [];
      // Firefox writes schemes where the policy has none. One in the page's markup is no server's.
      const isMarkup = [...all(document, 'meta')].some((meta) => getAttribute(meta, 'content') == originalPolicy);
      if (effectiveDirective == 'base-uri' && sources && !isMarkup) done(sources.split(' ').map((/** @type {string} */ one) => plain(one.replace(/^\w+:\/\//, ''))));
    });
    const refused = refuses();
    later(() => done(undefined), refused ? PATIENCE_MS : 0);
  });

/**
 * What a flag is to a snippet, for a policy that the server opens.
 * @param {string[]} open
 * @param {() => boolean} keep writes the decision down for the server; whether it is kept
 */
export const createHeader = (open, keep) => {
  /** What the server knew when it sent this page. */
  const told = readMirror();
  let kept = true;
  return {
    /** @type {(service: import('./seal.js').Service) => import('./seal.js').Why} */
    why: ({ hosts }) => {
      const isOpen = hosts.every((host) => host[0] == '/' || open.includes(plain(host)));
      return isOpen ? '' : !kept ? 'unkept' : readMirror() == told ? 'shut' : 'reload';
    },
    keep: () => (kept = keep()),
  };
};
