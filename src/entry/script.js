// The script tag: shuts the gate, reads the record and puts the decision in force before the next element is parsed.

import { createParts } from '../boot/parts.js';
import { first, handOver, publish } from '../boot/publish.js';
import { createConsentry } from '../boot/start.js';
import { currentScript, getAttribute } from '../gate/natives.js';

const script = /** @type {HTMLScriptElement | null} */ (currentScript(document));
const copy = first();

if (copy) handOver(copy, script && script.src ? 'the tag with ' + script.src : 'the second one');
else {
  const parts = createParts(script);
  const setting = /** @param {string} name */ (name) => script && getAttribute(script, 'data-' + name);
  publish(createConsentry({ script, parts, setting }), (fn) => parts.accept(currentScript(document), fn));
}
