// A record's text, taken apart: see core/src/record.rs for what each tag says.

/** @typedef {{ state: 'given' | 'refused' | 'withdrawn' | 'expired', time: string }} Answered */
/**
 * @typedef {object} Entry
 * @property {string | null} id
 * @property {string} time
 * @property {string} expires
 * @property {{ [name: string]: string }} facts everything else that the entry says, by name
 * @property {string | undefined} once the service that was loaded once
 * @property {{ [id: string]: Answered | 'necessary' | null }} answers by category and service; null follows its category
 * @property {string[]} byParent of these the ones that a parent gave
 */

const FACTS = {
  q: 'previousId',
  j: 'jurisdiction',
  r: 'regime',
  w: 'determinedBy',
  h: 'statedPlace',
  g: 'globalPrivacyControl',
  z: 'doNotTrack',
  m: 'counsel',
  p: 'ageBand',
  v: 'policyVersion',
  c: 'controller',
  s: 'declaredHash',
  u: 'textsHash',
  b: 'codeVersion',
  l: 'language',
  n: 'screen',
  a: 'action',
  y: 'via',
};

/** What the bits of `f` stand for. */
const STANDING = ['sale', 'share', 'targetedAds', 'profiling', 'sensitive', 'optional'];

/** @type {{ [word: string]: Answered['state'] }} */
const STATES = { g: 'given', p: 'given', r: 'refused', w: 'withdrawn', e: 'expired' };

const plain = /** @param {string} text */ (text) => text.replace(/%(\d+)\./g, (_, point) => String.fromCodePoint(+point));
const iso = /** @param {string} seconds */ (seconds) => new Date(+seconds * 1000).toISOString();

/** @param {string} section @returns {Entry} */
const entry = (section) => {
  const fields = Object.fromEntries(section.split(' ').map((field) => [field[0], field.slice(2)]));
  /** @type {Entry['answers']} */
  const answers = Object.create(null);
  /** @type {string[]} */
  const byParent = [];
  for (const row of (fields.k || '').split(',')) {
    const [id, word, time] = row.split(':');
    // `x7` is a grant despite an opt-out, `p` a parent's. A word of a later version's is no grant that this one knows.
    if (word == 'p') byParent.push(plain(id));
    answers[plain(id)] = !word ? null : word == 'n' ? 'necessary' : { state: STATES[word.replace(/^x\d+$/, 'g')] || 'refused', time: iso(time || fields.t) };
  }
  const facts = Object.entries(FACTS).flatMap(([tag, name]) => (tag in fields ? [[name, plain(fields[tag])]] : []));
  const out = STANDING.filter((_, bit) => +fields.f >> bit & 1);
  if (out[0]) facts.push(['optedOut', out.join(' ')]);
  return {
    id: fields.i || null,
    time: iso(fields.t),
    expires: iso(fields.x),
    facts: Object.fromEntries(facts),
    once: fields.o && plain(fields.o),
    answers,
    byParent,
  };
};

/**
 * @param {string} text
 * @returns {Entry[]} the oldest first
 * @throws {RangeError} for a text that is no record
 */
export const entriesOf = (text) => text.split(';').filter((section) => section.startsWith('e=')).map(entry);

/** The record's seal: it names this state of the record, also where the visitor has no identifier. @param {string} text */
export const sealOf = (text) => text.split(';h=')[1];
