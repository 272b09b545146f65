// What the engine is told of the visitor's place and signals: what server, page and browser say by themselves. Nothing is
// asked of anybody, and nothing of it leaves the page.

import { all, getAttribute } from '../gate/natives.js';
import { readCookies } from '../gate/stores.js';

/** @param {(storage: Storage) => any} use @returns {any} nothing where storage is denied or full: then every page is the first */
export const visit = (use) => {
  try {
    return use(sessionStorage);
  } catch {}
};

/** Temporal knows the zone at once; the first formatter of a page reads every language first: 12 ms and more. */
const zone = () => {
  const { Temporal } = /** @type {any} */ (window);
  return Temporal ? Temporal.Now.timeZoneId() : new Intl.DateTimeFormat().resolvedOptions().timeZone;
};

/** @param {string} name @returns {string | undefined} */
const cookie = (name) => readCookies(document).split('; ').find((/** @type {string} */ one) => one.startsWith(name + '='))?.slice(name.length + 1);

/**
 * @param {import('./config.js').Tree} config
 * @param {(name: string) => string | null} setting an attribute of the tag, without `data-`
 */
export const createFacts = ({ jurisdiction, record }, setting) => {
  const scope = record?.scope ? '.' + record.scope : '';
  /** On how many pages of this visit a question went unanswered. */
  const PAGES = 'consentry.pages' + scope;
  /** Where the age band of this visit is kept. */
  let age = 'consentry.age' + scope;
  const pages = +visit((storage) => storage.getItem(PAGES)) || 0;
  /** The server's own word for this request, if it has one. */
  const hint = () => {
    const { meta, cookie: key } = jurisdiction || {};
    const element = meta && [...all(document, 'meta')].find((one) => getAttribute(one, 'name') == meta);
    return setting('jurisdiction') ?? (element ? getAttribute(element, 'content') : key && cookie(key));
  };
  return {
    /** @returns {string} as `jurisdiction::Facts` of the core reads them */
    tell: () => {
      const { languages, doNotTrack, globalPrivacyControl: gpc } = /** @type {any} */ (navigator);
      const signal = gpc === true || setting('gpc') == '1' ? 1 : gpc === false ? 0 : '';
      const place = hint();
      return (
        `z=${zone()} l=${languages} g=${signal} d=${/^(1|yes)$/.test(doNotTrack) ? 1 : ''} n=${pages} a=${visit((storage) => storage.getItem(age)) || ''}` +
        (record?.cookie ? ' m=' + (cookie('consentry') || '').split(' ')[0] : '') +
        (place == null ? '' : ' h=' + place)
      );
    },
    /** Keeps the visit's age band, each subject's own. @param {string} key of the record @param {string} band */
    keepAge: (key, band) => {
      age = key.replace('record', 'age');
      if (band) visit((storage) => storage.setItem(age, band));
    },
    /** Counts this page of the visit. @param {boolean} asks whether it has an open question */
    count: (asks) => visit((storage) => (asks ? storage.setItem(PAGES, '' + (pages + 1)) : storage.removeItem(PAGES))),
  };
};
