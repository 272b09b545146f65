// How long a choice opens what a policy or a worker holds. What the law of a visitor's place lets run without an answer is nobody's grant, and tomorrow the visitor may be elsewhere: what
// opens the next page for it is of a day, and opens nothing after the day behind that.

/** So many days it lasts, the one that it was written on included. */
export const LAW_DAYS = 2;

/** Whether something is allowed without an answer. @param {{ reason: string }} choice */
export const byLaw = ({ reason }) => /^(default|objection)$/.test(reason);

/** Days since 1970. */
export const today = () => Math.floor(Date.now() / 864e5);

/** Seconds. */
export const DAY = 86400;

/** Since when, in seconds since 1970, a choice stands; dated by the day where it is nobody's. @param {{ reason: string, since: string | null }} choice */
export const sinceOf = (choice) => (byLaw(choice) || !choice.since ? today() * DAY : Math.floor(Date.parse(choice.since) / 1000));

/** Until when. @param {{ reason: string, since: string | null }} choice @param {number} days how long a grant lasts */
export const endOf = (choice, days) => sinceOf(choice) + (byLaw(choice) ? LAW_DAYS : days) * DAY;
