// Categories, the services in them, and what each service stores.

import { isNo } from '../boot/snapshot.js';
import { h, link } from '../face/dom.js';
import { isForeign } from './stored.js';
import { createToggle } from './toggle.js';

/**
 * @typedef {import('../face/face.js').Category} Category
 * @typedef {import('../face/face.js').Service} Service
 */
/**
 * @typedef {object} View
 * @property {import('./speech.js').Speech} speech
 * @property {import('./model.js').Model} model
 * @property {() => import('../face/face.js').Snapshot} snapshot
 * @property {(on: boolean, event: Event, apply: (on: boolean) => void) => void} turn applies a switch, if it may be turned
 * @property {(() => void)[]} paints bring what is shown up to date
 * @property {import('./growth.js').Growth} growth
 * @property {import('./search.js').Search} search
 * @property {(label: any) => string} local a text of the config, which may be one for each language
 * @property {string} mark ends the ids of elements, since a page may hold the preference center twice
 * @property {number} level of the categories' headings
 */

/** The title of a section, by which it is called and found. @param {Pick<View, 'mark' | 'level'>} view @param {string} name @param {import('../face/dom.js').Child} text @param {boolean} [below] */
export const heading = ({ mark, level }, name, text, below) =>
  h(/** @type {'h3'} */ (`h${level + +!!below}`), { id: `consentry-${name}${mark}` }, text);

/**
 * A part under its title: a landmark in the dialog; in a page, whose landmarks are its own, a group.
 * @param {Pick<View, 'mark'>} view
 * @param {HTMLElement} title
 * @param {(import('../face/dom.js').Child | import('../face/dom.js').Child[])[]} parts
 */
export const section = ({ mark }, title, ...parts) => h('section', { 'aria-labelledby': title.id, role: mark ? 'group' : null }, ...parts);

/** Why it is as it is. @param {Pick<View, 'speech' | 'snapshot'>} view @param {string} id @param {boolean} changed */
export const why = ({ speech, snapshot }, id, changed) => {
  const { age, barred, choices, jurisdiction, locked, record, services } = snapshot();
  const choice = choices[id];
  if (changed) return speech.say('state.unsaved');
  const around = services.find((one) => one.id == id)?.category;
  const locks = locked.filter((one) => one.id == id || one.id == around);
  // Before a no of the visitor's: what no click opens. A parent's yes that was not heard yet is none.
  const shut = barred.includes(id) && isNo(choice) && (locks[0] || age != 'teen' ? 'locked' : 'age');
  const reason = shut || choice?.reason;
  const byParent = reason != 'age' && !shut && choice && record?.entries.some(({ time, action }) => action == 'parent' && time == choice.since);
  if (byParent) return speech.list(speech.say('action.parent'), speech.date(choice.since));
  // A no to a use, not to this alone, has its own words and no day.
  const key = reason == 'refused' && !choice.since ? 'rights.honored' : 'why.' + reason;
  const by = speech.list(...locks.flatMap((one) => [one.by, one.reason])) || '–';
  return speech.knows(key) ? speech.say(key, { date: speech.date(choice?.since), place: speech.country(jurisdiction.place), by }) : '';
};

/** One cookie or stored object. @param {View} view @param {string} vendor @param {Service['cookies'][0] & Service['storage'][0]} item */
const storedItem = ({ speech, local }, vendor, { name, key, kind, domain, duration, purpose }) => {
  const word = 'stored.' + (kind || 'cookie');
  const party = speech.say(isForeign(domain) ? 'stored.third' : 'stored.first');
  const facts = [speech.knows(word) ? speech.say(word) : kind, party, speech.duration(duration), vendor && speech.say('stored.by', { vendor }), domain];
  const words = local(purpose);
  return h('li', null, h('code', { translate: 'no' }, name || key), h('p', null, facts.filter((fact) => fact).join(' · ')), words && h('p', null, words));
};

/** @param {View} view @param {Service} service */
const storedBy = (view, { cookies, storage, vendor }) => {
  const items = /** @type {any[]} */ ([...cookies, ...storage]);
  if (!items.length) return h('p', null, view.speech.say('stored.none'));
  return h(
    'details',
    null,
    h('summary', null, view.speech.say('stored.title', { count: items.length })),
    h('ul', { class: 'consentry-stored' }, items.map((item) => storedItem(view, vendor, item))),
  );
};

/**
 * @param {View} view
 * @param {Service} service
 * @param {boolean} locked
 * @param {Element} above why its category is as it is: what holds for all of it is said once
 */
const serviceRow = (view, service, locked, above) => {
  const { speech, model, turn, paints, search, mark } = view;
  const { id, label, description, vendor, country, privacyPolicy } = service;
  const reason = h('p', { id: `consentry-why-${id}${mark}`, class: 'consentry-why' });
  const title = heading(view, id, h('bdi', null, label), true);
  const toggle =
    !locked &&
    model.isOpen(id) &&
    createToggle({
      role: 'switch',
      value: id,
      label: title.id,
      about: reason.id,
      state: () => (model.isOn(id) ? 'true' : 'false'),
      turn: (event) => turn(!model.isOn(id), event, (on) => model.set(id, on)),
    });
  paints.push(() => {
    const words = why(view, id, model.isChanged(id));
    reason.textContent = words == above.textContent ? '' : words;
    if (toggle) toggle.paint();
    row.hidden = !search.finds(service);
  });
  const policy =
    privacyPolicy &&
    link(privacyPolicy, speech.say('notice.policy'), { 'aria-label': `${speech.say('notice.policy')} (${vendor || label})` });
  const facts = [vendor != label && h('bdi', { translate: 'no' }, vendor), country && speech.country(country), policy].filter((fact) => fact);
  const row = h(
    'li',
    null,
    h('div', { class: 'consentry-row' }, title, toggle && toggle.element),
    facts.length > 0 && h('p', null, facts.flatMap((fact, index) => (index ? [' · ', fact] : [fact]))),
    description && h('p', null, description),
    reason,
    storedBy(view, service),
  );
  return row;
};

/** @param {View} view @param {Category} category @param {Service[]} services */
export const categorySection = (view, category, services) => {
  const { speech, model, snapshot, turn, paints, growth, search, mark } = view;
  const { id, label, necessary } = category;
  const described = `category.${id}.description`;
  const description = category.description || (speech.knows(described) ? speech.say(described) : '');
  const title = heading(view, id, label);
  const state = h('span', { id: `consentry-state-${id}${mark}`, class: 'consentry-state' });
  const reason = h('p', { id: `consentry-why-${id}${mark}`, class: 'consentry-why' });
  const toggle =
    !necessary &&
    model.isOpen(id) &&
    createToggle({
      role: 'checkbox',
      value: id,
      label: title.id,
      about: `${state.id} ${reason.id}`,
      state: () => model.stateOf(category),
      turn: (event) => turn(!model.isWhole(category), event, (on) => model.setAll(category, on)),
    });
  paints.push(() => {
    const now = model.stateOf(category);
    const some = { on: category.services.filter(model.isOn).length, all: services.length };
    const all = now == 'true' && some.on == some.all;
    state.textContent = speech.say(necessary ? 'state.always' : all ? 'state.on' : now == 'false' ? 'state.off' : 'state.some', some);
    const changed = [id, ...category.services].some(model.isChanged);
    // Its own answer is no reason for what its services come to by theirs.
    const agrees = now == (snapshot().choices[id]?.allowed ? 'true' : 'false');
    reason.textContent = necessary || changed || agrees ? why(view, id, !necessary && changed) : '';
    if (toggle) toggle.paint();
  });
  const row = h('div', { class: 'consentry-row' }, title, state, toggle && toggle.element);
  const list = h('ul');
  const details = services[0] && h('details', null, h('summary', null, speech.plural('services', services.length)), list);
  if (details) growth.add(details, list, services.map((service) => () => serviceRow(view, service, necessary, reason)));
  const whole = section(view, title, row, description && h('p', null, description), reason, details);
  /** Whether it was opened to show what is looked for. */
  let opened = false;
  paints.push(() => {
    const finds = search.isOn() && services.some(search.finds);
    whole.hidden = search.isOn() && !finds;
    if (!details || finds == opened) return;
    details.open = opened = finds;
  });
  return whole;
};
