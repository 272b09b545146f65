// The preference center, loaded when a visitor asks for it or a page has a place for it.

import { on } from '../gate/natives.js';
import { createSheet } from '../face/sheet.js';
import { exportRecord } from '../rights/export.js';
import { answersIn } from '../rights/import.js';
import { createAge } from './age.js';
import { openDialog } from './dialog.js';
import { createEmbed } from './embed.js';
import { unlessUnfit } from './panel.js';
import { listStored } from './stored.js';
import { createSpeech } from './speech.js';
import css from './preferences.css';
import table from './policy.css';
import switches from './toggle.css';

/**
 * @typedef {object} PreferencesKit
 * @property {(key: string, values?: { [name: string]: string | number }) => string} text the key itself where there is no text
 * @property {(label: any) => string} local a text of the config, which may be one for each language
 * @property {string} lang
 * @property {string} dir
 * @property {{ [key: string]: any }} config
 * @property {() => import('../face/face.js').Snapshot} snapshot
 * @property {(answer: import('../face/face.js').Answer, event: Event) => boolean | undefined} act false where the answer was not taken, nothing where it waits for the visitor's age
 * @property {PreferencesKit['act']} answer the same for the question of age
 * @property {(contact: string) => Promise<string>} requestParent
 * @property {() => string} toldAge the age band of this visit; empty while it is not known
 * @property {(event: Event) => boolean} genuine whether a click is the visitor's own
 * @property {() => void} close the visitor leaves without an answer; calls `close()` here
 * @property {() => void} open the preference center is wanted; calls `show()` here
 * @property {(text: string) => void} status says a short message over the page
 * @property {import('./stored.js').Places} places where things are stored
 * @property {() => HTMLElement} root
 * @property {import('../boot/report.js').Report['spare']} spare
 * @property {(text: string) => void} warn
 */

/** @param {PreferencesKit} kit */
export const createPreferences = (kit) => {
  const { root } = kit;
  const speech = createSpeech(kit);
  const adopt = createSheet(css + switches + table, root(), kit.spare);
  // As root.js has it: a page's script that takes our sheets away is noticed by what the notice's sheet sets.
  on(root(), 'transitionrun', adopt);
  /** @type {ReturnType<typeof openDialog> | null} */
  let dialog = null;
  /** @type {ReturnType<typeof createEmbed> | undefined} */
  let embedded;
  /** A copy that waits for the dialog. @type {import('../rights/import.js').Brought | null} */
  let brought = null;
  const stored = () => listStored(kit.places, kit.snapshot().services);
  const showBrought = () => {
    if (dialog && brought) dialog.bring(brought);
    brought = null;
  };

  return {
    show: () => {
      if (dialog) return;
      adopt();
      dialog = openDialog(kit, speech, stored);
      showBrought();
    },
    close: () => {
      const closing = dialog;
      dialog = null;
      closing?.close();
    },
    /** Stands in this place of the page, too. @param {HTMLElement} place */
    embed: (place) => {
      if (embedded?.isIn(place)) return;
      adopt();
      embedded = createEmbed(kit, speech, stored, place);
    },
    update: () => {
      adopt();
      dialog?.update();
      embedded?.update();
    },
    forget: () => {
      brought = null;
      embedded?.forget();
    },
    stored,
    age: createAge(kit, speech, adopt),
    /** The visitor's copy. */
    copy: () => exportRecord(kit),
    /** Shows what a copy would answer. @param {any} copy @throws {Error} where it does not fit */
    bring: unlessUnfit((copy) => {
      brought = answersIn(copy, kit);
      if (dialog) showBrought();
      else kit.open();
    }, (key) => {
      throw new Error('Consentry: ' + speech.say(key));
    }),
  };
};
