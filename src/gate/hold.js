// `"hold": true` on a service: what asks it for something, and sends nothing along, stays pending until the visitor has
// decided, and is then carried out, or fails as if it had been stopped at once.

import { captured, dispatch, later, on } from './natives.js';

const { open, timeout: timeoutOf } = captured(XMLHttpRequest.prototype);
const { Request, ProgressEvent } = window;
const BARE = /^(get|head)$/i;

/**
 * @param {(address: string) => unknown} waits whether a decision about an address is still to come
 * @param {import('./cover.js').Stops} stops
 */
export const createHold = (waits, stops) => {
  /** What ends a wait, and its address. @type {Map<() => void, string>} */
  const pending = new Map();
  /** From `open` on an address, from `send` on what gives it up. @type {WeakMap<object, any>} */
  const requests = new WeakMap();
  /** Of what was opened and may be: its address, and whether it answers later. @type {WeakMap<object, [string, boolean]>} */
  const opened = new WeakMap();

  const leave = () => pending.forEach((_, end) => end());
  /** @param {string} address @param {() => void} go */
  const wait = (address, go) => {
    const end = () => void (pending.delete(end) && go());
    pending.set(end, address);
    on(window, 'pagehide', leave);
    return end;
  };

  return {
    /** After a change of the decision. */
    update: () => pending.forEach((address, end) => waits(address) || end()),
    /** @param {() => any} go asks, if it may by then @param {any[]} args */
    fetch: (go, args) => {
      const [first, init] = args;
      const address = first?.url ?? '' + first;
      if (init?.body || !BARE.test(init?.method ?? first?.method ?? 'get') || !waits(address)) return go();
      return new Promise((done) => {
        // As it is now: nothing can be added while it waits.
        const request = new Request(first, init);
        const { signal } = request;
        args.splice(0, 2, request, { signal });
        const end = wait(address, () => done(go()));
        on(signal, 'abort', end);
        if (signal.aborted) end();
      });
    },
    /**
     * Opens a request: one that waits keeps its address, since it is asked about again at `send`.
     * @type {(call: () => any, stopped: () => any, self: object, args: any[]) => unknown}
     */
    opens: (call, stopped, self, args) => {
      if (args.length < 2) return call();
      const address = args[1] = '' + args[1];
      const method = args[0] = '' + args[0];
      const async = args.length < 3 || !!args[2];
      const held = async && BARE.test(method) && waits(address);
      const made = held ? call() : stopped();
      // Opened anew, it sends nothing of what it was to ask before.
      const found = requests.get(self);
      if (found?.call) found();
      requests.delete(self);
      opened.set(self, [address, async]);
      if (held) requests.set(self, address);
      return made;
    },
    /** `send` and `abort`. @type {(call: () => any, self: any, name: string) => any} */
    sent: (call, self, name) => {
      const found = requests.get(self);
      if (found?.call) found('abort');
      // A no may have come since it was opened.
      const go = () => {
        const [address, async] = opened.get(self) || [''];
        if (address && name == 'send' && stops(address, 'XMLHttpRequest')) /** @type {any} */ (open)(self, 'GET', 'about:invalid', async);
        return call();
      };
      if (!found || found.call || name == 'abort') return go();
      const end = wait(found, go);
      const stop = /** @param {string} [how] */ (how) => pending.delete(end) && how && [how, 'loadend'].map((type) => dispatch(self, new ProgressEvent(type)));
      requests.set(self, stop);
      const limit = timeoutOf(self);
      if (limit) later(stop, limit, 'timeout');
      if (!waits(found)) end();
    },
  };
};
