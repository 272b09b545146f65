// Written by `consentry header`: generate it again when services or hosts change. What a visitor's cookie opens: no text
// of the cookie gets into what is sent, it only chooses among these rows.

const BASE = '';
const DAYS = 0;
// A source, the ids that all have to be granted for it, and whether Global Privacy Control keeps it shut.
const TABLE = [];

/** The policy for a request: its headers Cookie and Sec-GPC, and now in minutes since 1970. */
function policy(cookies, gpc, minutes) {
  const found = (cookies || '').split(';').map((one) => one.replace(/^[ \t]+|[ \t]+$/g, '')).filter((one) => one.startsWith('consentry='));
  const parts = found.length === 1 && /^consentry=1\.(\d{1,10})((\.[a-z0-9][a-z0-9-]*)*)$/.exec(found[0]);
  if (!parts || Number(parts[1]) > minutes + 1440 || Number(parts[1]) + DAYS * 1440 <= minutes) return BASE;
  const granted = parts[2].split('.');
  return TABLE.filter((row) => row[1].every((id) => granted.includes(id)) && !(row[2] && gpc === '1'))
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
