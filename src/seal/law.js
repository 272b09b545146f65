// What the law of a visitor's place lets run without an answer is nobody's grant, and tomorrow the visitor may be elsewhere: what
// opens the next page for it is of a day, and opens nothing after the day behind that.

/** So many days it lasts, the one that it was written on included. */
export const LAW_DAYS = 2;

/** Whether something is allowed without an answer. @param {{ reason: string }} choice */
export const byLaw = ({ reason }) => /^(default|objection)$/.test(reason);

/** Days since 1970. */
export const today = () => Math.floor(Date.now() / 864e5);
