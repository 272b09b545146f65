// The gallery: what is chosen becomes the address of the page in the frame, and of this page.

const LANGUAGES = 'en ar bg bn bs ca cs cy da de el es et eu fa fi fr ga gl he hi hr hu id is it ja ko lt lv mk ms mt nb nl nn pl pt pt-BR ro ru sk sl sq sr sr-Latn sv ta th tr uk ur vi zh-Hans zh-Hant';

/** @type {{ [name: string]: string }} */
const CHOICES = {
  view: 'notice logo status unkept preferences policy history device school signal find embed placeholder way-back ask opt-out honored news news-policy age age-bands parent too-young failure debug',
  layout: 'bar box compact modal inline',
  position: 'bottom top',
  links: 'links choices',
  theme: 'plain ocean forest plum sand slate contrast',
  scheme: 'auto light dark',
  lang: LANGUAGES,
  width: 'full 768 360',
};

const form = /** @type {HTMLFormElement} */ (document.getElementById('choices'));
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById('face'));
const given = new URLSearchParams(location.search);

for (const [name, values] of Object.entries(CHOICES)) {
  const label = document.createElement('label');
  const select = document.createElement('select');
  select.name = name;
  for (const value of values.split(' ')) select.append(new Option(value, value, false, value == given.get(name)));
  label.append(name, select);
  form.append(label);
}

const show = () => {
  const chosen = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  const width = chosen.get('width');
  frame.style.width = width == 'full' ? '100%' : `${width}px`;
  frame.src = `face.html?${chosen}${chosen.get('view') == 'debug' ? '&consentry-debug' : ''}`;
  history.replaceState(null, '', `?${chosen}`);
};
form.addEventListener('change', show);
show();
