// The Trusted Types policy `consentry`. It stays private to us: whoever held it could make any text a script. It passes
// nothing but the one text or address that our own code is just handing over.

import { captured } from './natives.js';

const { defineProperty } = Object;

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

/**
 * What the browser reads by itself, whatever the page makes of its methods: how to read it, which throws for anything else,
 * and how to make another.
 * @type {[(value: any) => string, (text: string) => any][]}
 */
const SOLID = /* @__PURE__ */ ['HTML', 'Script', 'ScriptURL'].reduce((all, kind) => {
  const type = /** @type {any} */ (window)['Trusted' + kind];
  return type ? [...all, [captured(type.prototype).toString, hand('create' + kind)]] : all;
}, [[captured(Request.prototype).url, (text) => text]]);

/** @param {any} value @returns {{ text: string, make: (text: string) => any } | undefined} nothing for what turns into a text as it likes */
export const solid = (value) => {
  for (const [read, make] of SOLID) {
    try {
      return { text: read(value), make };
    } catch {
      // Not of this kind.
    }
  }
};

/** Where a mere text is wanted the browser asks the page's methods after all: from now on they say the same. @param {any} made @param {string} text */
export const steady = (made, text) => {
  if (Object(made) === made) defineProperty(made, Symbol.toPrimitive, /** @type {any} */ ({ __proto__: null, configurable: true, value: () => text }));
};
