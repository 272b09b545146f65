// What crosses the border to the engine is text: what it is told, as signs that `Value::told` of the core reads, and what it
// answers, as rows (src/outcome.rs).

import * as engine from 'gen/glue.js';
import { indexOf } from '../gate/natives.js';
import { uncurry } from '../gate/uncurry.js';

const { isArray } = Array;
const { keys } = Object;
const split = /** @type {(text: string, sign: string) => string[]} */ (uncurry(String.prototype.split));

/** @typedef {string[][]} Outcome what one call into the engine answers: rows */

/**
 * Plain values only; a NUL behind each sign, and none in it: what has one says nothing. No method that a page can replace
 * stands between what is asked and what is answered.
 * @param {any} value @returns {string}
 */
const tell = (value) => {
  let told = '';
  if (isArray(value)) {
    for (let at = 0; at < value.length; at++) told += tell(value[at]);
    return '[\0' + told + ']\0';
  }
  if (value && typeof value == 'object') {
    const names = keys(value);
    for (let at = 0; at < names.length; at++) told += tell(names[at]) + tell(value[names[at]]);
    return '{\0' + told + ']\0';
  }
  told = '' + value;
  return (typeof value)[0] + (indexOf(told, '\0') + indexOf(told, '\x01') > -2 ? '' : told) + '\0';
};

/** @param {string | null} text @returns {Outcome} */
const rows = (text) => {
  const found = split(text || '', '\x01');
  /** @type {Outcome} */
  const outcome = [];
  for (let at = 0; at < found.length; at++) outcome[at] = split(found[at], '\0');
  return outcome;
};

/**
 * Reads config and catalog, and the record of earlier visits.
 * @param {[config: any, catalog: any, facts: string, words: string]} told
 */
export const open = (...told) => rows(engine.open(tell(told)));

/**
 * Tells the engine one thing.
 * @param {[kind: string, target: any, gesture: boolean, screen: string, locale: string, texts: string]} told
 */
export const step = (...told) => rows(engine.step(tell(told)));

/** `yes`, `no`, `wait` or `unknown`. @param {any} condition @returns {string} */
export const judge = (condition) => engine.judge(tell(condition));
