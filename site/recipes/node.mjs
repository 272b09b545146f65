/* policy */
/** Pages that carry a policy of their own. */
const APART = /\/consentry-frame\.html$/;

/**
 * Sends the policy with every HTML response: `app.use(consentry)` in Express and Connect, before everything else, or
 * `createServer((request, response) => consentry(request, response, () => …))`.
 */
export function consentry(request, response, next) {
  const { writeHead } = response;
  response.writeHead = function (status, ...rest) {
    // Headers may be given here for the first time, as an object or a list.
    const given = rest.find((one) => one && typeof one === 'object');
    const names = Array.isArray(given) ? given.filter((_, index) => index % 2 === 0) : Object.keys(given || {});
    names.forEach((name, index) => response.setHeader(name, Array.isArray(given) ? given[index * 2 + 1] : given[name]));
    seal(request, response);
    return writeHead.call(this, status, ...rest.filter((one) => typeof one === 'string'));
  };
  next();
}

function seal({ headers, url }, response) {
  const type = String(response.getHeader('Content-Type') || '');
  // A response that does not say what it is may be taken for a page.
  if (type && !/html|xml/i.test(type) || APART.test(url.split('?')[0])) return;
  const own = [response.getHeader('Content-Security-Policy') || []].flat();
  response.setHeader('Content-Security-Policy', [...own, policy(headers.cookie, headers['sec-gpc'], Math.floor(Date.now() / 60000))]);
  const vary = [response.getHeader('Vary') || []].flat().join(', ');
  response.setHeader('Vary', vary ? `${vary}, Cookie, Sec-GPC` : 'Cookie, Sec-GPC');
  // Kept by nobody but the visitor's own browser.
  if (!/no-store/i.test(String(response.getHeader('Cache-Control')))) response.setHeader('Cache-Control', 'private, no-cache');
}
