// The preference center for the ES module.

export { createPreferences as default } from '../preferences/preferences.js';
