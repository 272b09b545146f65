// Which language is spoken, and its texts. One language is built in (English in consentry.js, another one in each
// lang/consentry.<language>.js); the others come as a file each, and a site changes or adds texts under `texts.<language>`.

import { built, later as second, list, own, shipped } from 'gen/languages.js';
import { assign, bare, cancel, documentElement, getAttribute, later } from '../gate/natives.js';
import { readFile } from './config.js';
import { beside } from './parts.js';

/** @typedef {(key: string, values?: { [name: string]: string | number } | null, otherwise?: string) => string} Text */

const keys = Object.keys(built);
/** The keys that texts may have; with a dot at its end, how a key may begin. */
export const words = keys.join(' ') + ' ' + second;

/** Languages written from right to left. */
const rightToLeft = /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/;

/** How long nothing is said while a language is on its way. */
const PATIENCE_MS = 300;

/** The tags under which a language may have texts: `zh-TW` is also `zh-Hant`, and `no` is `nb`. @param {string} tag */
const tagsOf = (tag) => {
  try {
    const locale = new Intl.Locale(tag.replace('_', '-').replace(/^no\b/i, 'nb'));
    const { language, script } = locale.maximize();
    return [locale.baseName, `${language}-${script}`, language];
  } catch {
    return [];
  }
};

/** @param {string} tag */
const base = (tag) => tag.split('-')[0];

/**
 * @param {{ [key: string]: any }} config
 * @param {import('./start.js').Place} place
 * @param {import('./report.js').Report} report
 */
export const createTexts = (config, { script, setting }, report) => {
  const root = documentElement(document);
  const given = config.texts || bare(null);
  const lacking = /** @param {any} words */ (words) => keys.filter((key) => !words?.[key]);
  const whole = /** @param {any} words */ (words) => !lacking(words)[0];
  // The first language that was asked for, in the page's own order, decides; without all its texts there is the one
  // that is built in: buttons and text are never in two languages.
  const asked = [setting('lang'), config.lang != 'auto' && config.lang, root && getAttribute(root, 'lang'), own == 'en' ? navigator.language : own];
  const tags = tagsOf(/** @type {string} */ (asked.find((tag) => tag)));
  const file = /** @param {string} tag */ (tag) => script && shipped.includes(tag);
  for (const tag in given) {
    if (tag != own && !file(tag) && !whole(given[tag]) && !/^(x-|\$)/.test(tag)) {
      report.warn(`texts.${tag}: not used, since these are missing: ${lacking(given[tag]).join(', ')}.`);
    }
  }
  const chosen = tags.find((tag) => tag == own || file(tag) || whole(given[tag])) || own;
  /** @type {{ [key: string]: any }} */
  let texts;
  /** @type {Promise<void> | undefined} */
  let loading;

  /** What is spoken now. */
  const spoken = { lang: '', dir: '' };
  const speak = /** @param {string} lang @param {object} [words] */ (lang, words) => {
    texts = assign(bare(null), words, given[base(lang)], given[lang]);
    spoken.lang = lang;
    spoken.dir = rightToLeft.test(lang) ? 'rtl' : 'ltr';
  };
  if (chosen == own || file(chosen)) speak(own, { list, ...built });
  else speak(chosen);

  /** Brings the language's file: what is not built in, and the words of the preference center. Never fails. */
  const load = () =>
    (loading ??= file(chosen) && own + chosen != 'enen'
      ? readFile(beside(script, `lang/${chosen}.json`), 'cors', 'Put lang/ beside consentry.js.').then(
          (words) => {
            if (whole(words)) speak(chosen, words);
          },
          (problem) => report.warn(problem.message),
        )
      : Promise.resolve());

  // The file is on its way while the engine still works.
  if (spoken.lang != chosen) load();

  /**
   * A label or description of the config: one text, or one for each language.
   * @param {any} label
   * @returns {string}
   */
  const local = (label) => {
    if (!label || typeof label != 'object') return label || '';
    return label[spoken.lang] || label[base(spoken.lang)] || label.en || Object.values(label)[0];
  };

  return assign(spoken, {
    load,
    /** @type {Text} */
    text: (key, values, otherwise = key) =>
      key in texts ? String(texts[key]).replace(/\{(\w+)}/g, (mark, name) => (values?.[name] ?? mark).toLocaleString(spoken.lang)) : otherwise,
    local,
    /** What the words of a choice are made of, for the record: `consentry archive` makes the same text. */
    told: () => {
      const words = assign(bare(null), given[base(spoken.lang)], given[spoken.lang]);
      for (const key of keys) words[key] = texts[key];
      const own = [...(config.categories || []), ...(config.services || [])];
      return [
        ...Object.keys(words).sort().map((key) => key + '=' + words[key]),
        ...own.map((one) => (one.id ? `${one.id}: ${[one.label, one.description, one.placeholder?.title, one.placeholder?.text].map(local).join(' ')}` : one)),
      ].join('\n');
    },
    /**
     * Calls when there is something to say: at once, or when the language's file has come or is late; then again when it
     * has come after all.
     * @param {() => void} say
     */
    ready: (say) => {
      if (spoken.lang == chosen) return say();
      const late = later(say, PATIENCE_MS);
      load().then(() => {
        cancel(late);
        say();
      });
    },
  });
};
