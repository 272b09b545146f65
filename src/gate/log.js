// What was stopped, once each: by service, surface, and address without query or name in storage.

/** @typedef {{ service: string | null, category: string | null, kind: string, url: string | null, name?: string }} Held */

/**
 * @param {(id: string) => string | null} categoryOf
 * @param {(entry: Held) => void} told hears of each new one
 */
export const createLog = (categoryOf, told) => {
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
      told(entry);
    },
    /** @returns {Held[]} what is stopped still */
    stopped: () => [...entries.values()].filter(({ still }) => still()).map(({ entry }) => entry),
  };
};
