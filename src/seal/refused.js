// What a policy of ours has kept out of this page, as the browser tells it: into the list of what was stopped. Of the page's
// other policies the browser tells, too; they are the site's own business.

import { Address, on } from '../gate/natives.js';

/** @typedef {[address: string, directive: string, policy: string]} Refusal */

/** Nobody's: the name is reserved. */
export const NOBODY = 'consentry.invalid';
/** Every policy of ours, wherever it came from, with what it was opened for. */
const OURS = /^base-uri 'self'[^;]*; default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:[^;]*;?$/;

/** The address that a policy of ours has refused; nothing where it was another's, or asked nobody for anything. @param {Refusal} refusal */
export const addressOf = ([address, , policy]) => {
  const url = OURS.test(policy) && /^(http|ws)s?:/.test(address) && new Address(address);
  return url && url.hostname != NOBODY ? url : null;
};

/**
 * @param {import('./seal.js').Kit} kit
 * @returns {() => void} lists what was refused so far, and from the first time on whatever else is
 */
export const createList = ({ page, refused, log }) => {
  let begun = false;
  /** So many of them are listed. */
  let seen = 0;
  /** @param {Refusal} refusal */
  const list = (refusal) => {
    const url = addressOf(refusal)?.href.split(/[?#]/)[0];
    // What the gate has found by its address stands there already, by the name of an element or a call.
    if (!url || log.stopped().some((one) => one.url == url && !one.kind.includes('-'))) return;
    // In this page it stays out, whatever becomes of the decision.
    log.add({ service: page.owners(url)[0] || null, kind: refusal[1], url }, () => true);
  };
  const go = () => {
    while (seen < refused.length) list(refused[seen++]);
  };
  // Whoever keeps them has heard of each before.
  on(document, 'securitypolicyviolation', () => begun && go());
  return () => {
    begun = true;
    go();
  };
};
