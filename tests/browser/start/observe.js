// Runs in a page before everything else, and notes when a manager's notice is to be seen and what the page went through.
(() => {
  /** @type {any} */
  const found = (window.__start = { shown: 0, shift: 0, largest: null, longest: 0 });
  const watch = (/** @type {string} */ type, /** @type {(entry: any) => void} */ note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch('layout-shift', ({ value }) => { found.shift += value; });
  watch('largest-contentful-paint', ({ element }) => { found.largest = element; });
  watch('longtask', ({ duration }) => { found.longest = Math.max(found.longest, duration); });
  if (!NOTICE) return;
  const inView = () => {
    const box = document.querySelector(NOTICE);
    const { width = 0, height = 0, top = 0, bottom = 0 } = box?.getBoundingClientRect() || {};
    return box && width && height && bottom > 0 && top < innerHeight && box.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  // A message comes after the frame whose box was asked for has been laid out and painted.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { found.shown = performance.now(); };
  const look = () => void (inView() ? port2.postMessage(0) : requestAnimationFrame(look));
  requestAnimationFrame(look);
})();
