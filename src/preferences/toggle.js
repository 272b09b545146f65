// A switch: on only by the visitor's own click, off by any.

import { setAttribute } from '../gate/natives.js';
import { h } from '../face/dom.js';

/**
 * @param {object} options
 * @param {'switch' | 'checkbox'} options.role a checkbox where there is a state between on and off
 * @param {string} options.value the id it stands for
 * @param {string} options.label id of the element that names it
 * @param {string} options.about id of the element that describes its state
 * @param {() => 'true' | 'false' | 'mixed'} options.state
 * @param {(event: Event) => void} options.turn
 */
export const createToggle = ({ role, value, label, about, state, turn }) => {
  const element = h('button', {
    type: 'button',
    class: 'consentry-switch',
    role,
    value,
    'aria-labelledby': label,
    'aria-describedby': about,
    click: turn,
  });
  return { element, paint: () => setAttribute(element, 'aria-checked', state()) };
};
