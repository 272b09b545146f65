// Writes a zip of everything a site owner needs: zip.mjs <file> <checkout>. The same input gives the same bytes.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { PARTS, WORKERS } from './parts.mjs';

const [file, root] = process.argv.slice(2);
const parts = Object.keys(PARTS).map((name) => `consentry.${name}.js`);
const dist = ['consentry.js', ...parts, 'consentry.catalog.json', 'consentry-frame.html', ...Object.keys(WORKERS)];
const entries = [
  ...dist.map((name) => [name, join(root, 'dist', name)]),
  ...['consentry.d.ts', 'manifest.json'].map((name) => [name, join(root, 'dist', name)]),
  ...readdirSync(join(root, 'dist/lang')).sort().map((name) => [`lang/${name}`, join(root, 'dist/lang', name)]),
  ['consentry.schema.json', join(root, 'www/consentry.schema.json')],
  ...['README.md', 'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE'].map((name) => [name, join(root, name)]),
];

/** 1 January 1980, the format's first day: the date of a build says nothing about its content. */
const DATE = 0x21;

const local = [];
const central = [];
let offset = 0;
for (const [name, path] of entries) {
  const content = readFileSync(path);
  const packed = deflateRawSync(content, { level: 9 });
  const title = Buffer.from(`consentry/${name}`);
  // Both headers share these 26 bytes: version, flags, method, time, date, checksum, sizes, length of the name.
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(8, 4);
  shared.writeUInt16LE(DATE, 8);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(title.length, 22);
  const place = Buffer.alloc(14);
  place.writeUInt32LE(offset, 10);
  local.push(Buffer.from('PK\x03\x04'), shared, title, packed);
  central.push(Buffer.from('PK\x01\x02\x14\x00'), shared, place, title);
  offset += 30 + title.length + packed.length;
}
const directory = Buffer.concat(central);
const end = Buffer.alloc(18);
end.writeUInt16LE(entries.length, 4);
end.writeUInt16LE(entries.length, 6);
end.writeUInt32LE(directory.length, 8);
end.writeUInt32LE(offset, 12);
writeFileSync(file, Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]));
