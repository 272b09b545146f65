// The ES module's copy: the same page-wide one, started by `start()` alone.

import { first, publish } from './publish.js';
import { createConsentry } from './start.js';

/** @param {import('./parts.js').Parts['load']} load */
export const attach = (load) =>
  first() ||
  publish(
    createConsentry({ script: null, parts: { load }, setting: (name) => (name == 'manual' ? '' : null) }),
    () => false,
  );
