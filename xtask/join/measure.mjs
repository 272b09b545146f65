// Prints, for each file given: bytes, bytes after gzip 9, bytes after brotli 11, and its integrity.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

for (const file of process.argv.slice(2)) {
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const digest = createHash('sha384').update(content).digest('base64');
  const sizes = [content.length, gzipSync(content, { level: 9 }).length, brotliCompressSync(content, { params }).length];
  console.log([...sizes, `sha384-${digest}`].join('\t'));
}
