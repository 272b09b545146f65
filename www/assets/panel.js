// The demo's panel: what reached a third party, what is decided and why, and what is stored. It asks only this site's
// own server, and changes nothing.

const without = location.pathname.startsWith('/without/');
const sites = {
  with: '{{site}}',
  // A host of its own, so that what runs there leaves no cookies on the site with Consentry.
  without: '{{site}}'.replace('127.0.0.1', 'without.localhost'),
};

/** @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} children */
const h = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const reasons = {
  necessary: 'necessary',
  refused: 'refused',
  withdrawn: 'withdrawn',
  granted: 'granted',
  expired: 'expired',
  changed: 'changed, asks again',
  unanswered: 'no answer yet',
  unknown: 'unknown',
  starting: 'starting',
};

/** The time of a choice made today, the date of an older one. @param {string | null} since */
const when = (since) => {
  if (!since) return '';
  const date = new Date(since);
  return ` ${date.toDateString() === new Date().toDateString() ? date.toTimeString().slice(0, 5) : since.slice(0, 10)}`;
};

const clock = (time) => new Date(time).toTimeString().slice(0, 8) + '.' + String(time % 1000).padStart(3, '0');

const names = (cookies) => cookies.split('; ').filter(Boolean).map((pair) => pair.split('=')[0]).join(', ');

const requestItem = (request) => {
  const address = `${request.path}${request.query && '?' + request.query}`;
  const item = h('li', {},
    h('span', { class: 'order' }, String(request.order)),
    h('span', { class: 'host' }, request.host.split(':')[0]),
    h('span', { class: 'time' }, clock(request.time)),
    h('code', { title: address }, `${request.method} ${address}`));
  const cookies = [
    request.cookies && `sent ${names(request.cookies)}`,
    request.sets.length && `sets ${request.sets.join(', ')}`,
  ].filter(Boolean).join(' · ');
  if (cookies) item.append(h('span', { class: 'cookies' }, `Cookies: ${cookies}`));
  return item;
};

const choiceItem = (kind, entry, choice) => {
  const reason = reasons[choice.reason] || choice.reason;
  return h('li', { class: kind },
    h('span', { class: 'id' }, entry.label),
    h('span', { class: choice.allowed ? 'yes' : 'no' }, `${choice.allowed ? 'yes' : 'no'}: ${reason}${when(choice.since)}`));
};

const decisionItems = (snapshot) => snapshot.categories.flatMap((category) => [
  choiceItem('category', category, snapshot.choices[category.id] || { allowed: false, reason: 'starting' }),
  ...category.services.map((id) => choiceItem('service',
    snapshot.services.find((service) => service.id === id) || { label: id },
    snapshot.choices[id] || { allowed: false, reason: 'starting' })),
]);

const read = (storage) => {
  try {
    return storage();
  } catch {
    return null; // denied to this page
  }
};

/** What this page's own origin holds, by name; the record has a section of its own. */
const onDevice = () => {
  const cookies = (read(() => document.cookie) || '').split('; ').filter(Boolean).map((pair) => `cookie ${pair}`);
  const keys = read(() => Object.keys(localStorage)) || [];
  return [...cookies, ...keys.filter((key) => !key.startsWith('consentry.')).map((key) => `localStorage ${key}`)];
};

/** Requests from before this page, or late ones of the other variant, are not this page's. */
const ofThisPage = ({ time, referer }) =>
  time >= performance.timeOrigin && !(referer || '').startsWith(without ? sites.with : sites.without);

class DemoPanel extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'complementary');
    this.setAttribute('aria-label', 'What this demo sends and stores');
    this.number = h('b', {}, '0');
    this.count = h('p', { class: 'count', role: 'status' }, this.number, h('span', { class: 'less' }, ' requests', h('span', { class: 'much' }, ' to third parties')));
    this.toggle = h('button', { type: 'button', 'aria-controls': 'panel-more' });
    this.requests = h('ol', { class: 'requests', tabindex: '0', 'aria-label': 'Requests, the newest first' });
    this.connections = h('p', {});
    this.choices = h('ul', { class: 'choices' });
    this.record = h('pre', { tabindex: '0', 'aria-label': 'The stored record' });
    this.device = h('ul', {});
    const clear = h('button', { type: 'button' }, 'Clear');
    clear.addEventListener('click', () => fetch('/_loopback/clear', { method: 'POST' }));
    this.more = h('div', { class: 'more', id: 'panel-more' },
      h('h2', {}, 'Reached third parties', clear), this.connections, this.requests,
      h('h2', {}, 'Decision'), this.choices,
      h('h2', {}, 'Stored record'), this.record,
      h('h2', {}, 'Also on this origin'), this.device);
    this.append(h('div', { class: 'bar' }, this.count, this.variants(), this.toggle), this.more);
    this.toggle.addEventListener('click', () => this.open(this.more.hidden));
    this.open(matchMedia('(min-width: 70rem)').matches);
    this.listen();
    this.show();
    this.follow();
  }

  variants() {
    const page = location.pathname.replace(/^\/without/, '');
    const link = (target, text, current) => h('a', { href: target, ...(current ? { 'aria-current': 'page' } : {}) }, text);
    return h('nav', { class: 'variant', 'aria-label': 'This page' },
      link(sites.with + page, 'With', !without), link(`${sites.without}/without${page}`, 'Without', without));
  }

  open(open) {
    this.more.hidden = !open;
    this.classList.toggle('closed', !open);
    this.toggle.textContent = open ? 'Hide' : 'Show';
    this.toggle.setAttribute('aria-expanded', String(open));
  }

  listen() {
    for (const name of ['ready', 'change', 'show', 'hide', 'error']) {
      document.addEventListener(`consentry:${name}`, () => this.show());
    }
    addEventListener('storage', () => this.show());
    addEventListener('pageshow', () => this.show());
  }

  /** Asks for news, and is answered when there are some. */
  async follow() {
    let after = '';
    while (this.isConnected) {
      try {
        const answer = await fetch(`/_loopback/requests${after}`);
        const seen = await answer.json();
        after = `?after=${seen.version}`;
        this.showRequests(seen);
      } catch {
        this.connections.textContent = 'The demo server does not answer. Reload when it is back.';
        return;
      }
    }
  }

  showRequests({ requests: all, connections }) {
    const requests = all.filter(ofThisPage);
    this.number.textContent = String(requests.length);
    this.count.classList.toggle('some', requests.length > 0);
    this.connections.textContent = [
      requests.length ? 'Since this page was opened, the newest first.' : 'Nothing since this page was opened.',
      all.length || connections ? `In all since the last clear: ${all.length} requests over ${connections} connections.` : '',
    ].join(' ');
    this.requests.replaceChildren(...requests.toReversed().map(requestItem));
    this.show();
  }

  show() {
    const snapshot = window.consentry?.snapshot?.();
    if (without) this.choices.replaceChildren(h('li', {}, 'This page runs without Consentry: nobody asks.'));
    else if (!snapshot || snapshot.phase === 'failed') this.choices.replaceChildren(h('li', { class: 'no' }, 'Consentry did not start: the console says why, and everything stays shut.'));
    else this.choices.replaceChildren(...decisionItems(snapshot));
    const record = read(() => localStorage.getItem('consentry.record'));
    this.record.textContent = record || 'Nothing is stored: no answer yet.';
    const held = onDevice();
    this.device.replaceChildren(...(held.length ? held : ['Nothing.']).map((line) => h('li', {}, h('code', {}, line))));
  }
}

customElements.define('demo-panel', DemoPanel);
