// Consent managers beside each other on one page: each with the tags, in the places, that its own documentation shows
// first, asking for the same two services. In German only German texts are shipped, where a manager lets one choose.

import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Manager one way of asking on the page
 * @property {string} name
 * @property {string} notice a selector of the notice's box
 * @property {string} [head] markup at the end of the head
 * @property {string} [body] markup at the end of the body
 * @property {{ [path: string]: string | { file: string } }} files what the page may load, below the folder of the manager:
 *   text, or a file of a package
 * @property {string} [version]
 */

const require = createRequire(import.meta.url);
/** A file of an installed package. @param {string} path */
const packed = (path) => ({ file: fileURLToPath(new URL('node_modules/' + path, import.meta.url)) });
const version = /** @param {string} name */ (name) => require(`./node_modules/${name}/package.json`).version;
const script = /** @param {string} code */ (code) => `<script>${code}</script>`;

const WORDS = {
  en: {
    title: 'Cookies at Example', text: 'We use cookies of other companies to count visits and to show films. You can change your mind at any time.',
    accept: 'Accept all', reject: 'Reject all', choose: 'Customize', save: 'Save', necessary: 'Necessary', counts: 'Counts visits', shows: 'Shows films',
  },
  de: {
    title: 'Cookies bei Example', text: 'Wir verwenden Cookies anderer Unternehmen, um Besuche zu zählen und Filme zu zeigen. Sie können Ihre Meinung jederzeit ändern.',
    accept: 'Alle akzeptieren', reject: 'Alle ablehnen', choose: 'Anpassen', save: 'Speichern', necessary: 'Notwendig', counts: 'Zählt Besuche', shows: 'Zeigt Filme',
  },
};

/** Our config, with the services described as the others' configs describe them. @param {'en' | 'de'} language @param {string} level */
const ours = (language, level) => JSON.stringify({
  site: { name: 'Example', controller: 'Example Ltd.', policies: [{ url: '/privacy', version: '1' }] },
  policy: { version: '2026-11-01' },
  gate: { level },
  services: [
    { id: 'google-analytics', category: 'analytics', label: 'Google Analytics', vendor: 'Google Ireland Ltd.', description: WORDS[language].counts,
      hosts: ['*.google-analytics.com', '*.googletagmanager.com'], cookies: [{ name: '_ga*', duration: '2 years', purpose: WORDS[language].counts }] },
    { id: 'youtube', category: 'marketing', label: 'YouTube', vendor: 'Google Ireland Ltd.', description: WORDS[language].shows, hosts: ['*.youtube-nocookie.com'] },
  ],
});

/** @param {string} name @param {'en' | 'de'} language @param {string} level @param {string} file @param {string} [how] @returns {Manager} */
const consentry = (name, language, level, file, how = '') => ({
  name,
  notice: '.consentry-notice',
  head: `<script type="application/json" id="consentry-config">${ours(language, level)}</script>\n<script${how} src="{dist}/${file}"></script>`,
  files: {},
});

/** @param {'en' | 'de'} language @returns {Manager} */
const orestbida = (language) => {
  const words = WORDS[language];
  const config = {
    categories: { necessary: { readOnly: true }, analytics: {}, marketing: {} },
    // The documented default leaves browsers alone that say they are driven, as ours do here.
    hideFromBots: false,
    language: { default: language, translations: { [language]: {
      consentModal: { title: words.title, description: words.text, acceptAllBtn: words.accept, acceptNecessaryBtn: words.reject, showPreferencesBtn: words.choose },
      preferencesModal: { title: words.title, acceptAllBtn: words.accept, acceptNecessaryBtn: words.reject, savePreferencesBtn: words.save, closeIconLabel: '×', sections: [
        { title: words.necessary, description: words.text, linkedCategory: 'necessary' },
        { title: 'Google Analytics', description: words.counts, linkedCategory: 'analytics' },
        { title: 'YouTube', description: words.shows, linkedCategory: 'marketing' },
      ] },
    } } },
  };
  return {
    name: 'orestbida',
    version: version('vanilla-cookieconsent'),
    notice: '#cc-main .cm',
    head: '<link rel="stylesheet" href="cookieconsent.css">',
    body: '<script type="module" src="cookieconsent-config.js"></script>',
    files: {
      'cookieconsent.css': packed('vanilla-cookieconsent/dist/cookieconsent.css'),
      'cookieconsent.umd.js': packed('vanilla-cookieconsent/dist/cookieconsent.umd.js'),
      'cookieconsent-config.js': `import './cookieconsent.umd.js';CookieConsent.run(${JSON.stringify(config)});`,
    },
  };
};

/** The same without the chain of a module: what a site would do that counts milliseconds. @param {'en' | 'de'} language @returns {Manager} */
const orestbidaTight = (language) => {
  const { 'cookieconsent-config.js': config, ...files } = orestbida(language).files;
  const run = ('' + config).replace(/^import.*?;/, '');
  return {
    ...orestbida(language),
    name: 'orestbida, one deferred script',
    head: '<link rel="stylesheet" href="cookieconsent.css"><script defer src="cookieconsent.umd.js"></script>',
    body: script(`addEventListener('DOMContentLoaded',()=>{${run}})`),
    files,
  };
};

/** @param {'en' | 'de'} language @returns {Manager} */
const klaro = (language) => {
  const words = WORDS[language];
  const config = {
    version: 1, elementID: 'klaro', acceptAll: true, translations: { zz: { privacyPolicyUrl: '/privacy' }, [language]: { purposes: { analytics: words.counts, marketing: words.shows } } },
    services: [
      { name: 'google-analytics', title: 'Google Analytics', description: words.counts, purposes: ['analytics'], cookies: ['_ga'] },
      { name: 'youtube', title: 'YouTube', description: words.shows, purposes: ['marketing'] },
    ],
  };
  return {
    name: 'Klaro',
    version: version('klaro'),
    notice: '.klaro .cookie-notice',
    head: '<script defer type="text/javascript" src="config.js"></script><script defer type="text/javascript" src="klaro.js"></script>',
    files: { 'config.js': `var klaroConfig=${JSON.stringify(config)};`, 'klaro.js': packed('klaro/dist/klaro.js') },
  };
};

/** @param {'en' | 'de'} language @returns {Manager} */
const orejime = (language) => {
  const words = WORDS[language];
  const config = { privacyPolicyUrl: '/privacy', purposes: [
    { id: 'google-analytics', title: 'Google Analytics', description: words.counts, cookies: ['_ga'] },
    { id: 'youtube', title: 'YouTube', description: words.shows, cookies: [] },
  ] };
  const file = `orejime-standard-${language}.js`;
  return {
    name: 'Orejime',
    version: version('orejime'),
    notice: '.orejime-Banner',
    head: '<link href="orejime-standard.css" rel="stylesheet">',
    // Its documentation names no place; at the end it keeps nothing else waiting.
    body: script(`window.orejimeConfig=${JSON.stringify(config)}`) + `<script src="${file}"></script>`,
    files: { [file]: packed('orejime/dist/' + file), 'orejime-standard.css': packed('orejime/dist/orejime-standard.css') },
  };
};

/** @param {'en' | 'de'} language @returns {Manager} */
const tarteaucitron = (language) => {
  const config = {
    privacyUrl: '/privacy', bodyPosition: 'bottom', hashtag: '#tarteaucitron', cookieName: 'tarteaucitron', orientation: 'middle', groupServices: false,
    showDetailsOnClick: true, serviceDefaultState: 'wait', showAlertSmall: false, cookieslist: false, showIcon: true, iconPosition: 'BottomRight',
    adblocker: false, DenyAllCta: true, AcceptAllCta: true, highPrivacy: true, handleBrowserDNTRequest: false, removeCredit: false, moreInfoLink: true,
    useExternalCss: false, useExternalJs: false, readmoreLink: '', mandatory: true, mandatoryCta: true, googleConsentMode: true, partnersList: false,
  };
  const files = ['tarteaucitron.min.js', 'css/tarteaucitron.min.css', `lang/tarteaucitron.${language}.min.js`, 'tarteaucitron.services.min.js', 'advertising.min.js'];
  const jobs = "tarteaucitron.user.gtagUa='G-1';(tarteaucitron.job=tarteaucitron.job||[]).push('gtag','youtube');";
  return {
    name: 'tarteaucitron',
    version: version('tarteaucitronjs'),
    notice: '#tarteaucitronAlertBig',
    head: `<script src="tarteaucitron.min.js"></script>${script(`tarteaucitron.init(${JSON.stringify(config)});`)}`,
    body: script(jobs),
    files: Object.fromEntries(files.map((file) => [file, packed('tarteaucitronjs/' + file)])),
  };
};

/** @param {'en' | 'de'} language @returns {Promise<Manager>} */
const c15t = async (language) => {
  const bundled = await build({
    entryPoints: [fileURLToPath(new URL('c15t.jsx', import.meta.url))],
    bundle: true, minify: true, write: false, outdir: '.', format: 'esm', target: 'es2022', jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', LANGUAGE: JSON.stringify(language) },
  });
  return {
    name: '@c15t/react',
    version: version('@c15t/react'),
    notice: '[data-testid="consent-banner-card"]',
    head: '<script type="module" crossorigin src="app.js"></script><link rel="stylesheet" crossorigin href="app.css">',
    body: '<div id="app"></div>',
    files: Object.fromEntries(bundled.outputFiles.map(({ path, text }) => [path.replace(/^.*\./, 'app.'), text])),
  };
};

/** Everything that is measured in a language, ours first. @param {'en' | 'de'} language @returns {Promise<Manager[]>} */
export const managers = async (language) => [
  { name: 'no manager', notice: '', files: {} },
  consentry('Consentry', language, 'auto', 'consentry.js'),
  ...(language == 'en' ? [] : [consentry('Consentry, built in', language, 'auto', `lang/consentry.${language}.js`)]),
  consentry('Consentry, marked, async', language, 'marked', 'consentry.js', ' async'),
  orestbida(language),
  orestbidaTight(language),
  orejime(language),
  klaro(language),
  tarteaucitron(language),
  await c15t(language),
];
