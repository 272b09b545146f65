// What the visitor has set in the preference center and not yet saved. It changes by their clicks alone, never by what
// the page's DOM says.

/**
 * @typedef {import('../face/face.js').Snapshot} Snapshot
 * @typedef {import('../face/face.js').Category} Category
 */

/** @param {() => Snapshot} read */
export const createModel = (read) => {
  /** @type {Map<string, boolean>} what was touched, by service, or by category where it has no service */
  const touched = new Map();
  const saved = /** @param {string} id */ (id) => !!read().choices[id]?.allowed;
  const isOn = /** @param {string} id */ (id) => touched.get(id) ?? saved(id);
  const parts = /** @param {Category} category */ ({ id, services }) => (services.length ? services : [id]);

  return {
    isOn,
    /** Whether it differs from what is in force. @param {string} id */
    isChanged: (id) => isOn(id) != saved(id),
    /** How many of a category's services are on. @param {Category} category */
    count: (category) => parts(category).filter(isOn).length,
    /** @param {Category} category @returns {'true' | 'false' | 'mixed'} as `aria-checked` says it */
    stateOf: (category) => {
      const on = parts(category).map(isOn);
      return on.every((one) => one) ? 'true' : on.some((one) => one) ? 'mixed' : 'false';
    },
    /** @param {string} id @param {boolean} on */
    set: (id, on) => void touched.set(id, on),
    /** @param {Category} category @param {boolean} on */
    setAll: (category, on) => parts(category).forEach((id) => touched.set(id, on)),
    forget: () => touched.clear(),
    /** What is in force by now is no longer to be saved. */
    settle: () => touched.forEach((on, id) => on == saved(id) && touched.delete(id)),
    /**
     * Everything that has an answer. A category counts as agreed to only when all of it is: its yes also opens what is
     * marked with the category alone.
     * @returns {{ [id: string]: boolean }}
     */
    answers: () => {
      /** @type {{ [id: string]: boolean }} */
      const ids = Object.create(null);
      for (const category of read().categories.filter(({ necessary }) => !necessary)) {
        ids[category.id] = parts(category).every(isOn);
        for (const id of category.services) ids[id] = isOn(id);
      }
      return ids;
    },
  };
};

/** @typedef {ReturnType<typeof createModel>} Model */
