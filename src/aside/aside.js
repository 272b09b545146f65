// What stands beside the page where there is something to say: links and status of opt-out, and news of the policy. It is
// loaded then, and stands in the notice while that is open, so that neither hides the other.

import { visit } from '../boot/facts.js';
import { isNews } from '../boot/snapshot.js';
import { activeElement, append, closest, contains, later, on, remove } from '../gate/natives.js';
import { fill, h, link as linkTo } from '../face/dom.js';
import { makeRoom } from '../face/room.js';
import { createSheet } from '../face/sheet.js';
import { dayOf, policyOf } from '../face/words.js';
import texts from '../../locales/en.aside.json';
import css from './aside.css';

const english = /** @type {{ [key: string]: string }} */ (texts);

/** Sale, sharing and targeted ads go together in law; the other uses have a link of their own. */
const LINKS = [['sale share targetedAds', 'sale'], ['profiling', 'profiling'], ['sensitive', 'sensitive']];

/** Titles that the law words itself (Cal. Civ. Code 1798.135, 11 CCR 7013 to 7015): no text of a site replaces them. */
const FIXED = /^rights\.(sale|sensitive|choices)$/;

/** For so long a visitor who answered under an older version of the policy is told of the new one. */
const NEWS_MS = 30 * 864e5;

/** Which news this visit has seen. */
const SEEN = 'consentry.seen';

/**
 * @typedef {import('../face/face.js').FaceKit} FaceKit
 * @param {FaceKit & { root: () => HTMLElement }} kit
 */
export const createAside = ({ text, local, act, config, lang, dir, snapshot, root, spare }) => {
  const adopt = createSheet(css, root(), spare);
  on(root(), 'transitionrun', adopt);
  const given = /** @param {string} key */ (key) => text(key) != key;
  const isEnglish = lang.split('-')[0] == 'en';
  const whole = isEnglish || Object.keys(english).every(given);
  const say = /** @param {string} key @param {{ [name: string]: string }} [values] */ (key, values = {}) =>
    whole && given(key) && !(isEnglish && FIXED.test(key)) ? text(key, values) : english[key].replace(/\{(\w+)}/g, (mark, name) => values[name] ?? mark);
  const spoken = whole ? lang : 'en';

  const status = h('p', { class: 'consentry-honored', role: 'status' });
  const rest = h('div');
  const attributes = { class: 'consentry-aside', 'aria-label': say('rights.label'), lang: spoken, dir: whole ? dir : 'ltr', tabindex: -1 };
  const element = h('aside', attributes, status, rest);
  let padded = false;
  // What gets the focus, and the page's end, are not hidden under it, as with the notice; inside that the notice makes the room.
  const fit = () => {
    const alone = !closest(element, '.consentry-notice');
    const size = element.offsetHeight;
    if (alone && (size || padded)) makeRoom(size);
    padded = alone && size > 0;
  };
  spare('room for what stands beside the page', () => new ResizeObserver(() => later(fit)).observe(element));
  const single = config.ui?.optOut == 'choices';
  /** Whether the one link was followed to what it stands for. */
  let unfolded = false;
  let said = '';

  const newsOf = /** @param {import('../face/face.js').Snapshot} state */ ({ upcoming, record }) => {
    const { updated, changes } = config.policy;
    const age = Date.now() - Date.parse(updated);
    const isNew = isNews(record, config.policy) && age >= 0 && age < NEWS_MS;
    const announced = upcoming && { ...upcoming, date: dayOf(upcoming.effective, spoken) };
    const key = announced?.kind != 'controller' ? 'upcoming.policy' : announced.controller ? 'upcoming.named' : 'upcoming.controller';
    return [announced && (announced.summary || say(key, announced)), isNew && say('updated.policy', { date: dayOf(updated, spoken) }), isNew && local(changes)]
      .filter((one) => one)
      .join(' ');
  };

  const update = /** @param {Element} place */ (place) => {
    adopt();
    const state = snapshot();
    const { optOut, offered, signal, jurisdiction } = state;
    const links = LINKS.filter(([uses]) => uses.split(' ').some((use) => offered.includes(use) && !optOut.includes(use)));
    // A signal asks for nothing else.
    const sold = signal && optOut.some((use) => LINKS[0][0].includes(use));
    const honored = optOut[0] && (sold || offered[0]) ? say(sold ? 'rights.signal' : 'rights.honored') : '';
    const words = newsOf(state);
    const news = words != visit((storage) => storage.getItem(SEEN)) && words;
    if (!links[0] && !honored && !news) return remove(element);
    if (!contains(place, element)) append(place, element);
    const now = JSON.stringify([links, honored, news, unfolded]);
    if (now == said) return;
    said = now;
    // The words appear in a place that is there already, and are heard.
    status.textContent = honored;
    const focused = contains(element, activeElement(document));
    const again = () => {
      update(/** @type {Element} */ (element.parentNode || root()));
      element.focus();
    };
    // A real link, as the law wants it; without script there is the site's own.
    const link = /** @param {string} name @param {(event: Event) => void} follow @param {import('../face/dom.js').Child} [icon] */ (name, follow, icon) =>
      h('li', null, h('a', { href: '#consentry-rights', click: (event) => (event.preventDefault(), follow(event)) }, icon, say('rights.' + name)));
    const unfold = () => {
      unfolded = true;
      again();
    };
    const dismiss = () => {
      visit((storage) => storage.setItem(SEEN, words));
      again();
    };
    const policy = policyOf(config, lang, jurisdiction.place);
    rest.replaceChildren();
    fill(rest, [
      links[0] && h('ul', null, single && !unfolded
        ? link('choices', unfold, h('span', { class: 'consentry-pill', 'aria-hidden': 'true' }))
        : links.map(([id, name]) => link(name, (event) => act({ kind: 'withdraw', id }, event)))),
      news && h('p', null, news, policy && [' ', linkTo(policy.url, text('notice.policy'))]),
      news && h('button', { type: 'button', click: dismiss }, say('upcoming.seen')),
    ]);
    if (focused) element.focus();
  };

  return { update };
};
