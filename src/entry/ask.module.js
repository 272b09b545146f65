// What asks where it matters, for the ES module.

export { createAsk as default } from '../ask/ask.js';
