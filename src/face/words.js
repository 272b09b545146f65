// What the notice says of this site: who asks, for what, and where its policy is.

/** @typedef {import('./face.js').FaceKit} FaceKit */

/**
 * "a, b and c" in the visitor's language.
 * @param {string} lang
 * @param {string[]} items
 */
export const listOf = (lang, items) => {
  try {
    return new Intl.ListFormat(lang).format(items);
  } catch {
    return items.join(', ');
  }
};

/** The site's name, or its host where the config gives none. @param {{ [key: string]: any }} config @returns {string} */
export const siteOf = (config) => config.site?.name || location.hostname;

/**
 * The address of the policy for this language, else of the first one.
 * @param {{ [key: string]: any }} config
 * @param {string} lang
 * @returns {string | undefined}
 */
export const policyOf = ({ site }, lang) => {
  const policies = /** @type {{ url: string, languages?: string[] }[]} */ (site?.policies || []);
  return (policies.find(({ languages }) => languages?.includes(lang)) || policies[0])?.url;
};

/** @param {string} lang @param {number} count */
const pluralOf = (lang, count) => {
  try {
    return new Intl.PluralRules(lang).select(count);
  } catch {
    return 'other';
  }
};

/**
 * The sentences of the notice, and its title.
 * @param {FaceKit} kit
 * @returns {{ title: string, sentences: string[] }}
 */
export const wordsOf = ({ text, lang, config, snapshot }) => {
  const { categories, services, choices, asking, record, storage } = snapshot();
  const site = siteOf(config);
  const optional = categories.filter(({ necessary }) => !necessary);
  const uses = optional.map(({ id, label }) => {
    const key = `category.${id}.use`;
    const use = text(key);
    return use == key || config.categories?.some((/** @type {any} */ own) => own.id == id && own.label) ? label : use;
  });
  const asked = new Set(optional.flatMap((category) => category.services));
  const vendors = services.filter(({ id }) => asked.has(id)).map(({ vendor }) => vendor);
  const own = [site, config.site?.controller];
  const count = new Set(vendors.filter((vendor) => vendor && !own.includes(vendor))).size;
  const partners = 'notice.partners.' + pluralOf(lang, count);
  const partnersText = text(partners, { count });
  const other = partnersText == partners ? text('notice.partners.other', { count }) : partnersText;
  const who = listOf(lang, count ? [site, other] : [site]);
  const names = [...categories, ...services].filter(({ id }) => asking.includes(id) && choices[id]?.reason == 'changed');
  return {
    title: text('notice.title', { site }),
    sentences: [
      uses.length ? text('notice.text', { who, uses: listOf(lang, uses), reopen: text('reopen.label') }) : text('notice.nothing', { who }),
      record && names.length ? text('notice.changed', { names: listOf(lang, names.map(({ label }) => label)) }) : '',
      storage == 'memory' ? text('status.memory') : '',
    ],
  };
};
