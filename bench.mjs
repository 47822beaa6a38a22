// `npm run bench`: builds the benchmarks and runs them. Ratios against a floor in the same run, because this machine's speed varies.
import { join } from 'node:path';
import { installIfMissing, root, run } from './setup.mjs';

installIfMissing();
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
run(process.execPath, [vite, 'build', '--logLevel', 'warn', '--config', 'vite.server.config.ts'], { env: { ...process.env, RELATA_BUILD: 'bench' } });
run(process.execPath, [join(root, 'dist', 'bench', 'run.js')]);
run(process.execPath, [join(root, 'dist', 'bench', 'definitions.js')]);
run(process.execPath, [join(root, 'dist', 'bench', 'workflows.js')]);
run(process.execPath, [join(root, 'dist', 'bench', 'levels.js')]);
run(process.execPath, [join(root, 'dist', 'bench', 'dashboards.js')]);
