// A stand-in for an installed survey app: fills the page's place for it, and asks its own server once, as the real one does.
(function () {
  'use strict';
  for (const place of document.querySelectorAll('[data-widget="survey-app"]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Answer our survey';
    place.replaceChildren(button);
  }
  new Image().src = '{{third-party:survey-app}}/seen.gif?page=' + encodeURIComponent(location.pathname);
})();
