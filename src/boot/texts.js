// Which language is spoken, and its texts. English is built in; a site adds others under `texts.<language>`.

import english from '../../locales/en.json';
import { assign, bare, documentElement, getAttribute } from '../gate/natives.js';

/** @typedef {(key: string, values?: { [name: string]: string | number } | null, otherwise?: string) => string} Text */

/** Languages written from right to left. */
const rightToLeft = /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/i;

/**
 * @param {{ [key: string]: any }} config
 * @param {string | null} wanted the tag's `data-lang`
 */
export const createTexts = (config, wanted) => {
  const root = documentElement(document);
  const asked = [wanted, config.lang != 'auto' && config.lang, root && getAttribute(root, 'lang'), navigator.language];
  const given = config.texts || bare(null);
  const whole = /** @param {string} lang */ (lang) => Object.keys(english).every((key) => given[lang]?.[key]);
  // The first language that was asked for, in the page's own order, decides; without all its texts there is English:
  // buttons and text are never in two languages.
  const first = /** @type {string} */ (asked.find((lang) => lang) || 'en');
  const lang = [first, first.split('-')[0]].find((tag) => tag && whole(tag)) || 'en';
  const texts = assign(bare(null), english, given[lang]);
  return {
    lang,
    dir: rightToLeft.test(lang) ? 'rtl' : 'ltr',
    /** @type {Text} */
    text: (key, values, otherwise = key) =>
      key in texts ? String(texts[key]).replace(/\{(\w+)}/g, (mark, name) => '' + (values?.[name] ?? mark)) : otherwise,
    /**
     * A label or description of the config: one text, or one for each language.
     * @param {any} label
     * @returns {string}
     */
    local: (label) => {
      if (!label || typeof label != 'object') return label || '';
      return label[lang] || label[first.split('-')[0]] || label.en || Object.values(label)[0];
    },
  };
};
