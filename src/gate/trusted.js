// The Trusted Types policy `consentry`. It stays private to us: whoever held it could make any text a script. It passes
// nothing but the one text or address that our own code is just handing over.

let handed = '';
const pass = () => handed;

/** @type {any} */
let policy;

/** Makes the policy; throws where the page's own policy does not list its name. */
export function openPolicy() {
  const rules = { __proto__: null, createHTML: pass, createScript: pass, createScriptURL: pass };
  const factory = /** @type {any} */ (window).trustedTypes;
  policy = factory ? factory.createPolicy('consentry', rules) : rules;
}

/** @type {(method: string) => (text: string) => any} */
const hand = (method) => (text) => {
  handed = text;
  const trusted = policy ? policy[method](text) : text;
  handed = '';
  return trusted;
};

/** An address as a script may have it: of one of our own files, or one that the decision allows. @type {(address: string) => string} */
export const scriptUrl = hand('createScriptURL');

/** The text of a held script that is being released. @type {(text: string) => string} */
export const scriptText = hand('createScript');

/** Markup whose addresses are covered. @type {(text: string) => string} */
export const htmlText = hand('createHTML');
