import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const UNUSED = '@rjsf/validator-ajv8';

/** rjsf's registry for its own tests imports a validator that compiles code; nothing here uses it and the page's policy forbids it. */
const withoutAjv: Plugin = {
  name: 'without-ajv',
  enforce: 'pre',
  resolveId: (id) => (id === UNUSED ? `\0${UNUSED}` : undefined),
  load: (id) => (id === `\0${UNUSED}` ? 'export default undefined;' : undefined),
};

/** One page: the runtime with the designer behind a lazy route. The server serves `dist/runtime` and answers `/api`. */
export default defineConfig({
  root: 'designer',
  publicDir: '../runtime/public',
  cacheDir: '../node_modules/.vite',
  plugins: [withoutAjv, react()],
  optimizeDeps: { exclude: ['@rjsf/core', '@rjsf/antd'] },
  build: {
    outDir: '../dist/runtime',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { port: 5173, proxy: { '/api': `http://127.0.0.1:${process.env.PORT ?? '3000'}` } },
});
