// Room at the end of the page, while something of ours lies over that end.

import { documentElement } from '../gate/natives.js';

const ROOM = '--consentry-room';

/**
 * Lets the page be scrolled so far that its end, and what gets the focus there, stands above what covers it (notice.css
 * has the rules). Nothing of the page is touched or moved: a page that did not scroll before gets no scroll bar either.
 * @param {number} size in pixels, of what covers the end; 0 takes the room away
 */
export const makeRoom = (size) => {
  const html = documentElement(document);
  if (!html) return;
  const { style } = html;
  const isShort = size && html.scrollHeight - (parseFloat(style.getPropertyValue(ROOM)) || 0) < innerHeight + 1;
  style.setProperty(ROOM, size ? `${size + 32}px` : '');
  style.setProperty('scrollbar-width', isShort ? 'none' : '');
};
