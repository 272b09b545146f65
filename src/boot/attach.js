// The ES module's copy: the same page-wide one, started by `start()` alone.

import { first, publish } from './publish.js';
import { createConsentry } from './start.js';

/** @param {import('./parts.js').LoadPart} loadPart */
export const attach = (loadPart) =>
  first() ||
  publish(
    createConsentry({ script: null, loadPart, setting: (name) => (name == 'manual' ? '' : null) }),
    () => false,
  );
