// Starting up, shut first: gate, config, engine, record, face. Whatever fails, the page works and the gate stays shut.

import { createGate } from '../gate/gate.js';
import { watch } from '../gate/gesture.js';
import { createApi } from './api.js';
import { drop } from './config.js';
import { startEngine } from './engine.js';
import { createEvents } from './events.js';
import { keepInStep, whenActive } from './lifecycle.js';
import { createPage } from './page.js';
import { ConsentryConfigError, createReport, list } from './report.js';
import { createSession } from './session.js';
import { rowsOf } from './snapshot.js';
import { findConfig, withCatalog } from './sources.js';
import { createTexts } from './texts.js';
import { createViews } from './views.js';

/** @typedef {import('./config.js').Tree} Tree */

/**
 * @typedef {object} Place where this copy runs
 * @property {HTMLScriptElement | null} script our tag; none for the ES module
 * @property {import('./parts.js').Parts} parts
 * @property {(name: string) => string | null} setting an attribute of the tag, without `data-`
 */

/** @param {Place} place */
export const createConsentry = (place) => {
  const report = createReport();
  const page = createPage();
  const events = createEvents(page);
  const gate = createGate({
    verdict: page.verdict,
    categoryOf: (id) => page.service(id)?.category ?? null,
    allows: page.allows,
    placeholder: (element, service, always) => views.placeholder(element, service, always),
    ...report,
  });
  const views = createViews({ page, events, loadPart: place.parts.load, release: gate.release, report });

  const fail = /** @param {any} problem */ (problem) => {
    page.phase = 'failed';
    const more = problem.issues ? '' : ' Nothing was started: what is marked stays held, and the page itself works.';
    report.error((problem.message || problem) + more);
    events.failed(problem);
    return Promise.reject(problem);
  };

  /** The engine runs: reads config and record and puts the decision in force. @param {Tree} config @param {Tree} catalog */
  const open = (config, catalog) => {
    const texts = createTexts(config, place.setting('lang'));
    const session = createSession({
      config,
      catalog,
      texts,
      shown: views.shown,
      changed: () => {
        gate.update();
        views.update();
      },
      orders: {
        ...views.orders,
        announce: (action) => {
          events.changed(action);
          events.settle();
          views.orders.announce(action);
        },
        warn: (what) => report.warn(texts.text('warning.' + what)),
      },
    });
    const outcome = session.open();
    const issues = rowsOf(outcome, 'issue').map(([path, message, severity]) => ({ path, message, severity }));
    const errors = issues.filter(({ severity }) => severity == 'error');
    if (errors.length) throw new ConsentryConfigError(errors);
    if (issues.length) report.warn('the config has mistakes; the defaults are used there:\n' + list(issues));
    issues.forEach(({ path }) => drop(config, path));
    views.mount(config, texts);
    page.session = session;
    page.phase = 'ready';
    whenActive(() => {
      session.take(outcome);
      events.started();
      events.settle();
      keepInStep(session.read);
    });
    return events.snapshot();
  };

  /** @type {Promise<any> | undefined} */
  let beginning;
  /** The first valid config wins. @param {Tree} config @returns {Promise<any>} */
  const begin = (config) => {
    if (page.phase == 'ready' || (beginning && page.phase == 'starting')) {
      return Promise.reject(new Error('Consentry has started already; the first config stays for this page.'));
    }
    page.phase = 'starting';
    return (beginning = new Promise((done, failed) => {
      const run = /** @param {Tree} catalog */ (catalog) =>
        startEngine(
          place.parts.load,
          () => {
            try {
              done(open(config, catalog));
            } catch (problem) {
              failed(problem);
            }
          },
          failed,
        );
      withCatalog(config, place.script, run, failed);
    }).catch(fail));
  };

  /** Said already; the API answers "failed" to whoever asks. */
  const said = () => {};
  const failQuietly = /** @param {any} problem */ (problem) => void fail(problem).catch(said);
  for (const name of ['hosts', 'jurisdiction']) {
    if (place.setting(name) != null) report.warn(`data-${name}: this version of Consentry does not have it yet; take it off the tag.`);
  }
  try {
    watch();
    gate.shut();
    findConfig(place, (config) => begin(config).catch(said), () => !beginning, failQuietly);
  } catch (problem) {
    failQuietly(problem);
  }
  return createApi({ page, events, gate, views, begin });
};
