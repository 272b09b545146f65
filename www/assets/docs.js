// Marks the page that is open, and gives each example a button that copies it.
'use strict';

const here = location.pathname;
document.querySelector(`nav a[href="${here}"]`)?.setAttribute('aria-current', 'page');

for (const example of document.querySelectorAll('main pre')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(example.textContent);
    button.textContent = 'Copied';
  });
  const box = document.createElement('div');
  box.className = 'example';
  example.replaceWith(box);
  box.append(example, button);
}
