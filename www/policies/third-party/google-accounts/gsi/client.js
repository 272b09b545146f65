// A stand-in for Google's sign-in: fills the page's place for it, and asks its own server once, as the real one does.
(function () {
  'use strict';
  for (const place of document.querySelectorAll('[data-widget="google-sign-in"]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Continue with Google';
    place.replaceChildren(button);
  }
  new Image().src = '{{third-party:google-accounts}}/seen.gif?page=' + encodeURIComponent(location.pathname);
})();
