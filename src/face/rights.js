// What a law of opt-out puts on every page: its links, and the status that an opt-out is honored.

import { append, remove } from '../gate/natives.js';
import { fill, h } from './dom.js';

/** Sale, sharing and targeted ads go together in law; the other uses have a link of their own. */
const LINKS = [['sale share targetedAds', 'sale'], ['profiling', 'profiling'], ['sensitive', 'sensitive']];

/** @param {import('./face.js').FaceKit} kit */
export const createRights = ({ text, act, snapshot }) => {
  const element = h('aside', { class: 'consentry-rights', 'aria-label': text('rights.label') });
  let said = '';
  return {
    element,
    /** @param {Element} root */
    update: (root) => {
      const { optOut, offered, signal, upcoming } = snapshot();
      const links = LINKS.filter(([uses]) => uses.split(' ').some((use) => offered.includes(use) && !optOut.includes(use)));
      const status = [
        optOut[0] && (signal || offered[0]) && text(signal ? 'rights.signal' : 'rights.honored'),
        upcoming && (upcoming.summary || text(`upcoming.${upcoming.kind || 'policy'}`, { date: upcoming.effective })),
      ].filter((one) => one);
      const now = JSON.stringify([links, status]);
      if (now == said) return;
      said = now;
      element.textContent = '';
      // A real link, as the law wants it; without script there is the site's own.
      const link = /** @param {string[]} one */ ([id, name]) =>
        h('a', { href: '#consentry-rights', click: (/** @type {Event} */ event) => (event.preventDefault(), act({ kind: 'withdraw', id }, event)) }, text('rights.' + name));
      fill(element, [h('span', { role: 'status' }, status.join(' ')), links.map(link)]);
      if (links[0] || status[0]) append(root, element);
      else remove(element);
    },
  };
};
