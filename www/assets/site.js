// Arbora's own behavior: the sketch on the home page, the gallery's view, and what of both is kept in this browser.
'use strict';

/** Content information and preferences may be kept only after a yes; a page without Consentry never asks. */
const mayKeep = () => !window.consentry || window.consentry.has('functional');

/** @param {string} key @param {unknown} value */
const keep = (key, value) => {
  if (!mayKeep()) return;
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is denied or full: the site forgets, and works.
  }
};

/** @param {string} key @param {unknown} otherwise */
const kept = (key, otherwise) => {
  if (!mayKeep()) return otherwise;
  try {
    return JSON.parse(localStorage.getItem(key) || 'null') ?? otherwise;
  } catch {
    return otherwise;
  }
};

const colors = ['--b1', '--b2', '--b3', '--b4', '--b5', '--b6'];

/** @param {string} name @param {Record<string, string | number>} attributes */
const shape = (name, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
};

/** Draws a root with branches to the left and right, each in a color of its own. */
const drawMap = (svg, title, ideas) => {
  const middle = { x: 230, y: 150 };
  const rows = Math.ceil(ideas.length / 2);
  const shapes = ideas.flatMap((idea, index) => {
    const side = index % 2 ? 1 : -1;
    const row = Math.floor(index / 2);
    const x = middle.x + side * 100;
    const y = rows > 1 ? 30 + row * (240 / (rows - 1)) : middle.y;
    const branch = shape('path', { d: `M${middle.x} ${middle.y}C${middle.x + side * 60} ${middle.y} ${x - side * 50} ${y} ${x} ${y}` });
    branch.style.stroke = `var(${colors[index % colors.length]})`;
    const label = shape('text', { x: x + side * 10, y: y + 6, 'text-anchor': side < 0 ? 'end' : 'start' });
    label.textContent = idea;
    return [branch, label];
  });
  const root = shape('text', { x: middle.x, y: middle.y + 6, 'text-anchor': 'middle' });
  root.textContent = title;
  const box = shape('rect', { class: 'root', x: middle.x - 68, y: middle.y - 29, width: 136, height: 58, rx: 29 });
  svg.replaceChildren(...shapes, box, root);
};

const sketch = document.getElementById('sketch');
if (sketch instanceof HTMLFormElement) {
  const start = ['Hike', 'Call Ana', 'Bake bread', 'Nothing'];
  let ideas = kept('arbora.draft', start);
  const note = document.getElementById('sketch-list-label');
  const show = () => {
    drawMap(sketch.querySelector('svg'), 'Weekend', ideas);
    const where = mayKeep() ? 'Kept in this browser.' : 'Forgotten when you leave: keeping it is off in the cookie settings.';
    note.textContent = `${ideas.length} branches. ${where}`;
  };
  sketch.addEventListener('submit', (event) => {
    event.preventDefault();
    const input = sketch.elements.namedItem('idea');
    const idea = input.value.trim();
    if (!idea || ideas.length >= 12) return;
    ideas = [...ideas, idea];
    input.value = '';
    keep('arbora.draft', ideas);
    show();
  });
  document.getElementById('sketch-clear').addEventListener('click', () => {
    ideas = start;
    keep('arbora.draft', ideas);
    show();
  });
  for (const name of ['consentry:ready', 'consentry:change']) document.addEventListener(name, show);
  show();
}

const gallery = document.getElementById('gallery');
if (gallery) {
  const buttons = [...document.querySelectorAll('[data-view]')];
  const show = (view) => {
    gallery.classList.toggle('list', view === 'list');
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.view === view));
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      show(button.dataset.view);
      keep('arbora.gallery', button.dataset.view);
    });
  }
  show(kept('arbora.gallery', 'grid'));

  for (const svg of gallery.querySelectorAll('svg')) {
    let seed = Number(svg.dataset.seed);
    const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const count = 4 + Math.floor(next() * 4);
    for (let index = 0; index < count; index += 1) {
      const angle = ((index + next() * 0.5) / count) * 2 * Math.PI;
      const x = 120 + Math.cos(angle) * (66 + next() * 30);
      const y = 75 + Math.sin(angle) * (38 + next() * 18);
      const branch = shape('path', { d: `M120 75Q${120 + (x - 120) * 0.5} ${75 + (y - 75) * 0.15} ${x} ${y}` });
      const leaf = shape('circle', { cx: x, cy: y, r: 4 + next() * 5 });
      branch.style.stroke = leaf.style.fill = `var(${colors[(index + Number(svg.dataset.seed)) % colors.length]})`;
      svg.append(branch, leaf);
    }
    const root = shape('rect', { x: 98, y: 64, width: 44, height: 22, rx: 11 });
    root.style.fill = 'var(--leaf)';
    svg.append(root);
  }
}

const here = location.pathname.split('/').pop() || './';
document.querySelector(`.top nav a[href="${here}"]`)?.setAttribute('aria-current', 'page');
