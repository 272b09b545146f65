// What was stopped, once each: by service, surface, and address without query or name in storage.

/** @typedef {{ service: string | null, category: string | null, kind: string, url: string | null, name?: string }} Held */

/**
 * @param {object} edges
 * @param {(id: string) => string | null} edges.categoryOf
 * @param {(url: string) => string[]} edges.owners whose an address is, once the config is read
 * @param {Promise<unknown>} edges.ready settles when it is, or never will be
 * @param {(entry: Held) => void} edges.told hears of each new one then
 */
export const createLog = ({ categoryOf, owners, ready, told }) => {
  /** @type {Map<string, { entry: Held, still: () => boolean }>} */
  const entries = new Map();
  return {
    /** @param {Omit<Held, 'category'>} held @param {() => boolean} still whether it would be stopped now, too */
    add: (held, still) => {
      const { service, kind, url, name } = held;
      const key = kind + ' ' + (url ?? name);
      if (entries.has(key)) return;
      const entry = { ...held, category: service && categoryOf(service) };
      entries.set(key, { entry, still });
      const tell = () => {
        entry.service ||= owners('' + url)[0] || null;
        entry.category = entry.service && categoryOf(entry.service);
        told(entry);
      };
      ready.then(tell, tell);
    },
    /** @returns {Held[]} what is stopped still */
    stopped: () => [...entries.values()].filter(({ still }) => still()).map(({ entry }) => entry),
  };
};
