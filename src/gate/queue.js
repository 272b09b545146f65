// The order of released scripts: a script waits for an earlier one only where they belong together.

import { readyState } from './natives.js';

/**
 * @typedef {object} Job a script on its way
 * @property {HTMLElement} element the held script
 * @property {string} type the type that the released script gets
 * @property {{ service: string | null, category: string | null }} group
 * @property {boolean} swap whether the released script takes the held one's place, instead of standing behind it
 * @property {Job} [parent] the script that wrote this one
 * @property {() => boolean} allowed asked again when its turn comes
 * @property {() => void} drop called where it is not released after all, so that it is held again
 * @property {boolean} async never waits, nobody waits for it
 * @property {boolean} deferred after the classic scripts of its group
 * @property {boolean} [started]
 * @property {HTMLScriptElement} [copy] the released script
 * @property {(html: string) => void} write what its `document.write` does
 */

/** They name the same service, or one names only the category that the other belongs to. @type {(a: Job, b: Job) => boolean} */
const related = ({ group: a }, { group: b }) =>
  a.service && b.service ? a.service === b.service : a.category === b.category;

/** @type {(job: Job | undefined, ancestor: Job) => boolean} */
const comesFrom = (job, ancestor) => !!job && (job === ancestor || comesFrom(job.parent, ancestor));

/**
 * @param {(job: Job) => void} start
 */
export function createQueue(start) {
  /** @type {Job[]} in document order, without the finished ones */
  let jobs = [];

  /** @type {(job: Job) => boolean} */
  const blocked = (job) => jobs.some((other, index) =>
    !other.async && !comesFrom(job, other) && related(job, other) &&
    (job.deferred === other.deferred ? index < jobs.indexOf(job) : job.deferred));

  const queue = {
    /** A written script stands right behind what its writer has written before. @param {Job} job */
    add(job) {
      let place = jobs.length;
      if (job.parent) while (place && !comesFrom(jobs[place - 1], job.parent)) place -= 1;
      jobs.splice(place, 0, job);
    },
    /** Starts whatever may start; deferred scripts only once the page is read and all of them are known. @param {boolean} [all] */
    pump(all) {
      for (const job of [...jobs]) {
        if (job.started || job.deferred && (!all || readyState() === 'loading') || !job.async && blocked(job)) continue;
        job.started = true;
        start(job);
      }
    },
    /** @param {Job} job */
    finish(job) {
      jobs = jobs.filter((other) => other !== job);
      queue.pump(true);
    },
    /** Whether scripts that belong to this one's group are still to come. @param {Job} job */
    awaits: (job) => jobs.some((other) => !other.async && related(job, other)),
    /** @param {(job: Job) => boolean} test */
    find: (test) => jobs.find(test),
  };
  return queue;
}
