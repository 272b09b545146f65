// What asks where it matters, as a file of its own: handed to the copy that loaded it.

import { createAsk } from '../ask/ask.js';

/** @type {any} */ (window).consentry.push(createAsk);
