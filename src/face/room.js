// Room at the end of the page, while something of ours lies over that end.

import { documentElement } from '../gate/natives.js';

const ROOM = '--consentry-room';

/**
 * Lets the page be scrolled so far that its end, and what gets the focus there, stands above what covers it (notice.css
 * has the rules). Nothing of the page is touched or moved: a page that did not scroll before gets no scroll bar either.
 * At the page's beginning only what gets the focus is kept clear.
 * @param {number} size in pixels, of what covers the end; 0 takes the room away
 * @param {boolean} [top] whether it covers the beginning
 */
export const makeRoom = (size, top) => {
  const html = documentElement(document);
  if (!html) return;
  const { style } = html;
  const room = size ? `${size + 32}px` : '';
  if (top) return style.setProperty('scroll-padding-block-start', room);
  const isShort = size && html.scrollHeight - (parseFloat(style.getPropertyValue(ROOM)) || 0) < innerHeight + 1;
  style.setProperty(ROOM, room);
  style.setProperty('scrollbar-width', isShort ? 'none' : '');
};
