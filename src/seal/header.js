// Level `header`: the server's own policy came with this page, opened for what the cookie mirror said. What it lets in is read
// from the policy itself, as the browser quotes it where it refuses something.

import { all, getAttribute, later, on } from '../gate/natives.js';
import { plain } from './flag.js';
import { readMirror } from './mirror.js';

/** How long a browser may take to say what it has refused. */
const PATIENCE_MS = 500;

/** A policy without schemes: Firefox writes some where it has none. @param {string} policy */
const bare = (policy) => policy.replace(/\w+:\/\/|;\s*$/g, '');

/**
 * The hosts that the policy of this page lets in; nothing where it has none of the form that `consentry header` makes.
 * @param {() => boolean} refuses makes the browser refuse something harmless; whether it did
 * @returns {Promise<string[] | undefined>}
 */
export const findPolicy = (refuses) =>
  new Promise((done) => {
    /** One in the page's markup is no server's; of two that are alike one is. */
    const metas = [...all(document, 'meta')].map((meta) => bare('' + getAttribute(meta, 'content')));
    on(document, 'securitypolicyviolation', ({ originalPolicy, effectiveDirective }) => {
      if (effectiveDirective != 'base-uri') return;
      const policy = bare(originalPolicy);
      const [, sources] = /^base-uri [^;]*; default-src ([^;]*)$/.exec(policy) || [];
      const at = metas.indexOf(policy);
      if (at >= 0) {
        metas.splice(at, 1);
        // The server's is older: what it refuses was told before, or in the same go.
        later(() => done(undefined));
      } else if (sources) done(sources.split(' ').map(plain));
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
    /** @param {import('./seal.js').Service} service @param {string[]} always what needs no grant */
    lets: ({ hosts }, always) => hosts.some((host) => host[0] != '/' && open.includes(plain(host)) && !always.includes(host)),
    keep: () => (kept = keep()),
  };
};
