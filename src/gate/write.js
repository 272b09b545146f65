// `document.write` of a released script: what it writes appears where the script stands, also when a tag is written in
// pieces, and never wipes the page.

import { all, body, contains, documentElement, head, insertBefore, nextSibling, parentNode, remove, textNode } from './natives.js';

const MARK = 'consentry';

/**
 * @param {Element} script the released script
 * @param {(root: Element) => () => void} take makes the scripts below inert; the answer releases them
 */
export function createWriter(script, take) {
  let buffer = '';
  /** Where the next written node goes: right before these; one in the script's place, one for what no head may hold. @type {Node[]} */
  const ends = [];

  /** @param {number} intoBody 1 for what a script in the head writes, but a head cannot hold */
  const endOf = (intoBody) => {
    if (ends[intoBody] && parentNode(ends[intoBody])) return ends[intoBody];
    const parent = intoBody ? null : parentNode(script);
    const target = /** @type {Node} */ (parent || body(document) || documentElement(document));
    // Behind the script; at the body's start for a script in the head; at its end for one that has removed itself.
    return ends[intoBody] = insertBefore(target, textNode(''), parent ? nextSibling(script) : intoBody && body(document) ? target.firstChild : null);
  };

  /** @param {boolean} [final] nothing more comes: what is open is closed */
  return (/** @type {string} */ html, final) => {
    buffer += html;
    // Part of a tag or of a character reference: parsed alone it would be text.
    if (!buffer || !final && /[<&][^>;]*$/.test(buffer)) return;
    const inHead = contains(/** @type {Node} */ (head(document)), script);
    const parsed = new DOMParser().parseFromString(`<${inHead ? 'head' : 'body'}>${buffer}<!--${MARK}-->`, 'text/html');
    const parts = /** @type {HTMLElement[]} */ ([head(parsed), body(parsed)]);
    // Where the mark is a child of head or body, no element is open: everything before it is whole.
    const mark = parts.map(({ lastChild }) => lastChild).find((node) => node instanceof Comment && node.data == MARK);
    if (!mark && !final) return;
    if (mark) mark.remove();
    buffer = '';
    parts.forEach((part, index) => {
      all(part, 'noscript').forEach((element) => remove(element));
      const release = take(part);
      for (const node of [...part.childNodes]) {
        const end = endOf(inHead ? index : 0);
        insertBefore(/** @type {Node} */ (parentNode(end)), node, end);
      }
      release();
    });
  };
}
