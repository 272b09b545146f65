// The engine's start: synchronous where the browser compiles at once, asynchronous where it does not (Chrome before
// 114 refuses modules over 4 KB), translated to JavaScript where WebAssembly is refused (CSP, Lockdown Mode).

import { bind, imports } from 'gen/glue.js';
import { decode, text } from 'gen/wasm.js';

const Wasm = window.WebAssembly;

/**
 * @param {import('./parts.js').Parts['load']} loadPart
 * @returns {Promise<void> | undefined} nothing where the engine runs already
 */
export const startEngine = (loadPart) => {
  /** @type {Uint8Array<ArrayBuffer>} */
  let bytes;
  try {
    bytes = decode(text);
    bind(new Wasm.Instance(new Wasm.Module(bytes), imports()).exports);
  } catch {
    // Not an answer yet: the other two ways are tried, and only when all fail is there something to say.
    const compile = async () => (await Wasm.instantiate(bytes, imports())).instance.exports;
    const translated = async () => (await loadPart('fallback'))(imports());
    return compile().catch(translated).then(bind);
  }
};
