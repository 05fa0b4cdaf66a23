import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

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

const WORKER = 'patrol-worker';
/** What the service worker of /patrol keeps for when there is no network: the page's own chunks and their styles. */
const SHELL_OF = [/\/index\.html$/, /\/handheld-screen\.tsx$/];

/** Writes into the service worker which files the page of handhelds is made of. */
function patrolShell(): Plugin {
  return {
    name: 'patrol-shell',
    generateBundle(_, bundle) {
      const files = new Set<string>();
      const add = (file: string): void => {
        const chunk = bundle[file];
        if (chunk?.type !== 'chunk' || files.has(file)) return;
        files.add(file);
        for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
        for (const next of chunk.imports) add(next);
      };
      for (const [file, chunk] of Object.entries(bundle))
        if (chunk.type === 'chunk' && SHELL_OF.some((of) => of.test(chunk.facadeModuleId ?? ''))) add(file);
      const worker = bundle[`${WORKER}.js`];
      const shell = JSON.stringify([...files].sort().map((file) => `/${file}`));
      if (worker?.type !== 'chunk' || !/["'`]%SHELL%["'`]/.test(worker.code) || files.size < 2)
        this.error(`a service worker with a shell wanted, ${files.size} files seen`);
      else worker.code = worker.code.replace(/["'`]%SHELL%["'`]/, shell);
    },
  };
}

export default defineConfig({
  plugins: [react(), patrolShell()],
  resolve: { alias: { '@app/shared': fileURLToPath(new URL('../shared/src/index.ts', import.meta.url)) } },
  worker: { format: 'es' },
  build: {
    // The content security policy has no `data:` for scripts and fonts.
    assetsInlineLimit: 0,
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: {
        index: fileURLToPath(new URL('index.html', import.meta.url)),
        [WORKER]: fileURLToPath(new URL('src/patrol-worker.ts', import.meta.url)),
      },
      output: {
        entryFileNames: ({ name }) => (name === WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
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
