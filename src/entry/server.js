// What talks to the site's own server, as a file of its own: handed to the copy that loaded it.

import { createServer } from '../server/server.js';

/** @type {any} */ (window).consentry.push(createServer);
