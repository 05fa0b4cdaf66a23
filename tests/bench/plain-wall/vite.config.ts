import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** As the product's pages are built, without the handheld's service worker. */
export default defineConfig({
  resolve: {
    alias: { '@app/shared': fileURLToPath(new URL('../../../shared/src/index.ts', import.meta.url)) },
  },
  worker: { format: 'es' },
  build: { assetsInlineLimit: 0, target: 'es2022' },
});
