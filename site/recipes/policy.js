// Written by `consentry header`; generate it again when services, hosts or policy.version change.
//
// Which hosts a visitor's cookie opens. No text of the cookie gets into what is sent: it only chooses among these rows.

const BASE = /* base */'';
const DAYS = /* days */365;
// Each source with the ids that all have to be granted; 1 where Global Privacy Control keeps it shut.
const TABLE = /* table */[];

/**
 * The Content-Security-Policy for one request.
 * @param {string | undefined} cookies the request's Cookie header
 * @param {string | undefined} gpc its Sec-GPC header
 * @param {number} minutes now, in minutes since 1970
 */
function policy(cookies, gpc, minutes) {
  const mirrors = (cookies || '').split(';').map((one) => one.trim()).filter((one) => one.startsWith('consentry='));
  const found = mirrors.length === 1 ? /^consentry=1\.(\d{1,10})((?:\.[a-z0-9][a-z0-9-]*)*)$/.exec(mirrors[0]) : null;
  if (!found || Number(found[1]) > minutes + 1440 || Number(found[1]) + DAYS * 1440 <= minutes) return BASE;
  const granted = found[2].split('.');
  const open = TABLE.filter(([, ids, sells]) => !(sells && gpc === '1') && ids.every((id) => granted.includes(id)));
  return BASE + open.map(([source]) => ` ${source} ws://${source}`).join('');
}
