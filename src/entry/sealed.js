// What levels `sealed` and `header` need beside the rest, as a file of its own: handed to the copy that loaded it.

import { createSeal } from '../seal/seal.js';

/** @type {any} */ (window).consentry.push(createSeal);
