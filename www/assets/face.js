// The page in the gallery's frame: starts Consentry as the address asks.

const asked = new URLSearchParams(location.search);
const ask = /** @param {string} name @param {string} otherwise */ (name, otherwise) => asked.get(name) || otherwise;
const view = ask('view', 'notice');
const lang = ask('lang', 'en');

document.documentElement.lang = lang;
const theme = ask('theme', 'plain');
if (theme != 'plain') {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `/themes/${theme}.css`;
  document.head.append(link);
}

// As a server says where it takes the visitor to be.
const place = document.createElement('meta');
place.name = 'place';
place.content = /^(opt-out|honored|signal)$/.test(view) ? 'US-CA' : 'DE';
document.head.append(place);
// A browser that sends Global Privacy Control.
if (view == 'signal') Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });

if (view == 'embed') {
  const title = document.createElement('h2');
  title.textContent = 'Your choices';
  const place = document.createElement('div');
  place.dataset.consentryEmbed = '';
  document.querySelector('main')?.append(title, place);
}

if (view == 'ask') {
  const form = document.createElement('form');
  form.dataset.consentryAsk = 'counter';
  document.querySelector('main')?.append(form);
}

/** Waits for something of this kind. @param {string} css @returns {Promise<HTMLElement>} */
const found = (css) =>
  new Promise((done) => {
    const look = () => {
      const one = /** @type {HTMLElement | null} */ (document.querySelector(css));
      if (one) done(one);
      return !!one;
    };
    const observer = new MutationObserver(() => look() && observer.disconnect());
    if (!look()) observer.observe(document.documentElement, { childList: true, subtree: true });
  });

const day = /** @param {number} days */ (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
// Each view starts fresh, and beside what the demo keeps.
for (const key of Object.keys(localStorage)) if (key.startsWith('consentry.record.faces')) localStorage.removeItem(key);
for (const key of Object.keys(sessionStorage)) if (/^consentry\.\w+\.faces/.test(key)) sessionStorage.removeItem(key);
// A child who has said so already.
const young = /^(parent|too-young)$/.test(view);
if (young) sessionStorage.setItem('consentry.age.faces', `0.13.${Math.floor(Date.now() / 1000)}`);
const many = view == 'find' ? [...Array(24).keys()] : [];

const config = {
  site: { name: 'Arbora', controller: 'Arbora SRL', contact: 'mailto:support@arbora.example', policies: [{ url: '/privacy.html' }] },
  policy: {
    version: '1',
    ...(/^news/.test(view) && { upcoming: { announced: day(-1), effective: day(40), noticeDays: 30, ...(view == 'news' && { kind: 'controller', controller: 'Buyer Inc.' }) } }),
    ...(view == 'policy' && {
      effective: day(-300), updated: day(-2),
      data: [['A', 'Identifiers'], ['B', 'Customer records'], ['F', 'Internet activity'], ['G', 'Geolocation']].map(([category, label], at) => ({ category, label, collected: at < 3, disclosed: at == 2, sold: false })),
    }),
  },
  ...(view == 'school' && { locked: [{ id: 'video', by: 'Town school', reason: 'exam week' }, { id: 'counter', by: 'Town school', reason: 'geography', opens: true }] }),
  jurisdiction: { meta: 'place' },
  floor: 'law',
  services: [
    { id: 'counter', category: 'analytics', label: 'Counter', vendor: 'Headcount Metrics Ltd.', country: 'GB', privacyPolicy: 'https://headcount.example/privacy', hosts: ['pixel.localhost'], serviceProvider: true,
      cookies: [{ name: 'visit', duration: '6 months', purpose: 'Recognizes returning readers' }] },
    { id: 'video', category: 'marketing', label: 'Video', vendor: 'Video Inc.', country: 'US', privacyPolicy: 'https://video.example/privacy', hosts: ['video.localhost'], uses: ['sale', 'share'] },
    ...many.map((at) => ({ id: `partner-${at}`, category: 'marketing', label: `Partner ${at}`, vendor: `Partner ${at} Ltd.`, hosts: [`partner-${at}.example`] })),
  ],
  gate: { level: 'marked' },
  // So that what only a visitor's click opens can be looked at.
  record: { scope: 'faces', scriptGrants: young || view == 'history' },
  ...((young || /^age/.test(view)) && { age: { ask: view == 'age-bands' ? 'bands' : 'years', ...(view == 'parent' && { parentalConsent: { endpoint: '/parent' } }) } }),
  ui: { layout: ask('layout', 'bar'), position: ask('position', 'bottom'), optOut: ask('links', 'links'), theme: { scheme: ask('scheme', 'auto') }, ...(view == 'logo' && { logo: '/assets/icon.svg' }) },
  ...(view == 'failure' && { mistake: true }),
};
// A browser that keeps nothing.
if (view == 'unkept') Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } });
const { consentry } = window;
// A config with a mistake starts nothing; who asks for the settings then is told.
await consentry.start(config).catch(() => {});
if (/^(notice|logo|status)$/.test(view)) consentry.showNotice();
if (view == 'history') {
  consentry.rejectAll();
  consentry.acceptAll();
  consentry.withdraw();
}
if (view == 'device') localStorage.setItem('faces.note', 'Something that the page itself remembers');
if (/^(preferences|find|failure|policy|school|history|device|signal|unkept)$/.test(view)) consentry.showPreferences();
/** What is opened to be looked at: in the preference center all but the list of the device, which is a view of its own. @type {{ [view: string]: string }} */
const opened = { history: 'record', device: 'device', policy: 'channels', school: 'marketing', signal: 'marketing' };
if (opened[view]) {
  const details = /** @type {HTMLDetailsElement} */ (await found(`[aria-labelledby="consentry-${opened[view]}"] details`));
  details.open = true;
  details.scrollIntoView({ block: 'center' });
}
if (/^(embed|placeholder|way-back|ask|news|news-policy|debug)$/.test(view)) consentry.rejectAll();
if (view == 'honored') consentry.withdraw('sale share targetedAds');
if (/^age/.test(view)) consentry.askAge();
if (young) consentry.acceptAll();
// A click that is nobody's: the message that answers it stays.
if (view == 'status') (await found('.consentry-notice .consentry-actions button')).click();
document.documentElement.dataset.shown = view;
