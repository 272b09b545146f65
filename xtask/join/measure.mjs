// Prints, for each file given: bytes, bytes after gzip 9, bytes after brotli 11, and its integrity.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** @param {string} file */
const measure = async (file) => {
  const content = readFileSync(file);
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const packed = await Promise.all([gzip(content, { level: 9 }), brotli(content, { params })]);
  const digest = createHash('sha384').update(content).digest('base64');
  return [content.length, ...packed.map(({ length }) => length), `sha384-${digest}`].join('\t');
};

// All at once: the languages are many, and packing takes its time.
for (const line of await Promise.all(process.argv.slice(2).map(measure))) console.log(line);
