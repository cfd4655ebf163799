import { defineConfig } from 'vite';

// The page is served from any folder of any web server, or opened beside a flight's data: all its addresses are relative.
export default defineConfig({
  base: './',
  build: { outDir: '../src/fakel/show/page', emptyOutDir: true, target: 'es2022' },
});
