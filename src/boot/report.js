// What goes wrong is said once, clearly, with a way out.

import { assign, logError, logWarning } from '../gate/natives.js';

/** What is wrong with a config: every mistake with its path. */
export class ConsentryConfigError extends Error {
  /** @param {{ path: string, message: string }[]} issues */
  constructor(issues) {
    super('the config has mistakes, so nothing was started:\n' + list(issues));
    this.name = 'ConsentryConfigError';
    this.issues = issues;
  }
}

/** @param {{ path: string, message: string }[]} issues */
export const list = (issues) => issues.map(({ path, message }) => `  ${path || 'config'}: ${message}`).join('\n');

/** What the engine warns of. @type {{ [what: string]: string }} */
export const WARNINGS = {
  damaged: 'the stored record is damaged; the visitor is asked again.',
  newer: 'the stored record is from a newer version; it is kept beside ours.',
  clock: 'the stored record is dated ahead of this clock; its grants do not count.',
  unkept: 'the browser does not keep the record; the choice lasts as long as this page.',
};

/** An error of ours, whose message says what to do. @param {string} message */
export const failure = (message) => assign(new Error(message), { name: 'ConsentryError' });

/** @type {(step: string, problem: any) => string} what the page broke, and the way out */
const broken = (step, problem) => `${step} failed (${problem}). Load consentry.js before other scripts; if that does not help, please report it.`;

/**
 * @typedef {object} Report a console that says each thing once
 * @property {(text: string) => void} warn
 * @property {(text: string) => void} error
 * @property {(step: string, problem: any) => void} failed nothing starts
 * @property {<T>(what: string, run: () => T) => T | undefined} spare does what the product can do without
 */

/** @returns {Report} */
export const createReport = () => {
  const said = new Set();
  const once = /** @param {(text: string) => void} log */ (log) => (/** @type {string} */ text) => {
    if (!said.has(text)) log('Consentry: ' + text);
    said.add(text);
  };
  const [warn, error] = [logWarning, logError].map(once);
  return {
    warn,
    error,
    failed: (step, problem) =>
      error(
        problem.issues ? problem.message : `${problem.name == 'ConsentryError' ? problem.message : broken(step, problem)} Nothing was started: what is marked stays held.`,
      ),
    spare: (what, run) => {
      try {
        return run();
      } catch (problem) {
        warn(broken(what, problem));
      }
    },
  };
};
