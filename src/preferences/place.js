// Where the visitor is taken to be, and their own word for it: it counts where nothing stricter applies already.

import { fill, h } from '../face/dom.js';
import { append } from '../gate/natives.js';

/** What browsers have a name for, and is no country now: islands of one, unions, codes for tests and of former days. */
const NONE = /^(A[CN]|BU|C[PST]|D[DGY]|E[AUZ]|F[QX]|HV|IC|JT|MI|N[HQT]|P[CUZ]|Q[OU]|RH|SU|T[AP]|U[KN]|VD|WK|X[AB]|Y[DU]|Z[RZ])$/;

/** Every country that the browser has a name for, and Québec, in the order of its language. @param {import('./speech.js').Speech} speech */
const placesOf = ({ country, lang }) =>
  [...Array(676).keys()]
    .map((at) => String.fromCharCode(65 + at / 26, 65 + (at % 26)))
    .filter((code) => !NONE.test(code) && country(code) != code)
    .concat('CA-QC')
    .map((code) => [code, country(code)])
    .sort(([, one], [, other]) => one.localeCompare(other, lang));

/**
 * @param {import('./categories.js').View} view
 * @param {(place: string, event: Event) => void} state takes the visitor's word; an empty one takes it back
 */
export const createPlace = (view, state) => {
  const { speech } = view;
  const { say, country } = speech;
  const element = h('div', { class: 'consentry-place' });
  const button = /** @param {string} key @param {(event: Event) => void} click */ (key, click) =>
    h('button', { type: 'button', class: 'consentry-plain', click }, say(key));
  /** What is shown. */
  let shown = '';
  const update = () => {
    const { place, stated } = view.snapshot().jurisdiction;
    if (shown == place + stated) return;
    shown = place + stated;
    const list = h('select', { 'aria-label': say('place.say') });
    const choice = h('div', { class: 'consentry-row' }, list, button('age.continue', (event) => list.value && state(list.value, event)));
    // Hundreds of names are made when they are asked for.
    const open = () => {
      if (list.firstChild) return;
      fill(list, [h('option', { value: '' }, '–'), ...placesOf(speech).map(([value, name]) => h('option', { value }, name))]);
      append(details, choice);
    };
    const details = h('details', { toggle: open }, h('summary', null, say('place.say')));
    element.textContent = '';
    fill(element, [
      place != 'unknown' && place != stated && h('p', null, say('center.place', { place: country(place) })),
      stated && h('p', null, say('place.said', { place: country(stated) })),
      stated ? button('place.undo', (event) => state('', event)) : details,
    ]);
  };
  update();
  return { element, update };
};
