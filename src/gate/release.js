// Gives held elements what they wait for, and never more trust than they had.

import {
  Address, all, attributeNames, baseURI, closest, create, currentScript, getAttribute, hasAttribute, insertBefore, isConnected,
  later, matches, nextSibling, on, parentNode, readyState, removeAttribute, replaceWith, setAttribute, soon, uncurry,
} from './natives.js';
import { createStage } from './listeners.js';
import { CARRIERS, INERT, NAMED, outline, partsOf, sourceOf, urlsOf } from './marked.js';
import { createQueue } from './queue.js';
import { scriptText, scriptUrl } from './trusted.js';
import { createWriter } from './write.js';

/** @typedef {import('./queue.js').Job} Job */

const importNode = /* @__PURE__ */ uncurry(Document.prototype.importNode);
/** Scripts that run. */
const LIVE = `script:not(${INERT})`;
const UNSAFE = 'its address is not http or https';
const ownNonce = currentScript()?.nonce;

/**
 * The absolute address, if it may be released: http(s), for images data: and blob:, too.
 * @param {string} address
 * @param {boolean} [image]
 * @returns {string | undefined}
 */
export const safe = (address, image) => {
  try {
    const { href, protocol } = new Address(address, baseURI());
    if (address.trim() && /^https?:$/.test(protocol) || image && /^(data|blob):$/.test(protocol)) return href;
  } catch {
    // Not an address: answered like one that may not be released.
  }
};

/**
 * Whether a script carries the page's nonce, where the page uses nonces or 'strict-dynamic': we are trusted there, and
 * must not hand that on to markup that somebody slipped in.
 * @param {HTMLElement} script
 */
const carriesNonce = ({ nonce }) =>
  [ownNonce, ...[...all(document, LIVE)].map((script) => ownNonce || script.nonce)].every((known) => !known || known === nonce) &&
  (nonce || !all(document, 'meta[content*="strict-dynamic"]')[0]);

/**
 * @param {object} edges
 * @param {(url: string) => boolean} edges.allows
 * @param {(text: string) => void} edges.error
 * @param {WeakSet<Node>} edges.taken scripts that the gate need not look at again
 */
export function createRelease({ allows, error, taken }) {
  /** The inline script that is running; a script in a shadow root is never `currentScript`. @type {Job | undefined} */
  let inline;
  const queue = createQueue(start);
  const stage = createStage(() => {
    const script = currentScript();
    if (inline || script) return inline || queue.find(({ copy }) => copy === script);
    // A module is never `currentScript`; one with an address stands on the stack.
    const stack = '' + new Error().stack;
    return queue.find(({ copy, type }) => !!copy && type === 'module' && stack.includes(copy.src.split('?')[0]));
  });

  /** @param {Element} element @param {string} why */
  const refuse = (element, why) => error(`${outline(element)} is not released: ${why}.`);

  /** @param {Element} part */
  const address = (part) => {
    for (const [name, target, value] of urlsOf(part)) {
      const url = target === 'srcset' ? value : safe(value, target === 'poster' || matches(part, 'img,input,image'));
      const give = () => {
        try {
          if (!url) throw UNSAFE;
          setAttribute(part, target, matches(part, 'embed,object,script') && allows(url) ? scriptUrl(url) : url);
        } catch (problem) {
          refuse(part, '' + problem);
        }
      };
      // Firefox drops what a frame starts to load while the parser has only just made it.
      if (matches(part, 'iframe') && readyState() === 'loading') later(give);
      else give();
      removeAttribute(part, name);
    }
    if (matches(part, 'source')) /** @type {HTMLMediaElement | null} */ (closest(part, 'video,audio'))?.load();
  };

  /** @param {Job} job */
  function finish(job) {
    queue.finish(job);
    stage.call(queue.awaits);
  }

  /** @param {Job} job @param {string | null} source @returns {HTMLScriptElement | undefined} */
  function copyOf({ element, type }, source) {
    const address = source == null ? '' : safe(source);
    if (address == null) return void refuse(element, UNSAFE);
    if (!carriesNonce(element)) return void refuse(element, 'it lacks the nonce of the page\'s scripts');
    const copy = create('script');
    try {
      for (const name of attributeNames(element)) {
        if (!/^(type|nonce|src)$/.test(name)) setAttribute(copy, name, '' + getAttribute(element, name));
      }
      if (type) copy.type = type;
      if (element.nonce) copy.nonce = element.nonce;
      if (address) copy.src = allows(address) ? scriptUrl(address) : address;
      else copy.text = scriptText(/** @type {string} */ (element.textContent));
      taken.add(copy);
      return copy;
    } catch (problem) {
      refuse(element, '' + problem);
    }
  }

  /** @param {Job} job */
  function start(job) {
    const { element } = job;
    const source = job.swap ? getAttribute(element, 'src') : sourceOf(element);
    const copy = isConnected(element) && job.allowed() ? copyOf(job, source) : job.drop();
    if (!copy) return finish(job);
    job.copy = copy;
    const writer = createWriter(copy, (root) => takeScripts(root, job));
    job.write = writer.write;
    const end = () => {
      if (!job.copy) return;
      writer.end();
      job.copy = undefined;
      stage.leave();
      finish(job);
    };
    stage.enter();
    const module = job.type === 'module';
    const waits = module || source != null && !copy.noModule && /^$|javascript$/i.test(copy.type);
    if (waits) for (const type of ['load', 'error']) on(copy, type, end);
    // An inline module does not say when it has run; without slow imports it is soon.
    if (module && source == null) later(end, 20);
    const outer = inline;
    inline = waits ? undefined : job;
    if (job.swap) replaceWith(element, copy);
    else {
      // The held one stays as it is: frameworks keep references to what they made. Only one can have the id.
      removeAttribute(element, 'id');
      insertBefore(/** @type {Node} */ (parentNode(element)), copy, nextSibling(element));
    }
    inline = outer;
    if (!waits) {
      writer.end();
      soon(end);
    }
  }

  /** @param {HTMLElement} element @param {Partial<Job> & Pick<Job, 'group' | 'allowed' | 'drop'>} more */
  function addScript(element, more) {
    const type = more.type ?? (getAttribute(element, 'data-type') || '');
    const module = type === 'module';
    const own = module || sourceOf(element) != null;
    const async = own && hasAttribute(element, 'async');
    const deferred = own && !async && (module || hasAttribute(element, 'defer'));
    queue.add({ element, async, deferred, swap: false, write() {}, ...more, type });
  }

  /**
   * Makes the scripts in a released piece of page inert, so that each takes its turn, with its nonce.
   * @param {Node} root
   * @param {Pick<Job, 'group' | 'allowed'>} by the script that wrote it, or the template that it was in
   * @returns {() => void} queues them, once they are on the page
   */
  function takeScripts(root, by) {
    const scripts = [...all(root, LIVE)].map((element) => {
      const type = getAttribute(element, 'type');
      setAttribute(element, 'type', 'text/plain');
      return { element, type };
    });
    return () => {
      for (const { element, type } of scripts) {
        const parent = /** @type {Job | undefined} */ ('copy' in by ? by : undefined);
        addScript(element, { group: by.group, allowed: by.allowed, drop() {}, type: type || '', parent, swap: true });
      }
      queue.pump();
    };
  }

  return {
    script: addScript,
    pump: queue.pump,
    /** Puts a template's content behind it. @param {HTMLTemplateElement} template @param {Pick<Job, 'group' | 'allowed'>} by */
    template(template, by) {
      const content = importNode(document, template.content, true);
      // What stands in a template waits with our addresses, too: Firefox looks ahead into templates.
      for (const part of all(content, CARRIERS + ',script')) if (!closest(part, NAMED)) address(part);
      const queueScripts = takeScripts(content, by);
      insertBefore(/** @type {Node} */ (parentNode(template)), content, nextSibling(template));
      queueScripts();
    },
    /** Gives an element and its sources their addresses. @param {Element} element */
    addresses: (element) => partsOf(element).forEach(address),
  };
}
