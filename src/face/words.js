// What the notice says of this site: who asks, for what, and where its policy is.

import { Address, baseURI, remove } from '../gate/natives.js';
import { h } from './dom.js';

/** @typedef {import('./face.js').FaceKit} FaceKit */

/** The site's name, or its host where the config gives none. @param {{ [key: string]: any }} config @returns {string} */
export const siteOf = (config) => config.site?.name || location.hostname;

/** The site's logo, unless it does not load; its name stands beside it, so that nobody need hear of it. @param {{ [key: string]: any }} config */
export const logoOf = ({ ui }) => ui?.logo && h('img', { src: ui.logo, alt: '', class: 'consentry-logo', error: ({ currentTarget }) => remove(currentTarget) });

/** @typedef {{ url: string, places?: string[], languages?: string[], authoritative?: boolean }} Policy */

/**
 * The policy for this place and language: one for the place before one for everywhere, else the first one.
 * @param {{ [key: string]: any }} config
 * @param {string} lang
 * @param {string} place as `US-CA`, which is in `US`
 * @returns {Policy | undefined}
 */
export const policyOf = ({ site }, lang, place) => {
  const policies = /** @type {Policy[]} */ (site?.policies || []);
  const here = policies.filter(({ places }) => places?.some((one) => (place + '-').startsWith(one + '-')));
  const fitting = here[0] ? here : policies.filter(({ places }) => !places);
  const within = /** @param {string} tag */ (tag) => fitting.find(({ languages }) => languages?.includes(tag));
  return within(lang) || within(lang.split('-')[0]) || fitting[0] || policies[0];
};

/** Whether a policy stands on this page. @param {{ [key: string]: any }} config @returns {boolean} */
export const isPolicyPage = ({ site }) =>
  !!site?.policies?.some((/** @type {Policy} */ { url }) => new Address(url, baseURI()).pathname == location.pathname);

/**
 * The policy that binds, where the one that is read is only its translation.
 * @param {{ [key: string]: any }} config
 * @param {Policy | undefined} read
 * @returns {Policy | undefined}
 */
export const bindingOf = ({ site }, read) => {
  const binding = site?.policies?.find((/** @type {Policy} */ { authoritative }) => authoritative);
  return binding?.languages && !read?.languages?.includes(binding.languages[0]) ? binding : undefined;
};

/** A day in words of a language. @param {string} day as `2026-11-01` @param {string} lang */
export const dayOf = (day, lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

/** A language's name in another; its tag where the browser knows no names. @param {string} tag @param {string} lang */
export const nameOf = (tag, lang) => (Intl.DisplayNames ? new Intl.DisplayNames(lang, { type: 'language' }).of(tag) || tag : tag);

/** Where the build puts what a list is made of, beside a language's texts. */
const LIST = 'list';

/**
 * The sentences of the notice. A language that `Intl` does not know never gets here: its texts could not be asked for.
 * @param {FaceKit} kit
 */
export const wordsOf = ({ text, lang, config, snapshot }) => {
  const { categories, services, choices, asking, record, storage, signal } = snapshot();
  const site = siteOf(config);
  // The first formatter of a page costs the notice 12 ms and more: most languages bring what a list is made of.
  const [comma, two, end] = text(LIST, null, '').split('|');
  const list = /** @param {string[]} items */ (items) =>
    two ? items.map((item, at) => (at ? (items[at + 1] ? comma : items[2] ? end : two) : '') + item).join('') : new Intl.ListFormat(lang).format(items);
  // What a yes to all would open: neither what is ruled out, nor what only its own yes opens.
  const open = /** @param {{ id: string, ask?: string }} one */ ({ id, ask }) => ask != 'each' && !/^(necessary|forbidden|locked)$/.test(choices[id].reason);
  const may = categories.filter(open);
  // And what law or a school has on without a yes.
  const runs = /** @param {{ id: string }} one */ ({ id }) => /^(objection|default|educational)$/.test(choices[id].reason);
  /** A sentence on these services and on the categories with one of them; nothing where there are none. @param {string} key @param {import('./face.js').Service[]} some @param {import('./face.js').Category[]} alone categories without a service */
  const sentence = (key, some, alone) => {
    const about = categories.filter((one) => (one.services[0] ? some.some(({ category }) => category == one.id) : alone.includes(one)));
    const uses = about.map(({ id, label }) => (label == text(`category.${id}.label`) ? text(`category.${id}.use`, null, label) : label));
    const vendors = some.map(({ vendor }) => vendor);
    const count = new Set(vendors.filter((vendor) => vendor && vendor != site && vendor != config.site?.controller)).size;
    const who = list([site, ...(count ? [text('notice.partners', { count: two && count < 1000 ? '' + count : count })] : [])]);
    return uses[0] && text(key, { who, uses: list(uses), reopen: text('reopen.label') });
  };
  const changed = [...categories, ...services].filter(({ id }) => asking.includes(id) && choices[id].reason == 'changed');
  return [
    sentence('notice.text', services.filter((one) => open(one) && !runs(one) && may.some(({ id }) => id == one.category)), may.filter((one) => !runs(one))),
    sentence('notice.on', services.filter(runs), categories.filter(runs)),
    changed[0] && text('notice.changed', { names: list(changed.map(({ label }) => label)) }),
    signal && text('notice.signal'),
    storage == 'memory' && text('status.memory'),
  ];
};
