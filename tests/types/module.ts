// A bundled site: the same names from the ES module.

import { acceptAll, choice, has, onChange, ready, save, snapshot, start, version, whenGranted, withdraw } from 'consentry';
import type { Choice, Condition, Config, ConsentryConfigError, Held, Reason, ServiceConfig, Snapshot } from 'consentry';

const tweets: ServiceConfig = {
  id: 'tweet-button',
  category: 'social',
  vendor: 'X Corp.',
  hosts: ['platform.twitter.com', '*.twimg.com'],
  cookies: [{ name: '_tw*', domain: '.twitter.com', duration: '2 years', purpose: { en: 'Counts', de: 'Zählt' } }],
  storage: [{ kind: 'localStorage', key: 'tw_*' }],
};
const config: Config = {
  site: { name: 'Example', hosts: ['cdn.example.net'], policies: [{ url: '/privacy', languages: ['en'] }] },
  policy: { version: '2026-11-01', material: true },
  categories: [{ id: 'social', label: { en: 'Social' }, purposes: [{ id: 'sharing', basis: 'consent' }] }],
  services: ['google-analytics', tweets],
  record: { scope: 'shop', expiresDays: { granted: 180 } },
  ui: { layout: 'box', position: 'top', reopen: 'none', theme: { accent: '#06c' } },
  texts: { en: { 'notice.accept': 'Yes to all' } },
  'x-note': { anything: 1 },
};

export async function run(): Promise<Reason> {
  try {
    const begun: Snapshot = await start(config);
    console.log(begun.level === 'marked', version);
  } catch (error) {
    const { issues } = error as ConsentryConfigError;
    for (const { path, message } of issues) console.log(path, message);
  }
  await ready;
  const condition: Condition = { any: ['analytics', 'social'] };
  if (!has(condition)) await whenGranted(condition);
  const stop = onChange(({ asking }) => console.log(asking.join()));
  stop();
  const held: readonly Held[] = [];
  const answers: boolean[] = [acceptAll(), save({ social: true }), withdraw('social')];
  console.log(held.length, answers.length, snapshot().late);
  const { reason }: Choice = choice('social');
  return reason;
}
