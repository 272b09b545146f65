// The words of the preference center, in one language throughout.

import core from '../../locales/en.json';
import own from '../../locales/en.preferences.json';
import aside from '../../locales/en.aside.json';
import failed from '../../locales/en.failed.json';

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

  /** @type {(key: string, values?: { [name: string]: string | number }) => string} */
  const say = (key, values = {}) =>
    translated && given(key)
      ? text(key, values)
      : (english[key] ?? key).replace(/\{(\w+)}/g, (mark, name) => typeof values[name] == 'number' ? formatter('NumberFormat').format(values[name]) : values[name] ?? mark);

  return {
    say,
    lang,
    dir: translated ? dir : 'ltr',
    /** Whether there are words for this key. @param {string} key */
    knows: (key) => key in english || given(key),
    /** @param {string} key with the forms `.one`, `.other` … @param {number} count */
    plural: (key, count) => {
      const form = `${key}.${formatter('PluralRules').select(count)}`;
      return say(form in english || given(form) ? form : key + '.other', { count });
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
    list: (...parts) => formatter('ListFormat', { type: 'unit' }).format(/** @type {string[]} */ (parts.filter((part) => part))),
    /** @param {string} code of a country, or of a part of one such as `US-TX` */
    country: (code) => {
      const [land, part] = code.split('-');
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
