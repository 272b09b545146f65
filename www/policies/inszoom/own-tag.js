// INSZoom's own tag: counts a visit on the site's own server, and keeps a random number in a first-party cookie.
document.cookie = 'iz_visitor=' + Math.random().toString(36).slice(2) + '; path=/; max-age=15552000; samesite=lax';
fetch('own-beacon.gif?tag=1').catch(() => {});
