// What the visitor sees: the notice, the preference center that is loaded when it is asked for, and the way back to both.

import { fill, h } from '../face/dom.js';
import { createFace } from '../face/face.js';
import { createPlaceholder } from '../face/placeholder.js';
import { all, closest, composedPath, getAttribute, on } from '../gate/natives.js';
import { stores } from '../gate/stores.js';
import { ruleOf } from '../gate/writes.js';
import { genuine } from '../gate/gesture.js';
import { isNews } from './snapshot.js';

/** What a link of opt-out is about: sale, sharing and targeted ads go together in law. */
const SOLD = 'sale share targetedAds';

/** What asks in its own place. */
const ASK = '[data-consentry-ask]';

/** Where a page has the preference center in its text. */
const EMBED = 'consentry-embed';

/**
 * @param {object} edges
 * @param {import('./page.js').Page} edges.page
 * @param {ReturnType<typeof import('./events.js').createEvents>} edges.events
 * @param {import('./config.js').Tree} edges.config
 * @param {ReturnType<typeof import('./texts.js').createTexts>} edges.texts
 * @param {import('./parts.js').Parts['load']} edges.loadPart
 * @param {() => void} edges.openPreferences
 * @param {(element: HTMLElement) => void} edges.release opens one held element
 * @param {() => void} edges.reload loads the page again
 * @param {import('./report.js').Report} edges.report
 */
export const createViews = ({ page, events, config, texts, loadPart, openPreferences, release, reload, report }) => {
  const { text } = texts;
  /** @type {any} */
  let center;
  /** @type {HTMLElement | undefined} the element whose placeholder was clicked */
  let clicked;
  /** What was last to be shown, until it is not any more: a file may be on its way. */
  let wanted = '';

  // The engine knows what is asked for and what is open; here it is only carried out.
  const close = () => void page.session.view('close');
  const hide = () => {
    const { view } = page;
    page.view = 'none';
    wanted = '';
    if (view == 'preferences') center.close();
    face.hide();
    if (view != 'none') events.emit('hide', { view });
  };
  const show = /** @param {'notice' | 'preferences'} view */ (view) => {
    if (page.view == view) return;
    if (!events.emit('show', { view }, true)) return close();
    if (page.view == 'preferences') center.close();
    page.view = view;
    (view == 'notice' ? face : center).show();
  };
  const loadCenter = async () => {
    const [createPreferences] = await Promise.all([loadPart('preferences'), texts.load()]);
    return (center = center || createPreferences({ ...kit, ...texts, act: act('preferences'), genuine, close, open: openPreferences, status: face.status, root: face.root, places: { stores, ruleOf }, toldAge: () => page.session.age()[1], answer: act('age'), requestParent: page.requestParent }));
  };
  /** @param {(center: any) => void} open */
  const withCenter = (open) =>
    loadCenter().then(
      open,
      (problem) => {
        report.error(problem.message);
        face.alert(text('status.unavailable'));
        // It says that all can still be accepted or rejected: here it is, also where it was answered before.
        page.session.view('notice');
      },
    );
  /** Puts the preference center where the page has a place for it, once there are words. */
  const embed = () => {
    const place = all(document, `[data-${EMBED}]`)[0];
    if (!place || !page.lang) return;
    loadCenter().then(
      (it) => it.embed(place),
      (problem) => {
        report.error(problem.message);
        place.textContent = '';
        fill(place, [h('p', null, text('status.unavailable'))]);
      },
    );
  };
  /** @type {any} */
  let asker;
  const loadAsk = async () => {
    const [createAsk] = await Promise.all([loadPart('ask'), texts.load()]);
    return (asker = asker || createAsk({ ...kit, ...texts, act: act('placeholder'), root: face.root }));
  };
  /** Nothing where the answer waits for the visitor's age. */
  const act = /** @type {(screen: string) => (act: any, event: Event | null) => boolean | undefined} */ (
    (screen) => (answer, event) => {
      clicked = answer.element;
      const declined = page.session.act(answer, event, screen);
      // Answered again in the click that told the age, if that is old enough.
      if (declined == '!age') return void withCenter((it) => it.age((/** @type {Event} */ again) => act(screen)(answer, again)));
      // What no click opens is left out of a save: the rest was taken.
      const taken = declined == null || !!(declined && event && /save|import/.test(answer.kind));
      if (taken) answer.done?.(event);
      // The preference center says why no click opens it.
      else if (declined && event) openPreferences();
      else if (event) face.status(text('status.forged'));
      return taken;
    }
  );

  /** @type {any} */
  let aside;
  /** Links and status of opt-out, and news: loaded where there are any. @param {HTMLElement} place */
  const beside = async (place) => {
    const { offered, signal, optOut, upcoming, record } = page.snapshot();
    if (!aside && !offered[0] && !(signal && optOut[0]) && !upcoming && !isNews(record, config.policy)) return;
    try {
      const [createAside] = await Promise.all([loadPart('aside'), texts.load()]);
      aside ??= createAside({ ...kit, ...texts, act: act('notice'), root: face.root });
      aside.update(place);
    } catch (problem) {
      report.error(/** @type {Error} */ (problem).message);
    }
  };
  const kit = { config, snapshot: page.snapshot, ...report, beside };
  const face = createFace({ ...kit, ...texts, act: act('notice'), openPreferences });
  // What asks beside the page's own forms is loaded where there is one, or where one was found later.
  const seek = /** @param {any} found */ (found) => void (found && !asker && loadAsk().catch((problem) => report.error(problem.message)));
  const seekAll = () => seek(all(document, ASK)[0] || page.snapshot().services.find((/** @type {any} */ { permissions }) => permissions));
  on(document, 'DOMContentLoaded', () => {
    if (!page.session) return;
    seekAll();
    embed();
  });
  // A place that comes later begins the animation that the notice's sheet gives it.
  on(document, 'animationstart', ({ animationName }) => animationName == EMBED && embed());
  on(document, 'focusin', ({ target }) => seek(target instanceof Element ? closest(target, ASK) : null));
  on(document, 'click', (event) => {
    const target = composedPath(event)[0];
    if (!(target instanceof Element)) return;
    const link = closest(target, '[data-consentry-opt-out]');
    if (link) {
      event.preventDefault();
      act('api')({ kind: 'withdraw', id: getAttribute(link, 'data-consentry-opt-out') || SOLD }, event);
    }
  });

  return {
    act,
    /** The preference center, loaded if need be; it knows how to copy the record. */
    center: loadCenter,
    /** The visitor's copy. @param {string} [format] `jsonld` for DPV terms, which are a file of their own */
    copy: async (format) => {
      const copy = (await loadCenter()).copy();
      return format == 'jsonld' ? (await loadPart('dpv'))(copy) : copy;
    },
    /** Closes what is open, without an answer. */
    close,
    /** What was set and not saved goes: somebody else sits here. */
    forget: () => center?.forget(),
    /** Puts a placeholder where a held element would be. */
    placeholder: createPlaceholder({ texts, config, service: page.service, act: act('placeholder'), open: openPreferences, reload, signal: () => page.snapshot().signal }),
    /** Asks before the page is loaded again. */
    offer: () => face.alert(text('status.saved'), [text('placeholder.reload'), reload]),
    /** Says everything in the language there is now: before, nothing with words is shown. */
    speak: () => face.speak(texts),
    /** What asks before the browser does. */
    ask: loadAsk,
    update: () => {
      face.update();
      if (asker) asker.update();
      else seekAll();
      center?.update();
      embed();
    },
    /** The texts in front of the visitor. @param {string} screen */
    shown: (screen) => (screen == 'api' ? '' : texts.told()),
    /** Says what became of an answer; of none, nothing more. Without words yet a script answered, not a visitor. @param {string} action */
    announce: (action) => {
      if (page.lang && !/^(age|parent|signal|expire)$/.test(action)) face.status(action && text(action == 'withdraw' && page.snapshot().regime == 'opt-in' ? 'status.withdrawn' : 'status.saved'));
    },
    /** The engine's orders that the face carries out. */
    orders: {
      show: /** @param {string} view */ (view) => {
        wanted = view;
        if (view == 'notice') show(view);
        else withCenter(() => wanted == view && show('preferences'));
      },
      hide,
      release: () => {
        if (clicked) release(clicked);
      },
    },
  };
};
