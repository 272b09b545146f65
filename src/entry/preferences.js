// The preference center as a file of its own: handed to the copy that loaded it.

import { createPreferences } from '../preferences/preferences.js';

/** @type {any} */ (window).consentry.push(createPreferences);
