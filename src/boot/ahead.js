// The service worker that stands in front of the page, where the config names one: it hears of a decision before the gate
// opens what it would refuse. Shutting waits for nothing.

import { scriptUrl } from '../gate/trusted.js';

/**
 * @param {object} edges
 * @param {import('./config.js').Tree} edges.config
 * @param {HTMLScriptElement | null} edges.script our tag
 * @param {import('./page.js').Page} edges.page
 * @param {() => string | undefined} edges.unknown what becomes of hosts that nobody declares
 * @param {import('./report.js').Report['warn']} edges.warn
 * @param {import('./report.js').Report['error']} edges.error
 * @param {import('./parts.js').Parts['load']} load
 */
export const createAhead = ({ error, ...edges }, load) => {
  const { config, page } = edges;
  /** @type {Promise<any> | undefined} */
  let side;
  const allowed = () => {
    const { choices } = page.session.state();
    return Object.keys(choices).filter((id) => choices[id].allowed);
  };
  return {
    begin: () => {
      if (!config.gate?.worker) return;
      if (navigator.serviceWorker?.controller) page.open = allowed();
      side = load('worker').then((create) => create({ ...edges, error, scriptUrl }), ({ message }) => error(message));
    },
    /** After a change of the decision: what follows from it. @param {() => void} go */
    after: (go) => {
      const told = side?.then((it) => it?.keep());
      if (!told || !page.open) return go();
      const open = allowed();
      told.then(() => {
        page.open = open;
        go();
      });
    },
  };
};
