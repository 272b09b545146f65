// Joins src/ and the generated modules into the files of dist/. Called by `cargo xtask build` with
// --made (the build's directory, with gen/ in it), --dist, --version, --target and, for the release, --minify.

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, transform } from 'esbuild';
import { minify } from 'terser';
import { BASE, BUILT, listOf, localize, readLanguages } from './languages.mjs';
import { PARTS, WORKERS } from './parts.mjs';

const text = { type: /** @type {const} */ ('string'), default: '' };
const { values: given } = parseArgs({
  options: { made: text, dist: text, version: text, target: text, minify: { type: 'boolean', default: false } },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const target = given.target.split(',');

/**
 * What esbuild leaves is made smaller by terser, which looks across functions: 600 bytes of consentry.js. Nothing of ours
 * is called with `new`, and no getter of ours does anything but get.
 * @param {Uint8Array} code
 */
const shrink = async (code) => {
  const compress = { passes: 4, unsafe_arrows: true, pure_getters: true, keep_fargs: false };
  const { code: small } = await minify(new TextDecoder().decode(code), { ecma: 2020, toplevel: true, compress, format: { ascii_only: true } });
  return new TextEncoder().encode(small + '\n');
};

/** A style sheet as it is shipped. @param {string} path */
const styleOf = async (path) => (await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: given.minify, target })).code.trim();

/** Generated modules are imported as `gen/…`; style sheets as text; the ES module's later files stay beside it. */
const ours = {
  name: 'consentry',
  /** @param {import('esbuild').PluginBuild} plugin */
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^gen\// }, ({ path }) => ({ path: join(given.made, path) }));
    onResolve({ filter: /^\.\/consentry\.\w+\.js$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await styleOf(path), loader: 'text' }));
    // Later files bring the first layer's English for what both layers say; these the notice and placeholders alone do.
    onLoad({ filter: /locales[/\\]en\.json$/ }, ({ path }) => {
      const texts = Object.entries(JSON.parse(readFileSync(path, 'utf8')));
      const shared = texts.filter(([key]) => !/^(notice\.(title|text|on|changed|partners|authoritative)|placeholder\.\w+|status\.unavailable)$/.test(key));
      return { contents: JSON.stringify(Object.fromEntries(shared)), loader: 'json' };
    });
  },
};

const FAILED =
  "}catch(error){console.error('Consentry: this page broke what it needs before it could start, so what is marked stays held. " +
  "Load consentry.js before other scripts. '+error)}";

/**
 * V8 compiles every function while the file still comes, on another thread, instead of one by one when they are called: a
 * fifth less script before the notice.
 */
const EAGER = '//# allFunctionsCalledOnLoad\n';

const languages = readLanguages(join(root, 'locales'));

/** @param {string} file @param {string | Uint8Array} contents */
const put = (file, contents) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
};

/**
 * Bundles one entry: a file of src/, or a text.
 * @param {string} entry
 * @param {'iife' | 'esm'} format
 * @param {string} file
 */
const bundle = async (entry, format, file) => {
  const source = entry.startsWith('src/')
    ? { entryPoints: [entry] }
    : { stdin: { contents: entry, resolveDir: root, sourcefile: 'entry.js' } };
  const { outputFiles, metafile } = await build({
    ...source,
    absWorkingDir: root,
    bundle: true,
    charset: 'ascii',
    format,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    // Names are terser's to shorten: it knows better when it sees the long ones.
    minifySyntax: given.minify,
    minifyWhitespace: given.minify,
    platform: 'browser',
    plugins: [ours],
    sourcemap: given.minify ? false : 'inline',
    target,
    write: false,
    outfile: file,
    // A browser whose natives are broken before us may throw anywhere: then one clear error is all there is.
    ...(entry == 'src/entry/script.js' && { banner: { js: 'try{' }, footer: { js: FAILED } }),
  });
  const { contents: joined } = outputFiles[0];
  const compact = given.minify ? await shrink(joined) : joined;
  const contents = entry == 'src/entry/script.js' ? Buffer.concat([Buffer.from(EAGER), compact]) : compact;
  put(file, localize(contents, languages.en, './'));
  return { contents, shares: Object.values(metafile.outputs)[0].inputs };
};

/** @param {Uint8Array} contents */
const integrity = (contents) => 'sha384-' + createHash('sha384').update(contents).digest('base64');
const dist = /** @param {string} file */ (file) => join(given.dist, file);

// Sites allow the head snippet by its hash: its text stays as it is for a whole major version.
const snippet = await minify(readFileSync(join(root, 'src/seal/snippet.js'), 'utf8'), { ecma: 5, compress: { passes: 3, negate_iife: false }, format: { ascii_only: true } });
if (snippet.code != readFileSync(join(root, 'src/seal/snippet.txt'), 'utf8')) {
  throw new Error(`src/seal/snippet.js does not make the frozen text of src/seal/snippet.txt, but ${snippet.code}`);
}
mkdirSync(given.dist, { recursive: true });
copyFileSync(join(root, 'src/seal/frame.html'), dist('consentry-frame.html'));
for (const [name, entry] of Object.entries(WORKERS)) {
  for (const folder of ['', 'npm/']) await bundle(entry, 'iife', dist(folder + name));
}

/** @type {{ [name: string]: string }} */
const parts = {};
for (const [name, part] of Object.entries(PARTS)) {
  const handOver = `import { ${part.value} as part } from '${part.module}'; window.consentry.push(part);`;
  parts[name] = integrity((await bundle(handOver, 'iife', dist(`consentry.${name}.js`))).contents);
}
put(
  join(given.made, 'gen/parts.js'),
  `export const version = ${JSON.stringify(given.version)};\nexport const parts = ${JSON.stringify(parts)};\nexport const base = '${BASE}';\n`,
);
const tags = Object.keys(languages);
// How the keys of what is not built in begin; a category of the site's own has texts by its id.
const later = [...new Set(Object.keys(languages.en.second).map((key) => key.replace(/[.].*/, '.')))];
put(join(given.made, 'gen/languages.js'),
  `export const [own, built, list] = ${BUILT};\nexport const later = '${later.join(' ')}';\nexport const shipped = '${tags.join(' ')}'.split(' ');\n`);
const { contents: script, shares } = await bundle('src/entry/script.js', 'iife', dist('consentry.js'));

for (const tag of tags) {
  const texts = JSON.stringify({ list: listOf(tag), ...languages[tag].first, ...languages[tag].second }) + '\n';
  put(dist(`lang/${tag}.json`), texts);
  put(dist(`npm/lang/${tag}.json`), texts);
  if (given.minify && tag != 'en') put(dist(`lang/consentry.${tag}.js`), localize(script, languages[tag], '../'));
}

await bundle('src/entry/module.js', 'esm', dist('npm/consentry.js'));
for (const [name, part] of Object.entries(PARTS)) {
  await bundle(`export { ${part.value} as default } from '${part.module}';`, 'esm', dist(`npm/consentry.${name}.js`));
}

// The gate bundled alone is measured, and has a ceiling of its own.
const gate = readdirSync(join(root, 'src/gate')).filter((file) => file.endsWith('.js')).sort();
await bundle(gate.map((file) => `export * from './src/gate/${file}';`).join('\n'), 'esm', join(given.made, 'shares/gate'));
// So are what the notice says and how it looks: the built-in texts and styles, packed without the code around them.
const sheets = await Promise.all(['notice', 'placeholder'].map((name) => styleOf(join(root, `src/face/${name}.css`))));
put(join(given.made, 'shares/texts and styles'), [JSON.stringify(languages.en.first), ...sheets].join('\n'));

/** @type {{ [folder: string]: number }} */
const sums = {};
for (const [path, { bytesInOutput }] of Object.entries(shares)) {
  const folder = path.includes('gen/') ? path.slice(path.indexOf('gen/')) : path.split('/').slice(0, 2).join('/');
  sums[folder] = (sums[folder] || 0) + bytesInOutput;
}
const lines = Object.entries(sums).sort((one, other) => other[1] - one[1]);
writeFileSync(join(given.made, 'shares/consentry.js.txt'), lines.map(([folder, bytes]) => `${bytes}\t${folder}\n`).join(''));
