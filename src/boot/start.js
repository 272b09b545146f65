// Starting up, shut first: gate, config, engine, record, face. Whatever fails, the page works and the gate stays shut.

import { createAddresses, FORBIDDEN } from '../gate/address.js';
import { createGate } from '../gate/gate.js';
import { createLog } from '../gate/log.js';
import { watch } from '../gate/gesture.js';
import { isHost } from '../gate/hosts.js';
import { all, assign, getAttribute, on } from '../gate/natives.js';
import { guardWrites } from '../gate/writes.js';
import { writePolicy } from '../seal/written.js';
import { createAhead } from './ahead.js';
import { createApi } from './api.js';
import { clean, drop } from './config.js';
import { startEngine } from './engine.js';
import { createFacts } from './facts.js';
import { createEvents } from './events.js';
import { createWish, onWish } from './failed.js';
import { inTurn, keepInStep, whenActive } from './lifecycle.js';
import { createPage } from './page.js';
import { beside } from './parts.js';
import { guardPermissions } from './permissions.js';
import { createPreferences } from './preferences.js';
import { first } from './publish.js';
import { ConsentryConfigError, createReport, failure, list, WARNINGS } from './report.js';
import { createServers } from './servers.js';
import { createSession } from './session.js';
import { rowsOf } from './snapshot.js';
import { findCatalog, findConfig } from './sources.js';
import { open as read } from './tell.js';
import { createTexts, words } from './texts.js';
import { createUnknown } from './unknown.js';
import { createViews } from './views.js';

/** @typedef {import('./config.js').Tree} Tree */

/**
 * @typedef {object} Place where this copy runs
 * @property {HTMLScriptElement | null} script our tag; none for the ES module, which knows level `marked` alone
 * @property {import('./parts.js').Parts} parts
 * @property {(name: string) => string | null} setting an attribute of the tag, without `data-`
 */

/** @param {Place} place */
export const createConsentry = (place) => {
  const { script, parts, setting } = place;
  const report = createReport();
  /** @param {string} id */
  const isAllowed = (id) => !!page.session?.state()?.choices[id]?.allowed && page.isOpen(id);
  const addresses = createAddresses(
    (id) => isAllowed(id) && !page.seal?.shuts(id),
    (script ? script.src : '').replace(/[^/?#]*([?#].*)?$/, 'consentry.'),
  );
  const page = createPage(script ? 'auto' : 'marked', addresses.owners);
  const events = createEvents(page);
  /** @param {string} id */
  const categoryOf = (id) => page.service(id)?.category ?? null;
  const log = createLog({ categoryOf, owners: addresses.owners, ready: events.ready, told: (blocked) => {
    const { service, kind, url } = blocked;
    if (!service && page.phase == 'ready' && !addresses.ask('' + url).known) report.warn(`no service declares what ${kind} asks of ${url}. Declare one with this host, or list it in site.hosts.`);
    events.emit('blocked', { blocked });
  } });
  const gate = createGate({
    verdict: page.verdict,
    categoryOf,
    holds: (id) => page.service(id)?.hold,
    addresses,
    auto: !!script,
    log,
    placeholder: (element, ...given) =>
      report.spare('a placeholder', () => page.views.placeholder(element, ...given, !page.seal || page.seal.hosts(element))),
    speaks: () => page.lang,
    ...report,
  });
  const permit = guardPermissions(page, (call) =>
    events.ready.then(
      () => page.views.ask(),
      () => ({ permit() {} }),
    ).then((asker) => asker.permit(call)),
  );
  const preferences = createPreferences({ page, events, ...report });
  /** What the page's policies keep out, from the first on: whoever starts later would miss it. @type {import('../seal/refused.js').Refusal[]} */
  const refused = [];
  /** The site's hosts that the tag names. */
  const own = { id: '', hosts: /** @type {string[]} */ ([]) };
  /** The first valid config wins. */
  let begun = false;
  /** The config as it was given. @type {Tree | undefined} */
  let given;
  const openPreferences = createWish(place, report, page, events.ready, () => given);
  /** What is being done, for the error if it fails. */
  let step = 'shutting the gate';

  /**
   * Reads config and record and puts the decision in force.
   * @param {Tree} config
   * @param {Tree} catalog
   * @param {any} [createSeal] where a policy stands in front of us
   */
  const open = (config, catalog, createSeal) => {
    step = 'checking the config';
    const facts = createFacts(config, setting);
    const outcome = read(config, catalog, facts.tell(), words);
    const issues = rowsOf(outcome, 'issue').map(([path, message, severity]) => ({ path, message, severity }));
    const errors = issues.filter(({ severity }) => severity == 'error');
    if (errors[0]) throw new ConsentryConfigError(errors);
    if (issues[0]) report.warn('the config has mistakes; the defaults are used there:\n' + list(issues));
    issues.forEach(({ path }) => drop(config, path));
    step = 'preparing the notice';
    const texts = createTexts(config, place, report);
    /** What writes the decision down for the next page. @type {any} */
    let keeper;
    const attach = /** @param {(kit: import('../seal/seal.js').Kit) => any} create */ (create) => {
      keeper = create({ config, script, page, frame: beside(script, 'consentry-frame.html'), held: gate.held, release: gate.release, refused, log, ...report });
      page.seal = keeper.level ? keeper : null;
    };
    if (createSeal) attach(createSeal);
    const unknown = createUnknown(config, page);
    const ahead = createAhead({ config, script, page, unknown, ...report }, parts.load);
    const views = createViews({
      page,
      events,
      config,
      texts,
      loadPart: parts.load,
      openPreferences,
      release: (element) => (page.seal || gate).release(element),
      reload: () => page.seal.reload(),
      report,
    });
    const session = createSession({
      config,
      catalog,
      texts,
      facts: facts.tell,
      shown: views.shown,
      declare: (services) =>
        addresses.declare(
          [
            ...services,
            own,
            { id: '', hosts: config.site?.hosts || [] },
            // What no click opens has no choice either.
            { id: FORBIDDEN, hosts: (config.policy.forbidden || []).filter(isHost) },
          ],
          unknown,
        ),
      changed: () => {
        preferences.update(config.record?.scope);
        keeper?.keep();
        // What the page's policy has let in it goes on letting in: from now on the gate stops it by its address.
        const less = session.lost()[0];
        if (page.seal && (less || page.seal.lets())) gate.level('auto', config.gate?.workers);
        if (less) gate.update(less);
        ahead.after(gate.update);
        report.spare('ending what the visitor took back', permit);
        views.update();
        facts.count(session.state().asking.length > 0);
        const [, band, key] = session.age();
        if (key) facts.keepAge(key, band);
      },
      orders: {
        ...views.orders,
        announce: (action) => {
          ahead.after(() => events.changed(action));
          views.announce(action);
        },
        warn: (what) => report.warn(WARNINGS[what]),
        wrote: () => {
          toServer.wrote();
          inTurn(session.read);
        },
      },
      granted: (services) => ahead.after(() => page.seal?.granted(services)),
    });
    const toServer = createServers({ config, page, session, ...report }, parts.load);
    page.server = toServer.load;
    /** @param {string | null} key @param {{ locked?: any[] }} [more] */
    page.turn = (key, { locked } = {}) => {
      views.orders.hide();
      session.subject(key, locked);
      views.forget();
      facts.keepAge(session.age()[2] || '', '');
      session.read();
      views.announce('');
      toServer.lookUp();
    };
    step = 'putting the decision in force';
    const level = setLevel(config);
    if (/^auto/.test(level) && page.snapshot().late) {
      report.warn('it runs after the page was read, so what came before was not stopped. Put the tag first in <head>, without async or defer, or mark what must wait.');
    }
    assign(page, { views, session, level: /^auto/.test(level) ? 'auto' : 'marked', phase: 'ready' });
    texts.ready(() => {
      page.lang = texts.lang;
      // First the labels, which the notice repeats.
      session.reword();
      views.speak();
    });
    const subject = setting('subject');
    if (subject) page.turn(subject);
    else session.take(outcome);
    events.started();
    ahead.begin();
    if (!createSeal && config.record?.cookie) {
      loadSeal().then((create) => {
        attach(create);
        keeper.keep();
        gate.update();
      }, ({ message }) => report.error(message));
    }
    keepInStep(session.read);
    toServer.lookUp();
    return events.snapshot();
  };

  /** Synchronous where nothing has to be loaded. @param {Tree} config */
  const begin = async (config) => {
    begun = true;
    given = config;
    page.phase = 'starting';
    // What the page marks or a policy holds is not ours to stop by its address, however long the start takes.
    if (setLevel(config) == 'auto-csp') writePolicy(/** @type {HTMLScriptElement} */ (script), config, own.hosts);
    const [snippet, meta] = all(document, 'head>[data-policy],head>[data-policy]+meta');
    // What the policy has let in is open from the first byte on.
    if (meta) addresses.declare([own, { id: '', hosts: ('' + getAttribute(meta, 'content')).slice(('' + getAttribute(snippet, 'data-policy')).length).replace(/:\*/g, '').split(' ') }]);
    gate.update();
    step = 'reading the catalog';
    let catalog = findCatalog(config, script);
    if (catalog instanceof Promise) catalog = await catalog;
    step = 'starting the engine';
    const starting = startEngine(parts.load);
    if (starting) await starting;
    const createSeal = snippet || /sealed|header/.test(config.gate?.level) ? await loadSeal() : null;
    // Before a visitor is here no record is read or written, and nobody is asked.
    const prerendering = whenActive();
    if (prerendering) await prerendering;
    return open(config, catalog, createSeal);
  };

  const loadSeal = async () => (await parts.load('sealed'))(script);

  /** @param {Tree} config @returns {string} */
  const setLevel = (config) => {
    const level = script ? config.gate?.level || 'auto' : 'marked';
    gate.level(level, config.gate?.workers);
    return level;
  };

  /** Says what fails. @template T @param {() => Promise<T>} run @returns {Promise<T>} */
  const attempt = async (run) => {
    try {
      return await run();
    } catch (error) {
      const problem = /** @type {any} */ (error);
      begun = false;
      page.phase = 'failed';
      gate.level('auto');
      report.failed(step, problem);
      events.failed(problem);
      throw problem;
    }
  };

  attempt(async () => {
    watch();
    gate.shut();
    onWish(openPreferences);
    on(document, 'securitypolicyviolation', ({ blockedURI, effectiveDirective, originalPolicy }) => refused.push([blockedURI, effectiveDirective, originalPolicy]));
    guardWrites((service, kind, name) => log.add({ service, kind, url: null, name }, () => !isAllowed(service)));
    step = 'reading the config';
    const debug = setting('debug');
    if (debug != null && (debug != 'query' || /[?&]consentry-debug\b/.test(location.search))) {
      parts.load('debug').then((show) => show(first), ({ message }) => report.error(message));
    }
    own.hosts = (setting('hosts') || '').split(/[\s,]+/).filter((host) => host);
    addresses.declare([own]);
    if (setting('manual') != null) return;
    let config = /** @type {any} */ (findConfig(place));
    if (config instanceof Promise) config = await config;
    if (begun) return;
    if (!config) {
      throw failure('there is no config. Put <script type="application/json" id="consentry-config"> before the tag, or data-config on it, or call consentry.start(config).');
    }
    await begin(config);
    // Said already; the API answers "failed" to whoever asks.
  }).catch(() => {});
  return createApi({
    page,
    events,
    gate,
    preferences: preferences.api,
    openPreferences,
    allows: addresses.allows,
    start: async (config) => {
      if (begun) throw failure('Consentry has started already; the first config stays.');
      return attempt(() => begin(clean(config)));
    },
  });
};
