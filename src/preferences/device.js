// The list of what is stored on the visitor's device now; it is made when it is asked for.

import { on } from '../gate/natives.js';
import { fill, h } from '../face/dom.js';
import { heading, section } from './categories.js';

/** @typedef {import('./stored.js').Stored} Stored */

/**
 * @param {import('./categories.js').View} view
 * @param {() => Promise<Stored[]>} list
 * @param {(text: string) => void} tell says a short message
 */
export const deviceSection = (view, list, tell) => {
  const { say, knows, bytes } = view.speech;
  const body = h('div');
  const summary = h('summary', null, say('device.show'));
  const details = h('details', null, summary, body);

  /** @param {Stored} item */
  const row = ({ kind, name, size, remove }) => {
    const word = 'stored.' + kind;
    const facts = [knows(word) ? say(word) : kind, size == null ? '' : bytes(size)].filter((fact) => fact);
    const press = async () => {
      const gone = await remove();
      await show();
      // The button that was pressed is gone with what it stood for.
      summary.focus();
      tell(say(gone ? 'device.deleted' : 'device.stays', { name }));
    };
    return h(
      'li',
      null,
      h('code', { translate: 'no' }, name),
      h('p', null, facts.join(' · ')),
      // Our own record has a button of its own.
      !/^consentry\.record/.test(name) &&
        h('button', { type: 'button', class: 'consentry-plain', 'aria-label': say('device.deleteOne', { name }), click: press }, say('device.delete')),
    );
  };
  const show = async () => {
    const found = await list();
    const here = found.filter(({ reachable }) => reachable);
    const away = found.filter(({ reachable }) => !reachable).map(({ name, domain }) => (domain ? `${name} (${domain})` : name));
    const owners = [...view.snapshot().services.map(({ id, label }) => ({ id, label })), { id: null, label: say('device.site') }];
    body.replaceChildren();
    fill(body, [
      !here[0] && h('p', null, say('device.none')),
      owners.flatMap(({ id, label }) => {
        const items = here.filter(({ service }) => service == id);
        return items[0] ? [h(/** @type {'h4'} */ (`h${view.level + 1}`), null, label), h('ul', { class: 'consentry-stored' }, items.map(row))] : [];
      }),
      away[0] && h('p', null, say('device.away', { names: view.speech.list(...away) })),
    ]);
  };
  on(details, 'toggle', () => details.open && show());
  const title = heading(view, 'device', say('device.title'));
  return section(view, title, title, details);
};
