// When what talks to the site's own server is needed, and what it is given: see src/server.

import { ask, read as parse } from './config.js';
import { failure } from './report.js';

/**
 * @param {object} edges
 * @param {import('./config.js').Tree} edges.config
 * @param {import('./page.js').Page} edges.page
 * @param {ReturnType<typeof import('./session.js').createSession>} edges.session
 * @param {(text: string) => void} edges.error
 * @param {import('./parts.js').Parts['load']} loadPart
 */
export const createServers = ({ config, page, session, error }, loadPart) => {
  const { log, store } = config.record || {};
  const area = () => (store == 'session' ? sessionStorage : localStorage);
  const ticket = () => ('' + session.age()[2]).replace('record', 'parent');
  /** @type {Promise<any>} */
  let server;
  const load = () =>
    (server ??= loadPart('server').then((createServer) =>
      createServer({ config, page, ask, parse, failure, error, area, ticket, parent: session.parent, erase: () => (session.act({ kind: 'erase' }, null, 'api'), session.restart()) }),
    ));
  const use = /** @param {(server: any) => void} act */ (act) => void load().then(act, ({ message }) => error(message));
  const isTicket = () => {
    try {
      return config.age && area().getItem(ticket());
    } catch {
      return false;
    }
  };
  return {
    load,
    /** What came of it where a parent was asked; and what the log still has to send. */
    lookUp: () => {
      page.parent = null;
      if (isTicket()) use(({ parents }) => parents.check());
      if (log) use((it) => it.log.send());
    },
    /** The record was written: an entry for the site's log; with an erased one the ticket goes. */
    wrote: () => {
      const text = session.state().record?.text;
      if (!text && isTicket()) area().removeItem(ticket());
      if (log) use((it) => it.log.add(text));
    },
  };
};
