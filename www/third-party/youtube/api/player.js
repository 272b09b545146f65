// A stand-in for a video player: it keeps a device id in its own storage and reports that it was shown.
(function () {
  'use strict';
  let device = 'none';
  try {
    device = localStorage.getItem('yt-remote-device-id') || String(Math.floor(Math.random() * 1e9));
    localStorage.setItem('yt-remote-device-id', device);
  } catch {
    // The visitor's browser keeps storage from framed pages; the player goes on without.
  }
  navigator.sendBeacon(`/api/stats/qoe?event=shown&device=${device}`);
})();
