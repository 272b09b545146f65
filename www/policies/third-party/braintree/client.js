// A stand-in for Braintree's card form: fills the page's place for it, and asks its own server once, as the real one does.
(function () {
  'use strict';
  for (const place of document.querySelectorAll('[data-widget="braintree"]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Pay by card (Braintree)';
    place.replaceChildren(button);
  }
  new Image().src = '{{third-party:braintree}}/seen.gif?page=' + encodeURIComponent(location.pathname);
})();
