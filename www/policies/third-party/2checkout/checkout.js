// A stand-in for 2Checkout's order form: fills the page's place for it, and asks its own server once, as the real one does.
(function () {
  'use strict';
  for (const place of document.querySelectorAll('[data-widget="2checkout"]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Pay with 2Checkout';
    place.replaceChildren(button);
  }
  new Image().src = '{{third-party:2checkout}}/seen.gif?page=' + encodeURIComponent(location.pathname);
})();
