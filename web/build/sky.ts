/**
 * Vite plugin: makes the sky's maps in public/sky from npm packages, once, and again when a package or this code
 * changes. Where each image comes from is written in web/README.md; the notices that must travel lie beside them.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { cloudMap } from './clouds.ts';
import { coastMap } from './coast.ts';
import { greyToRgba, halved, jpegOf, pngOf, readJpeg } from './images.ts';
import { milkyWay, starTable } from './stars.ts';

const NOTICE = `Images of the Earth by day and by night: NASA Earth Observatory (Blue Marble, Earth at Night), in the
public domain, as packed with three-globe. Land outlines: Natural Earth, in the public domain. Clouds: invented from
noise by fakel. Stars and Milky Way: d3-celestial, under this licence:

`;

export function skyMaps(web: string): Plugin {
  return {
    name: 'fakel-sky-maps',
    buildStart() {
      makeSky(web, join(web, 'public/sky'));
    },
  };
}

/** Names of packages and this folder's code: when they are as they were, the maps are too. */
function fingerprint(web: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(join(web, 'build')).sort()) hash.update(readFileSync(join(web, 'build', file)));
  for (const name of ['three-globe', 'world-atlas', 'd3-celestial', 'jpeg-js']) {
    hash.update(readFileSync(join(web, 'node_modules', name, 'package.json')));
  }
  return hash.digest('hex');
}

function makeSky(web: string, out: string): void {
  const modules = join(web, 'node_modules');
  const stamp = join(out, '.stamp');
  const wanted = fingerprint(web);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(out, { recursive: true });
  const save = (name: string, bytes: Uint8Array | string) => writeFileSync(join(out, name), bytes);
  const images = join(modules, 'three-globe/example/img');
  const stars = join(modules, 'd3-celestial/data');

  save('day.jpg', readFileSync(join(images, 'earth-blue-marble.jpg')));
  save('night.jpg', readFileSync(join(images, 'earth-night.jpg')));
  const day = halved(readJpeg(join(images, 'earth-blue-marble.jpg')));
  save('day-small.jpg', jpegOf(day, 74));
  save('night-small.jpg', jpegOf(halved(readJpeg(join(images, 'earth-night.jpg'))), 72));
  const clouds = cloudMap(3072, 1536, day);
  save('clouds.jpg', jpegOf(greyToRgba(clouds), 55));
  save('clouds-small.jpg', jpegOf(greyToRgba(halved(clouds, 1)), 64));
  const coast = coastMap(join(modules, 'world-atlas/land-10m.json'), 4096, 2048);
  save('coast.png', pngOf(coast));
  save('coast-small.png', pngOf(halved(coast, 1)));
  save('stars.bin', starTable(join(stars, 'stars.6.json')));
  save('milkyway.png', pngOf(milkyWay(join(stars, 'mw.json'), 1024, 512)));
  save('NOTICE.txt', NOTICE + readFileSync(join(modules, 'd3-celestial/LICENSE'), 'utf8'));
  writeFileSync(stamp, wanted);
}
