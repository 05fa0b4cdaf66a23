import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = process.env['SERVER_URL'] ?? 'http://127.0.0.1:3000';

/** Heavy libraries get a chunk of their own, so that a screen loads only what it draws with. */
const VENDORS: readonly (readonly [string, RegExp])[] = [
  // With its setting in the same chunk, zod is set before any other chunk builds a schema (see no-eval.ts).
  ['zod', /node_modules\/zod\/|src\/ui\/no-eval\.ts/],
  // First: a chunk takes along what its modules need, and every screen needs this one.
  ['react', /node_modules\/(react|react-dom|react-router|scheduler|zustand)\//],
  ['mapbox', /node_modules\/mapbox-gl\//],
  ['map', /node_modules\/(maplibre-gl|@maplibre)\//],
  ['echarts', /node_modules\/(echarts|zrender)\//],
  ['antd', /node_modules\/(antd|@ant-design|@rc-component|rc-[a-z-]+|dayjs)\//],
];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@app/shared': fileURLToPath(new URL('../shared/src/index.ts', import.meta.url)) } },
  worker: { format: 'es' },
  build: {
    // The content security policy has no `data:` for scripts and fonts.
    assetsInlineLimit: 0,
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: VENDORS.map(([name, test]) => ({ name, test })) },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: SERVER, changeOrigin: false },
      '/socket.io': { target: SERVER, ws: true },
    },
  },
});
