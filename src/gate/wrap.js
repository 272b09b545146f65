// What a wrapper does for each way in which scripts ask for addresses: it covers what may not be asked for, and the browser's
// own function does the rest.

import { around } from './around.js';
import { copyIn } from './copy.js';
import { bared, css, single } from './cover.js';
import { Address, bare, captured, childNodes, defaultView, getter, isConnected, localNameOf, nodeType, own, ownerDocument, parentNode, setText, setter, textOf } from './natives.js';
import { SURFACES } from './surfaces.js';
import { solid, steady } from './trusted.js';
import { uncurry } from './uncurry.js';

const { name: attrName, ownerElement, value: attrValue } = captured(Attr.prototype);
const setAttrValue = setter(Attr.prototype, 'value');
const { byteLength } = captured(ArrayBuffer.prototype);
const { isView } = ArrayBuffer;
const frameCount = getter(window, 'length');
/** What ends what stays connected. @type {{ [name: string]: (self: any) => void }} */
const ENDS = bare(null);
for (const name of ['EventSource', 'WebSocket', 'WebTransport', 'Worker']) {
  const type = /** @type {any} */ (window)[name]?.prototype;
  if (type) ENDS[name] = uncurry(type.close || type.terminate);
}

/** What kind of node something is, whichever window made it. @param {any} value @returns {number | undefined} */
const typeOf = (value) => {
  try {
    return value && typeof value == 'object' && nodeType(value);
  } catch {
    // None.
  }
};
/** @param {any} value */
const isStyle = (value) => typeOf(value) == 1 && localNameOf(value) == 'style';
/** @param {any} value */
const isBytes = (value) => {
  try {
    return isView(value) || byteLength(value) + 1;
  } catch {
    // Something that is read as a text.
  }
};

/**
 * @param {object} edges
 * @param {import('./cover.js').Stops} edges.stops
 * @param {ReturnType<typeof import('./cover.js').createCover>} edges.cover
 * @param {(form: Element, submitter?: Element | null) => unknown} edges.stopsForm
 * @param {(address: string, target: string) => unknown} edges.stopsWindow
 * @param {(element: Element) => unknown} edges.stopsLink a link that a script follows
 * @param {(address: string, options?: any, dead?: string) => string} edges.workerOf where a worker starts that may ask for this address; where one fails that may not
 * @param {ReturnType<typeof import('./hold.js').createHold>} edges.hold
 * @param {(element: Element) => void} edges.stray an element that is on no page yet got a cover
 * @param {(end: () => void, address: string, kind: string) => void} edges.lasts something began that ends only when it is closed
 * @param {() => boolean} edges.less whether something was taken back: what is off the page may have an address that is stopped by now
 * @param {(node: Node) => void} edges.settleTree
 * @param {(root: Node, host: Node) => void} edges.watch looks into one more document or shadow root, now and later
 */
export const createWraps = ({ stops, cover, stopsForm, stopsWindow, stopsLink, workerOf, hold, stray, lasts, less, settleTree, watch }) => {
  /** Realms that are wrapped. */
  const entered = new WeakSet();
  /** @type {WeakMap<object, Element>} */
  const animated = new WeakMap();
  /** The windows that may have frames, with the windows of these. @type {Map<any, any[]>} */
  const known = new Map([[window, []]]);

  /** @param {any} view a window, or a document */
  const enter = (view) => {
    try {
      const win = view.defaultView || view;
      if (entered.has(win.Object)) return;
      install(win);
      known.set(win, []);
      if (win != window) watch(win.document, win.frameElement);
    } catch {
      // Another origin's, or none: not ours to look into.
    }
  };
  /** Frames are windows with natives of their own. @param {boolean} [again] one may show another page than it did */
  const enterFrames = (again) => known.forEach((frames, win) => {
    try {
      if (win.closed) known.delete(win);
      for (let at = frames.length = frameCount(win); at--;) if (again || frames[at] != win[at]) enter(frames[at] = win[at]);
    } catch {
      // It shows another origin's page by now.
      known.delete(win);
    }
  });

  /**
   * Changes one argument.
   * @param {any[]} args @param {number} index @param {(text: string) => string} work
   */
  const change = (args, index, work) => {
    const value = args[index];
    if (value == null) return;
    const kept = typeof value == 'object' && solid(value);
    const text = kept ? kept.text : '' + value;
    const wanted = work(text);
    // Nothing gets more trust than it had; and it is read once: what turns into a text might turn into another the next time.
    if (wanted != text) args[index] = kept ? kept.make(wanted) : wanted;
    else if (!kept && Object(value) === value) args[index] = text;
    if (kept) steady(args[index], wanted);
  };

  /** @type {{ [how: string]: (call: () => any, self: any, args: any[], index: number, name: string, label: string) => any }} */
  const ways = {
    __proto__: /** @type {any} */ (null),
    attribute(call, self, args, index, name) {
      if (index) name = args[index - 1] = '' + args[index - 1];
      change(args, index, (text) => {
        if (/^rel$/i.test(name)) cover.relate(self, text);
        const wanted = cover.attribute(self, name, text);
        if (wanted != text) stray(self);
        return wanted;
      });
      return call();
    },
    attr(call, self, args) {
      const element = ownerElement(self);
      return element ? ways.attribute(call, element, args, 0, attrName(self), '') : call();
    },
    attrs(call, self, [given]) {
      const value = attrValue(given);
      const wanted = cover.attribute(animated.get(self) || self, attrName(given), value);
      if (wanted != value) setAttrValue(given, wanted);
      return call();
    },
    animated(call, self, args, index) {
      const element = index ? animated.get(self) : self;
      if (index && element) return ways.attribute(call, element, args, 0, 'href', '');
      const result = call();
      if (!index) animated.set(result, self);
      return result;
    },
    html(call, self, args, index) {
      change(args, index, (text) => isStyle(self) ? css(cover.html(text), 'style', stops) : cover.html(text));
      return call();
    },
    command(call, _, args, index) {
      const name = args[0] = '' + args[0];
      change(args, index, (text) => /image/i.test(name) ? single(text, 'img', stops) : /html/i.test(name) ? cover.html(text) : text);
      return call();
    },
    write(call, _, args) {
      if (args.length > 1) args.splice(0, args.length, args.join(''));
      return ways.html(call, _, args, 0, '', '');
    },
    css(call, _, args, index, name) {
      if (name != 'FontFace' || !isBytes(args[index])) change(args, index, (text) => css(text, 'style', stops));
      return call();
    },
    url(call, _, args, index, name, label) {
      let asked = '';
      change(args, index, (text) => {
        asked = text;
        const wanted = single(text, label, stops);
        if (wanted == text) return name == 'Worker' ? workerOf(text, args[1]) : text;
        // No engine lets these have an address of another scheme; to this port none of them connects.
        return /^WebS/.test(name) ? 'wss://0:1' : /Transport|register/.test(name) ? 'https://0:1' : /Worker/.test(name) ? workerOf(text, null, 'https://0:1') : wanted;
      });
      const made = call();
      if (own(ENDS, name)) lasts(() => ENDS[name](made), asked, label);
      return made;
    },
    urls(call, self, args, index, name, label) {
      args[index] = [...args[index]].map((one) => {
        const given = [one];
        ways.url(() => {}, self, given, 0, name, label);
        return given[0];
      });
      return call();
    },
    fetch: (call, self, args) => hold.fetch(() => ways.url(call, self, args, 0, 'fetch', 'fetch'), args),
    xhr: (call, self, args, index, name, label) => hold.opens(call, () => ways.url(call, self, args, index, name, label), self, args),
    sent: (call, self, _, index, name) => hold.sent(call, self, name),
    beacon: (call, _, args) => !stops('' + (args[0] = '' + args[0]), 'beacon') && call(),
    ice(call, _, args) {
      const config = args[0];
      if (config) {
        // Plain values, read once.
        const servers = [...config.iceServers || []].map(({ urls, url = urls, ...rest }) => (
          { ...rest, urls: (typeof url == 'string' ? [url] : [...url]).map((one) => '' + one) }));
        const isStopped = (/** @type {string} */ one) => stops(new Address(one).href.replace(/^\w+:/, 'https://'), 'RTCPeerConnection');
        args[0] = { ...config, iceServers: servers.filter(({ urls }) => !urls.some(isStopped)) };
      }
      return call();
    },
    // Whoever is met without any server is met at an address that a script has given. A name that ends so is a neighbor's.
    peer(call, self, args) {
      if (args[0] && !self.getConfiguration().iceServers?.[0]) {
        args[0] = JSON.parse(JSON.stringify(args[0]).replace(/(?:a=)?candidate:(?:\S+ ){4}(\S+) (\d+)[^"\\]*(?:\\r\\n)?/g, (line, host, port) =>
          !/\.local$/.test(host) && stops(`https://${host}:${port}`, 'RTCPeerConnection') ? '' : line));
      }
      return call();
    },
    put: (call, self, args, index, name, label) => ways[typeOf(args[0]) ? 'nodes' : 'css'](call, self, args, index, name, label),
    frames(call, _, args, index) {
      let changed = false;
      const wanted = JSON.parse(JSON.stringify(args[index] ?? null), (_, value) => {
        const text = typeof value == 'string' ? css(value, 'style', stops) : value;
        changed ||= text != value;
        return text;
      });
      if (changed) args[index] = wanted;
      return call();
    },
    followed: (call, self) => stopsLink(self) ? undefined : call(),
    submit: (call, self) => stopsForm(self) ? undefined : call(),
    open(call, _, args) {
      if (args[0] != null && stopsWindow(args[0] = '' + args[0], '' + args[1])) return null;
      return ways.enter(call, _, args, 0, '', '');
    },
    nodes(call, self, args) {
      const type = typeOf(self);
      if (type == 2) return ways.attr(call, self, args, 0, '', '');
      // What was made in this page was covered when it got its addresses; what was made elsewhere loads as it comes in, and
      // scripts and style sheets, which hold addresses in their text, do at once.
      const late = less() && (!type || isConnected(self));
      for (const node of [self, ...args]) {
        const kind = typeOf(node);
        const at = kind && (ownerDocument(node) || node);
        if (at && (at != document && !defaultView(at) || kind == 1 && /^(script|style)$/.test(localNameOf(node)) || late && !isConnected(node))) settleTree(node);
      }
      if (isStyle(type == 3 ? parentNode(self) : self)) {
        args.forEach((given, index) => {
          if (!typeOf(given)) ways.css(() => {}, self, args, index, '', '');
          else for (const one of [given, ...childNodes(given)]) if (typeOf(one) == 3) setText(one, css('' + textOf(one), 'style', stops));
        });
      }
      return call();
    },
    shadow(call, self) {
      const root = call();
      watch(root, self);
      return root;
    },
    enter(call) {
      const view = call();
      if (view) enter(view);
      return view;
    },
    read(call) {
      const value = call();
      return typeof value == 'string' ? bared(value) : value;
    },
  };

  /** @type {(view: any, how: string, index: number, name: string, label: string) => import('./around.js').Run} */
  const through = (view, how, index, name, label) => (call, self, args) => {
    // A frame with a copy of its own is its business.
    if (view != window && copyIn(view)) return call();
    const result = ways[how](call, self, args, index, name, label);
    enterFrames();
    return result;
  };

  /** @param {any} win */
  const install = (win) => {
    entered.add(win.Object);
    for (const row of SURFACES.split('\n')) {
      const [how, argument, owners, members] = row.split(' ');
      for (const owner of owners.split(',')) {
        const target = owner == '-' ? win : (win[`HTML${owner}Element`] || win[owner])?.prototype;
        for (const name of members.split(',')) {
          const read = how == 'put' ? null : through(win, 'read', 0, name, owner);
          around(target, name, through(win, how, +argument, name, owner == '-' ? name : owner), read);
        }
      }
    }
  };

  return { install, enterFrames };
};
