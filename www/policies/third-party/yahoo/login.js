// A stand-in for Yahoo's sign-in: fills the page's place for it, and asks its own server once, as the real one does.
(function () {
  'use strict';
  for (const place of document.querySelectorAll('[data-widget="yahoo-sign-in"]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Continue with Yahoo';
    place.replaceChildren(button);
  }
  new Image().src = '{{third-party:yahoo}}/seen.gif?page=' + encodeURIComponent(location.pathname);
})();
