// From a web server the page's modules are read as usual; from a disk, where that is forbidden, from one script.
(() => {
  const script = document.createElement('script');
  if (location.protocol === 'file:') script.src = 'offline.js';
  else Object.assign(script, { type: 'module', src: ENTRY });
  document.head.append(script);
})();
