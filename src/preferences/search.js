// Finding one service among many: a field that leaves only what it names.

import { h } from '../face/dom.js';
import { FEW } from './growth.js';

/** Letters alone, without case and accents. @param {string} text */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** All that a visitor may know a service by. @param {import('../face/face.js').Service} service */
const namesOf = ({ label, vendor, hosts, cookies }) => plain([label, vendor, ...hosts, ...cookies.map(({ name }) => name)].join('\n'));

/**
 * @param {import('./speech.js').Speech} speech
 * @param {import('../face/face.js').Service[]} services
 * @param {string} mark ends the field's id
 * @param {() => void} changed another text is looked for
 */
export const createSearch = ({ say, plural }, services, mark, changed) => {
  /** What is looked for. */
  let wanted = '';
  const finds = /** @param {import('../face/face.js').Service} service */ (service) => !wanted || namesOf(service).includes(wanted);
  const found = h('span', { role: 'status' });
  const look = () => {
    wanted = plain(field.value.trim());
    found.textContent = wanted ? plural('services', services.filter(finds).length) : '';
    changed();
  };
  const clear = /** @param {KeyboardEvent} event */ (event) => {
    // Escape empties a field before it closes what the field stands in.
    if (event.key != 'Escape' || !field.value) return;
    event.preventDefault();
    field.value = '';
    look();
  };
  const field = h('input', { type: 'search', id: 'consentry-find' + mark, autocomplete: 'off', input: look, keydown: clear });
  return {
    /** Nothing, where there is little to look through. */
    element: services.length > FEW && h('div', { class: 'consentry-row consentry-find' }, h('label', { for: field.id }, say('center.find')), field, found),
    finds,
    /** Whether anything is looked for. */
    isOn: () => !!wanted,
  };
};

/** @typedef {ReturnType<typeof createSearch>} Search */
