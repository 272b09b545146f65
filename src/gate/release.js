// Gives held elements what they wait for, and never more trust than they had.

import {
  Address, all, append, attributeNames, baseURI, closest, contentOf, create, currentScript, dispatch, getAttribute, hasAttribute, importNode, insertBefore,
  isConnected, later, matches, nextSibling, on, parentNode, readyState, removeAttribute, setAttribute, soon,
} from './natives.js';
import { bared, INERT } from './cover.js';
import { createStage } from './listeners.js';
import { CARRIERS, NAMED, NAMING, outline, partsOf, sourceOf, urlsOf } from './marked.js';
import { createQueue } from './queue.js';
import { scriptText, scriptUrl } from './trusted.js';
import { createWriter } from './write.js';

/** @typedef {import('./queue.js').Job} Job */

/** Scripts that run. */
const LIVE = `script:not(${INERT})`;
const ownNonce = currentScript(document)?.nonce;

/**
 * The absolute address, if it may be released: http(s), for images data: and blob:, too.
 * @param {string} address
 * @param {boolean} [image]
 * @returns {string | undefined}
 */
export const safe = (address, image) => {
  try {
    const { href } = new Address(address, baseURI());
    if (address.trim() && (image ? /^(https?|data|blob):/ : /^https?:/).test(href)) return href;
  } catch {
    // Not an address: answered like one that may not be released.
  }
};

/**
 * Puts addresses back into the places that they were taken from. Nothing but an address can come there: what the rest of
 * a style says, the page says all the time.
 * @param {Element} part
 * @param {string[]} urls
 */
const fill = (part, urls) => {
  const put = (/** @type {string} */ text) => text.replace(/data:,/g, (hole) => {
    const url = safe(urls.shift() || '', true);
    return url && !/['()]/.test(url) ? url : hole;
  });
  for (const name of attributeNames(part)) {
    const value = '' + getAttribute(part, name);
    if (/data:,/.test(value) && !/^data-/.test(name)) setAttribute(part, name, put(value));
  }
  if (matches(part, 'style')) part.textContent = put('' + part.textContent);
};

/**
 * Whether a script carries the page's nonce, where the page uses nonces or 'strict-dynamic': we are trusted there, and
 * must not hand that on to markup that somebody slipped in.
 * @param {HTMLElement} script
 */
const carriesNonce = ({ nonce }) =>
  (ownNonce ? [ownNonce] : [...all(document, LIVE)].map((script) => script.nonce)).every((known) => !known || known == nonce) &&
  (nonce || !all(document, 'meta[content*="strict-dynamic"]')[0]);

/**
 * @param {object} edges
 * @param {(url: string) => boolean} edges.allows
 * @param {(text: string) => void} edges.error
 * @param {WeakSet<Node>} edges.taken scripts that the gate need not look at again
 * @param {WeakMap<Node, Element>} edges.origins of what was released with another element, that element
 * @param {(element: HTMLElement) => boolean} edges.granted whether what the element names is allowed now
 * @param {(element: HTMLElement) => void} edges.look lets the gate look at an element
 */
export function createRelease({ allows, error, taken, origins, granted, look }) {
  /** The inline script that is running; a script in a shadow root is never `currentScript`. @type {Job | undefined} */
  let inline;
  /** The script whose written scripts are being looked at. @type {Job | undefined} */
  let writer;
  const queue = createQueue(start);
  const stage = createStage(() => {
    const script = currentScript(document);
    if (inline || script) return inline || queue.find(({ copy }) => copy == script);
    // A module is never `currentScript`; one with an address stands on the stack.
    const stack = '' + new Error().stack;
    return queue.find(({ copy }) => !!copy && copy.type == 'module' && stack.includes(copy.src.split('?')[0]));
  });

  /** @param {Element} element @param {unknown} why */
  const refuse = (element, why) => error(`${outline(element)} is not released: ${why}.`);

  /**
   * An address as an element may have it.
   * @param {string | undefined} url
   * @param {unknown} trusted whether the element asks for a trusted one
   */
  const checked = (url, trusted) => {
    if (!url) throw 'its address is not http or https';
    return trusted && allows(url) ? scriptUrl(url) : url;
  };

  /** @param {Element} part @param {Element} origin what it is released with */
  const address = (part, origin) => {
    taken.add(part);
    origins.set(part, origin);
    for (const [name, target, value] of urlsOf(part)) {
      const url = target == 'srcset' ? value : safe(value, target == 'poster' || matches(part, 'img,input,image'));
      const give = () => {
        try {
          if (target) setAttribute(part, target, checked(url, matches(part, 'embed,object')));
          else fill(part, value.split(' '));
        } catch (problem) {
          refuse(part, problem);
        }
      };
      // Firefox drops what a frame starts to load while the parser has only just made it.
      if (matches(part, 'iframe') && readyState(document) == 'loading') later(give);
      else give();
      removeAttribute(part, name);
    }
    if (matches(part, 'source')) /** @type {HTMLMediaElement | null} */ (closest(part, 'video,audio'))?.load();
  };

  /** @param {HTMLElement} element @returns {HTMLScriptElement | undefined} */
  function copyOf(element) {
    const source = sourceOf(element);
    const copy = create('script');
    try {
      if (!carriesNonce(element)) throw 'it lacks the nonce of the page\'s scripts';
      for (const name of attributeNames(element)) {
        if (!/^(type|nonce|src)$/.test(name)) setAttribute(copy, name, '' + getAttribute(element, name));
      }
      copy.type = getAttribute(element, matches(element, INERT) ? 'data-type' : 'type') || '';
      copy.nonce = element.nonce;
      taken.add(copy);
      if (source == null) copy.text = scriptText(bared(/** @type {string} */ (element.textContent)));
      else copy.src = checked(safe(bared(source)), true);
      return copy;
    } catch (problem) {
      refuse(element, problem);
    }
  }

  /** @param {Job} job */
  function finish(job) {
    queue.finish(job);
    stage.call(queue.awaits, ({ element }) => granted(element));
  }

  /** @param {Job} job */
  function start(job) {
    const { element } = job;
    // Not for now: the gate looks at it again.
    if (!isConnected(element) || !granted(element)) taken.delete(element);
    const copy = taken.has(element) ? copyOf(element) : undefined;
    if (!copy) return finish(job);
    job.copy = copy;
    const write = job.write = createWriter(copy, (root) => takeScripts(root, element, job));
    const end = job.end = () => {
      if (!job.copy) return;
      write('', true);
      job.copy = undefined;
      finish(job);
    };
    stage.enter();
    const module = copy.type == 'module';
    const waits = module || copy.src && !copy.noModule && /^$|javascript$/i.test(copy.type);
    if (waits) {
      for (const type of ['load', 'error']) {
        on(copy, type, () => {
          // Whoever made the script waits for it there.
          if (!matches(element, INERT)) dispatch(element, new Event(type));
          end();
        });
      }
    }
    // An inline module does not say when it has run; without slow imports it is soon.
    if (module && !copy.src) later(end, 20);
    const outer = inline;
    inline = waits ? undefined : job;
    // The held one stays as it is: frameworks keep references to what they made. Only one can have the id.
    removeAttribute(element, 'id');
    insertBefore(/** @type {Node} */ (parentNode(element)), copy, nextSibling(element));
    inline = outer;
    if (!waits) {
      write('', true);
      soon(end);
    }
  }

  /**
   * Marks the scripts in a released piece of page like the one that it comes from, so that each takes its turn, with its
   * own nonce.
   * @param {Node} root
   * @param {HTMLElement} origin the script that wrote it, or the template that it was in
   * @param {Job} [by]
   * @returns {() => void} releases them, once they are on the page
   */
  function takeScripts(root, origin, by) {
    const scripts = [...all(root, LIVE)];
    for (const script of scripts) {
      setAttribute(script, 'data-type', getAttribute(script, 'type') || '');
      setAttribute(script, 'type', 'text/plain');
      for (const name of NAMING) if (hasAttribute(origin, name)) setAttribute(script, name, '' + getAttribute(origin, name));
    }
    return () => {
      const outer = writer;
      writer = by;
      for (const script of scripts) {
        if (!by || matches(origin, NAMED)) look(script);
        else if (granted(script)) taken.add(script), add(script, by.group);
      }
      writer = outer;
    };
  }

  /** @param {HTMLElement} element @param {Job['group']} group */
  function add(element, group) {
    const marked = matches(element, INERT);
    const module = getAttribute(element, marked ? 'data-type' : 'type') == 'module';
    const own = module || sourceOf(element) != null;
    // A script that another one made waits for none, unless that was asked for.
    const async = own && (marked ? hasAttribute(element, 'async') : /** @type {HTMLScriptElement} */ (element).async);
    queue.add({ element, group, writer, async, deferred: own && !async && (module || hasAttribute(element, 'defer')) });
    queue.pump();
  }

  return {
    script: add,
    /** Starts whatever may start. */
    pump: () => queue.pump(true),
    /** Takes back what is still loading and may not run any more: a script that was moved to another document never does. */
    recall() {
      for (const job of queue.running()) {
        const { copy, element, end } = job;
        if (!copy?.src || granted(element)) continue;
        append(contentOf(create('template')), copy);
        taken.delete(element);
        end();
      }
    },
    /** Puts a template's content behind it. @param {HTMLTemplateElement} template */
    template(template) {
      const content = importNode(document, template.content, true);
      for (const part of all(content, ':not(script)')) taken.add(part), origins.set(part, template);
      // What stands in a template waits with our addresses, too: Firefox looks ahead into templates.
      for (const part of all(content, CARRIERS)) if (!closest(part, NAMED)) address(part, template);
      const release = takeScripts(content, template);
      insertBefore(/** @type {Node} */ (parentNode(template)), content, nextSibling(template));
      release();
    },
    /** Gives an element and its sources their addresses. @param {Element} element */
    addresses: (element) => partsOf(element).forEach((part) => address(part, element)),
  };
}
