// What talks to the site's own server, for the ES module.

export { createServer as default } from '../server/server.js';
