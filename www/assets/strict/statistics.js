// Stands for a site's own statistics script: it says that it ran, and where from.
document.getElementById('statistics').textContent = `The statistics script ran from ${new URL(document.currentScript.src).pathname}.`;
