// "Load once" in a page whose policy stays shut: the embed loads inside a page of the site's own that is made for it.

import { Address, append, attributeNames, baseURI, create, getAttribute, on, removeAttribute, setAttribute } from '../gate/natives.js';
import { bared } from '../gate/cover.js';
import { urlsOf } from '../gate/marked.js';

/** What stays with the frame that the page knows. */
const OUTER = /^(src|srcdoc|id|class|style|width|height|name|loading|data-.*|on.*)$/;

/** Where a held iframe leads, and the attribute that says so. @param {Element} element */
export const leadOf = (element) => urlsOf(element)[0] || ['src', '', bared(getAttribute(element, 'src') || '')];

/** @param {HTMLElement} element a held iframe @param {string} service @param {import('./seal.js').Kit} kit */
export const loadOnce = (element, service, { page, frame, release, error }) => {
  const [name, , value] = leadOf(element);
  const { href } = page.owners(value).includes(service) ? new Address(value, baseURI()) : { href: '' };
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
    // Before it is in the page: WebKit keeps to its policy of referrers only for the first address.
    setAttribute(inner, 'src', href);
    append(body, inner);
    // At level `auto-csp` the gate looks into this page, too.
    release(inner);
  });
  setAttribute(element, name, frame);
  release(element);
};
