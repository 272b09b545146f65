// What the visitor has set in the preference center and not yet saved. It changes by their clicks alone, never by what
// the page's DOM says.

/**
 * @typedef {import('../face/face.js').Snapshot} Snapshot
 * @typedef {import('../face/face.js').Category} Category
 */

/** @param {() => Snapshot} read */
export const createModel = (read) => {
  /** @type {Map<string, boolean>} what was touched, by category and service */
  const touched = new Map();
  const saved = /** @param {string} id */ (id) => !!read().choices[id]?.allowed;
  const isOn = /** @param {string} id */ (id) => touched.get(id) ?? saved(id);
  const isOpen = /** @param {string} id */ (id) => !read().barred.includes(id);
  const set = /** @param {string} id @param {boolean} on */ (id, on) => void (isOpen(id) && touched.set(id, on));
  /** What a yes to a category is one to: its services without a question of their own, or else itself. @param {Category} category */
  const reach = (category) => {
    const parts = read().services.filter((one) => one.category == category.id && one.ask != 'each' && category.ask != 'each' && isOpen(one.id));
    return parts[0] ? parts.map(({ id }) => id) : [category.id];
  };
  const isWhole = /** @param {Category} category */ (category) => reach(category).every(isOn);

  return {
    isOn,
    isOpen,
    /** Whether a yes to the category would change nothing more. */
    isWhole,
    /** Whether it differs from what is in force. @param {string} id */
    isChanged: (id) => isOn(id) != saved(id),
    /** @param {Category} category @returns {'true' | 'false' | 'mixed'} as `aria-checked` says it */
    stateOf: (category) => {
      const on = [...reach(category), ...category.services.filter(isOpen)].map(isOn);
      return on.every((one) => one) ? 'true' : on.some((one) => one) ? 'mixed' : 'false';
    },
    set,
    /** @param {Category} category @param {boolean} on */
    setAll: (category, on) => [category.id, ...(on ? reach(category) : category.services)].forEach((id) => set(id, on)),
    forget: () => touched.clear(),
    /** What is in force by now is no longer to be saved, nor what nothing opens any more. */
    settle: () => touched.forEach((on, id) => (on == saved(id) || !isOpen(id)) && touched.delete(id)),
    /**
     * What was touched, and what is asked as it is shown: of all else the visitor said nothing. A category counts as agreed
     * to only when all of it is: its yes also opens what is marked with the category alone.
     * @returns {{ [id: string]: boolean }}
     */
    answers: () => {
      /** @type {{ [id: string]: boolean }} */
      const ids = Object.create(null);
      const { age, asking, categories, choices } = read();
      const isTouched = /** @param {string} id */ (id) => touched.has(id);
      const isSaid = /** @param {string} id */ (id) => isTouched(id) || asking.includes(id);
      for (const category of categories.filter(({ necessary }) => !necessary)) {
        const { id, services } = category;
        const own = services.filter(isOpen);
        const whole = isWhole(category);
        // Of what is on in part, a yes of the visitor's own to all ends; law's or a parent's is not theirs to give again.
        const ends = () => whole || !services.some(isOn) || (choices[id].reason == 'granted' && age != 'child');
        if (isOpen(id) && (isSaid(id) || (own.some(isTouched) && whole != saved(id) && ends()))) ids[id] = whole;
        // A category's no would end what stays on in it.
        for (const one of own) if (isSaid(one) || (ids[id] === false && isOn(one))) ids[one] = isOn(one);
      }
      return ids;
    },
  };
};

/** @typedef {ReturnType<typeof createModel>} Model */
