// Long lists are made after what is seen first: a few rows a frame while nobody waits, and at once what a visitor opens.
// They end up in the page all the same, where its search and translators find them.

import { isConnected, on } from '../gate/natives.js';
import { fill } from '../face/dom.js';

/** So many services are overlooked at a glance, and all there from the start. */
export const FEW = 20;
/** What a frame on a slow device has room for. */
const ROWS_A_FRAME = 6;

/**
 * @param {number} count of rows in all
 * @param {(() => void)[]} paints each row adds what brings it up to date
 */
export const createGrowth = (count, paints) => {
  /** @type {{ list: Node, makers: (() => Node)[] }[]} */
  const lists = [];
  /** @param {typeof lists[0]} row @param {number} [most] */
  const make = ({ list, makers }, most = makers.length) => {
    const painted = paints.length;
    fill(list, makers.splice(0, most).map((one) => one()));
    paints.slice(painted).forEach((paint) => paint());
  };
  const goOn = () => {
    const next = lists.find(({ makers }) => makers[0]);
    // What went away grows when it is opened, should it come back.
    if (!next || !isConnected(next.list)) return;
    make(next, ROWS_A_FRAME);
    requestAnimationFrame(goOn);
  };
  return {
    /** Fills a list below a summary. @param {HTMLDetailsElement} details @param {Node} list @param {(() => Node)[]} makers */
    add: (details, list, makers) => {
      if (count <= FEW) return fill(list, makers.map((one) => one()));
      const row = { list, makers };
      lists.push(row);
      // The click comes before it opens; what opens it without one tells afterwards.
      for (const type of ['click', 'toggle']) on(details, type, () => make(row));
    },
    /** From the next frame but one on: what is there comes first. */
    begin: () => void (lists[0] && requestAnimationFrame(() => requestAnimationFrame(goOn))),
  };
};

/** @typedef {ReturnType<typeof createGrowth>} Growth */
