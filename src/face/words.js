// What the notice says of this site: who asks, for what, and where its policy is.

/** @typedef {import('./face.js').FaceKit} FaceKit */

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

/**
 * The sentences of the notice. A language that `Intl` does not know never gets here: its texts could not be asked for.
 * @param {FaceKit} kit
 */
export const wordsOf = ({ text, lang, config, snapshot }) => {
  const { categories, services, choices, asking, record, storage } = snapshot();
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
    storage == 'memory' && text('status.memory'),
  ];
};
