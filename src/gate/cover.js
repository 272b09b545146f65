// Addresses that may not be asked for are covered where they stand: `about:invalid#!…` fails by itself, as a request
// fails under a Content-Security-Policy, and holds what was there, through clones and serialization. Taking a cover off
// and putting it on is one step, `settle`, which answers to the present decision.

import {
  all, attributeNames, contentOf, create, endsWith, firstChild, getAttribute, localNameOf, matches, namespaceURI, outerHTML, own, removeAttribute, setAttribute, setHTML,
  setText, textOf, toLowerCase,
} from './natives.js';
import { htmlText, scriptText, scriptUrl } from './trusted.js';

/** @typedef {(address: string, kind: string) => unknown} Stops */
/** @typedef {(text: string, kind: string, stops: Stops) => string} Way how a text holds addresses */
/** @typedef {(element: Element) => boolean | ((address: string) => boolean)} Free whether an element may have whatever it names, or which addresses */

const COVER = /about:(?:blank|invalid)#!([\w%@*+./-]*)/g;
/** A text without its covers. @type {(text: string) => string} */
export const bared = (text) => text.includes('#!') ? text.replace(COVER, (_, inner) => unescape(inner)) : text;

/** An address that leads nowhere. @type {(text: string, kind: string) => string} */
const dead = (text, kind) => `about:${/frame|embed|object/.test(kind) ? 'blank' : 'invalid'}#!` + escape(text);

/** @type {Way} */
export const single = (text, kind, stops) => stops(text, kind) ? dead(text, kind) : text;
/** @type {Way} */
const list = (text, kind, stops) => text.split(/(?:^|[\s;])[\s,;]*/).some((one) => stops(one, kind)) ? dead(text, kind) : text;
/**
 * Strings, and what stands in `url()` without quotes: of style sheets, import maps, speculation rules. The letters of `url` may
 * be escaped; a string ends with its line, or with the text.
 * @type {Way}
 */
export const css = (text, kind, stops) => {
  let inside = -1;
  return text.replace(/\/\*.*?\*\/|(["'])((?:\\.|(?!\1)[^\n\f\r])*)(?:\1|$)|((?:\\?u|\\0*[57]5\s?)(?:\\?r|\\0*[57]2\s?)(?:\\?l|\\0*[46]c\s?)\(\s*)([^"'\s)][^)]*)?/gis, (whole, quote, string, start, bare, at) => {
    const address = string ?? bare ?? '';
    const plain = address.replace(/\\(?:u([\da-f]{4})|([\da-f]{1,6})\s?|(.))/gis, (/** @type {string} */ _, /** @type {string} */ code, hex = code, /** @type {string} */ sign) =>
      hex ? String.fromCodePoint(+('0x' + hex) % 0x110000) : sign);
    // Any other string may be a mere text.
    const isAddress = bare || inside == at || /[\\:/][^\\:/\s]/.test(plain);
    inside = at + whole.length;
    return address && isAddress && stops(plain, kind) ? (start || quote) + dead(address, kind) + (quote || '') : whole;
  });
};
/** What an animation gives to an attribute. @type {Way} */
const steps = (text, kind, stops) => list(css(text, kind, stops), kind, stops);
/** What a script imports. @type {Way} */
const imports = (text, kind, stops) =>
  text.replace(/(\b(?:import|from)\b[\s(]*(["']))(.*?)(?=\2)/g, (whole, start, _, address) => stops(address, kind) ? start + dead(address, kind) : whole);

/** Rules that find links by themselves lead within the site: where else they would, nothing in them says. @type {(text: string) => string} */
const bound = (text) => {
  try {
    if (/"where"(?!:{"and":\[{"href_matches":"\/\*")/.test(text)) {
      return JSON.stringify(JSON.parse(text, (key, value) => (key == 'where' ? { and: [{ href_matches: '/*' }, value] } : value)));
    }
  } catch {
    // The browser does not take them either.
  }
  return text;
};

/** A script that the browser leaves alone. */
export const INERT = 'script[type="text/plain" i]';
const ELEMENTS = `script:not(${INERT.slice(6)}),` + 'img,iframe,frame,embed,source,track,video,audio,input';
/** The attributes that load something, on which elements, and how they hold addresses. @type {{ [name: string]: [string, Way] }} */
const LOADING = {
  src: [ELEMENTS, single],
  srcset: ['img,source', list],
  href: ['link,image,use,feImage,script', single],
  data: ['object', single],
  poster: ['video', single],
  ping: ['a,area', list],
  imagesrcset: ['link', list],
  background: ['*', single],
  to: ['set,animate', steps],
  from: ['animate', steps],
  values: ['animate', steps],
  style: ['*', css],
};
/** Relations of a link that load nothing. */
const IDLE = /^\s*(canonical|alternate|author|license|me|prev|help)\s*$/i;

/** A value as pages with Trusted Types ask for it. @type {(element: Element, name: string, value: string) => string} */
const trusted = (element, name, value) =>
  name == 'srcdoc' ? htmlText(value) : /script|embed|object/.test(localNameOf(element)) ? scriptUrl(value) : value;

/** Elements that hold addresses in their text. */
const TEXTS = 'style,script:not([src])';
/** Attributes whose change makes the gate look again. */
export const LOADERS = /* @__PURE__ */ Object.keys(LOADING).concat('srcdoc', 'rel');
/** Elements that may hold addresses: few selectors, since each is tried on every element, and few elements that hold none. */
export const LOADED = /* @__PURE__ */ Object.entries(LOADING).flatMap(([name, [tags, way]]) =>
  tags.split(',').map((tag) => /^(\*|a|area)$/.test(tag) ? `${tag}[*|${name}${way == css ? '*="("' : ''}]` : tag.replace(/:.*/, '')))
  .filter((one, at, all) => all.indexOf(one) == at).concat('template', 'style').join();

/**
 * @param {Stops} stops whether an address may not be asked for; it is written down then
 * @param {Free} free
 * @param {() => boolean} binds whether rules may not look for links elsewhere
 */
export const createCover = (stops, free, binds) => {
  /** Pieces of page are read here, where nothing loads. */
  /** @type {HTMLTemplateElement | undefined} */
  let inert;

  /** The start tag as it may be. @param {string} tag */
  const startTag = (tag) => {
    // Alone, the parser would take an SVG image for another element.
    const image = /^<image/i.test(tag);
    inert = inert || create('template');
    setHTML(inert, htmlText(image ? '<use' + tag.slice(6) : tag));
    const element = /** @type {Element | null} */ (firstChild(contentOf(inert)));
    if (!element || !settle(element)) return tag;
    const text = outerHTML(element).replace(/<\/[^>]*>$/, '').replace(/>$/, /\/>$/.test(tag) ? '/>' : '>');
    return image ? '<image' + text.slice(4) : text;
  };
  /** @param {string} text */
  const html = (text) => text.replace(/(<style\b[^>]*>)(.*?)(?=<\/style|$)|<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gis, (whole, start, sheet) =>
    start ? start + css(sheet, 'style', stops)
      : /^<(script|i?frame|im(?:g|age)|embed|source|track|video|audio|input|link|use|feimage|object|set|animate)\b|\s(style|background|ping)\s*=/i.test(whole) ? startTag(whole) : whole);

  /**
   * The value that an attribute of an element may have now.
   * @param {Element} element
   * @param {string} name
   * @param {string} value
   * @param {string} [rel] of a link, if it is about to be another
   * @returns {string}
   */
  const attribute = (element, name, value, rel) => {
    // The names of XLink may have any prefix.
    const low = toLowerCase(name);
    const key = endsWith(low, ':href') ? 'href' : low;
    const plain = bared(value);
    const may = free(element);
    if (may === true) return plain;
    const kind = localNameOf(element);
    if (key == 'srcdoc' && kind == 'iframe') return html(plain);
    if (!own(LOADING, key) || key == 'href' && kind == 'link' && IDLE.test(rel ?? getAttribute(element, 'rel') ?? '')) return plain;
    const [tags, way] = LOADING[key];
    return matches(element, tags) ? way(plain, matches(element, '[rel=search i]') ? 'search' : kind, may ? (address, as) => !may(address) && stops(address, as) : stops) : plain;
  };

  /** The text that a style sheet or a script may have now. @type {(element: Element, value: string) => string} */
  const text = (element, value) => {
    const plain = bared(value);
    const kind = localNameOf(element);
    const type = kind == 'style' ? kind : getAttribute(element, 'type') || '';
    if (free(element)) return plain;
    return /^(style|importmap|speculationrules)$/i.test(type) ? (/^spec/i.test(type) && binds() ? bound : String)(css(plain, type, stops)) : imports(plain, kind, stops);
  };

  /**
   * Covers what an element may not ask for, and uncovers what it may.
   * @param {Element} element
   * @returns {boolean} whether that changed anything
   */
  const settle = (element) => {
    let changed = false;
    for (const name of attributeNames(element)) {
      const value = /** @type {string} */ (getAttribute(element, name));
      const wanted = attribute(element, name, value);
      if (wanted == value) continue;
      changed = true;
      // WebKitGTK takes no second poster in place of one that failed.
      if (name == 'poster') removeAttribute(element, name);
      setAttribute(element, name, trusted(element, name, wanted));
    }
    if (matches(element, TEXTS)) {
      const value = '' + textOf(element);
      const wanted = text(element, value);
      if (wanted != value) changed = true, setText(element, localNameOf(element) == 'script' ? scriptText(wanted) : wanted);
    }
    // One of SVG or XSL holds its children as any element does.
    if (matches(element, 'template') && endsWith(namespaceURI(element) || '', 'xhtml')) all(contentOf(element), LOADED).forEach(settle);
    return changed;
  };

  return {
    html,
    attribute,
    /** Covers what a link may not ask for under a relation that it is about to have. @param {Element} element @param {string} rel */
    relate: (element, rel) => {
      const value = getAttribute(element, 'href') || '';
      const wanted = attribute(element, 'href', value, rel);
      if (wanted != value) setAttribute(element, 'href', wanted);
    },
    settle,
    /** Whether a script that has a cover may be as it was written. @param {Element} script */
    passes: (script) => {
      const source = getAttribute(script, 'src');
      // One that waits for its turn is inert, and is to load all the same.
      return source == null ? !text(script, '' + textOf(script)).includes('#!') : free(script) || !stops(bared(source), 'script');
    },
  };
};
