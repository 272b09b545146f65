// The head snippet of level `sealed`: opens the policy that stands right behind it for the hosts that the visitor agreed
// to, and for nothing else. Its text is frozen per major version (snippet.txt), so that sites can allow it by one hash.
//
// Behind it stands <meta http-equiv="Content-Security-Policy" content="…">. What it writes is the same policy with some
// hosts of its own `data-hosts`, and then the start of a tag that has no effect: the static meta becomes attributes of
// that tag. A host without a scheme lets in no socket. The tag ends where the meta ends, whatever a minifier does to comments and to the order of attributes.
//
// Whatever is missing, malformed or denied throws or does not match, and then the static meta stays in force. So it is
// when the snippet runs late: there is something behind it already.

(function (/** @type {any} */ script) {
  try {
    // Told to whoever comes later, when loaders have put their scripts before the first one in the page: us.
    script.first = !script.parentNode.querySelector(':not(meta):not(title):not([data-policy])');
    var browser = /** @type {any} */ (window);
    var data = script.dataset;
    var start = '1|' + data.version + '|';
    var flag = browser.localStorage.getItem('consentry.open' + (data.scope ? '.' + data.scope : ''));
    var parts = /** @type {any} */ (/^(\d{1,10})\|(\d{1,10})\|([^|]+)$/.exec(flag.slice(start.length)));
    var now = Date.now() / 1000;
    var agreed = parts[3].split(' ');
    var refused = browser.navigator.globalPrivacyControl ? (' ' + data.sale).split(' ') : [];
    var open = data.hosts.split(' ').filter(function (/** @type {string} */ host) {
      return host && agreed.indexOf(host) >= 0 && refused.indexOf(host) < 0;
    });
    if (!script.nextSibling && !flag.indexOf(start) && parts[1] <= now && now < parts[2] && open[0]) {
      var html = {
        createHTML: function (/** @type {string} */ text) {
          return text;
        },
      };
      if (browser.trustedTypes) html = browser.trustedTypes.createPolicy('consentry-snippet', html);
      document.write(html.createHTML('<meta http-equiv="Content-Security-Policy" content="' + data.policy + ' ' + open.join(' ') + ' ws://' + open.join(' ws://') + '"><link '));
    }
  } catch (error) {}
})(document.currentScript);
