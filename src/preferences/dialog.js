// The preference center as a dialog before the page.

import { activeElement, all, body, isConnected, soon } from '../gate/natives.js';
import { h } from '../face/dom.js';
import { focus, openModal } from '../face/modal.js';
import { createPanel } from './panel.js';

/**
 * Opens it.
 * @param {import('./preferences.js').PreferencesKit} kit
 * @param {import('./speech.js').Speech} speech
 * @param {() => Promise<import('./stored.js').Stored[]>} stored
 */
export const openDialog = (kit, speech, stored) => {
  const { say, lang, dir } = speech;
  const now = activeElement(document);
  const opener = now == body(document) ? null : now;
  const message = h('p', { role: 'status' });
  // An answer that closed the dialog is said over the page alone.
  const tell = /** @param {string} text */ (text) => void (isConnected(message) && (message.textContent = text));
  const panel = createPanel(kit, speech, { mark: '', level: 3, stored, tell, alone: true });
  const title = h('h2', { id: 'consentry-title', tabindex: -1 }, say('reopen.label'));
  const leave = () => kit.close();
  const element = h(
    'dialog',
    { class: 'consentry-preferences', lang, dir, 'aria-labelledby': title.id },
    h('header', null, title, h('button', { type: 'button', class: 'consentry-close', 'aria-label': say('center.close'), click: leave }, '\xd7')),
    panel.body,
    h('footer', null, message, panel.actions),
  );
  const close = openModal(kit, element, leave, title);
  /** Native dialogs lead the focus back by themselves; this is for an opener that went away in between. */
  const leadBack = () => {
    const here = activeElement(document);
    if (here && here != body(document)) return;
    const target = opener && isConnected(opener) ? opener : all(kit.root(), '.consentry-reopen button')[0];
    if (target) focus(target);
  };
  return {
    ...panel,
    close: () => {
      close();
      soon(leadBack);
    },
  };
};
