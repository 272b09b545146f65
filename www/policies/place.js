// For trying only: `?place=US-CA` says where the visitor is, as a site's server would, and `&gpc` sends Global Privacy Control.
(function () {
  'use strict';
  const places = ['DE', 'FR', 'GB', 'US-CA', 'US-TX', 'CA-QC', 'JP'];
  const asked = new URLSearchParams(location.search);
  const place = asked.get('place');
  if (asked.has('gpc')) Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });
  if (!places.includes(place)) return;
  const country = document.querySelector('meta[name="country"]');
  if (country) {
    country.content = place.slice(0, 2); // this site wants the country and never more
    return;
  }
  // The next tag is Consentry's: it is told before it runs.
  new MutationObserver((_, watch) => {
    const tag = document.querySelector('script[data-config]');
    if (!tag) return;
    tag.dataset.jurisdiction = place;
    watch.disconnect();
  }).observe(document.head, { childList: true });
})();
