// A copy that the visitor brings in: what it would answer here. Nothing is taken from it but suggestions, which the
// visitor sees and saves, so it need not be trusted.

import { isNo } from '../boot/snapshot.js';
import { entriesOf } from './entries.js';
import { FORM } from './export.js';

/** @typedef {{ ids: { [id: string]: boolean }, out: string }} Brought answers, and the uses that were opted out of there and are not here */

/** Who is told why a copy does not fit; the key of a text. */
export class Unfit extends Error {}

const LONGEST = 120;
/** Whether a text of the record, which may have been cut, is this one. @param {string | undefined} kept @param {string} whole */
const isSame = (kept = '', whole) => kept == whole || (encodeURIComponent(kept).length * 2 > LONGEST && whole.startsWith(kept));

/**
 * @param {any} copy what `exportRecord` once answered
 * @param {import('./export.js').Source} source
 * @returns {Brought} the answers that the copy holds for what is declared here; a newer refusal stays
 * @throws {Unfit} the key of a text that says why it does not fit
 */
export const answersIn = (copy, { config, snapshot }) => {
  let latest, here, now;
  try {
    if (copy.schemaVersion != FORM) throw copy;
    latest = /** @type {import('./entries.js').Entry} */ (entriesOf(copy.record).pop());
    // Half a letter in a text is nobody's: then this throws, too.
    here = copy.site == location.origin && isSame(latest.facts.controller, config.site?.controller || '');
    now = isSame(latest.facts.policyVersion, config.policy.version);
  } catch {
    throw new Unfit('copy.unreadable');
  }
  if (!here) throw new Unfit('copy.elsewhere');
  if (!now) throw new Unfit('copy.outdated');
  const { categories, choices, optOut } = snapshot();
  /** @type {{ [id: string]: boolean }} */
  const ids = Object.create(null);
  for (const { id: category, necessary, services } of categories) {
    for (const id of necessary ? [] : [category, ...services]) {
      const own = latest.answers[id];
      const answer = own || (id in latest.answers && latest.answers[category]);
      // What a signal or an opt-out kept off there, whatever was granted, was no yes in force.
      const denied = latest.facts.optedOut && /^(signal|refused)$/.test(copy.choices?.[id]?.reason);
      if (denied) ids[id] = false;
      if (denied || !answer || answer == 'necessary' || answer.state == 'expired') continue;
      // A category's yes is not each service's: of those that have a question of their own it opened none.
      if (!own && answer.state == 'given' && copy.choices?.[id]?.allowed === false) continue;
      const { since } = choices[id];
      // Of a grant and a denial of the same second the denial stands.
      const stands = isNo(choices[id]) && since && since >= answer.time;
      ids[id] = answer.state == 'given' && !stands;
    }
  }
  // `optional` has no link of its own: it stands for a no to everything, which is among the answers.
  const out = (latest.facts.optedOut || '').split(' ').filter((use) => use && use != 'optional' && !optOut.includes(use));
  return { ids, out: out.join(' ') };
};
