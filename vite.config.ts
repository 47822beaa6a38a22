import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The runtime is one page; the server serves `dist/runtime` and answers `/api`. */
export default defineConfig({
  // Tests of every layer run from the top.
  root: process.env.VITEST ? '.' : 'runtime',
  plugins: [react()],
  build: {
    outDir: '../dist/runtime',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { port: 5173, proxy: { '/api': `http://127.0.0.1:${process.env.PORT ?? '3000'}` } },
});
