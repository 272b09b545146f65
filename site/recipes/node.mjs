
/**
 * Sends the policy with every page: `app.use(consentry)` before everything else in Express and Connect, or
 * `createServer((request, response) => consentry(request, response, () => { … }))`.
 */
export function consentry(request, response, next) {
  // A page that the browser has kept would come back with the policy of that day.
  delete request.headers['if-none-match'];
  delete request.headers['if-modified-since'];
  const { writeHead } = response;
  response.writeHead = function (status, ...rest) {
    const given = rest.find((one) => one && typeof one === 'object') || {};
    const list = Array.isArray(given) ? given : Object.entries(given).flat();
    for (let at = 0; at < list.length; at += 2) response.removeHeader(list[at]);
    // A list may name one header twice, as cookies need it.
    for (let at = 0; at < list.length; at += 2) response.appendHeader(list[at], list[at + 1]);
    send(request, response);
    return writeHead.call(this, status, ...rest.filter((one) => typeof one === 'string'));
  };
  next();
}

function send({ headers, url }, response) {
  const read = (name) => [response.getHeader(name) ?? []].flat().map(String);
  if (!isPage(read('Content-Type').join(), url.split('?')[0])) return;
  response.setHeader('Content-Security-Policy', [
    ...read('Content-Security-Policy'),
    policy(headers.cookie, headers['sec-gpc'], Math.floor(Date.now() / 60000)),
  ]);
  response.setHeader('Vary', [...read('Vary'), 'Cookie', 'Sec-GPC'].join(', '));
  response.setHeader('Cache-Control', personal(read('Cache-Control').join()));
  response.removeHeader('ETag');
  response.removeHeader('Last-Modified');
}
