// The notice: a region beside the page's content, never in its way, unless the site wants it before the page or within it.

import { all, append, body, isConnected, later, observer, parentNode, readyState, remove, setAttribute } from '../gate/natives.js';
import { fill, h, link } from './dom.js';
import { makeRoom } from './room.js';
import { dress } from './root.js';
import { bindingOf, isPolicyPage, logoOf, nameOf, policyOf, siteOf, wordsOf } from './words.js';

const AGAIN_MS = 50;

/** @param {import('./face.js').FaceKit} kit @param {() => void} again shows it, if it is open */
export const createNotice = (kit, again) => {
  const { text, config, lang, dir, act, openPreferences, snapshot, spare } = kit;
  const { layout = 'bar', position = 'bottom' } = config.ui || {};
  // Nothing stands before the policy that it speaks of.
  const modal = layout == 'modal' && !isPolicyPage(config);
  const inline = layout == 'inline';
  const answer = /** @param {string} kind */ (kind) => (/** @type {Event} */ event) => void act({ kind }, event);
  const button = /** @param {string} name @param {(event: Event) => void} click */ (name, click) =>
    h('button', { type: 'button', click }, text('notice.' + name));
  const title = text('notice.title', { site: siteOf(config) });
  const policyLink = config.site?.policies?.[0] && link('', text('notice.policy'));
  const words = h('div');
  const element = h(
    modal ? 'dialog' : 'div',
    { 'aria-label': title, lang, dir, tabindex: modal ? -1 : null },
    words,
    h(
      'div',
      { class: 'consentry-actions' },
      button('accept', answer('accept_all')),
      button('reject', answer('reject_all')),
      button('customize', (event) => {
        // WebKit gives a clicked button no focus, and the dialog has to know where to lead back to.
        /** @type {HTMLElement} */ (event.currentTarget).focus();
        openPreferences();
      }),
      policyLink,
    ),
    h('button', { type: 'button', class: 'consentry-close', 'aria-label': text('notice.close'), click: answer('dismiss') }, '\xd7'),
  );
  const shape = /** @param {string} form @param {string} role */ (form, role) => {
    setAttribute(element, 'class', `consentry-notice consentry-${form} consentry-${position}`);
    setAttribute(element, 'role', role);
  };
  shape(/modal|inline/.test(layout) ? 'box' : layout, 'region');

  // Keeps what gets the focus, and the page's end, from being hidden under the notice, without moving anything.
  const pad = /** @param {number} size */ (size) => makeRoom(size, position == 'top');
  let covers = false;
  /** Whether it stands in the page's own place. */
  let within = false;
  /** @type {ReturnType<typeof observer> | undefined} */
  let watch;
  const fit = () => {
    const size = element.offsetHeight;
    if (covers && !free) pad(size);
    // Hidden by a tool of the visitor's, it must not stand before the page.
    else if (!size) free?.();
  };
  // After it, not in it: a scroll bar that comes or goes is a new size, which the page would hear of as an error.
  const sizes = spare('room for the notice', () => new ResizeObserver(() => later(fit)));
  // Not by the body's size: a scroll bar that comes while the sizes are told is another one, and the page would hear of an error.
  const ends = spare('room on a page that grows', () => new IntersectionObserver(() => later(fit), { threshold: [0.2, 0.4, 0.6, 0.8, 1] }));

  /** A body that grows may scroll only then: call it when there is another body. */
  const follow = () => {
    const page = body(document);
    if (covers && page) ends?.observe(page);
  };

  /** Sets the page free, while the notice stands before it. @type {(() => void) | undefined} */
  let free;
  /** Before the page, until it is answered. Escape answers nothing. @param {HTMLDialogElement} dialog */
  const stand = (dialog) => {
    dialog.showModal();
    shape('modal', 'dialog');
    dialog.focus();
    free = () => {
      free = undefined;
      dialog.close();
      shape('box', 'region');
      sizes?.unobserve(dialog);
      sizes?.observe(dialog);
    };
    dialog.oncancel = (event) => {
      event.preventDefault();
      free?.();
    };
  };

  return {
    element,
    /** @param {Element} root */
    show: (root) => {
      const host = inline && all(document, '[data-consentry-notice]')[0];
      // The place may be still to come; face.js asks again.
      if (inline && !host && readyState(document) == 'loading') return;
      words.textContent = '';
      const policy = policyOf(config, lang, snapshot().jurisdiction.place);
      const binding = bindingOf(config, policy);
      if (policyLink && policy) setAttribute(policyLink, 'href', policy.url);
      const sentences = [...wordsOf(kit), binding && link(binding.url, text('notice.authoritative', { language: nameOf(/** @type {string[]} */ (binding.languages)[0], lang) }))];
      fill(words, [logoOf(config), h('h2', null, title), sentences.map((sentence) => sentence && h('p', null, sentence))]);
      if (isConnected(element) || parentNode(element) == root) return;
      append(host || root, element);
      if (host) {
        // A page that takes it away with its place, again and again, is answered as often, and not at once.
        if (!watch) (watch = observer(() => within && !isConnected(element) && later(again, AGAIN_MS)))(document, { childList: true, subtree: true });
        within = true;
        shape('own consentry-inline', 'region');
        dress(element, config);
        return;
      }
      if (inline) shape('box', 'region');
      if (modal) spare('the modal notice', () => stand(/** @type {HTMLDialogElement} */ (element)));
      sizes?.observe(element);
      covers = true;
      follow();
    },
    follow,
    /** Whether it stands before the page, which can be neither used nor heard then. */
    stands: () => !!free,
    hide: () => {
      free?.();
      covers = within = false;
      sizes?.disconnect();
      ends?.disconnect();
      remove(element);
      pad(0);
    },
  };
};
