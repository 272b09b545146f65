// The words of the preference center, in one language throughout.

import core from '../../locales/en.json';
import own from '../../locales/en.preferences.json';
import aside from '../../locales/en.aside.json';
import failed from '../../locales/en.failed.json';

/**
 * Languages with digits as in English and no plural form but `one`, for one alone: small counts need no formatter, the first of
 * which takes a third of the time in which the preference center opens.
 */
const PLAIN = /^(bg|ca|da|de|el|en|es|et|eu|fi|gl|hu|id|it|ja|ko|ms|nb|nl|nn|sq|sv|ta|th|tr|ur|vi|zh)\b/;

const english = /** @type {{ [key: string]: string }} */ ({ ...core, ...own, ...aside, ...failed });

/**
 * @param {import('./preferences.js').PreferencesKit} kit
 */
export const createSpeech = ({ text, lang: wanted, dir }) => {
  const given = /** @param {string} key */ (key) => text(key) != key;
  // Half a translation would mix languages, so it is all of it or English. Plural forms differ; all languages have `other`.
  const translated = wanted.split('-')[0] == 'en' || Object.keys(own).every((key) => given(key) || /\.one$/.test(key));
  const lang = translated ? wanted : 'en';

  /** @type {{ [how: string]: any }} */
  const made = {};
  /** One of each: with hundreds of services, making formatters would be what opening takes longest for. @param {string} type of `Intl` @param {object} [options] */
  const formatter = (type, options) => (made[type + JSON.stringify(options)] ??= new /** @type {any} */ (Intl)[type](lang, options));

  const plain = PLAIN.test(lang);
  const digits = /** @param {string | number} value */ (value) => (typeof value != 'number' ? value : plain && value < 1000 ? '' + value : formatter('NumberFormat').format(value));

  /** @type {(key: string, values?: { [name: string]: string | number }) => string} */
  const say = (key, values = {}) => {
    const told = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, digits(value)]));
    return translated && given(key) ? text(key, told) : (english[key] ?? key).replace(/\{(\w+)}/g, (mark, name) => told[name] ?? mark);
  };

  return {
    say,
    lang,
    dir: translated ? dir : 'ltr',
    /** Whether there are words for this key. @param {string} key */
    knows: (key) => key in english || given(key),
    /** @param {string} key with the forms `.one`, `.other` … @param {number} count */
    plural: (key, count) => {
      const form = `${key}.${plain ? (count == 1 ? 'one' : 'other') : formatter('PluralRules').select(count)}`;
      return say(given(form) || (lang == 'en' && form in english) ? form : key + '.other', { count });
    },
    /** @param {string | null | undefined} time */
    date: (time) => (time ? formatter('DateTimeFormat', { dateStyle: 'long' }).format(new Date(time)) : '–'),
    /** @param {number} count of bytes */
    bytes: (count) => {
      const [unit, value] = count < 1000 ? ['byte', count] : count < 1e6 ? ['kilobyte', count / 1000] : ['megabyte', count / 1e6];
      return formatter('NumberFormat', { style: 'unit', unit, unitDisplay: 'long', maximumSignificantDigits: 3 }).format(value);
    },
    /** How long something is kept: `2 years` and `session` in words of this language, anything else as it is. @param {string} [time] */
    duration: (time = '') => {
      const [, count, unit] = /^(\d+) (second|minute|hour|day|week|month|year)s?$/.exec(time) || [];
      if (unit) return formatter('NumberFormat', { style: 'unit', unit, unitDisplay: 'long' }).format(+count);
      return time == 'session' ? say('stored.session') : time;
    },
    /** @param {(string | undefined)[]} parts what there is of them, side by side */
    list: (...parts) => {
      const [one = '', ...more] = /** @type {string[]} */ (parts.filter((part) => part));
      return more[0] ? formatter('ListFormat', { type: 'unit' }).format([one, ...more]) : one;
    },
    /** @param {string} code of a country, or of a part of one such as `US-TX` */
    country: (code) => {
      const [land, part] = code.split('-');
      if (land == 'unknown') return code;
      try {
        const name = formatter('DisplayNames', { type: 'region' }).of(land) || land;
        return part ? `${name} (${part})` : name;
      } catch {
        return code;
      }
    },
  };
};

/** @typedef {ReturnType<typeof createSpeech>} Speech */
