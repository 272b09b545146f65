// The order of released scripts: a script waits for an earlier one only where they belong together.

import { readyState } from './natives.js';

/**
 * @typedef {object} Job a script on its way
 * @property {HTMLElement} element the held script
 * @property {{ service: string | null, category: string | null }} group
 * @property {Job} [writer] the script that wrote this one
 * @property {boolean} async never waits, nobody waits for it
 * @property {boolean} deferred after the classic scripts of its group
 * @property {boolean} [started]
 * @property {HTMLScriptElement} [copy] the released script, while it is under way
 * @property {() => void} [end] it has run, or never will
 * @property {(html: string) => void} [write] what its `document.write` does
 */

/** They name the same service, or one names only the category that the other belongs to. @type {(a: Job, b: Job) => boolean} */
const related = ({ group: a }, { group: b }) =>
  a.service && b.service ? a.service == b.service : a.category == b.category;

/** @type {(job: Job | undefined, ancestor: Job) => boolean} */
const comesFrom = (job, ancestor) => !!job && (job == ancestor || comesFrom(job.writer, ancestor));

/** By place in the document; nothing comes before or after what is in another tree. @type {(job: Job, other: Job) => boolean} */
const follows = (job, other) =>
  job.deferred == other.deferred ? (job.element.compareDocumentPosition(other.element) & 3) == 2 : job.deferred;

/**
 * @param {(job: Job) => void} start
 */
export function createQueue(start) {
  /** @type {Job[]} without the finished ones */
  let jobs = [];

  const queue = {
    /** @param {Job} job */
    add: (job) => void jobs.push(job),
    /** Starts whatever may start; deferred scripts only once the page is read and all of them are known. @param {boolean} [all] */
    pump(all) {
      for (const job of [...jobs]) {
        if (job.started || job.deferred && (!all || readyState(document) == 'loading')) continue;
        if (!job.async && queue.some((other) => related(job, other) && !comesFrom(job, other) && follows(job, other))) continue;
        job.started = true;
        start(job);
      }
    },
    /** @param {Job} job */
    finish(job) {
      jobs = jobs.filter((other) => other != job);
      queue.pump(true);
    },
    /** Whether a script that others wait for is like this. @param {(job: Job) => boolean} test */
    some: (test) => jobs.some((job) => !job.async && test(job)),
    /** Whether scripts that belong to this one's group are still to come. @param {Job} job */
    awaits: (job) => queue.some((other) => related(job, other)),
    /** @returns {any[]} those that are under way */
    running: () => jobs.filter(({ copy }) => copy),
    /** @param {(job: Job) => boolean} test */
    find: (test) => jobs.find(test),
  };
  return queue;
}
