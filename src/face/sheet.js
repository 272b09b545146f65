// Our styles on the document: adopted, so that no Content Security Policy asks about them, and put back when they go.

import { append, describe } from '../gate/natives.js';
import { uncurry } from '../gate/uncurry.js';
import { h } from './dom.js';

const { get, set } = /** @type {any} */ (describe(Document.prototype, 'adoptedStyleSheets') || {});

/**
 * Makes a sheet of minified CSS, and adopts it. Every declaration becomes important: ours stand in a cascade layer, and
 * there an important one beats each unlayered rule of the page, important or not, whatever its selector. Style sheets of
 * the visitor still beat ours. A browser that adopts none (Safari before 16.4) gets an element, where the page's policy
 * lets it.
 * @param {string} css
 * @param {Element} root the container of all we show
 * @param {import('../boot/report.js').Report['spare']} spare
 * @returns {() => void} adopts the sheet, unless the document has it
 */
export const createSheet = (css, root, spare) => {
  const text = css.replace(/[^{};\s][^{};]*(?=[;}])/g, '$&!important');
  const adopted = spare('styling the notice', () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const adopt = () => {
      const sheets = uncurry(get)(document);
      if (![...sheets].includes(sheet)) uncurry(set)(document, [...sheets, sheet]);
    };
    adopt();
    return adopt;
  });
  if (!adopted) append(root, h('style', null, text));
  return adopted || (() => {});
};
