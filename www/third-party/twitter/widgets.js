// A stand-in for X's widgets.js: every `a.twitter-share-button` becomes an iframe with the button in it.
(function () {
  'use strict';
  const origin = '{{third-party:twitter}}';
  window.twttr = window.twttr || {};

  const draw = (link) => {
    const query = new URLSearchParams({
      text: link.dataset.text || document.title,
      url: link.dataset.url || location.href,
      original_referer: location.href,
    });
    const frame = document.createElement('iframe');
    frame.src = `${origin}/widgets/tweet_button.html?${query}`;
    frame.title = 'Post on X';
    frame.className = 'twitter-share-button';
    frame.width = '82';
    frame.height = '28';
    link.replaceWith(frame);
  };

  const load = (root) => (root || document).querySelectorAll('a.twitter-share-button').forEach(draw);
  window.twttr.widgets = { load };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => load());
  else load();
})();
