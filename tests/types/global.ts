/// <reference path="../../src/consentry.d.ts" />
// A page with the script tag: the global is there without an import, and its events are typed.

const early: void = consentry.push((api) => api.showNotice(), () => {});

document.addEventListener('consentry:ready', ({ detail }) => {
  const phase: 'starting' | 'ready' | 'failed' = detail.phase;
  for (const { id, label, services } of detail.categories) console.log(id, label, services.length, phase);
});
document.addEventListener('consentry:change', (event) => {
  const reason: string | undefined = event.detail.choices['analytics']?.reason;
  console.log(reason, event.detail.action === 'accept_all');
});
document.addEventListener('consentry:show', (event) => event.preventDefault());
document.addEventListener('consentry:error', ({ detail: { error } }) => console.log(error.message));

if (consentry.has('analytics') || consentry.has({ all: ['!marketing', { any: ['a', { not: 'b' }] }] })) {
  const since: string | null = consentry.choice('analytics').since;
  console.log(since, consentry.allows('https://example.com/'), consentry.version);
}
const stop: () => void = consentry.onChange((snapshot) => console.log(snapshot.storage === 'local', snapshot.record?.entries.length));
stop();

const taken: boolean[] = [
  consentry.acceptAll(),
  consentry.rejectAll(),
  consentry.save({ analytics: true, marketing: false }),
  consentry.withdraw(),
  consentry.withdraw('youtube'),
];
consentry.showPreferences();
consentry.askAge().then((age) => {
  if (age == 'child') consentry.requestParent('parent@example.com').then((state) => console.log(state == 'pending'));
});
consentry.hide();
consentry.activate();
consentry.activate(document.body);
consentry.exportRecord().then((copy) => consentry.importRecord(copy)).then(() => console.log(consentry.eraseRecord()));
consentry.exportRecord('jsonld').then((copy) => console.log(copy['@type']));
const remembered: boolean = consentry.preferences.set('view', { zoom: 2 }) || consentry.preferences.set('seen', [1], 'analytics');
console.log(remembered, consentry.preferences.get('view'), consentry.preferences.keys().join());
consentry.preferences.remove('view');
consentry.stored().then((found) => found.forEach(({ service, size, remove }) => service == 'tracker' && size && remove()));
consentry.blocked().forEach(({ service, category, kind, url }) => console.log(service, category, kind, url));
export { early, taken };
