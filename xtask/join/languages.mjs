// The languages of locales/, and how one of them gets into a bundle that is the same for all.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Stands for the built-in texts until a language is chosen: a global that nobody has, so that nothing is folded into it. */
export const BUILT = '__CONSENTRY_BUILT_IN__';
/** Stands for the way to the later files. */
export const BASE = '@consentry/';

/**
 * @typedef {object} Language
 * @property {string} tag
 * @property {{ [key: string]: string }} first the first layer's texts
 * @property {{ [key: string]: string }} second those of the preference center
 */

/**
 * Reads the folder: English in four files, which decide what the first layer is, every other language in one.
 * @param {string} folder
 * @returns {{ [tag: string]: Language }} by tag, in order
 */
export const readLanguages = (folder) => {
  const read = /** @param {string} name */ (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const english = { tag: 'en', first: read('en.json'), second: { ...read('en.preferences.json'), ...read('en.aside.json'), ...read('en.failed.json') } };
  const tags = readdirSync(folder).flatMap((name) => /^([\w-]+)\.json$/.exec(name)?.[1] ?? []);
  return Object.fromEntries(tags.sort().map((tag) => {
    if (tag == 'en') return [tag, english];
    /** @type {[string, string][]} */
    const texts = Object.entries(read(`${tag}.json`));
    const [first, second] = [true, false].map((early) => Object.fromEntries(texts.filter(([key]) => key in english.first == early)));
    return [tag, { tag, first, second }];
  }));
};

/**
 * What stands between the items of a list, before the last of two, and before the last of more, with `|` between them. Nothing
 * where it depends on the word that follows, or where numbers need the browser too, for digits of their own.
 * @param {string} tag
 */
export const listOf = (tag) => {
  const format = /** @param {string} items */ (items) => new Intl.ListFormat(tag).format([...items]);
  const [, comma, end] = /^0(.*)1.*2(.*)3$/.exec(format('0123')) || [];
  const two = format('01').slice(1, -1);
  return comma == null || /^(ar|bn|es|fa|he)$/.test(tag) ? '' : [comma, two, end].join('|');
};

/**
 * Puts a language into a bundle: its texts, and the way from the bundle's folder to the later files.
 * @param {Uint8Array} bundle
 * @param {Language} language
 * @param {string} base
 */
export const localize = (bundle, { tag, first }, base) => {
  const code = new TextDecoder().decode(bundle);
  const pieces = code.split(BUILT);
  // In the preference center and the translation there is nothing to choose.
  if (pieces.length > 2) throw new Error('the built-in texts stand in a bundle more than once');
  const texts = JSON.stringify([tag, first, listOf(tag)]);
  const ascii = texts.replace(/[\u007f-\uffff]/g, (letter) => '\\u' + letter.charCodeAt(0).toString(16).padStart(4, '0'));
  return pieces.join(ascii).replaceAll(BASE, base);
};
