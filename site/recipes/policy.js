// Written by `consentry header`: generate it again when services or hosts change. What a visitor's cookie opens: no text
// of the cookie gets into what is sent, it only chooses among these rows.

const BASE = '';
const DAYS = 0;
// Whether what runs by law alone opens, too: on the day that the cookie says, and the one after.
const LAW = false;
// A source, the ids that all have to be granted for it, and whether Global Privacy Control keeps it shut.
const TABLE = [];

/** The policy for a request: its headers Cookie and Sec-GPC, and now in minutes since 1970. */
function policy(cookies, gpc, minutes) {
  const found = (cookies || '').split(';').map((one) => one.replace(/^[ \t]+|[ \t]+$/g, '')).filter((one) => one.startsWith('consentry='));
  const parts = found.length === 1 && /^consentry=1(?=\.)(\.(\d{1,10})((\.[a-z0-9][a-z0-9-]*)*))?(\.~(\d{1,5})((\.[a-z0-9][a-z0-9-]*)*))?$/.exec(found[0]);
  if (!parts) return BASE;
  const isGranted = Number(parts[2]) <= minutes + 1440 && minutes < Number(parts[2]) + DAYS * 1440;
  const isLaw = LAW && Math.abs(Number(parts[6]) - Math.floor(minutes / 1440)) <= 1;
  const ids = ((isGranted ? parts[3] : '') + (isLaw ? parts[7] : '')).split('.');
  return TABLE.filter((row) => row[1].every((id) => ids.includes(id)) && !(row[2] && gpc === '1'))
    .reduce((text, row) => text + ' ' + row[0] + ' ws://' + row[0], BASE);
}

/** What a shared cache is told: the response is this visitor's alone. */
function personal(control) {
  const others = String(control || '').split(',').map((one) => one.trim()).filter((one) => one && !/^(public|private|s-maxage=.*)$/i.test(one));
  return ['private'].concat(others).join(', ');
}

/** Whether a response may be shown as a page, and has no policy of its own that is made for it. */
function isPage(type, path) {
  return (!type || /html|xml/i.test(type)) && !/\/consentry-frame\.html$/.test(path);
}
