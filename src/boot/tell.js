// What crosses the border to the engine is text: what it is told, as signs that `Value::told` of the core reads, and what it
// answers, as rows (src/outcome.rs).

import * as engine from 'gen/glue.js';

const { isArray } = Array;
const { keys } = Object;

/** @typedef {string[][]} Outcome what one call into the engine answers: rows */

/** Plain values only; a NUL behind each sign. @param {any} value @returns {string} */
const tell = (value) => {
  if (isArray(value)) return '[\0' + value.map(tell).join('') + ']\0';
  if (value && typeof value == 'object') return '{\0' + keys(value).map((key) => tell(key) + tell(value[key])).join('') + ']\0';
  return (typeof value)[0] + ('' + value).replace(/[\0\x01]/g, '') + '\0';
};

/** @param {string | null} text @returns {Outcome} */
const rows = (text) => (text || '').split('\x01').map((row) => row.split('\0'));

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
