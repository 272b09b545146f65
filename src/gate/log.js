// What was stopped, once each: by service, surface and address without query.

/** @typedef {{ service: string | null, category: string | null, kind: string, url: string }} Held */

/**
 * @param {(id: string) => string | null} categoryOf
 * @param {(entry: Held) => void} told hears of each new one
 */
export const createLog = (categoryOf, told) => {
  /** @type {Map<string, Held>} */
  const entries = new Map();
  return {
    entries,
    /** @param {string} kind @param {string | null} service @param {string} address */
    add: (kind, service, address) => {
      const url = address.split(/[?#]/)[0];
      const key = kind + ' ' + url;
      if (entries.has(key)) return;
      const entry = { service, category: service && categoryOf(service), kind, url };
      entries.set(key, entry);
      told(entry);
    },
  };
};
