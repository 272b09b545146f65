
/** Sends the policy with every page. */
function send(r) {
  const out = r.headersOut;
  if (!isPage(out['Content-Type'], r.uri)) return;
  const cookies = [].concat(r.headersIn['Cookie'] || []).join('; ');
  const own = [].concat(out['Content-Security-Policy'] || []);
  out['Content-Security-Policy'] = own.concat(policy(cookies, r.headersIn['Sec-GPC'], Math.floor(Date.now() / 60000)));
  out['Vary'] = [].concat(out['Vary'] || [], 'Cookie', 'Sec-GPC').join(', ');
  out['Cache-Control'] = personal([].concat(out['Cache-Control'] || []).join());
  delete out['ETag'];
  delete out['Last-Modified'];
}

export default { send };
