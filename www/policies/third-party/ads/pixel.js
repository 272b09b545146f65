// A stand-in for an advertising pixel: fills the page's place for it, and asks its own server once, as the real one does.
(function () {
  'use strict';
  for (const place of document.querySelectorAll('[data-widget="ads"]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Advertisement';
    place.replaceChildren(button);
  }
  new Image().src = '{{third-party:ads}}/seen.gif?page=' + encodeURIComponent(location.pathname);
})();
