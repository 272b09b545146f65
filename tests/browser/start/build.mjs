// Writes what `cargo xtask bench start` serves: for each language and manager a page and its files, packed by brotli as a
// host would, and `pages.json`, which lists them. `node build.mjs DIST FOLDER`

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { managers } from './peers.mjs';

const [dist, folder] = process.argv.slice(2);
const TYPES = /** @type {{ [ending: string]: string }} */ ({ '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' });

/** @type {Map<string, { path: string, type: string, file: string, bytes: number }>} */
const files = new Map();

/** Packs a file once. @param {string} path on the site @param {string | Buffer} content */
const put = (path, content) => {
  const packed = brotliCompressSync(content);
  const file = join(folder, path + '.br');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, packed);
  files.set(path, { path, type: TYPES[extname(path)] + '; charset=utf-8', file, bytes: packed.length });
};

const WORDS = 'harbor winter letter garden bridge market silver morning window paper river stone autumn mountain lantern village station kitchen orchard meadow'.split(' ');

let state = 1;
/** The same on every run, yet nothing that brotli foresees. @param {number} below */
const chance = (below) => (state = (state * 48271) % 2147483647) % below;
const TEXT = Array.from({ length: 60 }, () => `<p>${Array.from({ length: 70 }, () => WORDS[chance(WORDS.length)]).join(' ')}.</p>`).join('\n');

/**
 * The page that everybody stands on: a style sheet of the usual size, a heading, sixty paragraphs.
 * @param {string} language @param {import('./peers.mjs').Manager} manager
 */
const page = (language, { head = '', body = '' }) => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>A page</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
${head.replaceAll('{dist}', '/start/dist')}
<link rel="stylesheet" href="/start/page.css">
</head>
<body>
<main class="container">
<h1>A page like many</h1>
${TEXT}
</main>
${body}
</body>
</html>
`;

put('/start/page.css', readFileSync(fileURLToPath(new URL('../../../node_modules/bootstrap/dist/css/bootstrap.min.css', import.meta.url))));
for (const name of ['consentry.js', 'lang/consentry.de.js', 'lang/de.json']) put('/start/dist/' + name, readFileSync(join(dist, name)));

const pages = [];
for (const language of /** @type {const} */ (['en', 'de'])) {
  for (const [at, manager] of (await managers(language)).entries()) {
    const place = `/start/${language}/${at}/`;
    for (const [name, content] of Object.entries(manager.files)) put(place + name, typeof content == 'string' ? content : readFileSync(content.file));
    put(place + 'index.html', page(language, manager));
    pages.push({ language, name: manager.name, version: manager.version ?? '', notice: manager.notice, path: place + 'index.html' });
  }
}
writeFileSync(join(folder, 'pages.json'), JSON.stringify({ pages, files: [...files.values()] }));
