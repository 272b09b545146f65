// What levels `sealed` and `header` need beside the rest, for the ES module.

export { createSeal as default } from '../seal/seal.js';
