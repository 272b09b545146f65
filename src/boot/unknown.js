// What becomes of hosts that nobody declares.

import { isNo } from './snapshot.js';

/**
 * @param {import('./config.js').Tree} config
 * @param {{ session?: any }} page
 * @returns {() => string | undefined}
 */
export const createUnknown = ({ gate = {} }, page) => () => {
  const { regime, optOut, choices } = page.session.state();
  const [stage = 'adult'] = page.session.age();
  // Under opt-in only counsel lets them in, and nobody after a no, or for who may be a minor.
  const isOpen = regime != 'opt-in' || (gate.counsel && !Object.values(choices).some(isNo));
  return isOpen && !optOut[0] && stage == 'adult' ? gate.unknownThirdParties : 'block';
};
