// What the notice says of this site: who asks, for what, and where its policy is.

/** @typedef {import('./face.js').FaceKit} FaceKit */

/** The site's name, or its host where the config gives none. @param {{ [key: string]: any }} config @returns {string} */
export const siteOf = (config) => config.site?.name || location.hostname;

/** @typedef {{ url: string, languages?: string[], authoritative?: boolean }} Policy */

/**
 * The policy for this language, else the first one.
 * @param {{ [key: string]: any }} config
 * @param {string} lang
 * @returns {Policy | undefined}
 */
export const policyOf = ({ site }, lang) => {
  const policies = /** @type {Policy[]} */ (site?.policies || []);
  const within = /** @param {string} tag */ (tag) => policies.find(({ languages }) => languages?.includes(tag));
  return within(lang) || within(lang.split('-')[0]) || policies[0];
};

/**
 * The policy that binds, where the one for this language is only its translation.
 * @param {{ [key: string]: any }} config
 * @param {string} lang
 * @returns {Policy | undefined}
 */
export const bindingOf = ({ site }, lang) => {
  const binding = site?.policies?.find((/** @type {Policy} */ { authoritative }) => authoritative);
  return binding?.languages && binding != policyOf({ site }, lang) ? binding : undefined;
};

/** A language's name in another; its tag where the browser knows no names. @param {string} tag @param {string} lang */
export const nameOf = (tag, lang) => (Intl.DisplayNames ? new Intl.DisplayNames(lang, { type: 'language' }).of(tag) || tag : tag);

/**
 * The sentences of the notice. A language that `Intl` does not know never gets here: its texts could not be asked for.
 * @param {FaceKit} kit
 */
export const wordsOf = ({ text, lang, config, snapshot }) => {
  const { categories, services, choices, asking, record, storage, signal } = snapshot();
  const site = siteOf(config);
  const list = /** @param {string[]} items */ (items) => new Intl.ListFormat(lang).format(items);
  const optional = categories.filter(({ necessary }) => !necessary);
  const uses = optional.map(({ id, label }) => (label == text(`category.${id}.label`) ? text(`category.${id}.use`, null, label) : label));
  const asked = optional.flatMap((category) => category.services);
  const vendors = services.map(({ id, vendor }) => (asked.includes(id) ? vendor : ''));
  const count = new Set(vendors.filter((vendor) => vendor && vendor != site && vendor != config.site?.controller)).size;
  const who = list([site, ...(count ? [text('notice.partners', { count })] : [])]);
  const changed = [...categories, ...services].filter(({ id }) => asking.includes(id) && choices[id].reason == 'changed');
  return [
    text('notice.text', { who, uses: list(uses), reopen: text('reopen.label') }),
    changed[0] && text('notice.changed', { names: list(changed.map(({ label }) => label)) }),
    signal && text('notice.signal'),
    storage == 'memory' && text('status.memory'),
  ];
};
