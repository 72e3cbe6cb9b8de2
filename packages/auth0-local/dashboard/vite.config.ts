import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { palette } from '../src/pages/palette.ts';

/** The colours of the login pages, so that there is one list of them. */
const paletteStyles: Plugin = {
  name: 'palette',
  resolveId: (id) => (id === 'virtual:palette.css' ? '\0virtual:palette.css' : undefined),
  load: (id) => (id === '\0virtual:palette.css' ? palette : undefined),
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/dashboard/',
  plugins: [paletteStyles],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../dist/app/', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The page's policy allows nothing inline, and every file comes from the tenant.
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
  },
});
