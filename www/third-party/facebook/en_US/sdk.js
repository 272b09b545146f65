// A stand-in for Facebook's JavaScript SDK: with `#xfbml=1` every `.fb-like` gets an iframe with the like button, and a
// page's place for signing in gets a button.
(function () {
  'use strict';
  const origin = '{{third-party:facebook}}';

  const draw = (place) => {
    if (place.querySelector('iframe')) return;
    const query = new URLSearchParams({ href: place.dataset.href || location.href, layout: place.dataset.layout || 'standard' });
    const frame = document.createElement('iframe');
    frame.src = `${origin}/plugins/like.html?${query}`;
    frame.title = 'Like on Facebook';
    frame.width = place.dataset.width || '110';
    frame.height = '28';
    place.append(frame);
  };

  const signIn = (place) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Continue with Facebook';
    place.replaceChildren(button);
  };

  const parse = (root) => {
    (root || document).querySelectorAll('.fb-like').forEach(draw);
    (root || document).querySelectorAll('[data-widget="facebook-sign-in"]').forEach(signIn);
  };
  window.FB = { XFBML: { parse }, init() {} };
  if (typeof window.fbAsyncInit === 'function') window.fbAsyncInit();
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => parse());
  else parse();
})();
