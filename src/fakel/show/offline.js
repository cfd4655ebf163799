// A page that is opened from a disk may not read its own files, so this script carries them: it unpacks them, lets
// fetch and pictures find them, and starts the page's modules from memory. PACKED and ENTRY: see show/offline.py.
(async () => {
  const kinds = { js: 'text/javascript', json: 'application/json', css: 'text/css', jpg: 'image/jpeg', png: 'image/png',
    webp: 'image/webp', svg: 'image/svg+xml', woff2: 'font/woff2', bin: 'application/octet-stream' };
  const page = new URL('.', document.baseURI).href;

  // Fifteen bits in each character, from U+0100 on: denser than base64, and no quote or surrogate among them.
  function unpacked(text, size) {
    const bytes = new Uint8Array(size);
    let held = 0, bits = 0, at = 0;
    for (let i = 0; i < text.length; i++) {
      held = (held << 15) | (text.charCodeAt(i) - 256);
      for (bits += 15; bits >= 8 && at < size; bits -= 8) bytes[at++] = (held >> (bits - 8)) & 255;
      held &= (1 << bits) - 1;
    }
    return bytes;
  }

  const stream = new Blob([unpacked(PACKED.text, PACKED.size)]).stream().pipeThrough(new DecompressionStream('gzip'));
  const whole = await new Response(stream).arrayBuffer();
  const files = new Map();
  for (const [path, at, size] of PACKED.files) {
    const type = kinds[path.split('.').pop()] ?? 'application/octet-stream';
    files.set(path, new Blob([whole.slice(at, at + size)], { type }));
  }
  const urls = new Map();
  const file = (url) => files.get(decodeURI(String(url.url ?? new URL(url, page))).split(/[?#]/)[0].replace(page, ''));
  const inMemory = (url) => {
    const found = file(url);
    if (found && !urls.has(found)) urls.set(found, URL.createObjectURL(found));
    return found ? urls.get(found) : url;
  };

  const fetched = window.fetch.bind(window);
  window.fetch = async (request, options) => {
    const found = file(request);
    return found ? new Response(found) : fetched(request, options);
  };
  const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
  Object.defineProperty(HTMLImageElement.prototype, 'src', {
    ...source, set(url) { source.set.call(this, inMemory(url)); } });

  for (const [path, blob] of files) {
    if (!path.endsWith('.css')) continue;
    const style = document.createElement('style');
    const inPage = (_, name) => `url(${inMemory(`assets/${name}`)})`;
    style.textContent = (await blob.text()).replace(/url\(\.\/([^)]*)\)/g, inPage);
    document.head.append(style);
  }

  window.fakelModuleBase = `${page}assets/`;
  const modules = [...files.keys()].filter((path) => path.endsWith('.js'));
  const inPlace = [...modules.map((path) => `assets/fakel/${path.split('/').pop()}`),
    ...[...files.keys()].filter((path) => path.endsWith('.css'))];
  for (const path of inPlace) {
    const link = document.createElement('link');       // what has a link is taken for loaded, and not fetched again
    link.href = page + path;
    if (path.endsWith('.css')) link.rel = 'stylesheet';
    document.head.append(link);
  }
  const map = document.createElement('script');
  map.type = 'importmap';
  map.textContent = JSON.stringify({ imports: Object.fromEntries(modules.map((path) =>
    [`fakel/${path.split('/').pop()}`, inMemory(path)])) });
  document.head.append(map);
  await import(`fakel/${ENTRY}`);
})().catch(() => {
  document.body.textContent = 'This browser cannot open the show from a disk. Start a web server in this folder '
    + '(python3 -m http.server) and open the address that it tells. / Этот браузер не открывает показ с диска. Запустите '
    + 'в этой папке веб-сервер (python3 -m http.server) и откройте адрес, который он назовёт.';
});
