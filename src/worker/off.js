// consentry-sw-off.js: served at the address of consentry-sw.js, it takes the place of the worker that visitors still have,
// unregisters it and deletes what it kept.

import { forget } from './state.js';

const worker = /** @type {any} */ (self);

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(forget().then(() => worker.registration.unregister()));
});
