// Prints, for each file given: bytes, bytes after gzip 9, bytes after brotli 11, and its integrity. After `--plain` only
// the first and the last, at once: packing takes its time.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const plain = process.argv[2] == '--plain';
for (const file of process.argv.slice(plain ? 3 : 2)) {
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const digest = createHash('sha384').update(content).digest('base64');
  const packed = () => [gzipSync(content, { level: 9 }).length, brotliCompressSync(content, { params }).length];
  const sizes = [content.length, ...(plain ? [] : packed())];
  console.log([...sizes, `sha384-${digest}`].join('\t'));
}
