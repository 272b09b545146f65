// What the build writes before it bundles (xtask/src/build): the module's text, its glue, and what belongs to it.

declare module 'gen/wasm.js' {
  /** The wasm module as printable ASCII. */
  export const text: string;
  /** The module's bytes. */
  export function decode(text: string): Uint8Array<ArrayBuffer>;
}

declare module 'gen/glue.js' {
  /** What the module asks of JavaScript. */
  export function imports(): WebAssembly.Imports;
  /** Takes an instance's exports into use. */
  export function bind(exports: any): void;
  /** Reads config and catalog, and the record of earlier visits; each of the three takes and gives text (src/boot/tell.js). */
  export function open(told: string): string | null;
  /** Tells the engine one thing. */
  export function step(told: string): string | null;
  /** Judges a condition. */
  export function judge(condition: string): string;
}

declare module 'gen/parts.js' {
  /** The version of this build. */
  export const version: string;
  /** The way from the script's folder to that of the later files. */
  export const base: string;
  /** The integrity of each later file. */
  export const parts: { [name: string]: string };
}

declare module 'gen/languages.js' {
  /** The tag of the language that is built in. */
  export const own: string;
  /** The first layer's texts in that language. */
  export const built: { [key: string]: string };
  /** How that language writes a list, as `list` in the others' files. */
  export const list: string;
  /** How the keys of the other texts begin, with a space between them. */
  export const later: string;
  /** The tags of the languages that have a file. */
  export const shipped: string[];
}

declare module '*.css' {
  /** The style sheet's text. */
  const text: string;
  export default text;
}
