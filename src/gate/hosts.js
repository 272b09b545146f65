// Which service a URL belongs to: the most specific host pattern decides, in time that does not grow with their number.
// The patterns mean what core/src/matching/host.rs says; a test compares the two.

import { uncurry } from './uncurry.js';

const indexOf = uncurry(String.prototype.indexOf);
const slice = uncurry(String.prototype.slice);

const PATTERN = /^\*?(\[.*?]|[^:/]*):?(\d*)(.*?)\/?$/;

/** Whether an entry of `policy.forbidden` names a host, not a category. @param {string} entry */
export const isHost = (entry) => /[./]/.test(entry);

/**
 * @param {{ id: string, hosts: string[] }[]} owners
 * @returns {(url: { hostname: string, port: string, pathname: string }, isOwn: boolean) => string[]} the ids of those who declare the most specific pattern for a URL
 */
export const createHosts = (owners) => {
  /** @type {Map<string, { port: string, path: string, id: string }[]>} */
  const claims = new Map();
  for (const { id, hosts } of owners) {
    for (const pattern of hosts) {
      const [, host, port, path] = /** @type {RegExpExecArray} */ (PATTERN.exec(pattern));
      claims.set(host, [...(claims.get(host) || []), { port, path, id }]);
    }
  }
  return ({ hostname, port, pathname }, isOwn) => {
    /** @param {string} host */
    const claimants = (host) => {
      const found = (claims.get(host) || []).filter(
        (claim) =>
          (!claim.port || claim.port == port || (!port && /^(80|443)$/.test(claim.port))) &&
          (pathname + '/').startsWith(claim.path + '/'),
      );
      const longest = Math.max(...found.map(({ path }) => path.length));
      return found.filter(({ path }) => path.length == longest).map(({ id }) => id);
    };
    const name = slice(hostname, -1) == '.' ? slice(hostname, 0, -1) : hostname;
    let found = isOwn ? claimants('') : [];
    // From the whole host to its wildcards, dot by dot.
    for (let at = 0; !found.length && at >= 0; at = indexOf(name, '.', at + 1)) found = claimants(slice(name, at));
    return found;
  };
};
