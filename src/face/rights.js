// What a law of opt-out puts on every page: its links, and the status that an opt-out is honored.

import { append, remove } from '../gate/natives.js';
import { fill, h } from './dom.js';
import { dayOf, policyOf } from './words.js';

/** Sale, sharing and targeted ads go together in law; the other uses have a link of their own. */
const LINKS = [['sale share targetedAds', 'sale'], ['profiling', 'profiling'], ['sensitive', 'sensitive']];

/** For so long a visitor who answered under an older version of the policy is told of the new one. */
const NEWS_MS = 30 * 864e5;

/** @param {import('./face.js').FaceKit} kit */
export const createRights = ({ text, local, act, config, lang, snapshot }) => {
  const element = h('aside', { class: 'consentry-rights', 'aria-label': text('rights.label') });
  let said = '';
  return {
    element,
    /** @param {Element} root */
    update: (root) => {
      const { optOut, offered, signal, upcoming, record, jurisdiction } = snapshot();
      const { version, updated, changes } = config.policy;
      const age = Date.now() - Date.parse(updated);
      const news = record && record.entries[record.entries.length - 1].policyVersion != version && age >= 0 && age < NEWS_MS;
      const links = LINKS.filter(([uses]) => uses.split(' ').some((use) => offered.includes(use) && !optOut.includes(use)));
      const status = [
        optOut[0] && (signal || offered[0]) && text(signal ? 'rights.signal' : 'rights.honored'),
        upcoming && (upcoming.summary || text(`upcoming.${upcoming.kind || 'policy'}`, { date: upcoming.effective })),
        news && text('updated.policy', { date: dayOf(updated, lang) }),
        news && local(changes),
      ].filter((one) => one);
      const policy = (upcoming || news) && policyOf(config, lang, jurisdiction.place);
      const now = JSON.stringify([links, status]);
      if (now == said) return;
      said = now;
      element.textContent = '';
      // A real link, as the law wants it; without script there is the site's own.
      const link = /** @param {string[]} one */ ([id, name]) =>
        h('a', { href: '#consentry-rights', click: (/** @type {Event} */ event) => (event.preventDefault(), act({ kind: 'withdraw', id }, event)) }, text('rights.' + name));
      fill(element, [h('span', { role: 'status' }, status.join(' ')), policy && h('a', { href: policy.url }, text('notice.policy')), links.map(link)]);
      if (links[0] || status[0]) append(root, element);
      else remove(element);
    },
  };
};
