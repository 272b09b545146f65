// What goes wrong is said once, clearly, with a way out.

import { logError, logWarning } from '../gate/natives.js';

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
export const list = (issues) => issues.map(({ path, message }) => `  ${path}: ${message}`).join('\n');

/** @typedef {{ warn: (text: string) => void, error: (text: string) => void }} Report */

/** @returns {Report} a console that says each thing once */
export const createReport = () => {
  const said = new Set();
  const once = /** @param {(text: string) => void} log */ (log) => (/** @type {string} */ text) => {
    if (!said.has(text)) log('Consentry: ' + text);
    said.add(text);
  };
  return { warn: once(logWarning), error: once(logError) };
};
