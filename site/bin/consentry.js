#!/usr/bin/env node
// The command line in Node: files, clock and terminal for the logic in site.wasm, which says what to read, write and print.

import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as site from './site.js';

const beside = (/** @type {string} */ file) => new URL(file, import.meta.url);

/** Errors go back as texts. @template T @param {() => T} work */
const attempt = (work) => {
  try {
    return work();
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw code === 'ENOENT' ? 'there is no such file' : message;
  }
};

const desk = {
  /** @param {string} path */
  read: (path) => attempt(() => readFileSync(path)),
  /** @param {string} path @param {Uint8Array} bytes */
  write: (path, bytes) => attempt(() => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }),
  /** @param {string} path @returns {string[] | undefined} */
  list: (path) => attempt(() => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    /** @param {string} prefix @returns {string[]} */
    const walk = (prefix) => readdirSync(join(path, prefix), { withFileTypes: true })
      .flatMap((entry) => (entry.isDirectory() ? walk(`${prefix}${entry.name}/`) : [prefix + entry.name]));
    return walk('').sort();
  }),
  catalog: () => attempt(() => readFileSync(beside('../consentry.catalog.json'), 'utf8')),
  /** Seconds since 1970. */
  now: () => Math.floor(Date.now() / 1000),
  say: (/** @type {string} */ text) => void process.stdout.write(text),
  complain: (/** @type {string} */ text) => void process.stderr.write(text),
};

const module = new WebAssembly.Module(readFileSync(beside('site.wasm')));
site.__wbg_set_wasm(new WebAssembly.Instance(module, { './consentry_site_bg.js': site }).exports);
process.exitCode = site.run(process.argv.slice(2), desk);
