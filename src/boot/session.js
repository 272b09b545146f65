// Carries the engine's orders out: state first, then the gate, then the face, then whoever listens.

import { allows, judge, open, step } from 'gen/glue.js';
import { Address, baseURI } from '../gate/natives.js';
import { genuine, granting } from '../gate/gesture.js';
import { sweep } from '../gate/sweep.js';
import { describe } from './snapshot.js';

/**
 * @typedef {object} Outcome what one call into the engine answers
 * @property {{ path: string, message: string, severity: string }[]} [issues] of the config, from `open` alone
 * @property {[id: string, allowed: boolean, reason: string, since: number | null][]} [choices]
 * @property {string[]} [asking] ids with an open question
 * @property {[order: string, value: string][]} effects
 * @property {any} [record]
 * @property {boolean} [kept] whether the browser keeps the record
 *
 * @typedef {{ kind: string, ids?: { [id: string]: boolean }, id?: string, element?: Element }} Act
 */

/**
 * @param {object} edges
 * @param {import('./config.js').Tree} edges.config
 * @param {import('./config.js').Tree} edges.catalog
 * @param {ReturnType<typeof import('./texts.js').createTexts>} edges.texts
 * @param {(state: any) => void} edges.changed the state changed: gate and face look again
 * @param {{ [order: string]: (value: string) => void }} edges.orders
 * @param {(screen: string) => string} edges.shown the texts in front of the visitor
 */
export const createSession = ({ config, catalog, texts, changed, orders, shown }) => {
  /** @type {any} */
  let state;

  /** @param {Outcome} outcome */
  const take = (outcome) => {
    const before = state;
    state = describe(config, catalog, texts, outcome);
    const lost = before ? before.services.filter((/** @type {any} */ { id }) => before.choices[id].allowed && !state.choices[id].allowed) : [];
    if (lost.length) sweep(lost);
    if (!before || outcome.effects.some(([order]) => order == 'decide')) changed(state);
    for (const [order, value] of outcome.effects) orders[order]?.(value);
    return { lost, declined: outcome.effects.some(([order]) => order == 'decline') };
  };

  const tell = /** @type {(kind: string, target?: any, gesture?: boolean, screen?: string) => ReturnType<typeof take>} */ (
    (kind, target = null, gesture = false, screen = 'api') => take(step(kind, target, gesture, screen, texts.lang, shown(screen)))
  );

  return {
    /** Reads config and record. @returns {Outcome} with issues and nothing else where the config has errors */
    open: () => open(config, catalog),
    take,
    state: () => state,
    /**
     * One answer of the visitor, or of a script for them.
     * @param {Act} act
     * @param {Event | null} event the click it came with
     * @param {string} screen where it was given
     * @returns {boolean} whether it was taken whole
     */
    act: ({ kind, ids, id }, event, screen) => !tell(kind, ids || id || null, event ? genuine(event) : granting(), screen).declined,
    /** The record may have been written elsewhere: reads it again. @returns services that lost their grant */
    read: () => tell('read').lost,
    /** The engine hears that a view is wanted or was closed. */
    view: /** @param {'notice' | 'preferences' | 'close'} kind */ (kind) => tell(kind),
    /** @param {any} condition */
    judge: (condition) => judge(condition),
    /** @param {string} address */
    allows: (address) => {
      try {
        const url = new Address(address, baseURI());
        if (/^(data|blob|about):/.test(url.protocol)) return true;
        return /^(http|ws)s?:/.test(url.protocol) && allows(url.hostname, url.port, url.pathname, url.origin == location.origin);
      } catch {
        return false;
      }
    },
  };
};
