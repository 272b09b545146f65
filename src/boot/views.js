// What the visitor sees: the notice, the preference center that is loaded when it is asked for, and the way back to both.

import { createFace } from '../face/face.js';
import { createPlaceholder } from '../gate/placeholder.js';
import { closest, composedPath, on } from '../gate/natives.js';
import { genuine } from '../gate/gesture.js';

/**
 * @param {object} edges
 * @param {import('./page.js').Page} edges.page
 * @param {ReturnType<typeof import('./events.js').createEvents>} edges.events
 * @param {import('./parts.js').Parts['load']} edges.loadPart
 * @param {(element: HTMLElement) => void} edges.release opens one held element
 * @param {import('./report.js').Report} edges.report
 */
export const createViews = ({ page, events, loadPart, release, report }) => {
  /** @type {any} */
  let face;
  /** @type {any} */
  let center;
  /** @type {any} */
  let place;
  /** @type {any} */
  let kit;
  /** @type {HTMLElement | undefined} the element whose placeholder was clicked */
  let clicked;

  const show = /** @param {'notice' | 'preferences'} view */ (view) => {
    if (!events.emit('show', { view }, true)) return;
    page.view = view;
    (view == 'notice' ? face : center).show(view);
  };
  const openCenter = () =>
    loadPart('preferences').then(
      (createPreferences) => {
        center = center || createPreferences(kit);
        if (page.view != 'preferences') show('preferences');
      },
      (problem) => {
        report.error(problem.message);
        face.status(kit.text('status.unavailable'));
      },
    );
  const hide = () => {
    if (page.view == 'none') return;
    const { view } = page;
    page.view = 'none';
    if (view == 'preferences') center.close();
    face.hide();
    events.emit('hide', { view });
    // Closing the preference center without an answer leads back to what is still to be answered.
    if (view == 'preferences' && page.snapshot().asking.length) show('notice');
  };
  const act = /** @type {(screen: string) => (act: any, event: Event | null) => boolean} */ (
    (screen) => (answer, event) => {
      clicked = answer.element;
      const taken = page.session.act(answer, event, screen);
      if (!taken && event) face.status(kit.text('status.forged'));
      return taken;
    }
  );

  return {
    act,
    hide,
    /** @param {any} config @param {any} texts */
    mount: (config, texts) => {
      const { text, lang, dir } = texts;
      kit = { text, lang, dir, config, snapshot: page.snapshot, genuine, act: act('preferences'), close: hide, root: () => face.root() };
      face = createFace({ ...kit, act: act('notice'), openPreferences: () => page.session.view('preferences'), error: report.error });
      place = createPlaceholder({
        text,
        service: page.service,
        act: act('placeholder'),
        open: () => page.session.view('preferences'),
      });
      on(document, 'click', (event) => {
        const target = composedPath(event)[0];
        if (target instanceof Element && closest(target, '[data-consentry-open]')) page.session.view('preferences');
      });
    },
    /** Puts a placeholder where a held element would be. */
    placeholder: /** @type {import('../gate/gate.js').Edges['placeholder']} */ (
      (element, service, always) => (place ? place(element, service, always) : null)
    ),
    update: () => {
      face.update();
      if (page.view == 'preferences') center.update();
    },
    /** The texts in front of the visitor. */
    shown: /** @param {string} screen */ (screen) =>
      screen == 'notice' ? face.shown() : screen == 'preferences' ? center.shown() : '',
    /** The engine's orders that the face carries out. */
    orders: {
      show: /** @param {string} view */ (view) => (view == 'preferences' ? void openCenter() : page.view == 'none' && show('notice')),
      hide,
      release: () => {
        if (clicked) release(clicked);
      },
      announce: /** @param {string} action */ (action) => face.status(kit.text(action == 'withdraw' ? 'status.withdrawn' : 'status.saved')),
    },
  };
};
