import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { notices } from './build/notices.ts';
import { skyMaps } from './build/sky.ts';

const web = fileURLToPath(new URL('.', import.meta.url));

// The page is served from any folder of any web server, or lies beside a flight on a stick: addresses are relative.
export default defineConfig({
  base: './',
  plugins: [skyMaps(web), notices(web)],
  build: {
    outDir: '../src/fakel/show/page',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { checks: { pluginTimings: false } },     // the sky's maps take their time, once
  },
});
