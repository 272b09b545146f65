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
place.content = view == 'opt-out' ? 'US-CA' : 'DE';
document.head.append(place);

if (view == 'embed') {
  const title = document.createElement('h2');
  title.textContent = 'Your choices';
  const place = document.createElement('div');
  place.dataset.consentryEmbed = '';
  document.querySelector('main')?.append(title, place);
}

const day = /** @param {number} days */ (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
// Each view starts fresh, and beside what the demo keeps.
for (const key of Object.keys(localStorage)) if (key.startsWith('consentry.record.faces')) localStorage.removeItem(key);

await window.consentry.start({
  site: { name: 'Arbora', controller: 'Arbora SRL', contact: 'mailto:support@arbora.example', policies: [{ url: '/privacy.html' }] },
  policy: {
    version: '1',
    ...(view == 'news' && { upcoming: { announced: day(-1), effective: day(40), noticeDays: 30, kind: 'controller', controller: 'Buyer Inc.' } }),
  },
  jurisdiction: { meta: 'place' },
  floor: 'law',
  services: [
    { id: 'counter', category: 'analytics', label: 'Counter', vendor: 'Headcount Metrics Ltd.', country: 'GB', privacyPolicy: 'https://headcount.example/privacy', hosts: ['pixel.localhost'], serviceProvider: true,
      cookies: [{ name: 'visit', duration: '6 months', purpose: 'Recognizes returning readers' }] },
    { id: 'video', category: 'marketing', label: 'Video', vendor: 'Video Inc.', country: 'US', privacyPolicy: 'https://video.example/privacy', hosts: ['video.localhost'], uses: ['sale', 'share'] },
  ],
  gate: { level: 'marked' },
  record: { scope: 'faces' },
  ui: { layout: ask('layout', 'bar'), position: ask('position', 'bottom'), optOut: ask('links', 'links'), theme: { scheme: ask('scheme', 'auto') } },
});
const { consentry } = window;
if (view == 'notice') consentry.showNotice();
if (view == 'preferences') consentry.showPreferences();
if (/^(embed|placeholder|way-back|news)$/.test(view)) consentry.rejectAll();
document.documentElement.dataset.shown = view;
