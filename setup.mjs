// What `npm start` and `npm test` need before anything else: dependencies as the lockfile says, and a build of the present sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(fileURLToPath(import.meta.url));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Relata needs Node 20.19 or newer; this is ${process.version}.\n`);
  process.exit(1);
}

export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const stamp = (name) => join(root, 'node_modules', `.relata-${name}`);
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** `npm ci` when the lockfile is not the one last installed from. */
export function installIfMissing() {
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (read(stamp('installed')) === wanted) return;
  process.stdout.write('Installing packages (the database driver may compile for two minutes) …\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp('installed'), wanted);
}

const SOURCES = ['engine', 'runtime', 'designer', 'server', 'vite.config.ts', 'vite.server.config.ts', 'package-lock.json'];

function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const stats = statSync(full);
    if (stats.isDirectory()) for (const name of readdirSync(full).sort()) visit(join(path, name));
    else if (!path.includes('.test.')) hash.update(path).update(readFileSync(full));
  };
  for (const source of SOURCES) visit(source);
  return hash.digest('hex');
}

/** Builds pages and server when a source differs from the last build. */
export function buildIfChanged() {
  const wanted = fingerprint();
  const file = join(root, 'dist', '.built');
  if (read(file) === wanted) return;
  process.stdout.write('Building …\n');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  run(process.execPath, [vite, 'build', '--logLevel', 'warn']);
  run(process.execPath, [vite, 'build', '--logLevel', 'warn', '--config', 'vite.server.config.ts']);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
}
