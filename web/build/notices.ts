/**
 * Vite plugin: `NOTICES.txt` in the built page says whose work the page carries and under which terms. Wheel, static
 * site and stick carry it with the page.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Packages of which code or files are in the built page. Those of the sky's images are named in sky/NOTICE.txt. */
const carried = ['three', 'preact', '@preact/signals', '@preact/signals-core', 'uplot', '@fontsource/ibm-plex-sans'];

const HEAD = `The page of fakel's show: Apache-2.0, as fakel. It carries the work of others, whose notices follow.
Images of the sky: see sky/NOTICE.txt. Names and outlines of seas and lands: Natural Earth, in the public domain.
`;

export function notices(web: string): Plugin {
  return {
    name: 'fakel-notices',
    generateBundle() {
      const parts = carried.map((name) => notice(join(web, 'node_modules', name), name));
      this.emitFile({ type: 'asset', fileName: 'NOTICES.txt', source: [HEAD, ...parts].join('\n') });
    },
  };
}

function notice(folder: string, name: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return `${'-'.repeat(80)}\n${name} ${version}\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}\n`;
}
