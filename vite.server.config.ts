import { defineConfig } from 'vite';

/** Node programs as bundles of our own sources; packages stay in `node_modules`. `RELATA_BUILD=bench` builds the benchmarks. */
const bench = process.env.RELATA_BUILD === 'bench';

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    rollupOptions: {
      input: bench
        ? ['bench/run.ts', 'bench/floor.ts', 'bench/product.ts', 'bench/definitions.ts', 'bench/workflows.ts', 'bench/levels.ts', 'bench/dashboards.ts', 'server/db/sqlite-reader.ts']
        : { main: 'server/main.ts', 'workbook-worker': 'server/import/workbook-worker.ts', 'sqlite-reader': 'server/db/sqlite-reader.ts', 'verify-worker': 'server/backup/verify-worker.ts', 'scenario-worker': 'server/definitions/scenario-worker.ts', cli: 'server/cli/main.ts' },
    },
    outDir: bench ? 'dist/bench' : 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
  },
});
