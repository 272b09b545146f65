// Must not compile: every line that ends in "wrong" has a mistake that the types have to catch.

import { choice, has, save, snapshot, start } from 'consentry';

start({ services: [] }); // wrong: no policy
start({ policy: { versoin: '1' } }); // wrong: a misspelt key
start({ policy: { version: 1 } }); // wrong: a number
start({ policy: { version: '1' }, gate: { level: 'shut' } }); // wrong: no such level
start({ policy: { version: '1' }, integrations: {} }); // wrong: a section that this version lacks
start({ policy: { version: '1' }, age: { ask: 'birthday' } }); // wrong: neither years nor bands
start({ policy: { version: '1' }, services: [{ id: 'a' }] }); // wrong: a service without category
has({ every: ['a'] }); // wrong: no such combination
has(['a']); // wrong: a list is no condition
save(['analytics']); // wrong: a list is no choice
choice('analytics').allowed = true; // wrong: a choice is read-only
snapshot().choices['analytics'] = choice('a'); // wrong: a snapshot is read-only
const yes: string = has('analytics'); // wrong: an answer is a boolean
consentry.acceptAll('analytics'); // wrong: nothing to name
consentry.askParent(); // wrong: no such method
consentry = consentry.snapshot(); // wrong: not the API
export { yes };
