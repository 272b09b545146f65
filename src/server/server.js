// What talks to the site's own server, where the config names one: parents, and the log of consents. A file of its own.

import { createLog } from './log.js';
import { createParents } from './parents.js';

/**
 * @typedef {object} Kit
 * @property {import('../boot/config.js').Tree} config
 * @property {import('../boot/page.js').Page} page
 * @property {(address: string, body?: string) => Promise<{ status: number, text: string }>} ask asks the site's own origin; with a body by POST
 * @property {(text: string) => any} parse JSON to a plain tree; throws
 * @property {(message: string) => Error} failure
 * @property {(message: string) => void} error
 * @property {() => Storage} area where the record is kept; throws where that is denied
 * @property {() => string} ticket the key under which a parent's ticket is kept
 * @property {() => void} erase forgets the record
 * @property {(yes: { [id: string]: boolean | number }) => void} parent a parent's answer, for the engine
 */

/** @param {Kit} kit */
export const createServer = (kit) => ({ parents: createParents(kit), log: createLog(kit) });
