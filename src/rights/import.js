// A copy that the visitor brings in: what it would answer here. Nothing is taken from it but suggestions, which the
// visitor sees and saves, so it need not be trusted.

import { entriesOf } from './entries.js';
import { FORM } from './export.js';

/** Who is told why a copy does not fit; the key of a text. */
export class Unfit extends Error {}

const LONGEST = 120;
/** Whether a text of the record, which may have been cut, is this one. @param {string | undefined} kept @param {string} whole */
const isSame = (kept = '', whole) => kept == whole || (encodeURIComponent(kept).length * 2 > LONGEST && whole.startsWith(kept));

/**
 * @param {any} copy what `exportRecord` once answered
 * @param {import('./export.js').Source} source
 * @returns {{ [id: string]: boolean }} the answers that the copy holds for what is declared here; a newer refusal stays
 * @throws {Unfit} the key of a text that says why it does not fit
 */
export const answersIn = (copy, { config, snapshot }) => {
  if (copy?.schemaVersion != FORM || typeof copy.record != 'string') throw new Unfit('copy.unreadable');
  let entries;
  try {
    entries = entriesOf(copy.record);
  } catch {
    throw new Unfit('copy.unreadable');
  }
  const latest = entries[entries.length - 1];
  if (!latest) throw new Unfit('copy.unreadable');
  if (copy.site != location.origin || !isSame(latest.facts.controller, config.site?.controller || '')) throw new Unfit('copy.elsewhere');
  if (!isSame(latest.facts.policyVersion, config.policy.version)) throw new Unfit('copy.outdated');
  const { categories, choices } = snapshot();
  /** @type {{ [id: string]: boolean }} */
  const ids = Object.create(null);
  for (const { id: category, necessary, services } of categories) {
    for (const id of necessary ? [] : [category, ...services]) {
      const answer = latest.answers[id] || (id in latest.answers && latest.answers[category]);
      if (!answer || answer == 'necessary') continue;
      const { reason, since } = choices[id];
      // Of a grant and a denial of the same second the denial stands.
      const stands = /^(refused|withdrawn)$/.test(reason) && since && since >= answer.time;
      ids[id] = answer.state == 'given' && !stands;
    }
  }
  return ids;
};
