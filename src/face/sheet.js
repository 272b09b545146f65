// Our styles on the document: adopted, so that no Content Security Policy asks about them, and put back when they go.

import { adoptedStyleSheets, uncurry } from '../gate/natives.js';

const setSheets = /* @__PURE__ */ uncurry(
  /** @type {any} */ (Object.getOwnPropertyDescriptor(Document.prototype, 'adoptedStyleSheets')).set,
);

/**
 * Makes a sheet of minified CSS. Every declaration becomes important: ours stand in a cascade layer, and there an
 * important one beats each unlayered rule of the page, important or not, whatever its selector. Style sheets of the
 * visitor still beat ours.
 * @param {string} css
 * @returns {() => void} adopts the sheet, unless the document has it
 */
export const createSheet = (css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css.replace(/[^{};\s][^{};]*(?=[;}])/g, '$&!important'));
  return () => {
    const sheets = adoptedStyleSheets(document);
    if (![...sheets].includes(sheet)) setSheets(document, [...sheets, sheet]);
  };
};
