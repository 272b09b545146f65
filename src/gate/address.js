// Which addresses the page may ask for now: its own, those of its site, and what the decision allows of the others.

import { createHosts } from './hosts.js';
import { Address, baseURI, captured, endsWith, own, startsWith } from './natives.js';
import { readCookies, writeCookie } from './stores.js';

const { href: hrefOf, origin: originOf, protocol: protocolOf, hostname: hostOf, port: portOf, pathname: pathOf } = captured(URL.prototype);
/** What asks a host for something. */
const ASKING = { 'http:': 1, 'https:': 1, 'ws:': 1, 'wss:': 1 };

/** The site's registrable domain, once it was looked for; empty where it cannot be found. @type {string | undefined} */
let domain;

/** Finds the widest domain that this host may set a cookie for. */
const probe = () => {
  const labels = location.hostname.split('.');
  try {
    // No last label is a site of its own, and WebKit takes a part of an IPv4 address for a domain.
    for (let at = /\d$/.test(labels[labels.length - 1]) ? 0 : labels.length - 1; at--; ) {
      const name = labels.slice(at).join('.');
      const write = /** @param {number} age */ (age) => ['', ';domain=' + name].map((place) => writeCookie(document, `consentry-probe=1;max-age=${age}` + place));
      write(5);
      // On a host that others share, as github.io, a domain is taken, but means the host alone: then both are one cookie.
      const kept = readCookies(document).split('consentry-probe=').length > 2;
      write(0);
      if (kept) return name;
    }
  } catch {
    // No cookies here: then the exact host alone is first party.
  }
  return '';
};

/** The widest domain that is the site's own; empty where the exact host alone is. */
export const siteDomain = () => (domain ??= probe());

/** Whether a host belongs to the page's site. @param {string} host */
const isSameSite = (host) => {
  const own = location.hostname;
  if (host == own) return true;
  if (host.split('.').pop() != own.split('.').pop()) return false;
  return !!siteDomain() && endsWith('.' + host, '.' + domain);
};

/** Whose a host is that the policy rules out: nobody's, so that nothing offers to open it. */
export const FORBIDDEN = '!';

/** @typedef {{ href: string, origin: string, hostname: string, port: string, pathname: string }} Parts of an address, read by what no page can replace */
/** @typedef {{ url?: Parts, ids: string[], pass: boolean, known: boolean }} Answer whose an address is (the site itself has no id), and whether it may be asked for */

/**
 * @param {(service: string) => boolean} isAllowed
 * @param {string} ownFiles how the addresses of our own later files begin
 */
export const createAddresses = (isAllowed, ownFiles) => {
  let find = createHosts([]);
  let others = /** @type {() => string | undefined} */ (() => 'block');

  /** Whose the last address is: each is asked about several times in a row. @type {{ address: string, from: string, url: Parts, ids: string[], known: boolean } | undefined} */
  let last;

  /** @param {string} address @returns {Answer} */
  const ask = (address) => {
    try {
      const from = baseURI();
      if (last?.address !== address || last.from != from) {
        const read = new Address(address, from);
        // What is no request, or none to a host, is the page's own business.
        if (!own(ASKING, protocolOf(read))) return { ids: [], pass: true, known: true };
        const url = { href: hrefOf(read), origin: originOf(read), hostname: hostOf(read), port: portOf(read), pathname: pathOf(read) };
        const isOwn = url.origin == location.origin;
        const ids = find(url, isOwn);
        last = { address, from, url, ids, known: !!ids.length || isOwn || startsWith(url.href, ownFiles) || isSameSite(url.hostname) };
      }
      const { url, ids, known } = last;
      const stranger = known ? '' : others() || 'block';
      let pass = known || stranger != 'block';
      for (let at = ids.length; at--;) pass &&= !ids[at] || isAllowed(ids[at]);
      return { url, ids: ids.filter((id) => id != FORBIDDEN), known: known || stranger == 'allow', pass };
    } catch {
      return { ids: [], pass: false, known: true };
    }
  };

  return {
    ask,
    /** The services that an address belongs to; the site itself has no id. @param {string} address */
    owners: (address) => ask(address).ids,
    /** Who has which hosts; the site's own have no id. @param {{ id: string, hosts: string[] }[]} owners @param {typeof others} [unknown] what becomes now of hosts that nobody has */
    declare: (owners, unknown) => {
      find = createHosts(owners);
      last = undefined;
      others = unknown || others;
    },
    /** Whether an address may be asked for, for whoever wants to know. @param {string} address */
    allows: (address) => {
      const { url, pass } = ask(address);
      return pass && (!!url || /^\s*(data|blob|about):/i.test(address));
    },
  };
};
