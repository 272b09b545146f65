// "Load once" in a page whose policy stays shut: the embed loads inside a page of the site's own that is made for it.

import { Address, append, attributeNames, baseURI, create, getAttribute, on, removeAttribute, setAttribute } from '../gate/natives.js';
import { namesOf, urlsOf } from '../gate/marked.js';

/** What stays with the frame that the page knows. */
const OUTER = /^(src|srcdoc|id|class|style|width|height|name|loading|data-.*|on.*)$/;

/** @param {HTMLElement} element a held iframe @param {import('./seal.js').Kit} kit */
export const loadOnce = (element, { page, frame, release, error }) => {
  const { service } = namesOf(element);
  const [[name, , value]] = urlsOf(element);
  const { href } = page.owners(value).includes(service || '') ? new Address(value, baseURI()) : { href: '' };
  if (!/^https?:/.test(href)) return error(`${value} is not loaded: it is at none of the hosts of ${service}.`);
  const inner = create('iframe');
  for (const given of attributeNames(element)) {
    if (!OUTER.test(given)) setAttribute(inner, given, '' + getAttribute(element, given));
  }
  // The page for embeds is ours, and we have to reach into it.
  removeAttribute(element, 'sandbox');
  on(element, 'load', () => {
    const body = /** @type {HTMLIFrameElement} */ (element).contentDocument?.body;
    if (body?.id != 'consentry-frame') return error(`${frame} did not load. Put it beside consentry.js on the page's own origin, and let the page frame it.`);
    if (body.firstElementChild) return;
    inner.src = href;
    append(body, inner);
  });
  setAttribute(element, name, frame);
  release(element);
};
