// A parent's or guardian's word, as the site's own server has it: asked for once, then looked up on every page. The browser
// keeps a random ticket and its deadline, nothing else; the contact goes to the server and is forgotten.

import { on } from '../gate/natives.js';

/** How often a page that stays open asks again. */
const AGAIN_MS = 3600_000;

const DAY = 86400;

/** Answers by which a server says that it knows no such ticket. */
const GONE = [404, 410];

/** @param {import('./server.js').Kit} kit */
export const createParents = ({ config, page, ask, parse, failure, area, ticket: key, erase, parent }) => {
  const { endpoint, days = 14 } = config.age?.parentalConsent || {};
  const seconds = () => Math.floor(Date.now() / 1000);
  /** Ticket and deadline; no deadline once there was an answer. @type {[string, string] | null} */
  let request = null;
  /** Under which key: each of a device's visitors has their own. */
  let owner = '';

  /** @param {string} [name] of whose ticket @param {[string, string] | null} [ticket] */
  const keep = (name = key(), ticket = request) => {
    try {
      if (ticket) area().setItem(name, ticket.join('|'));
      else area().removeItem(name);
    } catch {
      // Denied or full: the ticket lasts as long as this page, and no answer is a no.
    }
  };
  /** Looks what is kept: it goes with an erased record, in whichever tab. */
  const look = () => {
    if (owner != key()) {
      owner = key();
      request = null;
    }
    try {
      const [ticket, deadline] = (area().getItem(key()) || '').split('|');
      request = ticket ? [ticket, deadline] : null;
      if (request) page.parent ??= deadline ? 'pending' : 'granted';
    } catch {
      // Denied: what was asked on this page is all there is.
    }
  };

  /** @param {string} state @param {boolean} [stays] whether the ticket is still good for something */
  const settle = (state, stays) => {
    if (!stays) request = null;
    keep();
    page.parent = state;
  };
  /** The age band of this visit goes, too. */
  const dropBand = () => {
    try {
      sessionStorage.removeItem(key().replace('parent', 'age'));
    } catch {
      // Denied: then nothing was kept.
    }
  };
  /** What nobody answered in time is forgotten, with all that earlier visits left. */
  const forget = () => {
    settle('forgotten');
    erase();
    dropBand();
  };

  /**
   * Hands a granted answer to the engine, which decides what it opens; anything else is a no.
   * @param {any} answer
   */
  const take = (answer) => {
    /** @type {{ [id: string]: boolean | number }} */
    const yes = Object.create(null);
    const granted = answer.state == 'granted';
    const categories = (granted && answer.categories) || {};
    for (const id of Object.keys(categories)) if (categories[id]?.use === true) yes[id] = categories[id].disclose === true;
    // An answer without a time is as old as can be: what was refused here since then stays refused.
    yes[''] = Math.min(Date.parse(answer.time) / 1000 || 0, seconds());
    if (request) request[1] = '';
    settle(answer.state, granted);
    parent(yes);
  };

  const check = async () => {
    look();
    const asked = request?.[0];
    if (!asked) return;
    const { status, text } = await ask(endpoint + '?ticket=' + asked).catch(() => ({ status: 0, text: '' }));
    // Somebody else may be the visitor by now, or it was erased.
    look();
    if (request?.[0] != asked) return;
    const answer = status == 200 ? parse(text) : GONE.includes(status) ? { state: 'withdrawn' } : null;
    if (/^(granted|refused|withdrawn)$/.test(answer?.state)) return take(answer);
    if (request[1] && +request[1] < seconds()) forget();
  };

  /**
   * Asks a parent or guardian, by the site's server.
   * @param {string} contact how to reach them; sent once
   * @returns {Promise<string>} `pending`
   */
  const send = async (contact) => {
    if (!endpoint) throw failure('age.parentalConsent is not configured.');
    if (page.snapshot().age != 'child') throw failure('a parent is asked for a child alone: see consentry.askAge().');
    const visitor = key();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const ticket = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const deadline = seconds() + days * DAY;
    const { categories, services, policy } = page.snapshot();
    const asked = categories
      .filter((/** @type {any} */ { necessary }) => !necessary)
      .map((/** @type {any} */ { id, label }) => ({
        id,
        label,
        services: services.filter((/** @type {any} */ { category }) => category == id).map((/** @type {any} */ { id, label, vendor }) => ({ id, label, vendor })),
      }));
    const body = JSON.stringify({ v: 1, ticket, contact, deadline: new Date(deadline * 1000).toISOString(), policy: policy.version, lang: page.lang, categories: asked });
    const { status } = await ask(endpoint, body).catch(() => ({ status: 0 }));
    if (status < 200 || status > 299) throw failure(`${endpoint} did not take the request.`);
    // Who asked may have left since: the ticket waits for their return.
    if (visitor != key()) keep(visitor, [ticket, '' + deadline]);
    else {
      look();
      request = [ticket, '' + deadline];
      settle('pending', true);
    }
    return 'pending';
  };

  setInterval(check, AGAIN_MS);
  on(document, 'visibilitychange', () => document.visibilityState == 'visible' && check());
  return { send, check };
};
