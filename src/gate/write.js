// `document.write` of a released script: what it writes appears where the script stands, also when a tag is written in
// pieces, and never wipes the page.

import { all, body, contains, head, insertBefore, later, nextSibling, parentNode, remove, textNode } from './natives.js';

const Parser = DOMParser;
const MARK = 'consentry';

/**
 * @param {Element} script the released script
 * @param {(root: Element) => () => void} take makes the scripts below inert; the answer queues them
 */
export function createWriter(script, take) {
  let buffer = '';
  /** Where the next written node goes: right before this one. @type {{ [place: string]: Node }} */
  const ends = {};

  /** @param {boolean} intoBody written by a script in the head, but nothing that a head may hold */
  const endOf = (intoBody) => {
    const key = intoBody ? 'body' : 'here';
    const end = ends[key];
    if (end && parentNode(end)) return end;
    const parent = !intoBody && parentNode(script);
    const target = /** @type {Node} */ (parent || body());
    // Behind the script; at the body's start for a script in the head; at its end for one that has removed itself.
    return ends[key] = insertBefore(target, textNode(''), parent ? nextSibling(script) : intoBody ? target.firstChild : null);
  };

  /** @param {boolean} [final] nothing more comes: what is open is closed */
  const flush = (final) => {
    // Part of a tag or of a character reference: parsed alone it would be text.
    if (!buffer || !final && /[<&][^>;]*$/.test(buffer)) return;
    const inHead = contains(/** @type {Node} */ (head()), script);
    if (inHead && !body()) {
      later(() => flush(final), 4);
      return;
    }
    const parsed = new Parser().parseFromString(`<${inHead ? 'head' : 'body'}>${buffer}<!--${MARK}-->`, 'text/html');
    const parts = [head(parsed), body(parsed)].map((part) => /** @type {HTMLElement} */ (part));
    // Where the mark is a child of head or body, no element is open: everything before it is whole.
    const mark = parts.map(({ lastChild }) => lastChild).find((node) => node instanceof Comment && node.data === MARK);
    if (!mark && !final) return;
    const last = mark && parentNode(mark);
    if (last) last.removeChild(/** @type {Node} */ (mark));
    buffer = '';
    parts.forEach((part, index) => {
      all(part, 'noscript').forEach(remove);
      const queue = take(part);
      for (const node of [...part.childNodes]) {
        const end = endOf(inHead && index === 1);
        insertBefore(/** @type {Node} */ (parentNode(end)), node, end);
      }
      queue();
    });
  };

  return {
    /** @param {string} html */
    write(html) {
      buffer += html;
      flush();
    },
    end: () => flush(true),
  };
}
