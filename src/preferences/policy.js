// What the site's policy says of itself: its dates, its table of personal information, and the site's own channels.

import { dayOf, siteOf } from '../face/words.js';
import { h, link } from '../face/dom.js';
import { heading, section } from './categories.js';

/**
 * @typedef {import('./categories.js').View} View
 * @typedef {{ [key: string]: any }} Config
 */

/** First whom to ask, last whom to turn to when that was no use. */
const CHANNELS = ['contact', 'rights', 'unsubscribe', 'dpo', 'appeal', 'authority'];

/** The columns of the table, each for now and for the past 12 months. */
const COLUMNS = ['collected', 'disclosed', 'sold'];

/** Since when the policy rules, and when it was last changed. @param {View} view @param {Config} config */
export const policyDates = ({ speech: { say, lang } }, { policy }) => {
  const { effective, updated } = policy;
  const words = [
    effective && say('policy.effective', { date: dayOf(effective, lang) }),
    updated && say('updated.policy', { date: dayOf(updated, lang) }),
  ].filter((one) => one);
  return words[0] && h('p', null, words.join(' '));
};

/** Personal information by category, as laws of opt-out want it told. @param {View} view @param {Config} config */
const dataTable = ({ speech: { say }, local }, { policy }) => {
  const rows = /** @type {any[]} */ (policy.data || []);
  const heads = COLUMNS.flatMap((column) => {
    const use = say('data.' + column);
    return [use, say('data.before', { use })];
  });
  const cells = /** @param {any} row */ (row) =>
    COLUMNS.flatMap((column) => [!!row[column], row[column + 'Before'] ?? !!row[column]]).map((yes) => h('td', null, say(yes ? 'data.yes' : 'data.no')));
  const head = /** @param {string} text */ (text) => h('th', { scope: 'col' }, text);
  return (
    rows[0] &&
    h(
      'details',
      null,
      h('summary', null, say('data.title')),
      h(
        'div',
        { class: 'consentry-table', tabindex: 0, role: 'group', 'aria-label': say('data.title') },
        h(
          'table',
          null,
          h('thead', null, h('tr', null, h('td'), heads.map(head))),
          h('tbody', null, rows.map((row) => h('tr', null, h('th', { scope: 'row' }, [row.category, local(row.label)].filter((one) => one).join(' · ')), cells(row)))),
        ),
      ),
    )
  );
};

/** Whether the site sells nothing, by its own table and by what its services do. @param {View} view @param {Config} config */
const sellsNothing = ({ snapshot }, { policy }) =>
  policy.data?.every((/** @type {any} */ { sold, soldBefore }) => !sold && !soldBefore) && !snapshot().services.some(({ uses }) => uses?.includes('sale'));

/**
 * The visitor's rights as the site grants them: they are exercised there, not here.
 * @param {View} view
 * @param {Config} config
 */
export const policySection = (view, config) => {
  const { say } = view.speech;
  const site = siteOf(config);
  const addresses = { contact: config.site?.contact, ...config.site?.links };
  const channels = CHANNELS.filter((channel) => addresses[channel]);
  const controller = config.site?.controller;
  /** A contact may be no address, but words. @param {string} channel */
  const channelOf = (channel) => {
    const [address, words] = [addresses[channel], say('links.' + channel, { site })];
    if (channel == 'contact' && !/^(mailto:|https?:|[./])/.test(address)) return `${words}: ${address}`;
    // A mail opens no page, so none stands open for it.
    return link(address, words, /^mailto:/.test(address) ? { target: null } : {});
  };
  const dnt = config.signals?.dnt;
  const parts = [
    controller && h('p', null, say('policy.controller', { controller })),
    channels[0] && h('ul', { class: 'consentry-links' }, channels.map((channel) => h('li', null, channelOf(channel)))),
    sellsNothing(view, config) && h('p', null, say('data.unsold', { site })),
    dnt && h('p', null, say('dnt.' + dnt)),
    dataTable(view, config),
  ].filter((part) => part);
  const title = heading(view, 'channels', say('rights.label'));
  return parts[0] && section(view, title, title, parts);
};
