// Runs the HTML of standard input through common minifiers, each as hard as it goes: a JSON list of names and results.

import { readFileSync } from 'node:fs';
import { minify } from 'html-minifier-terser';
import htmlnano from 'htmlnano';
import minifyHtml from '@minify-html/node';

const html = readFileSync(0, 'utf8');
const all = {
  collapseBooleanAttributes: true, collapseWhitespace: true, decodeEntities: true, minifyCSS: true, minifyJS: true, minifyURLs: true,
  processConditionalComments: true, removeAttributeQuotes: true, removeComments: true, removeEmptyAttributes: true, removeOptionalTags: true,
  removeRedundantAttributes: true, removeScriptTypeAttributes: true, removeTagWhitespace: true, sortAttributes: true, useShortDoctype: true,
};
const results = {
  'html-minifier-terser': await minify(html, all),
  htmlnano: (await htmlnano.process(html)).html,
  'htmlnano, its hardest': (await htmlnano.process(html, {}, htmlnano.presets.max)).html,
  'minify-html': minifyHtml.minify(Buffer.from(html), { minify_css: true, minify_js: true }).toString(),
  'minify-html, beyond the standard': minifyHtml.minify(Buffer.from(html), {
    minify_css: true, minify_js: true, allow_noncompliant_unquoted_attribute_values: true, allow_removing_spaces_between_attributes: true, minify_doctype: true,
  }).toString(),
};
console.log(JSON.stringify(Object.entries(results)));
