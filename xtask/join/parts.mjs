// The files that consentry.js, or the ES module, loads when something needs them: `consentry.<name>.js`, and what each hands
// over to the copy that loaded it.

/** @type {{ [name: string]: { module: string, value: string } }} */
export const PARTS = {
  aside: { module: './src/aside/aside.js', value: 'createAside' },
  ask: { module: './src/ask/ask.js', value: 'createAsk' },
  debug: { module: './src/debug/debug.js', value: 'showDebug' },
  dpv: { module: './src/rights/dpv.js', value: 'asLinkedData' },
  failed: { module: './src/failed/failed.js', value: 'showFailure' },
  fallback: { module: 'gen/fallback.js', value: 'default' },
  preferences: { module: './src/preferences/preferences.js', value: 'createPreferences' },
  sealed: { module: './src/seal/seal.js', value: 'prepareSeal' },
  server: { module: './src/server/server.js', value: 'createServer' },
  worker: { module: './src/worker/page.js', value: 'createWorker' },
};

/** What a site serves beside them by a fixed name, without a copy that loads it: service workers. @type {{ [name: string]: string }} */
export const WORKERS = {
  'consentry-sw.js': 'src/worker/worker.js',
  'consentry-sw-off.js': 'src/worker/off.js',
};
