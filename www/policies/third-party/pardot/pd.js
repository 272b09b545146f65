// A stand-in for a marketing automation service: fills the page's place for it, and asks its own server once, as the real one does.
(function () {
  'use strict';
  for (const place of document.querySelectorAll('[data-widget="pardot"]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Ask sales';
    place.replaceChildren(button);
  }
  new Image().src = '{{third-party:pardot}}/seen.gif?page=' + encodeURIComponent(location.pathname);
})();
